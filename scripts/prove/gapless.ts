// `npm run prove:gapless -- [--changes 1000000] [--writers 3] [--connections 3] [--batch 200]`: on a real PostgreSQL
// (DATABASE_URL_TEST) no reader of the change feed misses or re-orders anything, whoever writes and whatever is cut.
import { parseArgs } from 'node:util';
import { freshDatabase } from '../../gateway/e2e/fresh-database.ts';
import { runGapless } from './gapless-run.ts';

const { values } = parseArgs({
  options: {
    changes: { type: 'string', default: '1000000' },
    writers: { type: 'string', default: '3' },
    connections: { type: 'string', default: '3' },
    batch: { type: 'string', default: '200' },
  },
});
const database = await freshDatabase();
try {
  const report = await runGapless({
    databaseUrl: database.url,
    changes: Number(values.changes),
    writers: Number(values.writers),
    connections: Number(values.connections),
    batch: Number(values.batch),
    delay: 40,
    cutEvery: 700,
    say: line => console.log(line),
  });
  console.log(report);
  console.log(
    report.faults.length === 0 ? 'gapless: no reader missed or re-ordered anything' : 'NOT gapless',
  );
  if (report.faults.length > 0) process.exitCode = 1;
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await database.remove();
}
