import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { LedgerEvent } from '../../../schemas/ledger.ts';
import { GENESIS, linkHash } from '../../../schemas/ledger-chain.ts';
import type { LedgerRow } from '../ledger.ts';
import type { StoreOptions } from '../open-store.ts';
import { connect } from '../sqlite/database.ts';
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

    it('takes no change and no removal of a row, not even by hand', async () => {
      await write(store, event('i'), event('j'));
      const before = await store.ledger.since(0, 9);
      for (const statement of [
        "UPDATE ledger SET text = 'x' WHERE seq = 1",
        'UPDATE ledger SET hash = previous',
        'DELETE FROM ledger WHERE seq = 2',
        'DELETE FROM ledger',
      ])
        await expect(byHand(engine.options, statement)).rejects.toThrow('the ledger is append-only');
      expect(await store.ledger.since(0, 9)).toEqual(before);
    });

    it('removes closed months whole, tells so, and goes on from their last hash', async () => {
      const at = (time: string) => Date.parse(`${time}+07:00`);
      let now = at('2024-09-30T23:59:59');
      const clocked = await engine.open(() => now);
      await write(clocked, event('a'), event('b'));
      now = at('2024-10-01T00:00:00');
      await write(clocked, event('c'));
      now = at('2024-11-05T08:00:00');
      await write(clocked, event('d'));
      const all = await clocked.ledger.since(0, 9);
      const close = (segment: number) =>
        clocked.transaction(tx => tx.ledger.removeBefore(segment, { actor: 'operator' }));
      expect(await close(202409)).toBeUndefined();
      expect(await close(202411)).toEqual({ rows: 3, from: 1, to: 3, head: all[2]?.hash });
      const kept = await clocked.ledger.since(0, 9);
      expect(kept.map(({ seq }) => seq)).toEqual([4, 5]);
      expect(kept[0]).toEqual(all[3]);
      expect(JSON.parse(kept[1]?.text ?? '')).toMatchObject({
        type: 'segment.closed',
        details: { rows: 3, from: 1, to: 3, head: all[2]?.hash },
      });
      await expect(byHand(engine.options, 'DELETE FROM ledger')).rejects.toThrow('append-only');
      // The newest month is never removed, however old it is.
      expect(await close(209901)).toBeUndefined();
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

/** As somebody with a database shell would. */
async function byHand({ dataDir, databaseUrl }: StoreOptions, sql: string): Promise<void> {
  if (databaseUrl === undefined) {
    const db = connect(join(dataDir, 'lienthong.db'));
    try {
      db.exec(sql);
    } finally {
      db.close();
    }
    return;
  }
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
