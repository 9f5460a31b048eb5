import type { RequestRoom } from '../requests.ts';
import { toRequest, toTally } from '../rows.ts';
import type { Queryable } from './query.ts';

const COLUMNS = 'at, source, host, method, url, outcome, bytes, milliseconds, not_modified';

export function requestRoom(db: Queryable): RequestRoom {
  return {
    async write(rows) {
      if (rows.length === 0) return;
      const flagged = rows.map(({ notModified, ...row }) => ({ ...row, not_modified: notModified ? 1 : 0 }));
      await db.query(
        `INSERT INTO request (${COLUMNS}) SELECT ${COLUMNS} FROM json_to_recordset($1) AS x (at bigint, source text,
           host text, method text, url text, outcome text, bytes bigint, milliseconds double precision, not_modified smallint)`,
        [JSON.stringify(flagged)],
      );
    },
    async newest(source, limit) {
      const sql = 'SELECT * FROM request WHERE source = $1 ORDER BY at DESC, place DESC LIMIT $2';
      return (await db.query(sql, [source, limit])).rows.map(toRequest);
    },
    async tally(sources, since) {
      const sql = `SELECT source, outcome, count(*) AS requests, sum(not_modified) AS not_modified, sum(bytes) AS bytes FROM request
        WHERE source = ANY($1) AND at >= $2 GROUP BY source, outcome ORDER BY source, outcome`;
      return (await db.query(sql, [sources, since])).rows.map(toTally);
    },
    async prune(before) {
      return (await db.query('DELETE FROM request WHERE at < $1', [before])).rowCount ?? 0;
    },
  };
}
