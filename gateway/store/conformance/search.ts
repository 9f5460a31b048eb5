import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Store } from '../store.ts';
import { anItem, type Engine, type MakeEngine, put } from './engine.ts';

/** What the engines of this suite are opened with. */
const VOCABULARY = [
  ['BHXH', 'bảo hiểm xã hội'],
  ['LĐ-TB&XH', 'LĐTBXH', 'lao động thương binh và xã hội'],
];

/** Searching beyond single words: the vocabulary, phrases, facets. Both engines must find the same. */
export function searchConforms(makeEngine: MakeEngine): void {
  describe('search', () => {
    let engine: Engine;
    let store: Store;
    beforeEach(async () => {
      engine = await makeEngine();
      store = await engine.open(undefined, VOCABULARY);
    });
    afterEach(() => engine.remove());
    const search = async (text: string, filter = {}) =>
      (await store.items.search({ text, filter, first: 50, offset: 0 })).map(({ id }) => id);

    it.each([
      ['BHXH', ['short', 'long', 'unaccented']],
      ['bhxh', ['short', 'long', 'unaccented']],
      ['bảo hiểm xã hội', ['short', 'long', 'unaccented']],
      ['bao hiem xa hoi', ['unaccented', 'short', 'long']],
      ['"bảo hiểm xã hội"', ['long', 'unaccented']],
      ['mức đóng BHXH', ['long']],
      ['đóng bảo hiểm xã hội', ['long']],
      ['BHXH nông', ['short']],
      ['hội xã hiểm bảo', ['scattered', 'long', 'unaccented']],
      ['bảo hiểm xã h', ['scattered', 'long', 'unaccented']],
      ['LĐTBXH', ['ministry', 'hyphens']],
      ['lđ-tb&xh', ['ministry', 'hyphens']],
      ['Bộ LĐ-TB&XH', ['ministry', 'hyphens']],
      ['Lao động – Thương binh và Xã hội', ['ministry', 'hyphens']],
      ['"xã hội tự nguyện" BHXH', []],
      ['BHX', ['short']],
    ])('finds by any wording: %s', async (text, found) => {
      await put(
        store,
        anItem('scattered', { listed: 6, title: 'Bảo vệ', contentText: 'hiểm họa ở xã, ngày hội' }),
        anItem('short', { listed: 5, title: 'Đại lý BHXH', contentText: 'nông thôn' }),
        anItem('long', { listed: 4, title: 'Bảo hiểm xã hội', contentText: 'mức đóng mới' }),
        anItem('unaccented', { listed: 3, title: 'Tin', contentText: 'bao hiem xa hoi' }),
        anItem('ministry', { listed: 2, title: 'Bộ LĐTBXH họp' }),
        anItem('hyphens', { listed: 1, title: 'Bộ Lao động - Thương binh và Xã hội' }),
      );
      expect((await search(text)).toSorted()).toEqual(found.toSorted());
      const page = await store.items.page({ filter: { text }, order: 'PUBLISHED', first: 50 });
      expect(page.map(({ id }) => id).toSorted()).toEqual(found.toSorted());
    });

    it('ranks any wording of the vocabulary alike, its accents first, titles before bodies', async () => {
      await put(
        store,
        anItem('body', { title: 'Tin', contentText: 'về BHXH' }),
        anItem('no accents', { title: 'Bao hiem xa hoi' }),
        anItem('title', { title: 'Chính sách bảo hiểm xã hội' }),
      );
      expect(await search('BHXH')).toEqual(['title', 'body', 'no accents']);
    });

    it('combines with dates, sites, kinds and topics', async () => {
      await put(
        store,
        anItem('old', { listed: 1, title: 'BHXH', site: 'x', topics: ['t'] }),
        anItem('new', { listed: 9, title: 'Bảo hiểm xã hội', site: 'x', topics: ['t', 'u'] }),
        anItem('press', { listed: 9, title: 'BHXH', site: 'y', siteKind: 'press' }),
      );
      expect(await search('BHXH', { publishedAfter: 5 })).toEqual(['press', 'new']);
      expect(await search('BHXH', { publishedBefore: 5, topics: ['t'] })).toEqual(['old']);
      expect(await search('BHXH', { sites: ['x'], topics: ['u'] })).toEqual(['new']);
      expect(await search('BHXH', { kinds: ['press'], topics: ['t'] })).toEqual([]);
    });

    it('counts matches by site, kind and topic; only what may be seen', async () => {
      await put(
        store,
        anItem('a', { title: 'BHXH', site: 'x', topics: ['t'] }),
        anItem('b', { title: 'Bảo hiểm xã hội', site: 'x', topics: ['t', 'u'] }),
        anItem('c', { title: 'bao hiem xa hoi', site: 'y', siteKind: 'press' }),
        anItem('held', { title: 'BHXH', site: 'z', topics: ['t'], visibility: 'HELD' }),
        anItem('other', { title: 'Khác', site: 'z', topics: ['t'] }),
      );
      expect(await store.items.facets({ text: 'BHXH', filter: {} })).toEqual({
        sites: new Map([
          ['x', 2],
          ['y', 1],
        ]),
        kinds: new Map([
          ['unit', 2],
          ['press', 1],
        ]),
        topics: new Map([
          ['t', 2],
          ['u', 1],
        ]),
        counted: 3,
        capped: false,
      });
      expect(await store.items.facets({ text: 'BHXH', filter: { topics: ['u'] } })).toMatchObject({
        counted: 1,
        topics: new Map([
          ['t', 1],
          ['u', 1],
        ]),
      });
      expect(await store.items.facets({ text: '…', filter: {} })).toMatchObject({
        counted: 0,
        capped: false,
      });
    });

    it.each([
      ['tu*', ['tuyen', 'tu']],
      ['tuy*', ['tuyen']],
      ['t* dụng', ['tuyen']],
      ['"hội nghị tu*"', ['tuyen']],
      ['ngh* x*', ['tuyen']],
      ['*', []],
      ['* *', []],
      ['tuyểndụnglaođộngthờivụ*', []],
      ['internationalizat', ['tu']],
      ['internationalization', ['tu']],
      ['internationalizations', []],
    ])('finds beginnings of words: %s', async (text, found) => {
      await put(
        store,
        anItem('tuyen', { listed: 2, title: 'Hội nghị', contentText: 'xúc tiến tuyển dụng' }),
        anItem('tu', { listed: 1, title: 'Từ thiện', contentText: 'internationalization' }),
      );
      expect((await search(text)).toSorted()).toEqual(found.toSorted());
    });

    it.each([
      'lao OR động',
      'NOT lao',
      'title : lao',
      '{hints} : "vreleased"',
      'hints : vreleased',
      "'; DROP TABLE item; --",
      "lao' & 'động",
      'lao:*A',
      'lao <-> động',
      '"lao" ^ NEAR(a b, 5)',
      '"',
      '"lao',
      "\\ \\\" '' ",
      '😀',
      '\u0000',
      '\u0301',
      '- + ( ) [ ] { } ^ ~ : * " \'',
      'x'.repeat(10_000),
      'lao động '.repeat(2_000),
      '"'.repeat(300),
    ])('takes nothing for an order: %j', async text => {
      await put(
        store,
        anItem('a', { title: 'Lao động' }),
        anItem('held', { title: 'Lao', visibility: 'HELD' }),
      );
      for (const found of [await search(text), await search(text, { sites: ["'"] })]) {
        expect(found.filter(id => id !== 'a')).toEqual([]);
      }
      await store.items.facets({ text, filter: {} });
      await store.items.page({ filter: { text }, order: 'RELEASED', first: 5 });
      expect(await search('lao')).toEqual(['a']);
    });

    it.each([
      ['hoà giải', ['new', 'old']],
      ['hòa giải', ['new', 'old']],
      ['hoà giải'.normalize('NFD'), ['new', 'old']],
      ['THUỶ SẢN', ['new', 'old']],
      ['thủy sản', ['new', 'old']],
      ['đường', ['new', 'old']],
      ['duong', ['new', 'old']],
      ['ĐƯỜNG'.normalize('NFD'), ['new', 'old']],
    ])('finds one word however it is written: %s', async (text, found) => {
      await put(
        store,
        anItem('old', { listed: 1, title: 'Hoà giải', contentText: 'thuỷ sản, đường' }),
        anItem('new', { listed: 2, title: 'Hòa giải'.normalize('NFD'), contentText: 'THỦY SẢN, ĐƯỜNG' }),
      );
      expect(await search(text)).toEqual(found);
    });

    it('ranks exact accents and titles first, then what is newest', async () => {
      await put(
        store,
        anItem('folded body', { title: 'Tin', contentText: 'tien luong' }),
        anItem('exact body', { title: 'Tin', contentText: 'tiền lương' }),
        anItem('folded title', { title: 'Tien luong' }),
        anItem('exact title, old', { title: 'Tiền lương' }),
        anItem('exact title', { title: 'Tiền lương mới' }),
      );
      const ranked = ['exact title', 'exact title, old', 'exact body', 'folded title', 'folded body'];
      expect(await search('tiền lương ')).toEqual(ranked);
      expect(await search('"tiền lương"')).toEqual(ranked);
      expect(await search('tiền lư')).toHaveLength(5);
    });

    it('finds what a filter selects however many newer matches it does not', async () => {
      const at = (month: string) => Date.parse(`${month}-15T00:00:00Z`);
      await put(
        store,
        anItem('old', {
          site: 'x',
          topics: ['t'],
          categories: ['Mục, “lạ”'],
          language: 'vi',
          listed: at('2019-03'),
          title: 'Việc làm',
        }),
        anItem('ancient', { site: 'x', listed: -1e13, title: 'Việc làm' }),
        anItem('ahead', { site: 'x', listed: at('2031-01'), title: 'Việc làm' }),
      );
      for (let i = 0; i < 2_200; i += 1_100)
        await put(
          store,
          ...Array.from({ length: 1_100 }, (_, k) =>
            anItem(`${i + k}`, { listed: at('2026-10'), title: 'Việc làm' }),
          ),
        );
      expect((await store.items.facets({ text: 'việc làm', filter: {} })).capped).toBe(true);
      for (const filter of [
        { topics: ['t'] },
        { categories: ['Mục, “lạ”'] },
        { language: 'vi' },
        { publishedAfter: at('2018-01'), publishedBefore: at('2020-01') },
        { sites: ['x'], publishedAfter: at('2019-03'), publishedBefore: at('2019-03') + 1 },
      ]) {
        expect([filter, await search('việc làm', filter)]).toEqual([filter, ['old']]);
        const page = await store.items.page({
          filter: { ...filter, text: 'viec' },
          order: 'PUBLISHED',
          first: 5,
        });
        expect(page.map(({ id }) => id)).toEqual(['old']);
      }
      expect(await search('việc làm', { publishedBefore: at('2019-01') })).toEqual(['ancient']);
      expect((await search('việc làm', { publishedBefore: at('2020-01') })).toSorted()).toEqual([
        'ancient',
        'old',
      ]);
      expect(await search('việc làm', { sites: ['x'], publishedAfter: at('2026-11') })).toEqual(['ahead']);
      expect(await search('việc làm', { sites: ['x'] })).toHaveLength(3);
    });

    it('pages through what was found in either order, each item once', async () => {
      const items = Array.from({ length: 25 }, (_, i) =>
        anItem(`${i}`, { title: 'BHXH', listed: 100 + (i % 5), released: 200 + i }),
      );
      await put(store, ...items);
      for (const order of ['PUBLISHED', 'RELEASED'] as const) {
        const seen: string[] = [];
        let after: { at: number; n: number } | undefined;
        for (;;) {
          const page = await store.items.page({
            filter: { text: 'bhxh' },
            order,
            first: 10,
            ...(after && { after }),
          });
          seen.push(...page.map(({ id }) => id));
          const last = page.at(-1);
          if (!last) break;
          after = { at: (order === 'PUBLISHED' ? last.listed : last.released) ?? 0, n: last.n };
        }
        expect(new Set(seen).size).toBe(25);
        expect(seen).toHaveLength(25);
      }
    });

    it('forgets what was withdrawn and follows what was edited or hidden', async () => {
      await put(store, anItem('a', { title: 'Lương tối thiểu' }), anItem('b', { title: 'Lương tối thiểu' }));
      await store.transaction(tx => tx.items.erase(['a']));
      expect(await search('lương')).toEqual(['b']);
      const [item] = await store.items.byIds(['b']);
      if (!item) throw new Error('no b');
      await store.transaction(tx => tx.items.save([{ ...item, title: 'Nghỉ hưu', visibility: 'HIDDEN' }]));
      expect(await search('lương')).toEqual([]);
      expect(await search('nghỉ')).toEqual([]);
      expect(await search('ngh*', { visibility: ['HIDDEN'] })).toEqual(['b']);
    });

    it('a text without end costs the words at its end, never its batch', async () => {
      const long = Array.from({ length: 60_000 }, (_, i) => `từ${i}${'x'.repeat(90)}`).join(' ');
      await put(
        store,
        anItem('long', { title: 'Dài lê thê', contentText: long }),
        anItem('short', { title: 'Dài' }),
      );
      expect((await search('dài')).toSorted()).toEqual(['long', 'short']);
      expect(await search(`từ5${'x'.repeat(90)}`)).toEqual(['long']);
    });

    it('says which phrases a match may have', () => {
      expect(store.items.phrases('tiền "chế độ" BHXH')).toEqual([
        { words: ['tien'], prefix: false },
        { words: ['che', 'do'], prefix: false },
        { words: ['bhxh'], prefix: true },
        { words: ['bao', 'hiem', 'xa', 'hoi'], prefix: false },
      ]);
    });
  });
}
