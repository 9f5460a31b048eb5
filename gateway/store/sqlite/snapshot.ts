import { existsSync, statSync } from 'node:fs';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { CodedError } from '../../../schemas/errors.ts';
import { type Cell, type Cells, inOrderOf, type Snapshot, type TableShape } from '../copying.ts';
import { columnsOf, sqliteTables } from './tables.ts';

const BATCH = 500;
/** Milliseconds to wait for whoever turns a file to WAL just now. */
const PATIENCE = 5_000;

/** One long reading transaction: in WAL writers go on meanwhile, and nothing of theirs is seen. Throws NOT_FOUND. */
export function openSqliteSnapshot(file: string): Snapshot {
  if (!existsSync(file))
    throw new CodedError('NOT_FOUND', `There is no store at ${file}.`, {
      data: { vi: `Không có kho dữ liệu ở ${file}.` },
    });
  const db = new DatabaseSync(file, { timeout: PATIENCE, readBigInts: true });
  try {
    db.exec('PRAGMA query_only = ON; BEGIN');
    const meta = (name: string) =>
      String(db.prepare('SELECT value FROM meta WHERE name = ?').get(name)?.value);
    const tables = sqliteTables(db);
    const columnOf = columnsOf(tables);
    return {
      engine: 'sqlite',
      version: Number(meta('version')),
      epoch: meta('epoch'),
      head: Number(db.prepare(`SELECT n FROM counter WHERE name = 'changes'`).get()?.n),
      tables: tables.map(({ refersTo: _refersTo, keyless: _keyless, ...shape }) => shape),
      rows: shape => readRows(db, shape, columnOf(shape.table)),
      // Our own connections write through, always: database.ts.
      about: async () => ({
        product: `SQLite ${db.prepare('SELECT sqlite_version() AS version').get()?.version}`,
        bytes: statSync(file).size,
        durable: true,
        tended: true,
      }),
      async close() {
        db.close();
      },
    };
  } catch (cause) {
    db.close();
    throw new CodedError('UNAVAILABLE', `${file} can't be read as a store.`, { cause });
  }
}

/** The connection must read big integers. */
export async function* readRows(
  db: DatabaseSync,
  { table, columns }: TableShape,
  columnOf: (column: string) => string,
): AsyncGenerator<Cells[]> {
  const list = columns.map((column, index) => `${columnOf(column)} AS c${index}`).join(', ');
  const statement = db.prepare(`SELECT ${list} FROM "${table}"${inOrderOf(table)}`);
  let batch: Cells[] = [];
  for (const row of statement.iterate() as Iterable<Record<string, SQLOutputValue>>) {
    batch.push(columns.map((_column, index) => toCell(row[`c${index}`] ?? null)));
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function toCell(value: SQLOutputValue): Cell {
  if (typeof value === 'bigint')
    return Number.isSafeInteger(Number(value)) ? Number(value) : { integer: String(value) };
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('base64') };
  return value;
}
