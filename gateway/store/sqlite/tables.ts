import type { DatabaseSync } from 'node:sqlite';
import { inOrder, type TableShape } from '../copying.ts';

export interface SqliteTable extends TableShape {
  readonly refersTo: readonly string[];
  /** Its rows have a place instead of a key. */
  readonly keyless: boolean;
}

/** Rows of a table without a key have a place: SQLite's rowid. */
const PLACE = 'place';

/** All tables that keep something: without `meta`, the search index and generated columns. */
export function sqliteTables(db: DatabaseSync): readonly SqliteTable[] {
  const names = db
    .prepare(
      `SELECT name, wr FROM pragma_table_list
       WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'meta'`,
    )
    .all() as { name: string; wr: number | bigint }[];
  return inOrder(names.map(({ name, wr }) => tableOf(db, name, Number(wr) === 1)));
}

function tableOf(db: DatabaseSync, table: string, withoutRowid: boolean): SqliteTable {
  const columns = db
    .prepare('SELECT name, pk, hidden FROM pragma_table_xinfo(?) ORDER BY cid')
    .all(table) as { name: string; pk: number | bigint; hidden: number | bigint }[];
  const kept = columns.filter(({ hidden }) => Number(hidden) === 0).map(({ name }) => name);
  const keyless = !withoutRowid && columns.every(({ pk }) => Number(pk) === 0);
  const refers = db.prepare('SELECT DISTINCT "table" AS name FROM pragma_foreign_key_list(?)').all(table);
  const last = lastOf(db, table);
  return {
    table,
    keyless,
    columns: keyless ? [PLACE, ...kept] : kept,
    refersTo: refers.map(({ name }) => String(name)),
    ...(last === undefined ? {} : { last }),
  };
}

/** AUTOINCREMENT keeps its counters in a table of its own, which is there once one is used. */
function lastOf(db: DatabaseSync, table: string): number | undefined {
  const counted = db.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'`).get();
  const row = counted && db.prepare('SELECT seq FROM sqlite_sequence WHERE name = ?').get(table);
  return row ? Number(row.seq) : undefined;
}

/** A table's columns as SQL names them. */
export function columnsOf(tables: readonly SqliteTable[]): (table: string) => (column: string) => string {
  const keyless = new Set(tables.filter(one => one.keyless).map(({ table }) => table));
  return table => column => (column === PLACE && keyless.has(table) ? 'rowid' : `"${column}"`);
}
