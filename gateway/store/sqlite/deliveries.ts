import { randomUUID } from 'node:crypto';
import type { Delivery, DeliveryRoom, Intent, Settlement, Subscription, Turn } from '../deliveries.ts';
import { toDelivery, toIntent, toReceipt, toSubscription, toSubscriptionCount } from '../rows.ts';
import { counter } from './changes.ts';
import type { Connection } from './database.ts';

type Write = <T>(act: (db: Connection) => T) => Promise<T>;

export function deliveryRoom(reader: Connection, write: Write, now: () => number): DeliveryRoom {
  return {
    register: webhooks => write(db => register(db, webhooks, now())),
    ask: intent => write(db => ask(db, intent, now())),
    async leaseIntents(limit, ttl) {
      if (reader.all(PENDING, now(), 1).length === 0) return [];
      return write(db => taken(db, 'intent', db.all(PENDING, now(), limit).map(toIntent), now() + ttl));
    },
    settleIntent: (turn, kept, log) => write(db => settleIntent(db, turn, kept, log, now())),
    async lease(limit, ttl, ailing) {
      const due = (db: Connection, most: number) =>
        db.all(ailing ? DUE_AILING : DUE_WELL, now(), now(), now(), counter(db, 'changes'), most);
      // Looked for without the write lock: nothing is due nearly always.
      if (due(reader, 1).length === 0) return [];
      return write(db => taken(db, 'subscription', due(db, limit).map(toSubscription), now() + ttl));
    },
    settle: (turn, settlement) => write(db => settle(db, turn, settlement)),
    change: (id, change) => write(db => changeOne(db, id, change, now())),
    write: log => write(db => writeLog(db, log)),
    async log(subscription, limit) {
      const rows =
        subscription === undefined
          ? reader.all('SELECT * FROM delivery ORDER BY n DESC LIMIT ?', limit)
          : reader.all(
              'SELECT * FROM delivery WHERE subscription = ? ORDER BY n DESC LIMIT ?',
              subscription,
              limit,
            );
      return rows.map(toDelivery);
    },
    async list() {
      return reader.all('SELECT * FROM subscription ORDER BY kind, id').map(toSubscription);
    },
    async counts() {
      const sql = `SELECT kind, state, count(*) AS count, ? - min(cursor) AS behind FROM subscription GROUP BY kind, state`;
      return reader.all(sql, counter(reader, 'changes')).map(toSubscriptionCount);
    },
    async crowd(id, host, topic) {
      const row = reader.get(CROWD, host, topic, id, id);
      return {
        host: Number(row?.at_host),
        topics: Number(row?.topics),
        all: Number(row?.everything),
        barred: Boolean(row?.barred),
      };
    },
    async receipts(number) {
      return reader.all(RECEIPTS, number, number).map(row => toReceipt(row, number));
    },
    prune: before => write(db => prune(db, before, now())),
  };
}

const PENDING = 'SELECT * FROM intent WHERE coalesce(lease_until, 0) <= ? ORDER BY at LIMIT ?';
const DUE = `SELECT * FROM subscription WHERE state = 'active' AND due <= ? AND coalesce(lease_until, 0) <= ?
  AND coalesce(valid_until, 1 << 60) > ? AND cursor < ?`;
const DUE_WELL = `${DUE} AND failures = 0 AND slow = 0 ORDER BY due LIMIT ?`;
const DUE_AILING = `${DUE} AND (failures > 0 OR slow = 1) ORDER BY due LIMIT ?`;
const CROWD = `SELECT count(*) AS everything, coalesce(sum(host = ?), 0) AS at_host,
  count(DISTINCT CASE WHEN topic <> ? AND topic <> '' THEN topic END) AS topics,
  EXISTS (SELECT 1 FROM subscription WHERE id = ? AND state = 'disabled' AND reason = 'operator') AS barred
  FROM (SELECT id, host, topic FROM subscription WHERE state = 'active' UNION
    SELECT id, host, topic FROM intent WHERE mode = 'subscribe') WHERE id <> ?`;
const RECEIPTS = `SELECT s.id, s.kind, s.callback, s.state, s.cursor, (SELECT min(d.at) FROM delivery d
  WHERE d.subscription = s.id AND d.taken = 1 AND d.number > 0 AND d.number >= ? AND d.after < ?) AS confirmed
  FROM subscription s ORDER BY s.kind, s.id`;

function taken<T extends { readonly id: string }>(
  db: Connection,
  table: 'intent' | 'subscription',
  found: readonly T[],
  until: number,
): Turn<T>[] {
  return found.map(of => {
    const token = randomUUID();
    db.run(`UPDATE ${table} SET lease_token = ?, lease_until = ? WHERE id = ?`, token, until, of.id);
    return { of, token };
  });
}

