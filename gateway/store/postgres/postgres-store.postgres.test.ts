import { setTimeout } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import pg from 'pg';
import { until } from '../../e2e/run-gateway.ts';
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
import { indexPending, keepStatistics, refreshStatistics } from './statistics.ts';

const SERVER = process.env.DATABASE_URL_TEST ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** A database of its own for each test, on a real server. */
async function postgresEngine(): Promise<Engine> {
  const name = `lienthong_test_${process.pid}_${Math.random().toString(36).slice(2)}`;
  await administer(`CREATE DATABASE ${name}`);
  const url = new URL(SERVER);
  url.pathname = `/${name}`;
  const options = { dataDir: '.', databaseUrl: url.href };
  const opened: Store[] = [];
  return {
    options,
    async open(now, vocabulary = []) {
      const store = await openStore({ ...options, vocabulary, ...(now ? { now } : {}) });
      opened.push(store);
      return store;
    },
    async remove() {
      await Promise.all(opened.map(store => store.close()));
      await administer(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function administer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: SERVER });
  await client.connect();
  await client.query(sql);
  await client.end();
}

itemsConform(postgresEngine);
changesConform(postgresEngine);
searchConforms(postgresEngine);
storiesConform(postgresEngine);
workConforms(postgresEngine);
recordsConform(postgresEngine);
problemsConform(postgresEngine);
ledgerConforms(postgresEngine);
deliveriesConform(postgresEngine);
killConforms(postgresEngine);

it('a store whose index is older is indexed anew when it opens', async () => {
  const engine = await postgresEngine();
  const store = await engine.open();
  await put(store, ...Array.from({ length: 520 }, (_, i) => anItem(`i${i}`, { title: 'Tiền lương' })));
  const client = new pg.Client({ connectionString: engine.options.databaseUrl });
  await client.connect();
  await client.query(`UPDATE search SET words = 'old'`);
  await client.query(`UPDATE meta SET value = '520' WHERE name = 'unindexed'`);
  await client.end();
  const again = await engine.open();
  const { counted } = await again.items.facets({ text: 'lương', filter: { sites: ['s'] } });
  expect(counted).toBe(520);
  await engine.remove();
});

it('keeps the statistics of its tables where nobody else does: a topic’s page is read along its index', async () => {
  const engine = await postgresEngine();
  const store = await engine.open();
  await put(
    store,
    ...Array.from({ length: 1500 }, (_, i) =>
      anItem(`i${i}`, { topics: i % 2 ? ['a'] : ['b'], categories: ['c'] }),
    ),
  );
  const pool = new pg.Pool({ connectionString: engine.options.databaseUrl, max: 1 });
  try {
    // Counts of other connections arrive within a second or so.
    const renewed = new Set<string>();
    await until('statistics to fall behind', async () => {
      for (const name of await refreshStatistics(pool)) renewed.add(name);
      return renewed.has('label') && renewed.has('item');
    });
    expect(await refreshStatistics(pool)).toEqual([]);
    expect(await indexPending(pool)).toBeGreaterThan(0);
    expect(await indexPending(pool)).toBe(0);
    const { rows } = await pool.query(`SELECT reltuples::int AS n FROM pg_class WHERE relname = 'label'`);
    expect(rows[0].n).toBe(3000);
  } finally {
    await pool.end();
    await engine.remove();
  }
});

it('keeps answering while another works on the tables whose statistics are behind', async () => {
  const engine = await postgresEngine();
  const store = await engine.open();
  await put(store, ...Array.from({ length: 1500 }, (_, i) => anItem(`i${i}`, { topics: ['a'] })));
  const [other, pool] = [1, 4].map(max => new pg.Pool({ connectionString: engine.options.databaseUrl, max }));
  const working = await other?.connect();
  let stop = () => {};
  try {
    await until('statistics to fall behind', async () => {
      const behind = `SELECT 1 FROM pg_stat_user_tables WHERE relname = 'item' AND n_mod_since_analyze > 1000 + n_live_tup / 5`;
      return (await working?.query(behind))?.rowCount === 1;
    });
    // As VACUUM, CREATE INDEX CONCURRENTLY and another ANALYZE do.
    await working?.query('BEGIN');
    await working?.query('LOCK TABLE item IN SHARE UPDATE EXCLUSIVE MODE');
    stop = pool ? keepStatistics(pool, undefined, 10) : stop;
    await setTimeout(500);
    const answer = await Promise.race([
      pool?.query('SELECT 1 AS one'),
      setTimeout(2_000, undefined, { ref: false }),
    ]);
    expect(answer?.rows).toEqual([{ one: 1 }]);
    expect(pool?.totalCount).toBeLessThan(4);
  } finally {
    stop();
    await working?.query('ROLLBACK');
    working?.release();
    await Promise.all([other?.end(), pool?.end()]);
    await engine.remove();
  }
});

it('outlives a connection that is cut in the middle of a transaction, and leaves nothing of it', async () => {
  const engine = await postgresEngine();
  const store = await engine.open();
  const cut = store.transaction(async tx => {
    await tx.items.save([anItem('a')]);
    tx.changes.append([{ kind: 'put', item: 'a', backfill: false }]);
    // Between two statements, where nobody waits for an answer that could bring the error.
    await administer(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${nameOf(engine)}' AND state = 'idle in transaction'`,
    );
    await setTimeout(200);
  });
  await expect(cut).rejects.toThrow();
  expect(await store.changes.bounds()).toEqual({ head: 0, pruned: 0 });
  await put(store, anItem('a'));
  expect((await store.changes.since(0, 10)).map(({ item, number }) => [item, number])).toEqual([['a', 1]]);
  await engine.remove();
});

function nameOf({ options }: Engine): string {
  return new URL(options.databaseUrl ?? '').pathname.slice(1);
}
