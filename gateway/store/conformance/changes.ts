import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Store } from '../store.ts';
import { anItem, type Engine, type MakeEngine, put, walk } from './engine.ts';

export function changesConform(makeEngine: MakeEngine): void {
  describe('the change log', () => {
    let engine: Engine;
    let store: Store;
    beforeEach(async () => {
      engine = await makeEngine();
      store = await engine.open();
    });
    afterEach(() => engine.remove());

    it('keeps one row an item, the latest, and numbers grow', async () => {
      await put(store, anItem('a'), anItem('b'));
      await put(store, anItem('a', { title: 'Sửa' }));
      const rows = await store.changes.since(0, 10);
      expect(rows.map(({ item, number }) => [item, number])).toEqual([
        ['b', 2],
        ['a', 3],
      ]);
      expect(await store.changes.bounds()).toEqual({ head: 3, pruned: 0 });
      expect(await store.revision()).toBe(3);
    });

    it('says why an item left, and what took its place', async () => {
      await put(store, anItem('a'), anItem('b'));
      await store.transaction(async tx =>
        tx.changes.append([{ kind: 'tombstone', item: 'a', reason: 'merged', replacedBy: 'b' }]),
      );
      expect(await store.changes.ofItems(['a'])).toEqual([
        expect.objectContaining({ kind: 'tombstone', reason: 'merged', replacedBy: 'b', site: 's' }),
      ]);
      expect((await store.changes.tombstones(5)).map(({ item }) => item)).toEqual(['a']);
    });

    it('forgets old tombstones, and says which cursors that makes blind', async () => {
      let now = 10;
      const timed = await engine.open(() => now);
      await put(timed, anItem('a'), anItem('b'));
      await timed.transaction(async tx =>
        tx.changes.append([{ kind: 'tombstone', item: 'a', reason: 'withdrawn' }]),
      );
      now = 100;
      expect(await timed.transaction(tx => tx.changes.prune(50))).toBe(1);
      expect(await timed.changes.bounds()).toEqual({ head: 3, pruned: 3 });
      expect((await timed.changes.since(0, 10)).map(({ item }) => item)).toEqual(['b']);
    });

    it('is heard by another opening of the same store, at once or within two seconds', async () => {
      const other = await engine.open();
      expect(await other.revision()).toBe(0);
      const told = new Promise<void>(resolve => {
        other.onChange(resolve);
      });
      await put(store, anItem('a'));
      await told;
      expect(await other.revision()).toBe(1);
    });

    it('remembers every topic an item was released under', async () => {
      await put(store, anItem('a', { topics: ['x'] }), anItem('b'));
      await put(store, anItem('a', { topics: ['y'] }));
      expect(await store.changes.topicsShown(['a', 'b'])).toEqual(new Map([['a', new Set(['x', 'y'])]]));
    });

    it('replayed from zero, it is exactly what items answers; from any cursor, exactly the difference', async () => {
      const random = seeded(7);
      const followers = [0, 0, 0].map(() => ({ cursor: 0, set: new Map<string, string>() }));
      for (let step = 0; step < 120; step += 1) {
        await putAndHide(store, random, `t${step}`);
        const follower = followers[step % followers.length];
        if (follower && random(2) === 0) await follow(store, follower);
      }
      for (const follower of [...followers, { cursor: 0, set: new Map<string, string>() }]) {
        await follow(store, follower);
        const visible = await walk(store, { filter: {}, order: 'PUBLISHED', first: 13 });
        expect(Object.fromEntries(follower.set)).toEqual(
          Object.fromEntries(visible.map(({ id, title }) => [id, title])),
        );
      }
    });

    it('is gapless to a reader while many write: nothing appears at or below a number already read', async () => {
      const writers = await Promise.all(Array.from({ length: 4 }, () => engine.open()));
      const reader = await engine.open();
      const seen = new Set<string>();
      let cursor = 0;
      let writing = true;
      const reading = (async () => {
        while (writing || (await reader.changes.bounds()).head > cursor) {
          for (const row of await reader.changes.since(cursor, 7)) {
            expect(row.number).toBeGreaterThan(cursor);
            cursor = row.number;
            seen.add(row.item);
          }
          await pause(1);
        }
      })();
      await Promise.all(
        writers.map(async (writer, w) => {
          for (let i = 0; i < 40; i += 1) {
            await writer.transaction(async tx => {
              const id = `w${w}-${i}`;
              await tx.items.save([anItem(id)]);
              tx.changes.append([{ kind: 'put', item: id, backfill: false }]);
              // A slow writer between its statements and its commit must not be overtaken.
              await pause((w * 7 + i * 3) % 5);
            });
          }
        }),
      );
      writing = false;
      await reading;
      expect(seen.size).toBe(160);
      expect((await reader.changes.bounds()).head).toBe(160);
    });
  });
}

async function follow(store: Store, follower: { cursor: number; set: Map<string, string> }): Promise<void> {
  for (;;) {
    const rows = await store.changes.since(follower.cursor, 5);
    const items = new Map(
      (await store.items.byIds(rows.map(({ item }) => item))).map(item => [item.id, item]),
    );
    for (const row of rows) {
      follower.cursor = row.number;
      if (row.kind === 'put') follower.set.set(row.item, items.get(row.item)?.title ?? '');
      else follower.set.delete(row.item);
    }
    if (rows.length === 0) return;
  }
}

/** A small linear congruential generator: the same story every time. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}

/** One transaction over a few of forty items: some are put, some of those that are known are hidden. */
async function putAndHide(store: Store, random: (below: number) => number, title: string): Promise<void> {
  await store.transaction(async tx => {
    const ids = Array.from({ length: 1 + random(4) }, () => `i${random(40)}`);
    for (const id of new Set(ids)) {
      const gone = random(3) === 0;
      const known = await tx.items.current([id]);
      if (gone && !known.has(id)) continue;
      await tx.items.save([anItem(id, { title, visibility: gone ? 'HIDDEN' : 'RELEASED' })]);
      tx.changes.append([
        gone ? { kind: 'tombstone', item: id, reason: 'hidden' } : { kind: 'put', item: id, backfill: false },
      ]);
    }
  });
}
