// `npm run prove:consumer -- [--rounds 200] [--engine sqlite|postgres] [--seed 1]`: gateway and portals are killed at
// random, and each round must end with exactly what `items` answers. Exits 1 with what differs.
import { parseArgs } from 'node:util';
import { freshDatabase } from '../../gateway/e2e/fresh-database.ts';
import { runKillRounds } from './kill-rounds.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '200' },
    engine: { type: 'string', default: 'sqlite' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const began = performance.now();
const databases = values.engine === 'postgres' ? [await freshDatabase(), await freshDatabase()] : [];
const [store, portal] = databases;
console.log(`${values.engine}, ${values.rounds} rounds, seed ${values.seed}`);
try {
  const report = await runKillRounds({
    rounds: Number(values.rounds),
    seed: Number(values.seed),
    ...(store ? { databaseUrl: store.url } : {}),
    ...(portal ? { portalUrl: portal.url } : {}),
    say: line => console.log(line),
  });
  console.log(`exactly the set, ${report.rounds} of ${report.rounds} rounds`, report);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  for (const database of databases) await database.remove();
}
console.log(`${Math.round((performance.now() - began) / 1000)} s`);
