import type { RecordKind } from '../../../schemas/records.ts';
import type { Kept, RecordFilter, RecordReader, RecordWriter } from '../records.ts';
import { type Row, toKept } from '../rows.ts';
import type { Connection, Value } from './database.ts';

export function readRecords(db: Connection): RecordReader {
  return {
    get: async (kind, id) => one(db, kind, id),
    async byIds(kind, ids) {
      const sql = 'SELECT * FROM record WHERE kind = ? AND id IN (SELECT value FROM json_each(?))';
      return db.all(sql, kind, JSON.stringify(ids)).map(row => toKept(row));
    },
    async find(kind, { first, after, ...filter }) {
      const where = conditions(kind, filter);
      if (after) {
        where.sql.push('(at, id) < (?, ?)');
        where.values.push(after.at, after.id);
      }
      const sql = `SELECT * FROM record ${indexFor(filter)} WHERE ${where.sql.join(' AND ')} ORDER BY at DESC, id DESC LIMIT ?`;
      return db.all(sql, ...where.values, first).map(row => toKept(row));
    },
    async due(kind, at, limit) {
      const sql = 'SELECT * FROM record WHERE kind = ? AND due <= ? ORDER BY due, id LIMIT ?';
      return db.all(sql, kind, at, limit).map(row => toKept(row));
    },
    async count(kind, filter) {
      const { sql, values } = conditions(kind, filter);
      const text = `SELECT count(*) AS n FROM record ${indexFor(filter)} WHERE ${sql.join(' AND ')}`;
      return Number(db.get(text, ...values)?.n ?? 0);
    },
  };
}

/** All inside one BEGIN IMMEDIATE, so what is read here can't change before the commit. */
export function writeRecords(db: Connection): RecordWriter {
  return {
    get: async (kind, id) => one(db, kind, id),
    async put(...records) {
      for (const record of records)
        db.run(`${INSERT} ON CONFLICT (kind, id) DO UPDATE SET ${REPLACE}`, ...columns(record));
    },
    async add(record) {
      return db.run(`${INSERT} ON CONFLICT DO NOTHING`, ...columns(record)) > 0;
    },
    async known(kind, ids) {
      const sql = 'SELECT id FROM record WHERE kind = ? AND id IN (SELECT value FROM json_each(?))';
      return db.all(sql, kind, JSON.stringify(ids)).map(({ id }) => String(id));
    },
    async remove(kind, ids) {
      const sql = 'DELETE FROM record WHERE kind = ? AND id IN (SELECT value FROM json_each(?))';
      return db.run(sql, kind, JSON.stringify(ids));
    },
  };
}

const INSERT =
  'INSERT INTO record (kind, id, site, item, state, at, due, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?)';
const REPLACE =
  '(site, item, state, at, due, document) = (excluded.site, excluded.item, excluded.state, excluded.at, excluded.due, excluded.document)';

function columns({ kind, id, site, item, state, at, due, document }: Kept): Value[] {
  return [kind, id, site ?? null, item ?? null, state ?? null, at, due ?? null, JSON.stringify(document)];
}

function one<K extends RecordKind>(db: Connection, kind: K, id: string): Kept<K> | undefined {
  const row: Row | undefined = db.get('SELECT * FROM record WHERE kind = ? AND id = ?', kind, id);
  return row && toKept<K>(row);
}

/** Without statistics the planner walks through the whole kind rather than sort a few rows: it is told what to use. */
function indexFor({ site, item, states }: RecordFilter): string {
  if (item !== undefined) return 'INDEXED BY record_item';
  const bySite = site === undefined ? '' : '_site';
  if (states && states.length > 0) return `INDEXED BY record${bySite}_state`;
  return `INDEXED BY record${bySite || '_newest'}`;
}

function conditions(
  kind: RecordKind,
  { site, item, states }: RecordFilter,
): { sql: string[]; values: Value[] } {
  const sql = ['kind = ?'];
  const values: Value[] = [kind];
  if (site !== undefined) sql.push('site = ?');
  if (site !== undefined) values.push(site);
  if (item !== undefined) sql.push('item = ?');
  if (item !== undefined) values.push(item);
  if (states && states.length > 0) {
    sql.push('state IN (SELECT value FROM json_each(?))');
    values.push(JSON.stringify(states));
  }
  return { sql, values };
}
