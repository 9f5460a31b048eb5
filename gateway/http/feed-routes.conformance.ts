import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { idOf, newItem, newItems, SEEDED_AT, saveItems, seededFederation, takeAway } from '../e2e/seed.ts';
import type { SeededServer } from '../e2e/seeded-server.ts';

/** Feeds over HTTP, on whichever store. */
export function feedsConform(open: () => Promise<SeededServer>): void {
  let world: SeededServer;

  beforeEach(async () => {
    world = await open();
  });

  afterEach(() => world.close());

  type Ask = Awaited<ReturnType<SeededServer['serve']>>;

  interface JsonFeed {
    readonly items: readonly { readonly id: string; readonly title: string; readonly content_html: string }[];
    readonly next_url?: string;
    readonly _lienthong: {
      readonly deleted: readonly { readonly id: string; readonly reason: string }[];
      readonly links?: Readonly<Record<string, string>>;
    };
  }

  async function feed(ask: Ask, path = '/feeds/all.json'): Promise<JsonFeed> {
    const answer = await ask(path.replace('https://tin.example.gov.vn', ''));
    expect({ path, status: answer.status }).toEqual({ path, status: 200 });
    return (await answer.json()) as JsonFeed;
  }

  const ids = ({ items }: JsonFeed) => items.map(({ id }) => id);
  const code = async (answer: Response) => ((await answer.json()) as { error: { code: string } }).error.code;

  describe('feeds', () => {
    it.each([
      ['atom', 'application/atom+xml; charset=utf-8'],
      ['rss', 'application/rss+xml; charset=utf-8'],
      ['json', 'application/feed+json; charset=utf-8'],
      ['html', 'text/html; charset=utf-8'],
    ])('all.%s has every item, once, with its attribution', async (extension, type) => {
      const items = newItems(12);
      await saveItems(world.store, items);
      const answer = await (await world.serve())(`/feeds/all.${extension}`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe(type);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      const body = await answer.text();
      for (const { title, link } of items) {
        expect(body.split(`>${title}<`).length + body.split(`"${title}"`).length).toBe(3);
        expect(body).toContain(link);
      }
      expect(body).toContain('Phạm Công – Cục Việc làm');
    });

    it('a feed of a topic tells that an item has left the topic, until it comes back', async () => {
      const of = (topics: string[]) =>
        saveItems(world.store, [newItem('cong', 'a', { topics, title: `Tin ${topics}` })]);
      await of(['viec-lam']);
      await saveItems(world.store, [
        newItem('viec-lam', 'b', { topics: ['viec-lam'] }),
        newItem('bao-a', 'c'),
      ]);
      const ask = await world.serve();
      const told = async () => {
        const read = await feed(ask, '/feeds/all.json?topics=viec-lam');
        return [ids(read).length, read._lienthong.deleted.map(({ id, reason }) => [id, reason])];
      };
      expect(await told()).toEqual([2, []]);
      await of([]);
      expect(await told()).toEqual([1, [[idOf('cong', 'a'), 'hidden']]]);
      expect(await (await ask('/feeds/all.atom?topics=viec-lam')).text()).toContain(
        `<at:deleted-entry ref="${idOf('cong', 'a')}"`,
      );
      expect((await feed(ask))._lienthong.deleted).toEqual([]);
      expect((await feed(ask, '/feeds/all.json?topics=viec-lam&kinds=unit'))._lienthong.deleted).toEqual([]);
      await of(['viec-lam']);
      expect(await told()).toEqual([2, []]);
    });

    it.each(['atom', 'rss', 'json', 'html'])('search.%s has what has the words', async extension => {
      const wanted = newItem('viec-lam', 'a', { title: 'Bảo hiểm thất nghiệp' });
      const body = newItem('bao-a', 'b', { title: 'Tin khác', contentText: 'về bao hiem that nghiep' });
      await saveItems(world.store, [wanted, body, newItem('cong', 'c', { title: 'Bảo vệ' })]);
      const ask = await world.serve();
      const answer = await ask(`/feeds/search.${extension}?q=${encodeURIComponent('"bảo hiểm thất"')}`);
      expect(answer.status).toBe(200);
      const text = await answer.text();
      expect(['Bảo hiểm thất nghiệp', 'Tin khác', 'Bảo vệ'].map(title => text.includes(title))).toEqual([
        true,
        true,
        false,
      ]);
      const again = await ask(`/feeds/search.${extension}?q=${encodeURIComponent(' "bảo  hiểm thất" ')}`, {
        headers: { 'if-none-match': answer.headers.get('etag') ?? '' },
      });
      expect(again.status).toBe(304);
    });

    it('a search pages, narrows by site, topic and kind, and loses what is taken back at once', async () => {
      await saveItems(world.store, newItems(12));
      const ask = await world.serve();
      const first = await feed(ask, '/feeds/search.json?q=tin&limit=5');
      const second = await feed(ask, first.next_url ?? '');
      expect([first.items.length, second.items.length]).toEqual([5, 5]);
      expect(new Set([...ids(first), ...ids(second)]).size).toBe(10);
      expect((await feed(ask, '/feeds/search.json?q=tin&kinds=unit&sites=bao-hiem')).items).toHaveLength(3);
      expect((await feed(ask, '/feeds/search.json?q=kh%C3%B4ng-c%C3%B3')).items).toEqual([]);
      const [gone = ''] = ids(first);
      await takeAway(world.store, gone, 'withdrawn');
      const after = await feed(ask, '/feeds/search.json?q=tin&limit=5');
      expect(ids(after)).not.toContain(gone);
      expect(after._lienthong.deleted.map(({ id }) => id)).toEqual([gone]);
    });

    it.each(['', '?q=', '?q=%20', '?q=...', `?q=${'x'.repeat(201)}`, '?q=tin&sites=nobody'])(
      'a search for %s is refused',
      async search => {
        const answer = await (await world.serve())(`/feeds/search.atom${search}`);
        expect([answer.status, await code(answer)]).toEqual([400, 'BAD_INPUT']);
      },
    );

    it('holds the last released, sorted by when they were published', async () => {
      await saveItems(world.store, newItems(60));
      await saveItems(world.store, [
        newItem('bao-a', 'muon', {
          published: SEEDED_AT - 5e9,
          listed: SEEDED_AT - 5e9,
          released: SEEDED_AT + 1,
        }),
      ]);
      const read = ids(await feed(await world.serve()));
      expect(read).toHaveLength(50);
      expect(read.at(-1)).toBe(idOf('bao-a', 'muon'));
      expect(read[0]).toBe(idOf('bao-a', 'bai-11'));
    });

    it('takes selections: OR within, AND between', async () => {
      await saveItems(world.store, [
        ...newItems(8),
        newItem('viec-lam', 'co-chu-de', { topics: ['viec-lam'] }),
        newItem('bao-a', 'co-chu-de', { topics: ['viec-lam'] }),
      ]);
      const ask = await world.serve();
      const count = async (search: string) => (await feed(ask, `/feeds/all.json${search}`)).items.length;
      expect(await count('?sites=cong,bao-a')).toBe(5);
      expect(await count('?kinds=unit')).toBe(5);
      expect(await count('?kinds=unit&sites=bao-a')).toBe(0);
      expect(await count('?topics=viec-lam')).toBe(2);
      expect(await count('?topics=viec-lam&kinds=press')).toBe(1);
      expect((await feed(ask, '/feeds/units.json?sites=cong')).items).toEqual([]);
      expect((await feed(ask, '/feeds/press.json')).items).toHaveLength(3);
    });

    it.each([
      ['/feeds/all.json?sites=ai-do', 400, 'BAD_INPUT'],
      ['/feeds/all.json?limit=501', 400, 'BAD_INPUT'],
      ['/feeds/all.json?limit=0', 400, 'BAD_INPUT'],
      ['/feeds/nothing.json', 404, 'NOT_FOUND'],
      ['/feeds/all.pdf', 404, 'NOT_FOUND'],
      ['/feeds/all', 404, 'NOT_FOUND'],
      ['/feeds/all.json?archive=9', 404, 'NOT_FOUND'],
      ['/feeds/%ff.json', 400, 'BAD_INPUT'],
      ['/nothing', 404, 'NOT_FOUND'],
    ])('%s → %s %s', async (path, status, expected) => {
      const answer = await (await world.serve())(path);
      expect(answer.status).toBe(status);
      expect(await code(answer)).toBe(expected);
    });

    it('keeps at most 3 of 20 from one site, looks further back for others, and loses nobody on the next page', async () => {
      const crowd = Array.from({ length: 60 }, (_, i) =>
        newItem('bao-a', `a${i}`, {
          published: SEEDED_AT - i,
          listed: SEEDED_AT - i,
          released: SEEDED_AT + 100,
        }),
      );
      const others = newItems(160).map(item => ({ ...item, released: SEEDED_AT - 1 }));
      await saveItems(world.store, [...crowd, ...others]);
      const feeds = seededFederation().feeds.map(one => ({ ...one, perSite: 3 }));
      const sites = ['cong', 'viec-lam', 'bao-hiem', 'bao-a'];
      // Only four sites: 3 × 4 is less than 20, so the bound can be kept for twelve entries and no more.
      const ask = await world.serve({ federation: { feeds } });
      const first = await feed(ask, '/feeds/all.json?limit=12');
      for (const site of sites)
        expect(first.items.filter(({ title }) => title.includes(named(site)))).toHaveLength(3);
      const seen = new Set(ids(first));
      for (let next = first.next_url; next; ) {
        const page = await feed(ask, next);
        for (const id of ids(page)) seen.add(id);
        next = page.next_url;
      }
      expect(seen).toEqual(new Set([...crowd, ...others].map(({ id }) => id)));
    });

    it('pins until the minute and excludes by link', async () => {
      await saveItems(world.store, newItems(10));
      const [all] = seededFederation().feeds;
      if (!all) throw new Error('no feed');
      let now = SEEDED_AT;
      const feeds = [
        {
          ...all,
          pin: [{ link: 'http://www.viec-lam.example.vn/bai-9/?utm_source=x', until: SEEDED_AT + 1000 }],
          exclude: [{ link: 'https://m.cong.example.vn/bai-0#top', reason: 'trùng' }],
        },
      ];
      const ask = await world.serve({ federation: { feeds }, services: { now: () => now } });
      const pinned = ids(await feed(ask));
      expect(pinned[0]).toBe(idOf('viec-lam', 'bai-9'));
      expect(pinned).toHaveLength(9);
      expect(pinned).not.toContain(idOf('cong', 'bai-0'));
      now += 1000;
      expect(ids(await feed(ask))[0]).toBe(idOf('viec-lam', 'bai-1'));
    });

    it('takes back at once, in every form, and tells it by tombstone', async () => {
      await saveItems(world.store, newItems(6));
      const ask = await world.serve();
      const before = await ask('/feeds/all.atom');
      expect(await before.text()).toContain('bai-3');
      await takeAway(world.store, idOf('bao-a', 'bai-3'), 'withdrawn');
      for (const extension of ['atom', 'rss', 'json', 'html']) {
        const body = await (await ask(`/feeds/all.${extension}`)).text();
        expect(body).not.toContain('Nội dung tin bai-3');
        expect(body).not.toContain('Tin bai-3');
      }
      const { _lienthong } = await feed(ask);
      expect(_lienthong.deleted).toMatchObject([{ id: idOf('bao-a', 'bai-3'), reason: 'withdrawn' }]);
      const again = await ask('/feeds/all.atom', {
        headers: { 'If-None-Match': before.headers.get('etag') ?? '' },
      });
      expect(again.status).toBe(200);
      expect(await again.text()).toContain(`<at:deleted-entry ref="${idOf('bao-a', 'bai-3')}"`);
      expect((await feed(ask, '/feeds/all.json?kinds=unit'))._lienthong.deleted).toEqual([]);
    });

    it('says when an item was edited, though its site doesn’t', async () => {
      const item = newItem('cong', 'a');
      await saveItems(world.store, [item]);
      const edit = { item: item.id, at: SEEDED_AT + 60_000, hash: 'x', kind: 'updated' as const };
      const ask = await world.serve();
      const updated = async () =>
        /<published>.*<\/published>\n<updated>(.*?)</.exec(await (await ask('/feeds/all.atom')).text())?.[1];
      expect(await updated()).toBe('2026-11-22T07:30:00+07:00');
      await world.store.transaction(async tx => {
        await tx.items.addVersions([{ ...edit, changed: ['topics'] }]);
        tx.changes.append([{ kind: 'put', item: item.id, backfill: false }]);
      });
      expect(await updated()).toBe('2026-11-22T07:30:00+07:00');
      await world.store.transaction(async tx => {
        await tx.items.addVersions([{ ...edit, changed: ['content'] }]);
        tx.changes.append([{ kind: 'put', item: item.id, backfill: false }]);
      });
      expect(await updated()).toBe('2026-11-22T08:31:00+07:00');
    });

    it('has an ETag and a date of the content only', async () => {
      await saveItems(world.store, newItems(6));
      const ask = await world.serve();
      const first = await ask('/feeds/units.atom');
      const etag = first.headers.get('etag') ?? '';
      // Another feed's item moves the revision, not this feed.
      await saveItems(world.store, [newItem('bao-a', 'moi')]);
      const second = await ask('/feeds/units.atom', { headers: { 'If-None-Match': etag } });
      expect(second.status).toBe(304);
      expect(second.headers.get('last-modified')).toBe(first.headers.get('last-modified'));
      await saveItems(world.store, [newItem('viec-lam', 'moi')]);
      expect((await ask('/feeds/units.atom', { headers: { 'If-None-Match': etag } })).status).toBe(200);
    });

    it('answers HEAD and OPTIONS, and refuses to be written', async () => {
      await saveItems(world.store, newItems(1));
      const ask = await world.serve();
      const head = await ask('/feeds/all.atom', { method: 'HEAD' });
      expect([head.status, await head.text()]).toEqual([200, '']);
      const options = await ask('/feeds/all.atom', { method: 'OPTIONS' });
      expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
      const post = await ask('/feeds/all.atom', { method: 'POST', body: 'x' });
      expect([post.status, post.headers.get('allow'), await code(post)]).toEqual([
        405,
        'GET, HEAD, OPTIONS',
        'METHOD_NOT_ALLOWED',
      ]);
      expect(head.headers.get('x-powered-by')).toBeNull();
    });

    it('tells people in Vietnamese what went wrong, on a page without script', async () => {
      const answer = await (await world.serve())('/feeds/all.atom?sites=%22%3E%3Cscript%3E', {
        headers: { Accept: 'text/html,*/*;q=0.1' },
      });
      const body = await answer.text();
      expect(answer.status).toBe(400);
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(body).toContain('Yêu cầu chưa đúng.');
      expect(body).not.toContain('<script');
    });

    it('links to the hub when there is one', async () => {
      await saveItems(world.store, newItems(1));
      const hub = 'https://tin.example.gov.vn/hub';
      const answer = await (await world.serve({ hub }))('/feeds/all.atom');
      expect(answer.headers.get('link')).toContain(`<${hub}>; rel="hub"`);
      expect(await answer.text()).toContain(`<link rel="hub" href="${hub}"/>`);
    });

    it('lists itself and the sources in OPML', async () => {
      const answer = await (await world.serve())('/feeds.opml');
      const body = await answer.text();
      expect(answer.headers.get('content-type')).toContain('opml');
      expect(body).toContain('xmlUrl="https://tin.example.gov.vn/feeds/all.atom"');
      expect(body).toContain('text="Báo A"');
    });
  });

  function named(site: string): string {
    return seededFederation().sites.find(({ id }) => id === site)?.name ?? '';
  }
}
