import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { Row } from '../rows.ts';

export type Value = SQLInputValue;

/** One connection, with its statements prepared once each. All calls are synchronous and meant to be short. */
export interface Connection {
  all(sql: string, ...values: Value[]): Row[];
  get(sql: string, ...values: Value[]): Row | undefined;
  /** Rows changed. */
  run(sql: string, ...values: Value[]): number;
  exec(sql: string): void;
  close(): void;
}

/** Milliseconds a statement may block its thread for another connection's sake; waiting longer is done without blocking. */
const BUSY = 50;
/** The same while a connection is opened: the first to come turns the file to WAL, and nobody is served yet. */
const OPENING = 5_000;
/** Milliseconds to wait for other writers altogether, and between two tries. */
const PATIENCE = 15_000;
const RETRY = 5;
const SQLITE_BUSY = 5;
/** Statements kept prepared; filters make many shapes. */
const PREPARED = 300;

/**
 * Opens the database file. WAL: readers never wait for the writer. FULL: what was acknowledged survives a power
 * cut. `secure_delete`: erased content is overwritten, not only unlinked.
 */
export function connect(file: string): Connection {
  mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file, { timeout: OPENING });
  database.exec(`
    PRAGMA page_size = 8192;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    PRAGMA foreign_keys = ON;
    PRAGMA cache_size = -65536;
    PRAGMA mmap_size = 268435456;
    PRAGMA busy_timeout = ${BUSY};
  `);
  const prepared = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    const known = prepared.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    if (prepared.size >= PREPARED) prepared.delete(prepared.keys().next().value ?? '');
    prepared.set(sql, statement);
    return statement;
  };
  return {
    all: (sql, ...values) => prepare(sql).all(...values) as Row[],
    get: (sql, ...values) => prepare(sql).get(...values) as Row | undefined,
    run: (sql, ...values) => Number(prepare(sql).run(...values).changes),
    exec: sql => database.exec(sql),
    close: () => {
      prepared.clear();
      database.close();
    },
  };
}

/**
 * Takes the write lock. Never waits inside SQLite: this thread may be the one that answers readers, or even the one
 * that holds the lock by another connection.
 */
export async function begin(connection: Connection): Promise<void> {
  for (const deadline = Date.now() + PATIENCE; ; ) {
    try {
      return connection.exec('BEGIN IMMEDIATE');
    } catch (thrown) {
      if (!isBusy(thrown) || Date.now() > deadline) throw thrown;
      await new Promise(resolve => setTimeout(resolve, RETRY + Math.random() * RETRY));
    }
  }
}

/** Extended codes keep the plain one in their low byte (sqlite.org/rescode.html). */
function isBusy(thrown: unknown): boolean {
  return (
    typeof thrown === 'object' &&
    thrown !== null &&
    'errcode' in thrown &&
    (Number(thrown.errcode) & 0xff) === SQLITE_BUSY
  );
}
