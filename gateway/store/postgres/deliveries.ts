import type { Delivery, DeliveryRoom, Intent } from '../deliveries.ts';
import { toDelivery, toIntent, toReceipt, toSubscription, toSubscriptionCount } from '../rows.ts';
import type { Queryable } from './query.ts';

export function deliveryRoom(db: Queryable, now: () => Promise<number>): DeliveryRoom {
  return {
    register: async webhooks => register(db, webhooks, await now()),
    ask: async intent => ask(db, intent, await now()),
    async leaseIntents(limit, ttl) {
      const at = await now();
      const { rows } = await db.query(
        `UPDATE intent SET lease_token = gen_random_uuid()::text, lease_until = $2 WHERE id IN (
           SELECT id FROM intent WHERE coalesce(lease_until, 0) <= $1 ORDER BY at LIMIT $3 FOR UPDATE SKIP LOCKED)
         RETURNING *`,
        [at, at + ttl, limit],
      );
      return rows.map(row => ({ of: toIntent(row), token: String(row.lease_token) }));
    },
    async settleIntent({ of, token }, kept, log) {
      const [sql, values] = SETTLED[kept ?? 'refused'](of, token, await now());
      const { rowCount } = await db.query(sql, values);
      await writeLog(db, [log]);
      return Boolean(rowCount);
    },
    async lease(limit, ttl, ailing) {
      const at = await now();
      const { rows } = await db.query(
        `UPDATE subscription SET lease_token = gen_random_uuid()::text, lease_until = $2 WHERE id IN (
           SELECT id FROM subscription WHERE state = 'active' AND due <= $1 AND coalesce(lease_until, 0) <= $1
             AND coalesce(valid_until, 1::bigint << 60) > $1 AND cursor < (SELECT n FROM counter WHERE name = 'changes')
             AND (failures > 0 OR slow = 1) = $4
           ORDER BY due LIMIT $3 FOR UPDATE SKIP LOCKED)
         RETURNING *`,
        [at, at + ttl, limit, ailing],
      );
      return rows.map(row => ({ of: toSubscription(row), token: String(row.lease_token) }));
    },
    async settle({ of, token }, { cursor, due, failures, failingSince, slow, state, reason, log }) {
      // The log first: a receipt must not be missing where the cursor says that it was given.
      await writeLog(db, log);
      const { rowCount } = await db.query(
        `UPDATE subscription SET cursor = $3, due = $4, failures = $5, failing_since = $6, slow = $7,
           state = coalesce($8, state), reason = coalesce($9, reason), lease_token = NULL, lease_until = NULL
         WHERE id = $1 AND lease_token = $2`,
        [
          of.id,
          token,
          cursor,
          due,
          failures,
          failingSince ?? null,
          slow ? 1 : 0,
          state ?? null,
          reason ?? null,
        ],
      );
      return Boolean(rowCount);
    },
    async change(id, { state, reason, cursor }) {
      const { rowCount } = await db.query(
        `UPDATE subscription SET state = coalesce($2, state), reason = CASE WHEN $2::text IS NULL THEN reason ELSE $3 END,
           cursor = coalesce($4, cursor), due = $5, failures = 0, failing_since = NULL, slow = 0,
           lease_token = NULL, lease_until = NULL WHERE id = $1`,
        [id, state ?? null, reason ?? null, cursor ?? null, await now()],
      );
      return Boolean(rowCount);
    },
    write: log => writeLog(db, log),
    async log(subscription, limit) {
      const { rows } = await (subscription === undefined
        ? db.query('SELECT * FROM delivery ORDER BY n DESC LIMIT $1', [limit])
        : db.query('SELECT * FROM delivery WHERE subscription = $1 ORDER BY n DESC LIMIT $2', [
            subscription,
            limit,
          ]));
      return rows.map(toDelivery);
    },
    async list() {
      return (await db.query('SELECT * FROM subscription ORDER BY kind, id COLLATE "C"')).rows.map(
        toSubscription,
      );
    },
    async counts() {
      const { rows } = await db.query(
        `SELECT kind, state, count(*) AS count, (SELECT n FROM counter WHERE name = 'changes') - min(cursor) AS behind
         FROM subscription GROUP BY kind, state`,
      );
      return rows.map(toSubscriptionCount);
    },
    async crowd(id, host, topic) {
      const { rows } = await db.query(CROWD, [host, topic, id]);
      const row = rows[0];
      return {
        host: Number(row?.at_host),
        topics: Number(row?.topics),
        all: Number(row?.everything),
        barred: Boolean(row?.barred),
      };
    },
    async receipts(number) {
      return (await db.query(RECEIPTS, [number])).rows.map(row => toReceipt(row, number));
    },
    prune: async before => prune(db, before, await now()),
  };
}

const CROWD = `SELECT count(*) AS everything, count(*) FILTER (WHERE host = $1) AS at_host,
  count(DISTINCT topic) FILTER (WHERE topic <> $2 AND topic <> '') AS topics,
  EXISTS (SELECT 1 FROM subscription WHERE id = $3 AND state = 'disabled' AND reason = 'operator') AS barred
  FROM (SELECT id, host, topic FROM subscription WHERE state = 'active' UNION
    SELECT id, host, topic FROM intent WHERE mode = 'subscribe') AS x WHERE id <> $3`;
