import type { ItemReader } from '../items.ts';
import { parameters, type Queryable } from './query.ts';

type ReleaseMarks = NonNullable<ItemReader['releaseMarks']>;

/** Reads only as many rows of an index as the marks asked for span. */
export function readReleaseMarks(db: Queryable): ReleaseMarks {
  return async ({ filter, size, after, limit }) => {
    const { values, add } = parameters();
    const parts = ['released IS NOT NULL'];
    if (filter.sites && filter.sites.length > 0) parts.push(`site = ANY(${add(filter.sites)})`);
    if (filter.kinds && filter.kinds.length > 0) parts.push(`kind = ANY(${add(filter.kinds)})`);
    if (after) parts.push(`(released, n) > (${add(after.at)}::bigint, ${add(after.n)}::bigint)`);
    const { rows } = await db.query(
      `SELECT released, n FROM (
         SELECT released, n, row_number() OVER (ORDER BY released, n) AS place FROM (
           SELECT released, n FROM item WHERE ${parts.join(' AND ')} ORDER BY released, n LIMIT ${add(size * limit)}
         ) AS run
       ) AS numbered WHERE place % ${add(size)}::bigint = 0 ORDER BY released, n`,
      values,
    );
    return rows.map(row => ({ at: Number(row.released), n: Number(row.n) }));
  };
}
