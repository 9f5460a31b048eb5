import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Store } from '../store.ts';
import { anItem, type Engine, type MakeEngine, put, walk } from './engine.ts';

export function itemsConform(makeEngine: MakeEngine): void {
  describe('items', () => {
    let engine: Engine;
    let store: Store;
    beforeEach(async () => {
      engine = await makeEngine();
      store = await engine.open();
    });
    afterEach(() => engine.remove());
    const ids = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id);
    const page = async (filter: object, order: 'PUBLISHED' | 'RELEASED' = 'PUBLISHED') =>
      ids(await store.items.page({ filter, order, first: 50 }));

    it('gives back what was saved, numbered by arrival', async () => {
      const rich = anItem('a', {
        published: 5,
        language: 'vi',
        picture: { url: 'https://s.example/a.jpg', width: 640 },
        own: { type: 'UnitDocument', fields: { documentNumber: '12/TB', list: [1, null, 'ba'] } },
        content: '<p>“Ngoặc” \' " \\ </p>',
      });
      await put(store, rich, anItem('b'));
      const [a, b] = await store.items.byIds(['a', 'b', 'nobody']);
      expect(a).toEqual({ ...rich, n: a?.n });
      expect(b?.n).toBeGreaterThan(a?.n ?? 0);
    });

    it('pages newest first by (listed, n) and by (released, n), each item once', async () => {
      const many = Array.from({ length: 45 }, (_, i) =>
        anItem(`i${i}`, { listed: Math.floor(i / 4), released: 100 - i }),
      );
      await put(store, ...many);
      const published = await walk(store, { filter: {}, order: 'PUBLISHED', first: 7 });
      expect(new Set(ids(published)).size).toBe(45);
      expect(published).toEqual(published.toSorted((x, y) => y.listed - x.listed || y.n - x.n));
      const released = await walk(store, { filter: {}, order: 'RELEASED', first: 7 });
      expect(ids(released)).toEqual(ids(many));
    });

    it('selects: OR within a list, AND between lists', async () => {
      await put(
        store,
        anItem('a', { listed: 1, site: 'x', siteKind: 'unit', topics: ['t', 'u'], categories: ['Một'] }),
        anItem('b', { listed: 2, site: 'y', siteKind: 'press', topics: ['t'], language: 'vi' }),
        anItem('c', { listed: 3, site: 'z', siteKind: 'portal', topics: ['u'], categories: ['Một', 'Hai'] }),
      );
      expect(await page({ sites: ['x', 'z'] })).toEqual(['c', 'a']);
      expect(await page({ topics: ['t', 'u'] })).toEqual(['c', 'b', 'a']);
      expect(await page({ topics: ['t'], kinds: ['unit'] })).toEqual(['a']);
      expect(await page({ topics: ['t', 'u'], sites: ['z', 'y'] }, 'RELEASED')).toEqual(['c', 'b']);
      expect(await page({ categories: ['Hai', 'Một'] })).toEqual(['c', 'a']);
      expect(await page({ language: 'vi' })).toEqual(['b']);
      expect(await page({ publishedAfter: 2, publishedBefore: 3 })).toEqual(['b']);
      expect(await page({ sites: ['nobody'] })).toEqual([]);
      const meeting = async (filter: object) =>
        [...(await store.items.meeting(['a', 'b', 'nobody'], filter))].toSorted();
      expect(await meeting({})).toEqual(['a', 'b']);
      expect(await meeting({ topics: ['t'], kinds: ['unit'] })).toEqual(['a']);
      expect(await meeting({ text: 'noi dung', sites: ['y', 'z'] })).toEqual(['b']);
      expect(await meeting({ visibility: ['HELD'] })).toEqual([]);
      expect(await page({ sources: ['s/b'] })).toEqual([]);
      expect(await page({ sources: ['s/a'], kinds: ['press'] })).toEqual(['b']);
    });

    it('shows RELEASED only unless asked', async () => {
      await put(
        store,
        anItem('a'),
        anItem('h', { visibility: 'HIDDEN' }),
        anItem('w', { visibility: 'HELD' }),
      );
      expect(await page({})).toEqual(['a']);
      expect((await page({ visibility: ['HELD', 'HIDDEN'] })).toSorted()).toEqual(['h', 'w']);
    });

    it.each([
      ['bao hiem', ['exact-title', 'folded', 'exact-body']],
      ['bảo hiểm', ['exact-title', 'exact-body', 'folded']],
      ['"hiểm xã"', ['exact-title']],
      ['hoà bình', ['peace']],
      ['HÒA', ['peace']],
      ['bao hi', ['exact-title', 'folded', 'exact-body']],
      ['" OR * NEAR( AND', []],
      ['không-có', []],
      ['', []],
    ])('searches %s', async (text, found) => {
      await put(
        store,
        anItem('exact-body', { listed: 4, title: 'Thông báo', contentText: 'về bảo hiểm' }),
        anItem('folded', { listed: 3, title: 'Báo hiếm', contentText: 'khác' }),
        anItem('exact-title', { listed: 2, title: 'Bảo hiểm xã hội', contentText: 'x' }),
        anItem('peace', { listed: 1, title: 'Hòa bình', contentText: 'x' }),
      );
      const items = await store.items.search({ text, filter: {}, first: 10, offset: 0 });
      if (text.startsWith('bao')) expect(ids(items).toSorted()).toEqual(found.toSorted());
      else expect(ids(items)).toEqual(found);
      expect((await page({ text })).toSorted()).toEqual(found.toSorted());
    });

    it('erases content from rows, labels, versions and search; keys stay', async () => {
      await put(store, anItem('a', { title: 'Bí mật', topics: ['t'] }));
      await store.transaction(async tx => {
        await tx.items.addKeys('s', [{ item: 'a', key: { kind: 'link', key: 's.example/a' } }]);
        await tx.items.addVersions([{ item: 'a', at: 1, hash: 'h', kind: 'created', changed: ['title'] }]);
        await tx.items.erase(['a']);
      });
      const [gone] = await store.items.byIds(['a']);
      expect(gone).toMatchObject({ id: 'a', visibility: 'WITHDRAWN', title: '', content: '', link: '' });
      expect(JSON.stringify(gone)).not.toContain('Bí mật');
      expect(await page({ text: 'bi mat', visibility: ['WITHDRAWN'] })).toEqual([]);
      expect(await page({ topics: ['t'], visibility: ['WITHDRAWN'] })).toEqual([]);
      expect((await store.items.versions(['a'])).get('a')).toEqual([
        { item: 'a', at: 1, hash: 'h', kind: 'created', changed: [] },
      ]);
      expect(ids(await store.items.byLinks(['s.example/a']))).toEqual(['a']);
    });

    it('recognises an item by any of its keys, within its site; one key never names two', async () => {
      await put(store, anItem('a'), anItem('b'));
      const guid = { kind: 'guid', key: 'g' } as const;
      const link = { kind: 'link', key: 'l' } as const;
      await store.transaction(async tx => {
        await tx.items.addKeys('s', [
          { item: 'a', key: guid },
          { item: 'b', key: link },
        ]);
        await tx.items.addKeys('s', [{ item: 'b', key: guid }]);
      });
      const found = await store.transaction(tx =>
        tx.items.resolve('s', [[guid], [link], [guid, link], [{ kind: 'native', key: 'g' }]]),
      );
      expect(found).toEqual([['a'], ['b'], ['a', 'b'], []]);
      expect(await store.transaction(tx => tx.items.resolve('other', [[guid]]))).toEqual([[]]);
      await store.transaction(tx => tx.items.moveKeys('b', 'a'));
      expect(await store.transaction(tx => tx.items.resolve('s', [[link]]))).toEqual([['a']]);
    });

    it('keeps versions newest first, and holds what its source brought', async () => {
      await put(
        store,
        anItem('a', { listed: 1 }),
        anItem('b', { listed: 2 }),
        anItem('c', { source: 's/b' }),
      );
      await store.transaction(async tx => {
        await tx.items.addVersions([{ item: 'a', at: 1, hash: '1', kind: 'created', changed: [] }]);
        await tx.items.addVersions([{ item: 'a', at: 2, hash: '2', kind: 'updated', changed: ['title'] }]);
      });
      expect((await store.items.versions(['a', 'b'])).get('a')?.map(({ at }) => at)).toEqual([2, 1]);
      expect(ids(await store.items.held('s/a', 10))).toEqual(['b', 'a']);
      expect(await store.items.counts()).toEqual(new Map([['s', 3]]));
    });

    it('counts categories as sites write them, of what the public can see', async () => {
      await put(
        store,
        anItem('a', { categories: ['Việc làm', 'Tin'] }),
        anItem('b', { categories: ['Việc làm'] }),
        anItem('c', { site: 't', categories: ['việc làm'] }),
        anItem('d', { categories: ['Việc làm'], visibility: 'HELD' }),
      );
      const counted = await store.items.categories();
      expect(
        counted.toSorted((one, other) => other.items - one.items || (one.category < other.category ? -1 : 1)),
      ).toEqual([
        { category: 'Việc làm', site: 's', items: 2 },
        { category: 'Tin', site: 's', items: 1 },
        { category: 'việc làm', site: 't', items: 1 },
      ]);
    });

    it('tells what an older cleaner cleaned, and not what is erased', async () => {
      await put(
        store,
        anItem('old', { cleaner: 1 }),
        anItem('new', { cleaner: 2 }),
        anItem('gone', { cleaner: 1 }),
      );
      await store.transaction(tx => tx.items.erase(['gone']));
      expect(ids(await store.items.uncleaned(2, 10))).toEqual(['old']);
      expect(await store.items.uncleaned(1, 10)).toEqual([]);
    });

    it('keeps the newest fifty versions of an item, however often it changes', async () => {
      await put(store, anItem('a'), anItem('b'));
      const versions = Array.from({ length: 60 }, (_, at) => ({
        item: 'a',
        at,
        hash: String(at),
        kind: 'updated' as const,
        changed: [],
      }));
      await store.transaction(tx =>
        tx.items.addVersions([...versions, { item: 'b', at: 1, hash: 'b', kind: 'created', changed: [] }]),
      );
      const kept = await store.items.versions(['a', 'b']);
      expect(kept.get('a')?.map(({ at }) => at)).toEqual(Array.from({ length: 50 }, (_, i) => 59 - i));
      expect(kept.get('b')).toHaveLength(1);
    });

    it('tells what may be released, by the clock of the store', async () => {
      let now = 100;
      const timed = await engine.open(() => now);
      await put(
        timed,
        anItem('early', { visibility: 'HELD', releaseAt: 150 }),
        anItem('person', { visibility: 'HELD' }),
        // A paper's item that was given another date waits out of sight.
        anItem('hidden', { visibility: 'HIDDEN', releaseAt: 140 }),
        anItem('later', { visibility: 'HIDDEN', releaseAt: 151 }),
        anItem('for good', { visibility: 'HIDDEN' }),
        anItem('out', { releaseAt: 120 }),
        anItem('gone', { visibility: 'WITHDRAWN', releaseAt: 120 }),
      );
      expect(await timed.items.releasable(10)).toEqual([]);
      now = 150;
      expect(ids(await timed.items.releasable(10))).toEqual(['hidden', 'early']);
      expect(ids(await timed.items.releasable(1))).toEqual(['hidden']);
    });

    it('knows what waits for a person, and nothing else', async () => {
      await put(
        store,
        anItem('late', { visibility: 'HELD', visibilityReason: 'rule:x', listed: 30 }),
        anItem('early', { visibility: 'HIDDEN', visibilityReason: 'doubt', listed: 20 }),
        anItem('unsaid', { visibility: 'HELD', listed: 40 }),
        anItem('timed', { visibility: 'HELD', releaseAt: 150 }),
        anItem('out', { visibility: 'RELEASED' }),
        anItem('gone', { visibility: 'WITHDRAWN' }),
        anItem('asked', { visibility: 'HIDDEN', visibilityReason: 'asked' }),
        anItem('left', { visibility: 'HIDDEN', visibilityReason: 'site-left' }),
        anItem('withheld', { visibility: 'HELD', visibilityReason: 'withheld' }),
      );
      const waiting = async (limit: number) => (await store.items.waiting(limit)).map(({ id }) => id);
      expect(await waiting(9)).toEqual(['early', 'late', 'unsaid']);
      expect(await waiting(1)).toEqual(['early']);
    });

    it('keeps nothing of a transaction that failed', async () => {
      const failing = store.transaction(async tx => {
        await tx.items.save([anItem('a')]);
        tx.changes.append([{ kind: 'put', item: 'a', backfill: false }]);
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await store.items.byIds(['a'])).toEqual([]);
      expect(await store.revision()).toBe(0);
    });

    it('counts out the marks where archives end', async () => {
      await put(store, ...Array.from({ length: 7 }, (_, i) => anItem(`i${i}`, { released: i })));
      const marks = await store.items.releaseMarks?.({ filter: {}, size: 3, limit: 10 });
      expect(marks?.map(({ at }) => at)).toEqual([2, 5]);
    });
  });
}
