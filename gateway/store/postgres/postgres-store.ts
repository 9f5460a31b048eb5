import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Log } from '../../../connectors/connector.ts';
import { CodedError } from '../../../schemas/errors.ts';
import type { Instant } from '../../../schemas/instant.ts';
import type { Vocabulary } from '../../../schemas/vocabulary.ts';
import { searchReader } from '../search-text.ts';
import type { Sealing, Store } from '../store.ts';
import { CHANNEL, readChanges, writeChanges } from './changes.ts';
import { deliveryRoom } from './deliveries.ts';
import { grantServing } from './grants.ts';
import { writeItems } from './item-writer.ts';
import { readItems } from './items.ts';
import { keyRoom } from './keys.ts';
import { readLedger, writeLedger } from './ledger.ts';
import { listen } from './listen.ts';
import { migrate } from './migrations.ts';
import { readProblems, writeProblems } from './problems.ts';
import type { Queryable } from './query.ts';
import { readRecords, writeRecords } from './records.ts';
import { requestRoom } from './requests.ts';
import { keepStatistics } from './statistics.ts';
import { storyRoom } from './stories.ts';
import { writeStories } from './story-writer.ts';
import { workRoom, workWriter } from './work.ts';

export interface PostgresOptions {
  readonly url: string;
  /** A role that owns the tables. */
  readonly migrateUrl?: string;
  readonly vocabulary?: Vocabulary;
  readonly log?: Log;
  readonly now?: () => Instant;
  readonly sealing?: Sealing;
}

/** Serialisation failure, deadlock: PostgreSQL asks to try again. */
const TRY_AGAIN = new Set(['40001', '40P01']);
const TRIES = 4;
/** Reads have connections of their own: a transaction that reads or asks the time never waits for other transactions. */
const READING = 8;
const WRITING = 6;
const INT8 = 20;

/** The store of a federation that has outgrown one machine: replicas share it and hear of each other's commits. */
export async function openPostgres(options: PostgresOptions): Promise<Store> {
  const { url, migrateUrl = url, log } = options;
  const epoch = await migrated(migrateUrl, url);
  const [pool, writers] = [READING, WRITING].map(max => openPool(url, max, log)) as [pg.Pool, pg.Pool];
  const now = options.now ? async () => options.now?.() ?? 0 : () => databaseTime(pool);
  const changes = readChanges(pool);
  const heard = await listen(settings(url), CHANNEL, () => readRevision(pool), log);
  const stopLooking = keepStatistics(pool, log);
  let closed = false;
  return {
    engine: 'postgres',
    epoch,
    items: readItems(pool, now, searchReader(options.vocabulary ?? [])),
    changes,
    work: workRoom(pool, now),
    requests: requestRoom(pool),
    keys: keyRoom(pool, now),
    deliveries: deliveryRoom(pool, now),
    records: readRecords(pool),
    problems: readProblems(pool),
    ledger: readLedger(pool),
    stories: storyRoom(pool, now),
    async transaction(act) {
      let moved = false;
      const result = await inTransaction(writers, async client => {
        const writer = writeChanges(client, now);
        const ledger = writeLedger(client, now);
        const stories = writeStories(client);
        const given = await act({
          ...(options.sealing && { sealing: options.sealing }),
          items: writeItems(client),
          changes: writer,
          work: workWriter(client, now),
          records: writeRecords(client),
          problems: writeProblems(client),
          ledger,
          stories,
        });
        await ledger.flush();
        moved = (await writer.flush()) > 0 || stories.hasMoved();
        return given;
      });
      // Whoever has committed here sees it at once; only other processes wait to hear of it.
      if (moved) heard.moved();
      return result;
    },
    revision: () => heard.revision(),
    now,
    onChange: heard.onChange,
    async ready() {
      await changes.bounds().catch(cause => {
        throw new CodedError('UNAVAILABLE', 'The database does not answer.', { cause });
      });
    },
    async close() {
      if (closed) return;
      closed = true;
      stopLooking();
      await heard.close();
      await Promise.all([pool.end(), writers.end()]);
    },
  };
}

function openPool(url: string, max: number, log: Log | undefined): pg.Pool {
  const pool = new pg.Pool({ ...settings(url), max, idleTimeoutMillis: 30_000 });
  pool.on('error', error =>
    log?.warn({ err: error.message }, 'A database connection was lost; it is made anew.'),
  );
  // The pool listens to idle connections only: one that is cut between two statements of a transaction would end the
  // process. Whoever uses it learns of it by the next statement.
  pool.on('connect', client => client.on('error', () => undefined));
  return pool;
}

function settings(connectionString: string): pg.ClientConfig {
  return {
    connectionString,
    connectionTimeoutMillis: 15_000,
    application_name: 'lienthong',
    keepAlive: true,
    types: {
      // Counters and times stay far below 2^53.
      getTypeParser: (type: number, format?: 'text' | 'binary') =>
        type === INT8 ? Number : pg.types.getTypeParser(type, format as 'text'),
    },
  };
}

async function migrated(migrateUrl: string, url: string): Promise<string> {
  const client = new pg.Client(settings(migrateUrl));
  try {
    await client.connect();
    const epoch = await migrate(client, randomUUID);
    if (migrateUrl !== url) await grantServing(client, url);
    return epoch;
  } finally {
    await client.end();
  }
}

/** See `Store.revision`. */
async function readRevision(db: Queryable): Promise<number> {
  const { rows } = await db.query(
    `SELECT sum(n)::bigint AS n FROM counter WHERE name IN ('changes', 'stories')`,
  );
  return Number(rows[0]?.n);
}

async function databaseTime(db: Queryable): Promise<Instant> {
  const { rows } = await db.query(
    'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now',
  );
  return Number(rows[0]?.now);
}

async function inTransaction<T>(pool: pg.Pool, act: (client: Queryable) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      const result = await act(client);
      await client.query('COMMIT');
      client.release();
      return result;
    } catch (thrown) {
      await client.query('ROLLBACK').then(
        () => client.release(),
        (broken: Error) => client.release(broken),
      );
      if (attempt >= TRIES || !TRY_AGAIN.has(codeOf(thrown))) throw thrown;
    }
  }
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}
