import { freshDatabase } from '../e2e/fresh-database.ts';
import { openSeededGraph } from '../e2e/seeded-graph.ts';
import { oddArgumentsConform } from './odd-arguments.conformance.ts';

oddArgumentsConform(async () => {
  const database = await freshDatabase();
  const seeded = await openSeededGraph(20, database.url);
  return { ...seeded, close: () => seeded.close().then(database.remove) };
});
