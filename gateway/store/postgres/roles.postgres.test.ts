import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { retainLedger } from '../../ledger/retain.ts';
import { anItem, put } from '../conformance/engine.ts';
import { openStore } from '../open-store.ts';
import type { Store } from '../store.ts';

const SERVER = process.env.DATABASE_URL_TEST ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const NAME = `lienthong_roles_${process.pid}_${Math.random().toString(36).slice(2)}`;
const SERVING = `${NAME}_serving`;

describe('two roles on PostgreSQL', () => {
  const owner = new URL(SERVER);
  owner.pathname = `/${NAME}`;
  const serving = new URL(owner);
  serving.username = SERVING;
  serving.password = 'secret';
  let now = Date.parse('2026-11-20T09:00:00+07:00');
  let store: Store;
  beforeAll(async () => {
    await run(SERVER, `CREATE ROLE ${SERVING} LOGIN PASSWORD 'secret'`);
    await run(SERVER, `CREATE DATABASE ${NAME}`);
    store = await openStore({
      dataDir: '.',
      databaseUrl: serving.href,
      migrateUrl: owner.href,
      now: () => now,
    });
  });
  afterAll(async () => {
    await store.close();
    await run(SERVER, `DROP DATABASE ${NAME} WITH (FORCE)`);
    await run(SERVER, `DROP ROLE ${SERVING}`);
  });

  it('serve, harvest and write the ledger as the lesser one', async () => {
    await put(store, anItem('i'));
    await store.work.register([{ name: 's/a', interval: 1 }]);
    await store.records.count('evidence', {});
    await store.transaction(async tx =>
      tx.ledger.append({ type: 'item.released', actor: 'gateway', item: 'i' }),
    );
    expect((await store.items.byIds(['i'])).map(({ id }) => id)).toEqual(['i']);
    expect((await store.ledger.head())?.seq).toBe(1);
  });

  it.each([
    'DELETE FROM ledger',
    "UPDATE ledger SET text = 'x'",
    'TRUNCATE ledger',
    'DROP TABLE ledger',
    'UPDATE ledger_head SET kept_from = 999999',
    'DELETE FROM ledger_head',
    'DROP TRIGGER ledger_append_only ON ledger',
    'ALTER TABLE ledger DISABLE TRIGGER ALL',
    "CREATE OR REPLACE FUNCTION ledger_guard() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
    "UPDATE meta SET value = '0'",
  ])('the serving role may not: %s', async sql => {
    await expect(run(serving.href, sql)).rejects.toThrow(/permission denied|must be owner/);
  });

  it('only the owner removes closed months', async () => {
    now = Date.parse('2029-01-10T09:00:00+07:00');
    await store.transaction(async tx =>
      tx.ledger.append({ type: 'item.released', actor: 'gateway', item: 'i' }),
    );
    const order = { years: 2, actor: 'operator', reason: 'Hết thời hạn lưu' };
    await expect(retainLedger(store, order)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const own = await openStore({ dataDir: '.', databaseUrl: owner.href, now: () => now });
    await expect(retainLedger(own, { ...order, years: 1 })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    expect(await retainLedger(own, order)).toMatchObject({ rows: 1, from: 1, to: 1 });
    await own.close();
    expect((await store.ledger.since(0, 9)).map(({ seq }) => seq)).toEqual([2, 3]);
  });
});

async function run(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
