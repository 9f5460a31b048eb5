import type { Log } from '../../connectors/connector.ts';
import type { RequestRoom, RequestRow } from '../store/requests.ts';

export interface RequestLog {
  /** Never waits and never throws: a full buffer drops its oldest row and counts it. */
  add(row: RequestRow): void;
  /** Rows lost because the store could not be written to fast enough. */
  readonly dropped: number;
  /** Writes what is left. */
  close(): Promise<void>;
}

export interface RequestLogOptions {
  readonly store: { readonly requests: Pick<RequestRoom, 'write'> };
  readonly log: Log;
  /** Milliseconds between two transactions. */
  readonly every?: number;
  /** Rows kept in memory while the store doesn't answer. */
  readonly capacity?: number;
  /** Rows of one transaction. */
  readonly batch?: number;
}

/** Bookkeeping of many sources in at most one small transaction a second. */
export function createRequestLog({
  store,
  log,
  every = 1_000,
  capacity = 10_000,
  batch = 1_000,
}: RequestLogOptions): RequestLog {
  let waiting: RequestRow[] = [];
  let dropped = 0;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let closed = false;

  function keep(): void {
    const over = waiting.length - capacity;
    if (over <= 0) return;
    waiting.splice(0, over);
    dropped += over;
  }

  async function write(): Promise<boolean> {
    const rows = waiting.splice(0, batch);
    if (rows.length === 0) return true;
    try {
      await store.requests.write(rows);
      return true;
    } catch (thrown) {
      waiting = [...rows, ...waiting];
      keep();
      log.warn({ err: thrown, rows: waiting.length, dropped }, 'Chưa ghi được nhật ký truy cập; sẽ thử lại.');
      return false;
    }
  }

  function schedule(): void {
    if (timer || closed || waiting.length === 0) return;
    timer = setTimeout(() => {
      writing = write().then(() => {
        timer = undefined;
        schedule();
      });
    }, every);
    timer.unref();
  }

  return {
    add(row) {
      waiting.push(row);
      keep();
      schedule();
    },
    get dropped() {
      return dropped;
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await writing;
      while (waiting.length > 0 && (await write()));
    },
  };
}
