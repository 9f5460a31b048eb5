import { expect, it } from '@jest/globals';
import { runGapless } from '../../scripts/prove/gapless-run.ts';
import { runKillRounds } from '../../scripts/prove/kill-rounds.ts';
import { freshDatabase } from './fresh-database.ts';

it('a consumer that is killed while the gateway is too ends with exactly what `items` answers', async () => {
  const [store, portal] = await Promise.all([freshDatabase(), freshDatabase()]);
  const report = await runKillRounds({ rounds: 3, seed: 4, databaseUrl: store.url, portalUrl: portal.url });
  expect(report.gatewayKills + report.consumerKills).toBeGreaterThan(0);
  expect(report.changes).toBeGreaterThan(report.items);
  await Promise.all([store.remove(), portal.remove()]);
}, 300_000);

/** `npm run prove:gapless` does a million of these. */
it('no reader misses or re-orders a change while many write and connections are cut', async () => {
  const database = await freshDatabase();
  const report = await runGapless({
    databaseUrl: database.url,
    changes: 4_000,
    writers: 2,
    connections: 3,
    batch: 40,
    delay: 30,
    cutEvery: 400,
  });
  expect(report.faults).toEqual([]);
  expect(report.changes).toBeGreaterThanOrEqual(4_000);
  expect(report.cuts).toBeGreaterThan(3);
  await database.remove();
}, 300_000);
