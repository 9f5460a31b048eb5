import { freshDatabase } from '../e2e/fresh-database.ts';
import { openSeededServices } from '../e2e/seeded-services.ts';
import { accessConforms } from './access.conformance.ts';

accessConforms(async () => {
  const database = await freshDatabase();
  const world = await openSeededServices({}, database.url);
  return { ...world, close: () => world.close().then(database.remove) };
});
