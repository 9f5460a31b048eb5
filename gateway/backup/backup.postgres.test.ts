import { expect, it } from '@jest/globals';
import { freshDatabase } from '../e2e/fresh-database.ts';
import { openSnapshot } from '../store/open-copying.ts';
import { openStore } from '../store/open-store.ts';
import { backupConforms, folderPlace, type TestPlace } from './backup.conformance.ts';

async function databasePlace(): Promise<TestPlace> {
  const { url, remove } = await freshDatabase();
  return { options: { dataDir: '.', databaseUrl: url }, remove };
}

backupConforms('PostgreSQL into SQLite', databasePlace, folderPlace);
backupConforms('SQLite into PostgreSQL', folderPlace, databasePlace);
backupConforms('PostgreSQL into PostgreSQL', databasePlace, databasePlace);

it('describes both engines alike, table for table and column for column', async () => {
  const places = await Promise.all([folderPlace(), databasePlace()]);
  const described = await Promise.all(
    places.map(async ({ options }) => {
      await (await openStore(options)).close();
      const snapshot = await openSnapshot(options);
      await snapshot.close();
      return snapshot.tables.map(({ table, columns }) => `${table}: ${[...columns].sort().join(' ')}`).sort();
    }),
  );
  expect(described[0]).toEqual(described[1]);
  await Promise.all(places.map(place => place.remove()));
});
