import type { RecordKind } from '../../../schemas/records.ts';
import type { Kept, RecordFilter, RecordReader, RecordWriter } from '../records.ts';
import { toKept } from '../rows.ts';
import { parameters, type Queryable } from './query.ts';

export function readRecords(db: Queryable): RecordReader {
  return {
    get: (kind, id) => one(db, kind, id, ''),
    async byIds(kind, ids) {
      const { rows } = await db.query('SELECT * FROM record WHERE kind = $1 AND id = ANY($2)', [kind, ids]);
      return rows.map(row => toKept(row));
    },
    async find(kind, { first, after, ...filter }) {
      const { sql, values, add } = conditions(kind, filter);
      if (after) sql.push(`(at, id) < (${add(after.at)}, ${add(after.id)})`);
      const text = `SELECT * FROM record WHERE ${sql.join(' AND ')} ORDER BY at DESC, id DESC LIMIT ${add(first)}`;
      return (await db.query(text, values)).rows.map(row => toKept(row));
    },
    async due(kind, at, limit) {
      const sql = 'SELECT * FROM record WHERE kind = $1 AND due <= $2 ORDER BY due, id LIMIT $3';
      return (await db.query(sql, [kind, at, limit])).rows.map(row => toKept(row));
    },
    async count(kind, filter) {
      const { sql, values } = conditions(kind, filter);
      const { rows } = await db.query(`SELECT count(*) AS n FROM record WHERE ${sql.join(' AND ')}`, values);
      return Number(rows[0]?.n ?? 0);
    },
  };
}

export function writeRecords(db: Queryable): RecordWriter {
  return {
    get: (kind, id) => one(db, kind, id, ' FOR UPDATE'),
    async put(...records) {
      if (records.length === 0) return;
      await db.query(`${INSERT} ON CONFLICT (kind, id) DO UPDATE SET ${REPLACE}`, [rowsOf(records)]);
    },
    async add(record) {
      return ((await db.query(`${INSERT} ON CONFLICT DO NOTHING`, [rowsOf([record])])).rowCount ?? 0) > 0;
    },
    async known(kind, ids) {
      const sql = 'SELECT id FROM record WHERE kind = $1 AND id = ANY($2)';
      return (await db.query(sql, [kind, ids])).rows.map(({ id }) => String(id));
    },
    async remove(kind, ids) {
      return (
        (await db.query('DELETE FROM record WHERE kind = $1 AND id = ANY($2)', [kind, ids])).rowCount ?? 0
      );
    },
  };
}

const COLUMNS = 'kind, id, site, item, state, at, due, document';
const INSERT = `INSERT INTO record (${COLUMNS}) SELECT ${COLUMNS} FROM json_to_recordset($1)
  AS x (kind text, id text, site text, item text, state text, at bigint, due bigint, document text)`;
const REPLACE =
  '(site, item, state, at, due, document) = (excluded.site, excluded.item, excluded.state, excluded.at, excluded.due, excluded.document)';

/** The last word on an id counts, in one order everywhere, so that two transactions never wait for each other. */
function rowsOf(records: readonly Kept[]): string {
  const byId = new Map(records.map(record => [`${record.kind} ${record.id}`, record]));
  const rows = [...byId.values()].map(record => ({ ...record, document: JSON.stringify(record.document) }));
  return JSON.stringify(rows.sort((a, b) => (a.id < b.id ? -1 : 1)));
}

async function one<K extends RecordKind>(
  db: Queryable,
  kind: K,
  id: string,
  lock: string,
): Promise<Kept<K> | undefined> {
  const { rows } = await db.query(`SELECT * FROM record WHERE kind = $1 AND id = $2${lock}`, [kind, id]);
  return rows[0] && toKept<K>(rows[0]);
}

function conditions(kind: RecordKind, { site, item, states }: RecordFilter) {
  const { values, add } = parameters();
  const sql = [`kind = ${add(kind)}`];
  if (site !== undefined) sql.push(`site = ${add(site)}`);
  if (item !== undefined) sql.push(`item = ${add(item)}`);
  if (states && states.length > 0) sql.push(`state = ANY(${add(states)})`);
  return { sql, values, add };
}
