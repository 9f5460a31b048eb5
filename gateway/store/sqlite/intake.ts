import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { CodedError } from '../../../schemas/errors.ts';
import type { Cell, Intake } from '../copying.ts';
import { connect } from './database.ts';
import { forgetIndex, migrate } from './migrations.ts';
import { readRows } from './snapshot.ts';
import { columnsOf, sqliteTables } from './tables.ts';

/**
 * Fills a new file beside the named one, and puts it in its place at the end. Throws CONFLICT where that holds something.
 * `version`: the step that the tables to come were brought to.
 */
export async function openSqliteIntake(file: string, version: number): Promise<Intake> {
  refuseFilled(file);
  const draft = `${file}.incoming`;
  removeAll(draft);
  mkdirSync(dirname(file), { recursive: true });
  await prepare(draft, version);
  const db = new DatabaseSync(draft, { readBigInts: true });
  // A draft that a power cut spoils is thrown away: nothing waits for the disk before the end.
  db.exec('PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -65536; BEGIN');
  const known = new Map(sqliteTables(db).map(shape => [shape.table, shape]));
  const columnOf = columnsOf([...known.values()]);
  const counters = new Map<string, number>();
  const abandon = async () => {
    if (db.isOpen) db.close();
    removeAll(draft);
  };
  return {
    async begin({ table, columns, last }) {
      const there = known.get(table);
      const missing = columns.find(column => !there?.columns.includes(column));
      if (!there || missing !== undefined) throw unknownPlace(table, missing);
      if (last !== undefined) counters.set(table, last);
      // What the steps themselves put in comes with the rows. The ledger's own guard allows nothing to be taken out.
      if (Number(db.prepare(`SELECT count(*) AS n FROM "${table}"`).get()?.n) > 0)
        db.exec(`DELETE FROM "${table}"`);
    },
    async add({ table, columns }, rows) {
      const names = columns.map(columnOf(table)).join(', ');
      const places = columns.map(() => '?').join(', ');
      const insert = db.prepare(`INSERT INTO "${table}" (${names}) VALUES (${places})`);
      for (const row of rows) insert.run(...row.map(toValue));
    },
    rows: shape => readRows(db, shape, columnOf(shape.table)),
    async finish(epoch) {
      for (const [table, last] of counters) setCounter(db, table, last);
      db.prepare(`UPDATE meta SET value = ? WHERE name = 'epoch'`).run(epoch);
      db.exec('COMMIT');
      db.close();
      await complete(draft);
      refuseFilled(file);
      removeAll(file);
      renameSync(draft, file);
      settleFolder(dirname(file));
    },
    abandon,
  };
}

async function prepare(draft: string, version: number): Promise<void> {
  const connection = connect(draft);
  try {
    await migrate(connection, () => 'incoming', version);
  } finally {
    connection.close();
  }
}

/** The steps since, then the words of every item. */
async function complete(draft: string): Promise<void> {
  const connection = connect(draft);
  try {
    await migrate(connection, () => '');
    forgetIndex(connection);
    await migrate(connection, () => '');
    connection.exec('PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);');
  } finally {
    connection.close();
  }
}

/** Only AUTOINCREMENT has one to set; any other table counts from its highest number. */
function setCounter(db: DatabaseSync, table: string, last: number): void {
  const made = db.prepare('SELECT sql FROM sqlite_master WHERE name = ?').get(table);
  if (!/\bAUTOINCREMENT\b/i.test(String(made?.sql))) return;
  db.prepare('DELETE FROM sqlite_sequence WHERE name = ?').run(table);
  db.prepare('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)').run(table, last);
}

/** Throws CONFLICT where the file holds items, acts or records; an empty store that was only opened is none. */
function refuseFilled(file: string): void {
  if (!existsSync(file)) return;
  const db = new DatabaseSync(file);
  try {
    for (const table of ['item', 'ledger', 'record']) {
      const there = db.prepare('SELECT 1 FROM sqlite_master WHERE name = ?').get(table);
      if (there && db.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get()) throw notEmpty(file);
    }
  } finally {
    db.close();
  }
}

function notEmpty(file: string): CodedError {
  return new CodedError(
    'CONFLICT',
    `${file} đã có dữ liệu; chỉ phục hồi vào kho trống. Đặt LIENTHONG_DATA sang một thư mục mới, hoặc dừng hệ thống và dời các tệp ${file}* đi nơi khác (đừng xoá: sổ cái mới hơn còn ở đó) rồi làm lại.`,
  );
}

function unknownPlace(table: string, column: string | undefined): CodedError {
  const what = column === undefined ? `bảng ${table}` : `cột ${table}.${column}`;
  return new CodedError('BAD_INPUT', `Bản sao lưu có ${what} mà phiên bản này không biết.`);
}

function toValue(cell: Cell): SQLInputValue {
  if (cell === null || typeof cell !== 'object') return cell;
  return 'bytes' in cell ? Buffer.from(cell.bytes, 'base64') : BigInt(cell.integer);
}

function removeAll(file: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${end}`, { force: true });
}

/** The name itself must survive a power cut; Windows has no handle for folders and needs none. */
function settleFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
