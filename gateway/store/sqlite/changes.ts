import type { NewChange } from '../../../schemas/change.ts';
import type { ChangeReader, ChangeWriter } from '../changes.ts';
import { toChange, toTopicsShown } from '../rows.ts';
import type { Connection } from './database.ts';

export function readChanges(db: Connection): ChangeReader {
  return {
    async since(after, limit) {
      return db
        .all('SELECT * FROM change WHERE number > ? ORDER BY number LIMIT ?', after, limit)
        .map(toChange);
    },
    async bounds() {
      return { head: counter(db, 'changes'), pruned: counter(db, 'pruned') };
    },
    async tombstones(limit) {
      return db
        .all(`SELECT * FROM change WHERE kind = 'tombstone' ORDER BY number DESC LIMIT ?`, limit)
        .map(toChange);
    },
    async ofItems(ids) {
      return db
        .all('SELECT * FROM change WHERE item IN (SELECT value FROM json_each(?))', JSON.stringify(ids))
        .map(toChange);
    },
    async topicsShown(ids) {
      const sql = `SELECT item.id AS item, shown.topic AS topic FROM item JOIN shown USING (n)
        WHERE item.id IN (SELECT value FROM json_each(?))`;
      return toTopicsShown(db.all(sql, JSON.stringify(ids)));
    },
  };
}

/** Rows wait in memory; `flush` numbers and writes them as the transaction's last statements. */
export function writeChanges(db: Connection, now: () => number): ChangeWriter & { flush(): number } {
  const waiting = new Map<string, NewChange>();
  return {
    append(changes) {
      for (const change of changes) {
        // The later word of one transaction counts, and stands in its place.
        waiting.delete(change.item);
        waiting.set(change.item, change);
      }
    },
    async prune(before) {
      const last = db.get(
        `SELECT max(number) AS number FROM change WHERE kind = 'tombstone' AND at < ?`,
        before,
      )?.number;
      if (last === null || last === undefined) return 0;
      db.run(`UPDATE counter SET n = max(n, ?) WHERE name = 'pruned'`, Number(last));
      return db.run(`DELETE FROM change WHERE kind = 'tombstone' AND at < ?`, before);
    },
    flush() {
      if (waiting.size === 0) return 0;
      const row = db.get(`UPDATE counter SET n = n + ? WHERE name = 'changes' RETURNING n`, waiting.size);
      let number = Number(row?.n) - waiting.size;
      const at = now();
      for (const change of waiting.values()) {
        number += 1;
        writeOne(db, change, number, at);
      }
      return waiting.size;
    },
  };
}

function writeOne(db: Connection, change: NewChange, number: number, at: number): void {
  const tombstone = change.kind === 'tombstone';
  db.run(
    `INSERT INTO change (item, number, kind, reason, replaced_by, backfill, at, site)
     SELECT id, ?, ?, ?, ?, ?, ?, site FROM item WHERE id = ?
     ON CONFLICT (item) DO UPDATE SET (number, kind, reason, replaced_by, backfill, at)
       = (excluded.number, excluded.kind, excluded.reason, excluded.replaced_by, excluded.backfill, excluded.at)`,
    number,
    change.kind,
    tombstone ? change.reason : null,
    tombstone ? (change.replacedBy ?? null) : null,
    !tombstone && change.backfill ? 1 : 0,
    at,
    change.item,
  );
}

export function counter(db: Connection, name: string): number {
  return Number(db.get('SELECT n FROM counter WHERE name = ?', name)?.n ?? 0);
}
