import { expect, it } from '@jest/globals';
import { runKillRounds } from '../../scripts/prove/kill-rounds.ts';

/** `npm run prove:consumer` does two hundred of these. */
it('a consumer that is killed while the gateway is too ends with exactly what `items` answers', async () => {
  const report = await runKillRounds({ rounds: 3, seed: 4 });
  expect(report.gatewayKills + report.consumerKills).toBeGreaterThan(0);
  expect(report.changes).toBeGreaterThan(report.items);
}, 300_000);
