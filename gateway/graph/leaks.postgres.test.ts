import { freshDatabase } from '../e2e/fresh-database.ts';
import { openSeededServices } from '../e2e/seeded-services.ts';
import { nothingLeaks } from './leaks.conformance.ts';

nothingLeaks(async federation => {
  const database = await freshDatabase();
  const world = await openSeededServices(federation, database.url);
  return { ...world, close: () => world.close().then(database.remove) };
});
