import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GENESIS, linkHash } from '../../../schemas/ledger-chain.ts';
import { type Engine, type MakeEngine, walk } from './engine.ts';

const WRITER = fileURLToPath(new URL('./kill-writer.ts', import.meta.url));
const ROUNDS = 6;

/** Invariant 1: a batch is whole or not there, and what was acknowledged stays, whenever the writer is killed. */
export function killConforms(makeEngine: MakeEngine): void {
  describe('kill -9', () => {
    let engine: Engine;
    beforeEach(async () => {
      engine = await makeEngine();
    });
    afterEach(() => engine.remove());

    it('loses nothing acknowledged, keeps no half batch, and doubles nothing', async () => {
      const acknowledged = new Set<number>();
      for (let round = 0; round < ROUNDS; round += 1) {
        const writer = spawn(
          process.execPath,
          ['--disable-warning=ExperimentalWarning', WRITER, JSON.stringify(engine.options)],
          {
            stdio: ['ignore', 'pipe', 'inherit'],
          },
        );
        writer.stdout.on('data', (chunk: Buffer) => {
          for (const line of String(chunk).split('\n')) if (line !== '') acknowledged.add(Number(line));
        });
        await once(writer.stdout, 'data');
        await new Promise(resolve => setTimeout(resolve, 20 + round * 37));
        writer.kill('SIGKILL');
        await once(writer, 'close');
      }
      const store = await engine.open();
      const items = await walk(store, { filter: {}, order: 'PUBLISHED', first: 100 });
      const batches = Map.groupBy(items, ({ id }) => Number(id.split('-')[0]));
      for (const [batch, members] of batches) expect([batch, members.length]).toEqual([batch, 20]);
      for (const batch of acknowledged) expect(batches.has(batch)).toBe(true);
      const saved = (await store.work.checkpoint('s/a'))?.value;
      expect(saved).toBe(Math.max(...batches.keys()));
      const ids = items.map(({ id }) => id);
      expect(await store.records.count('full-text', {})).toBe(items.length);
      const judged = [...(await store.problems.of('item', ids)).values()];
      expect(judged.map(({ problems }) => problems.length)).toEqual(ids.map(() => 1));
      expect((await store.changes.bounds()).head).toBe(items.length);
      // One row a batch, one chain, whoever was killed in between.
      const rows = await store.ledger.since(0, 100_000);
      expect(rows).toHaveLength(batches.size);
      rows.forEach(({ seq, previous, text, hash }, index) => {
        expect([seq, previous, hash]).toEqual([
          index + 1,
          rows[index - 1]?.hash ?? GENESIS,
          linkHash(previous, seq, text),
        ]);
      });
    }, 120_000);
  });
}
