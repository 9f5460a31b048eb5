import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { idOf, newItem, newItems, saveItems, takeAway } from '../../gateway/e2e/seed.ts';
import { openSeededServer, type SeededServer } from '../../gateway/e2e/seeded-server.ts';
import { type Batch, followChanges, type Sink } from './follow-changes.mjs';

/** A sink, and what its readers see. */
export interface SinkUnderTest {
  /** Another opening of the same store, as another process would make it. */
  open(): Promise<Sink>;
  /** Id → title. */
  held(): Promise<ReadonlyMap<string, string>>;
  remove(): Promise<void>;
}

/** What a sink owes its readers, over a real gateway. */
export function sinkConforms(name: string, make: () => Promise<SinkUnderTest>): void {
  let under: SinkUnderTest;
  let world: SeededServer;
  let fetch: typeof globalThis.fetch;

  beforeEach(async () => {
    [under, world] = await Promise.all([make(), openSeededServer()]);
    const ask = await world.serve();
    fetch = (url, init) => ask(String(url).replace('https://tin.example.gov.vn', ''), init);
  });

  afterEach(async () => {
    await under.remove();
    await world.close();
  });

  const catchUp = (sink: Sink, more: object = {}) =>
    followChanges({ gateway: 'https://tin.example.gov.vn', sink, fetch, once: true, limit: 7, ...more });

  async function expectEqual(filter = {}): Promise<void> {
    const seen = await world.store.items.page({ filter, order: 'PUBLISHED', first: 200 });
    expect([...(await under.held())].toSorted()).toEqual(seen.map(({ id, title }) => [id, title]).toSorted());
  }

  describe(`a sink over ${name}`, () => {
    it('holds what the gateway shows: puts, edits, withdrawals, and what comes back', async () => {
      await saveItems(world.store, newItems(40));
      const sink = await under.open();
      await catchUp(sink);
      await expectEqual();
      await saveItems(world.store, [newItem('cong', 'bai-0', { title: 'Sửa “nháy” \u{1F600} \\' })]);
      await takeAway(world.store, idOf('bao-a', 'bai-3'), 'withdrawn');
      await takeAway(world.store, idOf('viec-lam', 'bai-1'), 'hidden');
      await catchUp(sink);
      await expectEqual();
      await saveItems(world.store, [newItem('viec-lam', 'bai-1', { title: 'Trở lại' })]);
      await catchUp(await under.open());
      await expectEqual();
    });

    it('is left whole by a follower that dies before or after its commit', async () => {
      await saveItems(world.store, newItems(30));
      const real = await under.open();
      let turn = 0;
      const dying: Sink = {
        load: () => real.load(),
        async apply(batch) {
          turn += 1;
          if (turn % 3 === 1) throw new Error('cut before the commit');
          await real.apply(batch);
          if (turn % 3 === 2) throw new Error('cut after the commit');
        },
      };
      const stop = new AbortController();
      for (let attempt = 0; attempt < 12; attempt += 1)
        await catchUp(dying, { signal: AbortSignal.any([stop.signal, AbortSignal.timeout(60)]) });
      await catchUp(real);
      await expectEqual();
    });

    it('when it must read everything again loses nothing, keeps nothing, and is never seen half empty', async () => {
      await saveItems(world.store, newItems(40));
      const real = await under.open();
      await catchUp(real);
      // Withdrawn and forgotten: the log no longer tells.
      for (const key of ['bai-3', 'bai-7']) await takeAway(world.store, idOf('bao-a', key), 'withdrawn');
      await saveItems(world.store, [newItem('cong', 'moi')]);
      await world.store.transaction(tx => tx.changes.prune(Date.now() + 1e9));
      const smallest: number[] = [];
      const watched: Sink = {
        load: () => real.load(),
        async apply(batch) {
          const done = await real.apply(batch);
          smallest.push((await under.held()).size);
          return done;
        },
      };
      // Killed in the middle of it, too.
      await catchUp(watched, { signal: stopAfter(watched, 3) });
      expect((await under.held()).size).toBeGreaterThanOrEqual(39);
      await catchUp(watched);
      await expectEqual();
      expect(Math.min(...smallest)).toBeGreaterThanOrEqual(39);
    });

    it('belongs to one place: whoever comes second changes nothing and goes on from there', async () => {
      await saveItems(world.store, newItems(40));
      const [one, two] = [await under.open(), await under.open()];
      const batches: Batch[] = [];
      const late: Sink = {
        load: () => one.load(),
        async apply(batch) {
          batches.push(batch);
          // While this batch waits the other follower reads on, and an item is withdrawn.
          if (batches.length === 2) {
            await catchUp(two);
            await takeAway(world.store, batch.puts[0]?.id ?? '', 'withdrawn');
            await catchUp(two);
          }
          return one.apply(batch);
        },
      };
      await catchUp(late);
      await expectEqual();
    });

    it('asked for another selection holds that one, and all again without', async () => {
      await saveItems(world.store, newItems(24));
      const sink = await under.open();
      await catchUp(sink);
      await catchUp(sink, { select: { kinds: ['unit'], sites: ['viec-lam', 'bao-a'] } });
      await expectEqual({ kinds: ['unit'], sites: ['viec-lam'] });
      await catchUp(sink);
      await expectEqual();
    });
  });
}

/** Ends a follower once its sink has written so many batches. */
function stopAfter(sink: Sink, most: number): AbortSignal {
  const stop = new AbortController();
  const { apply } = sink;
  let count = 0;
  sink.apply = async batch => {
    const done = await apply(batch);
    count += 1;
    if (count === most) {
      sink.apply = apply;
      stop.abort();
    }
    return done;
  };
  return stop.signal;
}
