import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { changesConform } from '../conformance/changes.ts';
import { deliveriesConform } from '../conformance/deliveries.ts';
import { anItem, type Engine, put } from '../conformance/engine.ts';
import { itemsConform } from '../conformance/items.ts';
import { killConforms } from '../conformance/kill.ts';
import { ledgerConforms } from '../conformance/ledger.ts';
import { problemsConform } from '../conformance/problems.ts';
import { recordsConform } from '../conformance/records.ts';
import { searchConforms } from '../conformance/search.ts';
import { storiesConform } from '../conformance/stories.ts';
import { workConforms } from '../conformance/work.ts';
import { openStore } from '../open-store.ts';
import type { Store } from '../store.ts';
import { connect } from './database.ts';
import { MIGRATIONS } from './migrations.ts';

async function sqliteEngine(): Promise<Engine> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lienthong-store-'));
  const opened: Store[] = [];
  return {
    options: { dataDir },
    async open(now, vocabulary = []) {
      const store = await openStore({ dataDir, vocabulary, ...(now ? { now } : {}) });
      opened.push(store);
      return store;
    },
    async remove() {
      await Promise.all(opened.map(store => store.close()));
      rmSync(dataDir, { recursive: true });
    },
  };
}

itemsConform(sqliteEngine);
changesConform(sqliteEngine);
searchConforms(sqliteEngine);
storiesConform(sqliteEngine);
workConforms(sqliteEngine);
recordsConform(sqliteEngine);
problemsConform(sqliteEngine);
ledgerConforms(sqliteEngine);
deliveriesConform(sqliteEngine);
killConforms(sqliteEngine);

it('sees what a program of an earlier version writes, which counts no revisions', async () => {
  const engine = await sqliteEngine();
  const store = await engine.open();
  await put(store, anItem('a', { title: 'Cũ' }));
  expect((await store.items.byIds(['a']))[0]?.title).toBe('Cũ');
  const other = connect(join(engine.options.dataDir, 'lienthong.db'));
  other.run(`UPDATE item SET document = json_set(document, '$.title', 'Mới') WHERE id = 'a'`);
  other.close();
  expect((await store.items.byIds(['a']))[0]?.title).toBe('Mới');
  await engine.remove();
});

it('leaves no byte of erased content in its files', async () => {
  const engine = await sqliteEngine();
  const store = await engine.open();
  await put(
    store,
    ...Array.from({ length: 30 }, (_, i) =>
      anItem(`i${i}`, { title: `Bimatxyz${i}`, contentText: 'noidungbimat'.repeat(50) }),
    ),
  );
  await store.transaction(tx => tx.items.erase(Array.from({ length: 30 }, (_, i) => `i${i}`)));
  await store.close();
  const files = readdirSync(engine.options.dataDir).map(name =>
    readFileSync(join(engine.options.dataDir, name), 'latin1').toLowerCase(),
  );
  expect(files.some(bytes => bytes.includes('bimatxyz') || bytes.includes('noidungbimat'))).toBe(false);
  await engine.remove();
});

it('brings a file of the first version up, with what is in it', async () => {
  const engine = await sqliteEngine();
  const db = connect(join(engine.options.dataDir, 'lienthong.db'));
  db.exec(`CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    INSERT INTO meta VALUES ('version', '1'), ('major', '1'), ('epoch', 'e');
    ${MIGRATIONS[0]?.sql}
    INSERT INTO api_key VALUES ('k1', 'hash', 'Cổng', '["read"]', 5, NULL)`);
  db.close();
  const store = await engine.open();
  expect([store.epoch, await store.keys.byHash('hash')]).toEqual([
    'e',
    { id: 'k1', title: 'Cổng', scopes: ['read'], created: 5 },
  ]);
  await engine.remove();
});

it('refuses a file of a newer major, and says what to do', async () => {
  const engine = await sqliteEngine();
  await (await engine.open()).close();
  const db = connect(join(engine.options.dataDir, 'lienthong.db'));
  db.run("UPDATE meta SET value = '99' WHERE name = 'major'");
  db.close();
  await expect(openStore(engine.options)).rejects.toThrow('Start the newer version');
  await engine.remove();
});

it('aborts whoever changes the ledger or takes rows out of it', async () => {
  const engine = await sqliteEngine();
  const store = await engine.open();
  await store.transaction(async tx => tx.ledger.append({ type: 'item.held', actor: 'gateway', item: 'i' }));
  const db = connect(join(engine.options.dataDir, 'lienthong.db'));
  expect(() => db.run(`UPDATE ledger SET text = '{}'`)).toThrow('append-only');
  expect(() => db.run('DELETE FROM ledger')).toThrow('append-only');
  db.close();
  await engine.remove();
});

it('a store whose index is older is indexed anew when it opens, and goes on where it was stopped', async () => {
  const engine = await sqliteEngine();
  const store = await engine.open();
  await put(store, ...Array.from({ length: 450 }, (_, i) => anItem(`i${i}`, { title: 'Tiền lương' })));
  await store.close();
  const file = join(engine.options.dataDir, 'lienthong.db');
  const db = connect(file);
  db.exec(`DELETE FROM search; UPDATE meta SET value = '450' WHERE name = 'unindexed';
    CREATE TRIGGER stopped BEFORE UPDATE ON meta WHEN NEW.name = 'unindexed' AND NEW.value = '50' BEGIN SELECT RAISE(ABORT, 'killed'); END`);
  await expect(engine.open()).rejects.toThrow('killed');
  expect(db.get('SELECT count(*) AS n, min(rowid) AS first FROM search')).toMatchObject({
    n: 200,
    first: 251,
  });
  db.exec('DROP TRIGGER stopped');
  db.close();
  const again = await engine.open();
  const { counted } = await again.items.facets({ text: 'lương', filter: { sites: ['s'] } });
  expect(counted).toBe(450);
  await engine.remove();
});
