import { randomUUID } from 'node:crypto';
import { CodedError } from '../../../schemas/errors.ts';
import { toState } from '../rows.ts';
import type { Ended, Lease, WorkRoom, WorkWriter } from '../work.ts';
import type { Queryable } from './query.ts';

const FREE = '(lease_until IS NULL OR lease_until <= $1)';

export function workRoom(db: Queryable, now: () => Promise<number>): WorkRoom {
  return {
    register: async sources => register(db, sources, await now()),
    async lease(limit, ttl) {
      const at = await now();
      const { rows } = await db.query(
        `UPDATE work SET lease_token = gen_random_uuid()::text, lease_until = $2, last_started = $1, requested = 0,
           paused = CASE WHEN paused_until <= $1 THEN 0 ELSE paused END
         WHERE source IN (
           SELECT source FROM work WHERE due <= $1 AND ${FREE} AND (paused = 0 OR paused_until <= $1)
           ORDER BY due LIMIT $3 FOR UPDATE SKIP LOCKED)
         RETURNING source, lease_token`,
        [at, at + ttl, limit],
      );
      return rows.map(row => ({
        source: String(row.source),
        token: String(row.lease_token),
        until: at + ttl,
      }));
    },
    async leaseOne(source, ttl) {
      const at = await now();
      const lease: Lease = { source, token: randomUUID(), until: at + ttl };
      const { rowCount } = await db.query(
        `UPDATE work SET lease_token = $3, lease_until = $4, last_started = $1, requested = 0 WHERE source = $2 AND ${FREE}`,
        [at, source, lease.token, lease.until],
      );
      return rowCount ? lease : undefined;
    },
    async renew(lease, ttl) {
      const sql = 'UPDATE work SET lease_until = $1 WHERE source = $2 AND lease_token = $3';
      const { rowCount } = await db.query(sql, [(await now()) + ttl, lease.source, lease.token]);
      return Boolean(rowCount);
    },
    finish: async ended => finish(db, ended, await now()),
    async giveBack({ source, token }) {
      const sql =
        'UPDATE work SET lease_token = NULL, lease_until = NULL, due = $1 WHERE source = $2 AND lease_token = $3';
      await db.query(sql, [await now(), source, token]);
    },
    async release({ source, token }) {
      const sql =
        'UPDATE work SET lease_token = NULL, lease_until = NULL WHERE source = $1 AND lease_token = $2';
      await db.query(sql, [source, token]);
    },
    async request(source) {
      const { rowCount } = await db.query(
        'UPDATE work SET due = least(due, $1), requested = 1 WHERE source = $2',
        [await now(), source],
      );
      return Boolean(rowCount);
    },
    async pause(source, pause) {
      const { rowCount } = await db.query(
        'UPDATE work SET paused = $1, paused_until = $2, paused_reason = $3 WHERE source = $4',
        [pause ? 1 : 0, pause?.until ?? null, pause?.reason ?? null, source],
      );
      return Boolean(rowCount);
    },
    async states() {
      return (await db.query('SELECT * FROM work ORDER BY source COLLATE "C"')).rows.map(toState);
    },
    async state(source) {
      const { rows } = await db.query('SELECT * FROM work WHERE source = $1', [source]);
      return rows[0] && toState(rows[0]);
    },
    async checkpoint(source) {
      const { rows } = await db.query('SELECT checkpoint_connector, checkpoint FROM work WHERE source = $1', [
        source,
      ]);
      const row = rows[0];
      if (!row?.checkpoint_connector) return undefined;
      return {
        connector: String(row.checkpoint_connector),
        value: JSON.parse(String(row.checkpoint)) as unknown,
      };
    },
  };
}

export function workWriter(db: Queryable, now: () => Promise<number>): WorkWriter {
  return {
    async checkpoint(lease, connector, value) {
      const { rowCount } = await db.query(
        'UPDATE work SET checkpoint_connector = $1, checkpoint = $2 WHERE source = $3 AND lease_token = $4 AND lease_until > $5',
        [connector, JSON.stringify(value ?? null), lease.source, lease.token, await now()],
      );
      if (rowCount) return;
      throw new CodedError(
        'UNAVAILABLE',
        `The lease on ${lease.source} has passed on; this batch is not stored.`,
      );
    },
    async count(source, stored) {
      await db.query('UPDATE work SET harvested = harvested + $1 WHERE source = $2', [stored, source]);
    },
  };
}

async function register(
  db: Queryable,
  sources: Parameters<WorkRoom['register']>[0],
  now: number,
): Promise<void> {
  await db.query(
    `INSERT INTO work (source, connected, interval, due)
     SELECT name, $2, "interval", $2 FROM json_to_recordset($1) AS x (name text, "interval" bigint)
     ON CONFLICT (source) DO UPDATE SET
       paused = CASE WHEN work.paused_reason = 'left' THEN 0 ELSE work.paused END,
       paused_reason = CASE WHEN work.paused_reason = 'left' THEN NULL ELSE work.paused_reason END,
       left_at = NULL`,
    [JSON.stringify(sources), now],
  );
  await db.query(
    `UPDATE work SET left_at = coalesce(left_at, $2), paused = 1,
       paused_until = CASE WHEN paused = 0 THEN NULL ELSE paused_until END,
       paused_reason = CASE WHEN paused = 0 THEN 'left' ELSE paused_reason END
     WHERE NOT source = ANY($1)`,
    [sources.map(({ name }) => name), now],
  );
}

async function finish(db: Queryable, ended: readonly Ended[], now: number): Promise<void> {
  const rows = ended.map(({ lease, outcome }) => ({
    source: lease.source,
    token: lease.token,
    next: outcome.next,
    interval: outcome.interval,
    succeeded: outcome.succeeded,
    changed: outcome.changed,
    failed: outcome.unasked ? 0 : 1,
    code: outcome.error?.code,
    message: outcome.error?.message,
    reader: outcome.strictReader && JSON.stringify(outcome.strictReader),
  }));
  await db.query(
    `UPDATE work SET lease_token = NULL, lease_until = NULL, due = CASE WHEN requested = 1 THEN $2 ELSE x.next END, interval = x."interval",
       last_succeeded = CASE WHEN x.succeeded THEN $2 ELSE last_succeeded END,
       last_changed = CASE WHEN x.changed THEN $2 ELSE last_changed END,
       failures = CASE WHEN x.succeeded THEN 0 ELSE failures + x.failed END,
       error_code = coalesce(x.code, error_code), error_message = coalesce(x.message, error_message),
       error_at = CASE WHEN x.succeeded THEN error_at ELSE $2 END,
       strict_reader = coalesce(x.reader, strict_reader)
     FROM json_to_recordset($1) AS x (source text, token text, next bigint, "interval" bigint, succeeded boolean,
       changed boolean, failed integer, code text, message text, reader text)
     WHERE work.source = x.source AND work.lease_token = x.token`,
    [JSON.stringify(rows), now],
  );
}
