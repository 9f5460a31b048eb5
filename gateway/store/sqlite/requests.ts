import type { RequestRoom } from '../requests.ts';
import { toRequest, toTally } from '../rows.ts';
import type { Connection } from './database.ts';

export function requestRoom(
  reader: Connection,
  write: <T>(act: (db: Connection) => T) => Promise<T>,
): RequestRoom {
  return {
    write: rows =>
      write(db => {
        for (const row of rows) {
          const { at, source, host, method, url, outcome, bytes, milliseconds, notModified } = row;
          db.run(
            'INSERT INTO request VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
            at,
            source,
            host,
            method,
            url,
            outcome,
            bytes,
            milliseconds,
            notModified ? 1 : 0,
          );
        }
      }),
    async newest(source, limit) {
      const rows = reader.all(
        'SELECT * FROM request WHERE source = ? ORDER BY at DESC, rowid DESC LIMIT ?',
        source,
        limit,
      );
      return rows.map(toRequest);
    },
    async tally(sources, since) {
      const rows = reader.all(
        `SELECT source, outcome, count(*) AS requests, sum(not_modified) AS not_modified, sum(bytes) AS bytes FROM request
         WHERE source IN (SELECT value FROM json_each(?)) AND at >= ? GROUP BY source, outcome ORDER BY source, outcome`,
        JSON.stringify(sources),
        since,
      );
      return rows.map(toTally);
    },
    prune: before => write(db => db.run('DELETE FROM request WHERE at < ?', before)),
  };
}
