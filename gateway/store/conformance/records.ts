import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PressAgreement } from '../../../schemas/republication.ts';
import type { Kept } from '../records.ts';
import type { Store } from '../store.ts';
import { anItem, type Engine, type MakeEngine, put } from './engine.ts';

function agreement(id: string, more: Partial<Kept<'agreement'>> = {}): Kept<'agreement'> {
  const document: PressAgreement = {
    id,
    site: 'bao-a',
    parties: ['Bộ', 'Báo A'],
    mode: 'full-text',
    media: true,
    audience: 'public',
    from: 0,
    until: 9_000,
    document: 'sha256:00',
  };
  return { kind: 'agreement', id, site: 'bao-a', state: 'in-force', at: 1_000, document, ...more };
}

export function recordsConform(makeEngine: MakeEngine): void {
  describe('records', () => {
    let engine: Engine;
    let store: Store;
    beforeEach(async () => {
      engine = await makeEngine();
      store = await engine.open();
    });
    afterEach(() => engine.remove());
    const keep = (...records: readonly Kept[]) => store.transaction(tx => tx.records.put(...records));
    const ids = (found: readonly Kept[]) => found.map(({ id }) => id);

    it('gives back what was put, and what it was replaced by', async () => {
      const full = agreement('a', { item: 'i', due: 5 });
      await keep(full);
      expect(await store.records.get('agreement', 'a')).toEqual(full);
      const { item: _item, due: _due, ...less } = { ...full, state: 'ended' };
      await keep(less);
      expect(await store.records.get('agreement', 'a')).toEqual(less);
      expect(await store.records.get('exception', 'a')).toBeUndefined();
      expect(ids(await store.records.byIds('agreement', ['x', 'a']))).toEqual(['a']);
    });

    it('lists the newest first, page by page, by site, item and state', async () => {
      await keep(
        ...Array.from({ length: 7 }, (_, i) =>
          agreement(`a${i}`, {
            at: i < 3 ? 1 : i,
            state: i % 2 ? 'ended' : 'in-force',
            site: i === 6 ? 'x' : 'bao-a',
            item: `i${i}`,
          }),
        ),
      );
      const pages: string[] = [];
      for (let after: { at: number; id: string } | undefined; ; ) {
        const page = await store.records.find('agreement', { first: 2, ...(after && { after }) });
        pages.push(...ids(page));
        const last = page.at(-1);
        if (!last) break;
        after = { at: last.at, id: last.id };
      }
      expect(pages).toEqual(['a6', 'a5', 'a4', 'a3', 'a2', 'a1', 'a0']);
      expect(
        ids(await store.records.find('agreement', { site: 'bao-a', states: ['ended'], first: 9 })),
      ).toEqual(['a5', 'a3', 'a1']);
      expect(ids(await store.records.find('agreement', { item: 'i4', first: 9 }))).toEqual(['a4']);
      expect(await store.records.count('agreement', { states: ['in-force'] })).toBe(4);
    });

    it('tells what is due, the longest waiting first', async () => {
      await keep(
        agreement('a', { due: 30 }),
        agreement('b', { due: 10 }),
        agreement('c'),
        agreement('d', { due: 31 }),
      );
      expect(ids(await store.records.due('agreement', 30, 9))).toEqual(['b', 'a']);
      expect(ids(await store.records.due('agreement', 30, 1))).toEqual(['b']);
    });

    it('adds an id once, whoever comes second', async () => {
      const other = await engine.open();
      const add = (one: Store, state: string) =>
        one.transaction(tx => tx.records.add(agreement('a', { state })));
      const added = await Promise.all([add(store, 'x'), add(other, 'y'), add(store, 'z'), add(other, 'w')]);
      expect(added.filter(Boolean)).toHaveLength(1);
    });

    it('takes nothing when the transaction fails, and removes what it is told', async () => {
      await expect(
        store.transaction(async tx => {
          await tx.records.put(agreement('a'));
          throw new Error('no');
        }),
      ).rejects.toThrow('no');
      await keep(agreement('b'));
      expect(await store.transaction(tx => tx.records.remove('agreement', ['a', 'b']))).toBe(1);
      expect(await store.records.count('agreement', {})).toBe(0);
    });

    it('loses what was trimmed from an item with the item', async () => {
      await put(store, anItem('i'), anItem('j'));
      const document = { content: '<p>x</p>', contentText: 'x', summary: '', media: [], hash: 'h' };
      const full = (item: string): Kept => ({
        kind: 'full-text',
        id: item,
        item,
        site: 's',
        at: 1,
        document,
      });
      await keep(full('i'), full('j'), agreement('a', { item: 'i' }));
      await store.transaction(tx => tx.items.erase(['i']));
      expect(ids(await store.records.find('full-text', { first: 9 }))).toEqual(['j']);
      expect(await store.records.count('agreement', {})).toBe(1);
    });
  });
}
