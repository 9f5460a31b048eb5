import { randomUUID } from 'node:crypto';
import { CodedError } from '../../../schemas/errors.ts';
import { toState } from '../rows.ts';
import type { Lease, WorkOutcome, WorkRoom, WorkWriter } from '../work.ts';
import type { Connection } from './database.ts';

/** Every call is one transaction of its own, run by `write`, which queues behind other writers of this process. */
export function workRoom(
  reader: Connection,
  write: <T>(act: (db: Connection) => T) => Promise<T>,
  now: () => number,
): WorkRoom {
  return {
    register: sources => write(db => register(db, sources, now())),
    lease: (limit, ttl) => write(db => leaseDue(db, limit, ttl, now())),
    leaseOne: (source, ttl) => write(db => take(db, source, ttl, now())),
    renew: (lease, ttl) =>
      write(
        db =>
          db.run(
            'UPDATE work SET lease_until = ? WHERE source = ? AND lease_token = ?',
            now() + ttl,
            lease.source,
            lease.token,
          ) > 0,
      ),
    finish: ended =>
      write(db => {
        for (const { lease, outcome } of ended) finish(db, lease, outcome, now());
      }),
    giveBack: lease =>
      write(db => {
        db.run(
          'UPDATE work SET lease_token = NULL, lease_until = NULL, due = ? WHERE source = ? AND lease_token = ?',
          now(),
          lease.source,
          lease.token,
        );
      }),
    release: lease =>
      write(db => {
        db.run(
          'UPDATE work SET lease_token = NULL, lease_until = NULL WHERE source = ? AND lease_token = ?',
          lease.source,
          lease.token,
        );
      }),
    request: source =>
      write(
        db => db.run('UPDATE work SET due = min(due, ?), requested = 1 WHERE source = ?', now(), source) > 0,
      ),
    pause: (source, pause) =>
      write(
        db =>
          db.run(
            'UPDATE work SET paused = ?, paused_until = ?, paused_reason = ? WHERE source = ?',
            pause ? 1 : 0,
            pause?.until ?? null,
            pause?.reason ?? null,
            source,
          ) > 0,
      ),
    async states() {
      return reader.all('SELECT * FROM work ORDER BY source').map(toState);
    },
    async state(source) {
      const row = reader.get('SELECT * FROM work WHERE source = ?', source);
      return row && toState(row);
    },
    async checkpoint(source) {
      const row = reader.get('SELECT checkpoint_connector, checkpoint FROM work WHERE source = ?', source);
      if (!row?.checkpoint_connector) return undefined;
      return {
        connector: String(row.checkpoint_connector),
        value: JSON.parse(String(row.checkpoint)) as unknown,
      };
    },
  };
}

export function workWriter(db: Connection, now: () => number): WorkWriter {
  return {
    async checkpoint(lease, connector, value) {
      const kept = db.run(
        'UPDATE work SET checkpoint_connector = ?, checkpoint = ? WHERE source = ? AND lease_token = ? AND lease_until > ?',
        connector,
        JSON.stringify(value ?? null),
        lease.source,
        lease.token,
        now(),
      );
      if (kept === 0)
        throw new CodedError(
          'UNAVAILABLE',
          `The lease on ${lease.source} has passed on; this batch is not stored.`,
        );
    },
    async count(source, stored) {
      db.run('UPDATE work SET harvested = harvested + ? WHERE source = ?', stored, source);
    },
  };
}

function register(db: Connection, sources: Parameters<WorkRoom['register']>[0], now: number): void {
  for (const { name, interval } of sources) {
    db.run(
      `INSERT INTO work (source, connected, interval, due) VALUES (?, ?, ?, ?)
       ON CONFLICT (source) DO UPDATE SET
         paused = CASE WHEN paused_reason = 'left' THEN 0 ELSE paused END,
         paused_reason = CASE WHEN paused_reason = 'left' THEN NULL ELSE paused_reason END,
         left_at = NULL`,
      name,
      now,
      interval,
      now,
    );
  }
  db.run(
    `UPDATE work SET left_at = coalesce(left_at, ?), paused = 1,
       paused_until = CASE WHEN paused = 0 THEN NULL ELSE paused_until END,
       paused_reason = CASE WHEN paused = 0 THEN 'left' ELSE paused_reason END
     WHERE source NOT IN (SELECT value FROM json_each(?))`,
    now,
    JSON.stringify(sources.map(({ name }) => name)),
  );
}

const FREE = '(lease_until IS NULL OR lease_until <= ?)';

function leaseDue(db: Connection, limit: number, ttl: number, now: number): Lease[] {
  const due = db.all(
    `SELECT source FROM work WHERE due <= ? AND ${FREE} AND (paused = 0 OR paused_until <= ?) ORDER BY due LIMIT ?`,
    now,
    now,
    now,
    limit,
  );
  return due.flatMap(({ source }) => take(db, String(source), ttl, now) ?? []);
}

function take(db: Connection, source: string, ttl: number, now: number): Lease | undefined {
  const token = randomUUID();
  const taken = db.run(
    `UPDATE work SET lease_token = ?, lease_until = ?, last_started = ?, requested = 0,
       paused = CASE WHEN paused_until <= ? THEN 0 ELSE paused END
     WHERE source = ? AND ${FREE}`,
    token,
    now + ttl,
    now,
    now,
    source,
    now,
  );
  return taken > 0 ? { source, token, until: now + ttl } : undefined;
}

function finish(db: Connection, lease: Lease, outcome: WorkOutcome, now: number): void {
  const { next, interval, succeeded, changed, unasked, error, strictReader } = outcome;
  db.run(
    `UPDATE work SET lease_token = NULL, lease_until = NULL, due = CASE WHEN requested = 1 THEN ? ELSE ? END, interval = ?,
       last_succeeded = CASE WHEN ? THEN ? ELSE last_succeeded END,
       last_changed = CASE WHEN ? THEN ? ELSE last_changed END,
       failures = CASE WHEN ? THEN 0 ELSE failures + ? END,
       error_code = coalesce(?, error_code), error_message = coalesce(?, error_message), error_at = CASE WHEN ? THEN error_at ELSE ? END,
       strict_reader = coalesce(?, strict_reader)
     WHERE source = ? AND lease_token = ?`,
    now,
    next,
    interval,
    flag(succeeded),
    now,
    flag(changed),
    now,
    flag(succeeded),
    flag(!unasked),
    error?.code ?? null,
    error?.message ?? null,
    flag(succeeded),
    now,
    strictReader ? JSON.stringify(strictReader) : null,
    lease.source,
    lease.token,
  );
}

const flag = (value: boolean): number => (value ? 1 : 0);
