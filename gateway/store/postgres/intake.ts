import type { Client } from 'pg';
import { CodedError } from '../../../schemas/errors.ts';
import type { Cell, Intake } from '../copying.ts';
import { toItem } from '../rows.ts';
import { grantServing } from './grants.ts';
import { applySteps, remember } from './migrations.ts';
import { indexItems } from './search.ts';
import { copyingClient, readRows } from './snapshot.ts';
import { OWN_FUNCTIONS, OWN_TABLES, type PostgresTable, postgresTables } from './tables.ts';

/** Items whose words are indexed by one statement. */
const INDEXED = 200;

export interface PostgresIntakeOptions {
  readonly url: string;
  /** A role that owns the tables. */
  readonly migrateUrl?: string;
}

/**
 * Fills an empty store in one transaction. Throws CONFLICT where the database holds one that is not empty, or a gateway
 * works on it. `version`: the step that the tables to come were brought to.
 */
export async function openPostgresIntake(
  { url, migrateUrl = url }: PostgresIntakeOptions,
  version: number,
): Promise<Intake> {
  const client = copyingClient(migrateUrl);
  const abandon = async () => {
    await client.query('ROLLBACK').catch(() => undefined);
    await client.end();
  };
  await client.connect();
  let tables: ReadonlyMap<string, PostgresTable>;
  try {
    await client.query('BEGIN');
    await refuseUsed(client);
    await makeEmpty(client, version);
    tables = new Map((await postgresTables(client)).map(one => [one.table, one]));
  } catch (thrown) {
    await abandon();
    throw thrown;
  }
  const counters = new Map<string, number>();
  return {
    async begin({ table, columns, last }) {
      const there = tables.get(table);
      const missing = columns.find(column => !there?.types.has(column));
      if (!there || missing !== undefined)
        throw new CodedError(
          'BAD_INPUT',
          `Bản sao lưu có ${missing === undefined ? `bảng ${table}` : `cột ${table}.${missing}`} mà phiên bản này không biết.`,
        );
      if (last !== undefined) counters.set(table, last);
      const { rows } = await client.query(`SELECT 1 FROM "${table}" LIMIT 1`);
      if (rows.length > 0) await client.query(`DELETE FROM "${table}"`);
    },
    async add({ table, columns }, rows) {
      const { types } = tables.get(table) as PostgresTable;
      const names = columns.map(column => `"${column}"`).join(', ');
      const casts = columns.map((column, i) => `x.c${i}::${types.get(column)}`).join(', ');
      const lists = columns.map((_column, i) => `$${i + 1}::text[]`).join(', ');
      const x = columns.map((_column, i) => `c${i}`).join(', ');
      await client.query(
        `INSERT INTO "${table}" (${names}) OVERRIDING SYSTEM VALUE SELECT ${casts} FROM unnest(${lists}) AS x (${x})`,
        columns.map((_column, i) => rows.map(row => toText(row[i] ?? null))),
      );
    },
    rows: ({ table, columns }) => readRows(client, { ...(tables.get(table) as PostgresTable), columns }),
    async finish(epoch) {
      await applySteps(client, Number.POSITIVE_INFINITY);
      await setCounters(client, await postgresTables(client), counters);
      await indexAll(client);
      await remember(client, 'epoch', epoch);
      await client.query('COMMIT');
      await client.query('ANALYZE').catch(() => undefined);
      if (migrateUrl !== url) await grantServing(client, url);
      await client.end();
    },
    abandon,
  };
}

async function refuseUsed(client: Client): Promise<void> {
  const { rows: working } = await client.query(
    `SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'lienthong'`,
  );
  if (Number(working[0]?.n) > 0)
    throw new CodedError(
      'CONFLICT',
      'Có hệ thống đang chạy trên cơ sở dữ liệu này. Hãy dừng mọi bản đang chạy rồi làm lại.',
    );
  for (const table of ['item', 'ledger', 'record']) {
    const { rows: there } = await client.query('SELECT to_regclass($1) AS found', [table]);
    if (there[0]?.found === null) continue;
    const { rows } = await client.query(`SELECT 1 FROM ${table} LIMIT 1`);
    if (rows.length > 0)
      throw new CodedError(
        'CONFLICT',
        'Cơ sở dữ liệu đã có dữ liệu; chỉ phục hồi vào kho trống. Hãy tạo một cơ sở dữ liệu mới và đặt DATABASE_URL tới đó; giữ cơ sở dữ liệu cũ, vì sổ cái mới hơn còn ở đó.',
      );
  }
}

/** Our own tables alone: a database may be shared. All of it is undone with the transaction. */
async function makeEmpty(client: Client, version: number): Promise<void> {
  for (const table of ['meta', ...OWN_TABLES]) await client.query(`DROP TABLE IF EXISTS "${table}" CASCADE`);
  for (const name of OWN_FUNCTIONS) await client.query(`DROP FUNCTION IF EXISTS "${name}" CASCADE`);
  await client.query('CREATE TABLE meta (name text PRIMARY KEY, value text NOT NULL)');
  await applySteps(client, version);
}

async function setCounters(
  client: Client,
  tables: readonly PostgresTable[],
  given: ReadonlyMap<string, number>,
): Promise<void> {
  for (const { table, counted } of tables) {
    if (counted === undefined) continue;
    const { rows } = await client.query(`SELECT coalesce(max("${counted}"), 0) AS most FROM "${table}"`);
    const last = Math.max(Number(rows[0]?.most), given.get(table) ?? 0);
    if (last > 0)
      await client.query('SELECT setval(pg_get_serial_sequence($1, $2), $3)', [table, counted, last]);
  }
}

async function indexAll(client: Client): Promise<void> {
  for (let after = 0; ; ) {
    const { rows } = await client.query(
      `SELECT n, id, document FROM item WHERE n > $1 ORDER BY n LIMIT ${INDEXED}`,
      [after],
    );
    if (rows.length === 0) return remember(client, 'unindexed', '0');
    await indexItems(client, rows.map(toItem));
    after = Number(rows.at(-1)?.n);
  }
}

function toText(cell: Cell): string | null {
  if (cell === null || typeof cell === 'string') return cell;
  if (typeof cell === 'number') return String(cell);
  return 'bytes' in cell ? `\\x${Buffer.from(cell.bytes, 'base64').toString('hex')}` : cell.integer;
}