function register(db: Connection, webhooks: Parameters<DeliveryRoom['register']>[0], now: number): void {
  for (const { id, callback, host } of webhooks) {
    db.run(
      `INSERT INTO subscription (id, kind, callback, host, topic, asked, state, created, cursor, due)
       VALUES (?, 'webhook', ?, ?, '', '', 'active', ?, (SELECT n FROM counter WHERE name = 'changes'), ?)
       ON CONFLICT (id) DO UPDATE SET state = 'active', reason = NULL, callback = excluded.callback,
         host = excluded.host, failures = 0, failing_since = NULL, slow = 0, due = excluded.due
       WHERE state = 'ended' OR callback <> excluded.callback`,
      id,
      callback,
      host,
      now,
      now,
    );
  }
  db.run(
    `UPDATE subscription SET state = 'ended', reason = 'left', lease_token = NULL, lease_until = NULL
     WHERE kind = 'webhook' AND state <> 'ended' AND id NOT IN (SELECT value FROM json_each(?))`,
    JSON.stringify(webhooks.map(({ id }) => id)),
  );
}

function ask(db: Connection, intent: Intent, now: number): void {
  const { id, mode, callback, host, topic, asked, secret, seconds } = intent;
  db.run(
    `INSERT INTO intent (id, mode, callback, host, topic, asked, secret, seconds, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET (mode, asked, secret, seconds, at, lease_token, lease_until)
       = (excluded.mode, excluded.asked, excluded.secret, excluded.seconds, excluded.at, NULL, NULL)`,
    id,
    mode,
    callback,
    host,
    topic,
    asked,
    secret ?? null,
    seconds,
    now,
  );
}

function settleIntent(
  db: Connection,
  { of, token }: Turn<Intent>,
  kept: 'subscribed' | 'unsubscribed' | undefined,
  log: Delivery,
  now: number,
): boolean {
  writeLog(db, [log]);
  if (db.run('DELETE FROM intent WHERE id = ? AND lease_token = ?', of.id, token) === 0) return false;
  if (kept === 'unsubscribed') {
    db.run(
      `UPDATE subscription SET state = 'ended', reason = 'unsubscribed', lease_token = NULL, lease_until = NULL WHERE id = ?`,
      of.id,
    );
  }
  if (kept === 'subscribed') {
    // Who lapsed or failed goes on where it was, so that no withdrawal is missed; who left begins anew; whom the operator
    // switched off while it was asked stays so.
    const made = db.run(
      `INSERT INTO subscription (id, kind, callback, host, topic, asked, secret, state, created, valid_until, cursor, due)
       VALUES (?, 'websub', ?, ?, ?, ?, ?, 'active', ?, ?, (SELECT n FROM counter WHERE name = 'changes'), ?)
       ON CONFLICT (id) DO UPDATE SET (asked, secret, state, reason, valid_until, due, failures, failing_since, slow)
         = (excluded.asked, excluded.secret, 'active', NULL, excluded.valid_until, excluded.due, 0, NULL, 0),
         cursor = CASE WHEN reason IN ('unsubscribed', 'gone') THEN excluded.cursor ELSE cursor END
       WHERE state <> 'disabled' OR coalesce(reason, '') <> 'operator'`,
      of.id,
      of.callback,
      of.host,
      of.topic,
      of.asked,
      of.secret ?? null,
      now,
      now + of.seconds * 1000,
      now,
    );
    return made > 0;
  }
  return true;
}

function settle(db: Connection, { of, token }: Turn<Subscription>, settlement: Settlement): boolean {
  const { cursor, due, failures, failingSince, slow, state, reason, log } = settlement;
  writeLog(db, log);
  const kept = db.run(
    `UPDATE subscription SET cursor = ?, due = ?, failures = ?, failing_since = ?, slow = ?, state = coalesce(?, state),
       reason = coalesce(?, reason), lease_token = NULL, lease_until = NULL WHERE id = ? AND lease_token = ?`,
    cursor,
    due,
    failures,
    failingSince ?? null,
    slow ? 1 : 0,
    state ?? null,
    reason ?? null,
    of.id,
    token,
  );
  return kept > 0;
}

function changeOne(
  db: Connection,
  id: string,
  change: Parameters<DeliveryRoom['change']>[1],
  now: number,
): boolean {
  const { state, reason, cursor } = change;
  const changed = db.run(
    `UPDATE subscription SET state = coalesce(?, state), reason = CASE WHEN ? IS NULL THEN reason ELSE ? END,
       cursor = coalesce(?, cursor), due = ?, failures = 0, failing_since = NULL, slow = 0,
       lease_token = NULL, lease_until = NULL WHERE id = ?`,
    state ?? null,
    state ?? null,
    reason ?? null,
    cursor ?? null,
    now,
    id,
  );
  return changed > 0;
}

function writeLog(db: Connection, log: readonly Delivery[]): void {
  for (const row of log) {
    db.run(
      `INSERT INTO delivery (subscription, at, kind, after, number, item, attempt, outcome, taken, bytes, milliseconds, next)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      row.subscription,
      row.at,
      row.kind,
      row.from,
      row.number,
      row.item ?? null,
      row.attempt,
      row.outcome,
      row.taken ? 1 : 0,
      row.bytes,
      row.milliseconds,
      row.next ?? null,
    );
  }
}

function prune(db: Connection, before: number, now: number): void {
  db.run(
    `UPDATE subscription SET state = 'ended', reason = 'lease-expired' WHERE state = 'active' AND valid_until <= ?`,
    now,
  );
  db.run('DELETE FROM delivery WHERE at < ?', before);
  db.run(
    `DELETE FROM subscription WHERE state = 'ended' AND kind = 'websub' AND coalesce(valid_until, created) < ?
       AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.subscription = subscription.id)`,
    before,
  );
}
