import { freshDatabase } from '../e2e/fresh-database.ts';
import { openSeededServer } from '../e2e/seeded-server.ts';
import { nulIsRefused } from './refuse-nul.conformance.ts';

nulIsRefused(async () => {
  const database = await freshDatabase();
  const server = await openSeededServer(database.url);
  return { ...server, close: () => server.close().then(database.remove) };
});
