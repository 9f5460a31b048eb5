import type { NewChange } from '../../../schemas/change.ts';
import type { ChangeReader, ChangeWriter } from '../changes.ts';
import { toChange, toTopicsShown } from '../rows.ts';
import type { Queryable } from './query.ts';

/** What other replicas listen to. */
export const CHANNEL = 'lienthong_changes';

export function readChanges(db: Queryable): ChangeReader {
  return {
    async since(after, limit) {
      const { rows } = await db.query('SELECT * FROM change WHERE number > $1 ORDER BY number LIMIT $2', [
        after,
        limit,
      ]);
      return rows.map(toChange);
    },
    async bounds() {
      const { rows } = await db.query('SELECT name, n FROM counter');
      const n = new Map(rows.map(row => [row.name, Number(row.n)]));
      return { head: n.get('changes') ?? 0, pruned: n.get('pruned') ?? 0 };
    },
    async tombstones(limit) {
      const { rows } = await db.query(
        `SELECT * FROM change WHERE kind = 'tombstone' ORDER BY number DESC LIMIT $1`,
        [limit],
      );
      return rows.map(toChange);
    },
    async ofItems(ids) {
      const { rows } = await db.query('SELECT * FROM change WHERE item = ANY($1)', [ids]);
      return rows.map(toChange);
    },
    async topicsShown(ids) {
      const sql =
        'SELECT item.id AS item, shown.topic AS topic FROM item JOIN shown USING (n) WHERE item.id = ANY($1)';
      return toTopicsShown((await db.query(sql, [ids])).rows);
    },
  };
}

/**
 * Rows wait in memory; `flush` numbers them by one counter row, whose lock is held until the commit: commit order is
 * number order, which a sequence would not give. So it must be the transaction's last statement.
 */
export function writeChanges(
  db: Queryable,
  now: () => Promise<number>,
): ChangeWriter & { flush(): Promise<number> } {
  const waiting = new Map<string, NewChange>();
  return {
    append(changes) {
      for (const change of changes) {
        waiting.delete(change.item);
        waiting.set(change.item, change);
      }
    },
    async prune(before) {
      const { rows } = await db.query(
        `SELECT max(number) AS number FROM change WHERE kind = 'tombstone' AND at < $1`,
        [before],
      );
      const last = rows[0]?.number;
      if (last === null || last === undefined) return 0;
      await db.query(`UPDATE counter SET n = greatest(n, $1) WHERE name = 'pruned'`, [Number(last)]);
      const { rowCount } = await db.query(`DELETE FROM change WHERE kind = 'tombstone' AND at < $1`, [
        before,
      ]);
      return rowCount ?? 0;
    },
    async flush() {
      if (waiting.size === 0) return 0;
      await flushAll(db, [...waiting.values()], await now());
      return waiting.size;
    },
  };
}

async function flushAll(db: Queryable, changes: readonly NewChange[], at: number): Promise<void> {
  const rows = changes.map((change, place) => {
    const tombstone = change.kind === 'tombstone';
    return {
      place: place + 1,
      item: change.item,
      kind: change.kind,
      reason: tombstone ? change.reason : undefined,
      replaced_by: tombstone ? change.replacedBy : undefined,
      backfill: !tombstone && change.backfill ? 1 : 0,
    };
  });
  await db.query(
    `WITH counted AS (UPDATE counter SET n = n + $2 WHERE name = 'changes' RETURNING n - $2 AS base)
     INSERT INTO change (item, number, kind, reason, replaced_by, backfill, at, site)
     SELECT x.item, counted.base + x.place, x.kind, x.reason, x.replaced_by, x.backfill, $3, item.site
     FROM counted, json_to_recordset($1) AS x (place bigint, item text, kind text, reason text, replaced_by text, backfill smallint)
     JOIN item ON item.id = x.item
     ON CONFLICT (item) DO UPDATE SET (number, kind, reason, replaced_by, backfill, at)
       = (excluded.number, excluded.kind, excluded.reason, excluded.replaced_by, excluded.backfill, excluded.at)`,
    [JSON.stringify(rows), changes.length, at],
  );
  await db.query(`SELECT pg_notify('${CHANNEL}', '')`);
}
