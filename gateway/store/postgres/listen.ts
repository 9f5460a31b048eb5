import pg from 'pg';
import type { Log } from '../../../connectors/connector.ts';

export interface Heard {
  /** The newest change's number, at most a second old, and read anew when a commit was heard. */
  revision(): Promise<number>;
  /** This process has committed a change itself: the next `revision` is read anew. */
  moved(): void;
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

/** A notification can be lost with its connection: the revision is read every second besides. */
const REREAD = 1_000;
const RECONNECT = 500;

/** Hears of other replicas' commits by LISTEN/NOTIFY, over a connection of its own that is made anew when it breaks. */
export async function listen(
  settings: pg.ClientConfig,
  channel: string,
  read: () => Promise<number>,
  log: Log | undefined,
): Promise<Heard> {
  const listeners = new Set<() => void>();
  let known = await read();
  let readAt = Date.now();
  // Commits heard of, and how many of them the last finished reading knew: a reading under way may be too old.
  let heard = 0;
  let answered = 0;
  let closed = false;
  let client: pg.Client | undefined;

  async function reread(): Promise<number> {
    const mine = heard;
    const seen = await read();
    answered = Math.max(answered, mine);
    readAt = Date.now();
    if (seen > known) {
      known = seen;
      for (const listener of listeners) listener();
    }
    return known;
  }

  async function connect(): Promise<void> {
    if (closed) return;
    const next = new pg.Client(settings);
    next.on('notification', () => {
      heard += 1;
      void reread().catch(() => undefined);
    });
    next.on('error', () => undefined);
    next.on('end', () => {
      if (!closed) setTimeout(connect, RECONNECT).unref();
    });
    try {
      await next.connect();
      await next.query(`LISTEN ${channel}`);
      client = next;
      heard += 1;
    } catch (error) {
      log?.warn(
        { err: error instanceof Error ? error.message : error },
        'The database can not be listened to; tried again.',
      );
      await next.end().catch(() => undefined);
    }
  }

  await connect();
  const timer = setInterval(() => void reread().catch(() => undefined), REREAD);
  timer.unref();
  return {
    async revision() {
      return heard > answered || Date.now() - readAt > REREAD * 2 ? reread() : known;
    },
    moved() {
      heard += 1;
      void reread().catch(() => undefined);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      closed = true;
      clearInterval(timer);
      await client?.end().catch(() => undefined);
    },
  };
}
