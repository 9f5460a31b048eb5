import { expect, it } from '@jest/globals';
import pg from 'pg';
import { freshDatabase } from '../e2e/fresh-database.ts';
import { anItem, put } from '../store/conformance/engine.ts';
import { openSnapshot } from '../store/open-copying.ts';
import { openStore } from '../store/open-store.ts';
import { backupConforms, folderPlace, type TestPlace } from './backup.conformance.ts';
import { restoreArchive } from './restore-archive.ts';
import { writeArchive } from './write-archive.ts';

async function databasePlace(): Promise<TestPlace> {
  const { url, remove } = await freshDatabase();
  return { options: { dataDir: '.', databaseUrl: url }, remove };
}

backupConforms('PostgreSQL into SQLite', databasePlace, folderPlace);
backupConforms('SQLite into PostgreSQL', folderPlace, databasePlace);
backupConforms('PostgreSQL into PostgreSQL', databasePlace, databasePlace);

it('serves two roles: the lesser one backs up, the owner of the tables restores, and the lesser one serves on', async () => {
  const [from, to] = [await freshDatabase(), await freshDatabase()];
  const role = `lienthong_role_${process.pid}`;
  await run(from.url, `CREATE ROLE ${role} LOGIN PASSWORD 'secret'`);
  const lesser = ({ url }: { readonly url: string }) => {
    const address = new URL(url);
    address.username = role;
    address.password = 'secret';
    return { dataDir: '.', databaseUrl: address.href, migrateUrl: url };
  };
  const store = await openStore(lesser(from));
  await put(store, anItem('a'), anItem('b'));
  await store.close();
  const folder = await folderPlace();
  const file = `${folder.options.dataDir}/a.lienthong`;
  const { migrateUrl: _owner, ...serving } = lesser(from);
  const snapshot = await openSnapshot(serving);
  await writeArchive(snapshot, file, { now: 0, program: 'x' });
  await snapshot.close();
  await restoreArchive(file, lesser(to));
  const twin = await openStore(lesser(to));
  await put(twin, anItem('c'));
  await expect(run(lesser(to).databaseUrl, 'DELETE FROM ledger')).rejects.toThrow('permission denied');
  // A gateway works on it.
  await expect(restoreArchive(file, lesser(to))).rejects.toThrow('đang chạy');
  await twin.close();
  await Promise.all([from.remove(), to.remove(), folder.remove()]);
  await run(SERVER, `DROP ROLE ${role}`);
});

const SERVER = process.env.DATABASE_URL_TEST ?? 'postgres://postgres@127.0.0.1:5432/postgres';

async function run(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

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
