import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { LedgerEvent } from '../../../schemas/ledger.ts';
import { GENESIS, linkHash } from '../../../schemas/ledger-chain.ts';
import type { LedgerRow } from '../ledger.ts';
import type { Store } from '../store.ts';
import type { Engine, MakeEngine } from './engine.ts';

const event = (item: string, type: LedgerEvent['type'] = 'item.released'): LedgerEvent => ({
  type,
  actor: 'gateway',
  item,
  site: 's',
  details: { note: `“${item}”`, z: 1, a: [true, null] },
});

export function ledgerConforms(makeEngine: MakeEngine): void {
  describe('ledger', () => {
    let engine: Engine;
    let store: Store;
    beforeEach(async () => {
      engine = await makeEngine();
      store = await engine.open();
    });
    afterEach(() => engine.remove());
    const write = (one: Store, ...events: LedgerEvent[]) =>
      one.transaction(async tx => tx.ledger.append(...events));

    function expectChained(rows: readonly LedgerRow[]): void {
      let previous = GENESIS;
      rows.forEach((row, index) => {
        expect([row.seq, row.previous, row.hash]).toEqual([
          index + 1,
          previous,
          linkHash(previous, row.seq, row.text),
        ]);
        previous = row.hash;
      });
    }

    it('numbers and chains what is appended, and finds it again', async () => {
      expect(await store.ledger.head()).toBeUndefined();
      await write(store, event('i'), event('j'));
      await write(store, event('i', 'item.removed'));
      const rows = await store.ledger.since(0, 9);
      expectChained(rows);
      expect(rows.map(({ text }) => (JSON.parse(text) as LedgerEvent).type)).toEqual([
        'item.released',
        'item.released',
        'item.removed',
      ]);
      expect(await store.ledger.head()).toEqual(rows[2]);
      expect((await store.ledger.ofItem('i', 9)).map(({ seq }) => seq)).toEqual([1, 3]);
      const span = { from: 0, to: Number.MAX_SAFE_INTEGER, after: 0, limit: 9 };
      expect(
        (await store.ledger.ofTypes({ types: ['item.removed'], ...span })).map(({ seq }) => seq),
      ).toEqual([3]);
      expect((await store.ledger.since(1, 1)).map(({ seq }) => seq)).toEqual([2]);
    });

    it('leaves nothing and no gap behind a transaction that failed', async () => {
      await write(store, event('i'));
      await expect(
        store.transaction(async tx => {
          tx.ledger.append(event('lost'));
          throw new Error('no');
        }),
      ).rejects.toThrow('no');
      await write(store, event('j'));
      const rows = await store.ledger.since(0, 9);
      expectChained(rows);
      expect(rows).toHaveLength(2);
    });

    it('stays one chain with several writers at once', async () => {
      const openings = [store, await engine.open(), await engine.open()];
      await Promise.all(
        Array.from({ length: 60 }, (_, i) => write(openings[i % 3] ?? store, event(`i${i}`), event(`j${i}`))),
      );
      const rows = await store.ledger.since(0, 500);
      expect(rows).toHaveLength(120);
      expectChained(rows);
    });
  });
}
