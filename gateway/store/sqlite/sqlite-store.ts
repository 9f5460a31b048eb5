import { randomUUID } from 'node:crypto';
import { CodedError } from '../../../schemas/errors.ts';
import type { Instant } from '../../../schemas/instant.ts';
import type { Vocabulary } from '../../../schemas/vocabulary.ts';
import { searchReader } from '../search-text.ts';
import type { Sealing, Store, Transaction } from '../store.ts';
import { counter, readChanges, writeChanges } from './changes.ts';
import { begin, type Connection, connect } from './database.ts';
import { deliveryRoom } from './deliveries.ts';
import { writeItems } from './item-writer.ts';
import { readItems } from './items.ts';
import { keyRoom } from './keys.ts';
import { readLedger, writeLedger } from './ledger.ts';
import { migrate } from './migrations.ts';
import { readProblems, writeProblems } from './problems.ts';
import { readRecords, writeRecords } from './records.ts';
import { requestRoom } from './requests.ts';
import { storyRoom } from './stories.ts';
import { writeStories } from './story-writer.ts';
import { workRoom, workWriter } from './work.ts';

/** Milliseconds between two looks for other processes' commits; a look costs microseconds. */
const WATCH = 100;

export interface SqliteOptions {
  readonly file: string;
  readonly vocabulary?: Vocabulary;
  readonly now?: () => Instant;
  readonly sealing?: Sealing;
}

/**
 * The embedded store: one file, which several processes may open. One connection reads, one writes; writers of this
 * process queue here, those of others wait at the file's lock.
 */
export async function openSqlite({
  file,
  vocabulary = [],
  now = Date.now,
  sealing,
}: SqliteOptions): Promise<Store> {
  const writer = connect(file);
  const epoch = await migrate(writer, randomUUID);
  const reader = connect(file);
  const queue = createQueue();
  const revision = watchRevision(reader);
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  let closed = false;
  let last = revision();
  const watch = setInterval(() => {
    const next = revision();
    if (next === last) return;
    last = next;
    tell();
  }, WATCH);
  watch.unref();

  const write = <T>(act: (db: Connection) => T): Promise<T> =>
    queue(() => committed(writer, () => act(writer)));
  return {
    engine: 'sqlite',
    epoch,
    items: readItems(reader, now, searchReader(vocabulary)),
    changes: readChanges(reader),
    work: workRoom(reader, write, now),
    requests: requestRoom(reader, write),
    keys: keyRoom(reader, write, now),
    deliveries: deliveryRoom(reader, write, now),
    records: readRecords(reader),
    problems: readProblems(reader),
    ledger: readLedger(reader),
    stories: storyRoom(reader, write, now),
    transaction: act =>
      queue(async () => {
        const changes = writeChanges(writer, now);
        const ledger = writeLedger(writer, now);
        const tx: Transaction = {
          ...(sealing && { sealing }),
          items: writeItems(writer),
          changes,
          work: workWriter(writer, now),
          records: writeRecords(writer),
          problems: writeProblems(writer),
          ledger,
          stories: writeStories(writer),
        };
        await begin(writer);
        try {
          const result = await act(tx);
          ledger.flush();
          const moved = changes.flush() > 0;
          writer.exec('COMMIT');
          if (moved) queueMicrotask(tell);
          return result;
        } catch (thrown) {
          rollBack(writer);
          throw thrown;
        }
      }),
    async revision() {
      return revision();
    },
    async now() {
      return now();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async ready() {
      if (closed) throw new CodedError('UNAVAILABLE', 'The store is closed.');
      counter(reader, 'changes');
    },
    async close() {
      if (closed) return;
      closed = true;
      clearInterval(watch);
      await queue(async () => {
        writer.exec('PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);');
      }).catch(() => undefined);
      reader.close();
      writer.close();
    },
  };
}

async function committed<T>(db: Connection, act: () => T): Promise<T> {
  await begin(db);
  try {
    const result = act();
    db.exec('COMMIT');
    return result;
  } catch (thrown) {
    rollBack(db);
    throw thrown;
  }
}

/** On a full disk SQLite has rolled back by itself; what is to be told is why, not that nothing was left to undo. */
function rollBack(db: Connection): void {
  try {
    db.exec('ROLLBACK');
  } catch {
    // Nothing is open any more: the file is as it was before.
  }
}

/** One writer at a time in this process: a transaction may wait between its statements. */
function createQueue(): <T>(act: () => Promise<T>) => Promise<T> {
  let tail: Promise<unknown> = Promise.resolve();
  return act => {
    const turn = tail.then(act, act);
    tail = turn.catch(() => undefined);
    return turn;
  };
}

/** See `Store.revision`; the table is only read when some connection has committed since. */
function watchRevision(reader: Connection): () => number {
  let version = -1;
  let known = 0;
  return () => {
    const seen = Number(reader.get('PRAGMA data_version')?.data_version);
    if (seen !== version) {
      version = seen;
      known = counter(reader, 'changes') + counter(reader, 'stories');
    }
    return known;
  };
}
