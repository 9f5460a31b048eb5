import type { After, ItemReader } from '../items.ts';
import type { Connection, Value } from './database.ts';

type ReleaseMarks = NonNullable<ItemReader['releaseMarks']>;

/** Reads only as many rows of an index as the marks asked for span. */
export function readReleaseMarks(db: Connection): ReleaseMarks {
  return async ({ filter, size, after, limit }) => {
    const parts = ['released IS NOT NULL'];
    const values: Value[] = [];
    for (const [column, wanted] of [
      ['site', filter.sites],
      ['kind', filter.kinds],
    ] as const) {
      if (!wanted || wanted.length === 0) continue;
      // One value is looked up in an index that is already in order; several are sorted out along all releases.
      parts.push(wanted.length === 1 ? `${column} = ?` : `+${column} IN (SELECT value FROM json_each(?))`);
      values.push(wanted.length === 1 ? String(wanted[0]) : JSON.stringify(wanted));
    }
    if (after) {
      parts.push('(released, n) > (?, ?)');
      values.push(after.at, after.n);
    }
    const rows = db.all(
      `SELECT released, n FROM (
         SELECT released, n, row_number() OVER (ORDER BY released, n) AS place FROM (
           SELECT released, n FROM item WHERE ${parts.join(' AND ')} ORDER BY released, n LIMIT ?
         )
       ) WHERE place % ? = 0 ORDER BY released, n`,
      ...values,
      size * limit,
      size,
    );
    return rows.map((row): After => ({ at: Number(row.released), n: Number(row.n) }));
  };
}
