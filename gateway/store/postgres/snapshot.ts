import pg from 'pg';
import { CodedError } from '../../../schemas/errors.ts';
import {
  type Cell,
  type Cells,
  inOrderOf,
  type Snapshot,
  type StoreAbout,
  type TableShape,
} from '../copying.ts';
import type { Queryable } from './query.ts';
import { type PostgresTable, postgresTables } from './tables.ts';

const BATCH = 500;

/** Connections that copy: they are no gateway, and every value comes as text. */
export function copyingClient(connectionString: string): pg.Client {
  return new pg.Client({
    connectionString,
    connectionTimeoutMillis: 15_000,
    application_name: 'lienthong copying',
    types: { getTypeParser: () => (value: string) => value },
  } as pg.ClientConfig);
}

/** One repeatable-read transaction: writers go on meanwhile, and nothing of theirs is seen. */
export async function openPostgresSnapshot(url: string): Promise<Snapshot> {
  const client = copyingClient(url);
  try {
    await client.connect();
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { rows } = await client.query<{ name: string; value: string }>('SELECT name, value FROM meta');
    const meta = new Map(rows.map(({ name, value }) => [name, value]));
    const tables = await postgresTables(client);
    const { rows: counters } = await client.query(`SELECT n FROM counter WHERE name = 'changes'`);
    return {
      engine: 'postgres',
      version: Number(meta.get('version')),
      epoch: String(meta.get('epoch')),
      head: Number(counters[0]?.n),
      tables: tables.map(({ table, columns, last }) => ({
        table,
        columns,
        ...(last === undefined ? {} : { last }),
      })),
      rows: shape => readRows(client, typed(shape, tables)),
      about: () => about(client),
      close: () => client.end(),
    };
  } catch (cause) {
    await client.end().catch(() => undefined);
    if ((cause as { code?: string }).code !== '42P01') throw cause;
    throw new CodedError('NOT_FOUND', 'There is no store in this database.', {
      cause,
      data: { vi: 'Cơ sở dữ liệu này chưa có kho dữ liệu.' },
    });
  }
}

async function about(client: pg.Client): Promise<StoreAbout> {
  const { rows } = await client.query(`
    SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS bytes,
      current_setting('fsync') = 'on' AND current_setting('synchronous_commit') <> 'off' AS durable, current_setting('autovacuum') AS autovacuum,
      floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now`);
  const { version, bytes, durable, autovacuum, now } = rows[0] ?? {};
  return {
    product: `PostgreSQL ${version}`,
    bytes: Number(bytes),
    durable: durable === 't',
    tended: autovacuum === 'on',
    now: Number(now),
  };
}

function typed({ table, columns }: TableShape, tables: readonly PostgresTable[]): PostgresTable {
  const known = tables.find(one => one.table === table);
  if (!known) throw new CodedError('BAD_INPUT', `There is no table ${table}.`);
  return { ...known, columns };
}

/** In a transaction, over a connection that gives every value as text. */
export async function* readRows(
  client: Queryable,
  { table, columns, types }: PostgresTable,
): AsyncGenerator<Cells[]> {
  const cells = columns.map(column => cellOf(types.get(column) ?? 'text'));
  const list = columns.map((column, index) => `"${column}" AS c${index}`).join(', ');
  await client.query(
    `DECLARE copying NO SCROLL CURSOR FOR SELECT ${list} FROM "${table}"${inOrderOf(table)}`,
  );
  try {
    for (;;) {
      const { rows } = await client.query(`FETCH ${BATCH} FROM copying`);
      if (rows.length === 0) return;
      yield rows.map(row => cells.map((cell, index) => cell((row[`c${index}`] ?? null) as string | null)));
    }
  } finally {
    await client.query('CLOSE copying');
  }
}

function cellOf(type: string): (text: string | null) => Cell {
  const known = (read: (text: string) => Cell) => (text: string | null) =>
    text === null ? null : read(text);
  switch (type) {
    case 'bigint':
    case 'integer':
    case 'smallint':
      return known(text => (Number.isSafeInteger(Number(text)) ? Number(text) : { integer: text }));
    case 'double precision':
    case 'real':
      return known(Number);
    case 'boolean':
      return known(text => (text === 't' ? 1 : 0));
    case 'bytea':
      return known(text => ({ bytes: Buffer.from(text.slice(2), 'hex').toString('base64') }));
    default:
      return known(text => text);
  }
}
