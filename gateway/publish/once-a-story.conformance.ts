import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ARTICLES } from '../../schemas/stories/articles.example.ts';
import { asPublished } from '../../schemas/stories/re-posts.example.ts';
import { idOf, newItem, SEEDED_AT, saveItems, seededFederation, takeAway } from '../e2e/seed.ts';
import type { SeededServer } from '../e2e/seeded-server.ts';
import { joinStories } from '../stories/join-stories.ts';

/** Feeds that show each story once, on whichever store. */
export function onceAStoryConforms(open: () => Promise<SeededServer>): void {
  let world: SeededServer;
  beforeEach(async () => {
    world = await open();
  });
  afterEach(() => world.close());

  type Ask = Awaited<ReturnType<SeededServer['serve']>>;
  interface Read {
    readonly items: readonly { readonly id: string }[];
    readonly next_url?: string;
    readonly _lienthong: { readonly links: Readonly<Record<string, string>> };
  }
  const ORIGIN = seededFederation().gateway.publicUrl;
  const SITES = ['bao-a', 'viec-lam', 'cong', 'bao-hiem'];

  async function read(ask: Ask, path: string): Promise<Read> {
    const answer = await ask(path.replace(ORIGIN, ''));
    expect(answer.status).toBe(200);
    return (await answer.json()) as Read;
  }
  const ids = ({ items }: Read) => items.map(({ id }) => id);

  async function walk(ask: Ask, path: string): Promise<string[]> {
    const found: string[] = [];
    for (let next: string | undefined = path; next; ) {
      const page: Read = await read(ask, next);
      found.push(...ids(page));
      next = page.next_url;
    }
    return found;
  }

  /** Article `key` as site `place` of four posts it: each a minute after the one before, out in the opposite order. */
  function posted(key: number, place: number) {
    const at = SEEDED_AT - (key * 10 - place) * 60_000;
    const article = ARTICLES[key % ARTICLES.length];
    return newItem(SITES[place] ?? '', `su-kien-${key}`, {
      ...(article && asPublished(article)),
      published: at,
      listed: at,
      released: SEEDED_AT - key * 1_000 - place,
    });
  }
  const id = (key: number, place: number) => idOf(SITES[place] ?? '', `su-kien-${key}`);

  async function store(...items: ReturnType<typeof newItem>[]): Promise<void> {
    await saveItems(world.store, items);
    while ((await joinStories(world.store)) > 0);
  }

  describe('a feed that shows each story once', () => {
    it('shows the first that it selects; when that leaves view the next takes its place at once', async () => {
      await store(posted(1, 0), posted(1, 1), posted(1, 2), newItem('cong', 'rieng'));
      const ask = await world.serve();
      expect(ids(await read(ask, '/feeds/all.json'))).toHaveLength(4);
      const once = async (search = '') =>
        ids(await read(ask, `/feeds/all.json?distinct=story${search}`)).filter(
          each => each !== idOf('cong', 'rieng'),
        );
      expect(await once()).toEqual([id(1, 0)]);
      expect(await once('&sites=viec-lam,cong')).toEqual([id(1, 1)]);
      expect(await once('&kinds=portal')).toEqual([id(1, 2)]);
      await takeAway(world.store, id(1, 0), 'withdrawn');
      expect(await once()).toEqual([id(1, 1)]);
      await takeAway(world.store, id(1, 1), 'hidden');
      expect(await once()).toEqual([id(1, 2)]);
      while ((await joinStories(world.store)) > 0);
      expect(await once()).toEqual([id(1, 2)]);
    });

    it('notices a story that was found after the feed was made, though nothing was put', async () => {
      await saveItems(world.store, [posted(1, 0), posted(1, 1)]);
      const ask = await world.serve();
      expect(ids(await read(ask, '/feeds/all.json?distinct=story'))).toHaveLength(2);
      while ((await joinStories(world.store)) > 0);
      expect(ids(await read(ask, '/feeds/all.json?distinct=story'))).toEqual([id(1, 0)]);
    });

    it('pages through all stories, each once, and through whatever is no story', async () => {
      const many = Array.from({ length: 12 }, (_, key) =>
        [0, 1, 2, 3].map(place => posted(key, place)),
      ).flat();
      const alone = Array.from({ length: 15 }, (_, i) =>
        newItem('cong', `rieng-${i}`, { released: SEEDED_AT - i * 900 }),
      );
      await store(...many, ...alone);
      const ask = await world.serve();
      const wanted = [...Array.from({ length: 12 }, (_, key) => id(key, 0)), ...alone.map(each => each.id)];
      for (const limit of [1, 2, 7, 26, 27, 500]) {
        const walked = await walk(ask, `/feeds/all.json?distinct=story&limit=${limit}`);
        expect(walked).toHaveLength(wanted.length);
        expect(new Set(walked)).toEqual(new Set(wanted));
      }
      const searched = await walk(ask, '/feeds/search.json?distinct=story&q=lao+%C4%91%E1%BB%99ng&limit=2');
      const all = await walk(ask, '/feeds/search.json?q=lao+%C4%91%E1%BB%99ng&limit=2');
      expect(searched.length).toBeGreaterThan(0);
      expect(searched.toSorted()).toEqual(all.filter(each => wanted.includes(each)).toSorted());
    }, 60_000);

    it('lets what the federation file pins or excludes decide who stands for a story, with a bound per site too', async () => {
      await store(...[0, 1, 2].map(place => posted(1, place)), ...[0, 1].map(place => posted(2, place)));
      const [all] = seededFederation().feeds;
      if (!all) throw new Error('There is no feed.');
      const link = (place: number, key: number) => `https://${SITES[place]}.example.vn/su-kien-${key}`;
      const defined = (more: Partial<typeof all>) =>
        world.serve({ federation: { feeds: [{ ...all, distinct: 'story', ...more }] } });
      const excluding = await defined({ exclude: [{ link: link(0, 1), reason: 'x' }] });
      expect(ids(await read(excluding, '/feeds/all.json')).toSorted()).toEqual(
        [id(1, 1), id(2, 0)].toSorted(),
      );
      const pinning = await defined({ pin: [{ link: link(2, 1) }], perSite: 3 });
      expect(ids(await read(pinning, '/feeds/all.json'))).toEqual([id(1, 2), id(2, 0)]);
    });

    it('has archives that hold every item: who is first may change, a closed archive may not', async () => {
      const old = Array.from({ length: 60 }, (_, i) => {
        const item = posted(i % 9, i % 4);
        return { ...item, id: idOf('x', String(i)), released: SEEDED_AT - 1e9 - i };
      });
      await store(...old);
      const ask = await world.serve();
      const current = await read(ask, '/feeds/all.json?distinct=story');
      const archive = await read(ask, current._lienthong.links.prev_archive ?? '');
      const plain = await read(ask, '/feeds/all.json?archive=1');
      expect(current.items.length).toBeLessThan(20);
      expect([archive.items.length, ids(archive)]).toEqual([50, ids(plain)]);
    });
  });
}
