// @ts-check
// A sink for follow-changes.mjs over a SQLite file: items as JSON in the table `item`. Copy it, and give the table the
// columns your pages need. Wants `node:sqlite` (Node 22.13 and later) or better-sqlite3, whose calls are the same.

const TABLES = `
  CREATE TABLE IF NOT EXISTS item (id TEXT PRIMARY KEY, item TEXT NOT NULL, generation TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS place (one INTEGER PRIMARY KEY CHECK (one = 1), place TEXT);
  INSERT OR IGNORE INTO place VALUES (1, NULL);`;

/**
 * @param {{ exec(sql: string): unknown, prepare(sql: string): { run(...values: any[]): unknown, get(): any } }} db
 * @returns {import('./follow-changes.mjs').Sink}
 */
export function sqliteSink(db) {
  db.exec(`PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; ${TABLES}`);
  const load = db.prepare('SELECT place FROM place');
  const move = db.prepare('UPDATE place SET place = ?');
  const put = db.prepare('INSERT OR REPLACE INTO item (id, item, generation) VALUES (?, ?, ?)');
  const remove = db.prepare('DELETE FROM item WHERE id = ?');
  const sweepOthers = db.prepare('DELETE FROM item WHERE generation <> ?');
  return {
    load: () => load.get().place ?? undefined,
    apply({ from, to, puts, tombstones, generation, sweep }) {
      db.exec('BEGIN IMMEDIATE');
      try {
        const mine = (load.get().place ?? undefined) === from;
        if (mine) {
          for (const { id, item } of puts) put.run(id, JSON.stringify(item), generation);
          for (const { id } of tombstones) remove.run(id);
          if (sweep) sweepOthers.run(generation);
          move.run(to);
        }
        db.exec('COMMIT');
        return mine;
      } catch (error) {
        db.exec('ROLLBACK');
        throw error;
      }
    },
  };
}
