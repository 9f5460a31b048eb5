import type { Worker } from 'node:worker_threads';
import { CodedError, toCoded } from '../../schemas/errors.ts';

/** Milliseconds a thread may take to start, on a machine that is busy: that is nobody's document's fault. */
const STARTING = 60_000;
/** What a thread says once it listens. */
export const READY = 'ready';
/** Memory of one reading thread; a document that needs more than this is an attack. */
const MEGABYTES = 768;

export interface ReadingPool {
  /** Runs one task in a thread of its own kind; after `timeout` milliseconds the thread is killed. */
  run(task: unknown, timeout: number, signal?: AbortSignal): Promise<unknown>;
  /** Starts its threads now, so that the first task doesn't wait for one. */
  warm?(): void;
  close(): Promise<void>;
}

interface Job {
  readonly task: unknown;
  readonly timeout: number;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Reader {
  readonly worker: Worker;
  /** It listens: a task's time counts from here on. */
  ready: boolean;
  job?: Job | undefined;
  timer?: NodeJS.Timeout | undefined;
}

/**
 * A few threads that read foreign documents, one at a time each. JavaScript can't be interrupted, so a document
 * that takes too long costs its thread and nothing else: the thread is killed and replaced.
 */
export function createReadingPool(threads: number, start: () => Worker): ReadingPool {
  const readers = new Set<Reader>();
  const waiting: Job[] = [];
  let closed = false;

  function next(): void {
    while (waiting.length > 0) {
      const idle = [...readers].find(reader => !reader.job) ?? (readers.size < threads ? hire() : undefined);
      const job = idle && waiting.shift();
      if (!idle || !job) return;
      give(idle, job);
    }
  }

  function hire(): Reader {
    const worker = start();
    const reader: Reader = { worker, ready: false };
    worker.on('message', (answer: Answer | typeof READY) =>
      answer === READY ? begin(reader) : settle(reader, answer),
    );
    worker.on('error', error => lose(reader, unreadable(error)));
    worker.on('exit', () => lose(reader, new CodedError('UNREADABLE', 'The reading thread ended.')));
    readers.add(reader);
    return reader;
  }

  function give(reader: Reader, job: Job): void {
    reader.job = job;
    limit(reader, reader.ready ? job.timeout : STARTING);
    reader.worker.postMessage(job.task);
  }

  function begin(reader: Reader): void {
    reader.ready = true;
    if (reader.job) limit(reader, reader.job.timeout);
  }

  function limit(reader: Reader, timeout: number): void {
    clearTimeout(reader.timer);
    reader.timer = setTimeout(() => {
      const why = `Reading took more than ${timeout / 1000} s and was stopped.`;
      lose(reader, new CodedError('READING_TIMED_OUT', why));
    }, timeout);
  }

  function settle(reader: Reader, answer: Answer): void {
    const job = free(reader);
    if ('error' in answer) job?.reject(toCoded(Object.assign(new Error(answer.error.message), answer.error)));
    else job?.resolve(answer.value);
    next();
  }

  function lose(reader: Reader, error: Error): void {
    if (!readers.delete(reader)) return;
    const job = free(reader);
    void reader.worker.terminate();
    job?.reject(error);
    if (!closed) next();
  }

  function free(reader: Reader): Job | undefined {
    const { job } = reader;
    clearTimeout(reader.timer);
    reader.job = undefined;
    return job;
  }

  return {
    run(task, timeout, signal) {
      return new Promise((resolve, reject) => {
        if (closed || signal?.aborted)
          return reject(new CodedError('UNAVAILABLE', 'The gateway is stopping.'));
        waiting.push({ task, timeout, resolve, reject });
        next();
      });
    },
    warm() {
      while (readers.size < threads) hire();
    },
    async close() {
      closed = true;
      for (const job of waiting.splice(0))
        job.reject(new CodedError('UNAVAILABLE', 'The gateway is stopping.'));
      await Promise.all([...readers].map(reader => reader.worker.terminate()));
    },
  };
}

export type Answer =
  | { readonly value: unknown }
  | { readonly error: { readonly code: string; readonly message: string; readonly data?: unknown } };

export const READING_LIMITS = { maxOldGenerationSizeMb: MEGABYTES } as const;

function unreadable(error: Error): CodedError {
  const outOfMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  const why = outOfMemory ? `needed more than ${MEGABYTES} MB of memory` : 'broke the reading thread';
  return new CodedError('UNREADABLE', `The document ${why}.`, { cause: error });
}
