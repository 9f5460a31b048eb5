import { inOrder, type TableShape } from '../copying.ts';
import { MIGRATIONS } from './migrations.ts';
import type { Queryable } from './query.ts';

export interface PostgresTable extends TableShape {
  readonly refersTo: readonly string[];
  /** Column → its type, as a cast names it. */
  readonly types: ReadonlyMap<string, string>;
  /** The column that numbers itself. */
  readonly counted?: string;
}

/** Of a database that may hold other programs' tables, ours: what the steps make. */
export const OWN_TABLES: readonly string[] = [
  ...new Set(
    MIGRATIONS.flatMap(({ sql }) =>
      [...sql.matchAll(/^CREATE TABLE (?:IF NOT EXISTS )?(\w+)/gim)].map(match => String(match[1])),
    ),
  ),
];
export const OWN_FUNCTIONS: readonly string[] = MIGRATIONS.flatMap(({ sql }) =>
  [...sql.matchAll(/^CREATE (?:OR REPLACE )?FUNCTION (\w+)/gim)].map(match => String(match[1])),
);

const COLUMNS = `
SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type, a.attidentity AS identity
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname = ANY($1)
  AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
ORDER BY c.relname, a.attnum`;

const REFERENCES = `
SELECT c.relname AS table, f.relname AS to
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class f ON f.oid = k.confrelid
WHERE k.contype = 'f' AND c.relnamespace = current_schema()::regnamespace AND c.relname = ANY($1)`;

/** All tables that keep something: those of the search index are derived, and generated columns too. */
export async function postgresTables(db: Queryable): Promise<readonly PostgresTable[]> {
  const { rows } = await db.query(COLUMNS, [OWN_TABLES]);
  const { rows: references } = await db.query(REFERENCES, [OWN_TABLES]);
  const names = [...new Set(rows.map(row => String(row.table)))];
  const tables = names.flatMap(table => {
    const own = rows.filter(row => row.table === table);
    if (own.some(({ type }) => type === 'tsvector')) return [];
    const counted = own.find(({ identity }) => identity !== '')?.column;
    return [
      {
        table,
        columns: own.map(({ column }) => String(column)),
        types: new Map(own.map(({ column, type }) => [String(column), String(type)])),
        refersTo: references.filter(row => row.table === table).map(row => String(row.to)),
        ...(counted === undefined ? {} : { counted: String(counted) }),
      },
    ];
  });
  const numbered: PostgresTable[] = [];
  for (const table of tables) numbered.push({ ...table, ...(await lastOf(db, table)) });
  return inOrder(numbered);
}

async function lastOf(
  db: Queryable,
  { table, counted }: Pick<PostgresTable, 'table' | 'counted'>,
): Promise<{ readonly last?: number }> {
  if (counted === undefined) return {};
  // Told to whoever may use the sequence; reading the sequence itself takes another right.
  const { rows } = await db.query(
    'SELECT pg_sequence_last_value(pg_get_serial_sequence($1, $2)::regclass) AS last_value',
    [table, counted],
  );
  const last = rows[0]?.last_value;
  return last === null || last === undefined ? {} : { last: Number(last) };
}