const RECEIPTS = `SELECT s.id, s.kind, s.callback, s.state, s.cursor, (SELECT min(d.at) FROM delivery d
  WHERE d.subscription = s.id AND d.taken = 1 AND d.number > 0 AND d.number >= $1 AND d.after < $1) AS confirmed
  FROM subscription s ORDER BY s.kind, s.id COLLATE "C"`;

/** One statement each: the intent goes, and what it means is done, or neither. */
const GONE = 'WITH gone AS (DELETE FROM intent WHERE id = $1 AND lease_token = $2 RETURNING id)';
const SETTLED: Record<
  'refused' | 'unsubscribed' | 'subscribed',
  (of: Intent, token: string, now: number) => readonly [string, readonly unknown[]]
> = {
  refused: ({ id }, token) => ['DELETE FROM intent WHERE id = $1 AND lease_token = $2', [id, token]],
  unsubscribed: ({ id }, token) => [
    `${GONE}, ended AS (UPDATE subscription SET state = 'ended', reason = 'unsubscribed', lease_token = NULL, lease_until = NULL
       WHERE id IN (SELECT id FROM gone))
     SELECT id FROM gone`,
    [id, token],
  ],
  // Who lapsed or failed goes on where it was, so that no withdrawal is missed; who left begins anew; whom the operator
  // switched off while it was asked stays so.
  subscribed: ({ id, callback, host, topic, asked, secret, seconds }, token, now) => [
    `${GONE}
     INSERT INTO subscription AS s (id, kind, callback, host, topic, asked, secret, state, created, valid_until, cursor, due)
     SELECT gone.id, 'websub', $3, $4, $5, $6, $7, 'active', $8, $9, counter.n, $8
     FROM gone, counter WHERE counter.name = 'changes'
     ON CONFLICT (id) DO UPDATE SET (asked, secret, state, reason, valid_until, due, failures, failing_since, slow)
         = (excluded.asked, excluded.secret, 'active', NULL, excluded.valid_until, excluded.due, 0, NULL, 0),
       cursor = CASE WHEN s.reason IN ('unsubscribed', 'gone') THEN excluded.cursor ELSE s.cursor END
       WHERE s.state <> 'disabled' OR coalesce(s.reason, '') <> 'operator'`,
    [id, token, callback, host, topic, asked, secret ?? null, now, now + seconds * 1000],
  ],
};

async function register(
  db: Queryable,
  webhooks: Parameters<DeliveryRoom['register']>[0],
  now: number,
): Promise<void> {
  await db.query(
    `INSERT INTO subscription AS s (id, kind, callback, host, topic, asked, state, created, cursor, due)
     SELECT x.id, 'webhook', x.callback, x.host, '', '', 'active', $2, counter.n, $2
     FROM json_to_recordset($1) AS x (id text, callback text, host text), counter WHERE counter.name = 'changes'
     ON CONFLICT (id) DO UPDATE SET state = 'active', reason = NULL, callback = excluded.callback,
       host = excluded.host, failures = 0, failing_since = NULL, slow = 0, due = excluded.due
     WHERE s.state = 'ended' OR s.callback <> excluded.callback`,
    [JSON.stringify(webhooks), now],
  );
  await db.query(
    `UPDATE subscription SET state = 'ended', reason = 'left', lease_token = NULL, lease_until = NULL
     WHERE kind = 'webhook' AND state <> 'ended' AND NOT id = ANY($1)`,
    [webhooks.map(({ id }) => id)],
  );
}

async function ask(db: Queryable, intent: Intent, now: number): Promise<void> {
  const { id, mode, callback, host, topic, asked, secret, seconds } = intent;
  await db.query(
    `INSERT INTO intent (id, mode, callback, host, topic, asked, secret, seconds, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (id) DO UPDATE SET (mode, asked, secret, seconds, at, lease_token, lease_until)
       = (excluded.mode, excluded.asked, excluded.secret, excluded.seconds, excluded.at, NULL, NULL)`,
    [id, mode, callback, host, topic, asked, secret ?? null, seconds, now],
  );
}

async function writeLog(db: Queryable, log: readonly Delivery[]): Promise<void> {
  if (log.length === 0) return;
  const rows = log.map(({ from, taken, ...row }) => ({ ...row, after: from, taken: taken ? 1 : 0 }));
  const columns =
    'subscription, at, kind, after, number, item, attempt, outcome, taken, bytes, milliseconds, next';
  await db.query(
    `INSERT INTO delivery (${columns}) SELECT ${columns} FROM json_to_recordset($1) AS x (subscription text, at bigint,
       kind text, after bigint, number bigint, item text, attempt integer, outcome text, taken smallint, bytes bigint,
       milliseconds integer, next bigint)`,
    [JSON.stringify(rows)],
  );
}

async function prune(db: Queryable, before: number, now: number): Promise<void> {
  await db.query(
    `UPDATE subscription SET state = 'ended', reason = 'lease-expired' WHERE state = 'active' AND valid_until <= $1`,
    [now],
  );
  await db.query('DELETE FROM delivery WHERE at < $1', [before]);
  await db.query(
    `DELETE FROM subscription s WHERE state = 'ended' AND kind = 'websub' AND coalesce(valid_until, created) < $1
       AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.subscription = s.id)`,
    [before],
  );
}
