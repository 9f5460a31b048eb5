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
