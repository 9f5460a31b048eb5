import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  idOf,
  type NewItem,
  newItem,
  newItems,
  SEEDED_AT,
  saveItems,
  seededFederation,
  takeAway,
} from '../e2e/seed.ts';
import type { SeededServer } from '../e2e/seeded-server.ts';

/** RFC 5005 archives, on whichever store. */
export function archivesConform(open: () => Promise<SeededServer>): void {
  let world: SeededServer;

  beforeEach(async () => {
    world = await open();
  });

  afterEach(() => world.close());

  /** Later than anything seeded is unsettled. */
  const NOW = SEEDED_AT + 3_600_000;

  interface Doc {
    readonly items: readonly { readonly id: string }[];
    readonly _lienthong: {
      readonly archive?: boolean;
      readonly deleted: readonly { readonly id: string }[];
      readonly links: Readonly<Record<string, string>>;
    };
  }

  async function serve(now = () => NOW, federation = {}) {
    const ask = await world.serve({ services: { now }, federation });
    return {
      ask,
      read: async (address: string): Promise<Doc> => {
        const answer = await ask(address.replace('https://tin.example.gov.vn', ''));
        expect({ address, status: answer.status }).toEqual({ address, status: 200 });
        return (await answer.json()) as Doc;
      },
    };
  }

  /** In the order of their release, each a second after the one before. */
  function inOrder(items: readonly NewItem[]): readonly NewItem[] {
    return items.map((item, i) => ({ ...item, released: SEEDED_AT + i * 1000 }));
  }

  const ids = (doc: Doc) => doc.items.map(({ id }) => id);

  describe('archives', () => {
    it.each(['all', 'units', 'all?sites=bao-a', 'all?sites=bao-a,cong', 'press'])(
      '%s: window and archives together hold every item, archives hold each once',
      async name => {
        await saveItems(world.store, inOrder(newItems(470)));
        const [feed = '', search = ''] = name.split('?');
        const { read } = await serve();
        const first = await read(`/feeds/${feed}.json?${search}`);
        const archived: string[] = [];
        for (let next = first._lienthong.links.prev_archive; next; ) {
          const doc = await read(next);
          expect(doc._lienthong.archive).toBe(true);
          expect(doc.items).toHaveLength(50);
          archived.push(...ids(doc));
          next = doc._lienthong.links.prev_archive;
        }
        const [definition] = seededFederation().feeds.filter(({ id }) => id === feed);
        const sites = new URLSearchParams(search).get('sites')?.split(',') ?? [];
        const wanted = await world.store.items.page({
          filter: { sites, kinds: definition?.select.kinds ?? [] },
          order: 'RELEASED',
          first: 1000,
        });
        expect(new Set([...ids(first), ...archived])).toEqual(new Set(wanted.map(({ id }) => id)));
        expect(archived).toEqual(wanted.slice(wanted.length % 50).map(({ id }) => id));
      },
    );

    it('a closed one changes only by what is withdrawn', async () => {
      const items = inOrder(newItems(120));
      await saveItems(world.store, items);
      const { ask, read } = await serve();
      const bytes = async () => (await ask('/feeds/all.atom?archive=2')).text();
      const before = await bytes();
      // New releases, an old item released late, one back-filled: none of them enters.
      await saveItems(world.store, [
        newItem('bao-a', 'moi', { released: SEEDED_AT + 500_000 }),
        newItem('bao-a', 'cu', { published: 1, listed: 1, released: SEEDED_AT + 500_001, backfill: true }),
      ]);
      expect(await bytes()).toBe(before);
      const gone = items[60]?.id ?? '';
      const first = items[10]?.id ?? '';
      await takeAway(world.store, first, 'withdrawn');
      expect(await bytes()).toBe(before);
      await takeAway(world.store, gone, 'withdrawn');
      const doc = await read('/feeds/all.json?archive=2');
      expect(ids(doc)).toEqual(
        items
          .slice(50, 100)
          .map(({ id }) => id)
          .filter(id => id !== gone)
          .toReversed(),
      );
      expect(doc._lienthong.deleted.map(({ id }) => id)).toEqual([gone]);
      expect(await bytes()).toContain(`<at:deleted-entry ref="${gone}"`);
    });

    it('closes only when no release can come before its end any more', async () => {
      await saveItems(world.store, inOrder(newItems(60)));
      let now = SEEDED_AT + 49_000 + 29_999;
      const { ask, read } = await serve(() => now);
      const current = await read('/feeds/all.json');
      expect(current._lienthong.links.prev_archive).toBeUndefined();
      // The archive to come is the feed itself.
      const early = await ask('/feeds/all.json?archive=1');
      expect([early.status, early.headers.get('location')]).toEqual([
        302,
        'https://tin.example.gov.vn/feeds/all.json',
      ]);
      expect((await ask('/feeds/all.json?archive=2')).status).toBe(404);
      now += 1;
      expect((await read('/feeds/all.json'))._lienthong.links.prev_archive).toContain('archive=1');
      expect((await read('/feeds/all.json?archive=1')).items).toHaveLength(50);
    });

    it('links to and fro in Atom', async () => {
      await saveItems(world.store, inOrder(newItems(160)));
      const { ask } = await serve();
      const atom = await (await ask('/feeds/all.atom?archive=2')).text();
      expect(atom).toContain('<fh:archive/>');
      for (const [rel, search] of [
        ['self', '?archive=2'],
        ['current', ''],
        ['prev-archive', '?archive=1'],
        ['next-archive', '?archive=3'],
      ]) {
        expect(atom).toMatch(
          new RegExp(
            `<link rel="${rel}"[^>]* href="https://tin.example.gov.vn/feeds/all.atom${search?.replace('?', '\\?')}"`,
          ),
        );
      }
    });

    it('leaves out what is excluded, and has none for a selection by topic', async () => {
      await saveItems(world.store, inOrder(newItems(60).map(item => ({ ...item, topics: ['viec-lam'] }))));
      const feeds = seededFederation().feeds.map(feed => ({
        ...feed,
        exclude: [{ link: 'https://cong.example.vn/bai-0', reason: 'trùng' }],
      }));
      const { read } = await serve(() => NOW, { feeds });
      expect(ids(await read('/feeds/all.json?archive=1'))).not.toContain(idOf('cong', 'bai-0'));
      expect((await read('/feeds/all.json?topics=viec-lam'))._lienthong.links.prev_archive).toBeUndefined();
    });
  });
}
