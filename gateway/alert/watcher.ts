import { randomUUID } from 'node:crypto';
import { queueDigests } from './digest.ts';
import { lookLease } from './lease.ts';
import { type AlarmTools, lookForTrouble } from './look.ts';
import { type NoticeTools, sendDue } from './send-due.ts';
import { storeTrouble } from './store-trouble.ts';
import type { Watch } from './watch.ts';

const SECOND = 1_000;

export interface WatcherOptions {
  readonly watches: readonly Watch[];
  /** Milliseconds between two looks, between two rounds of sending, and before the first look. */
  readonly every?: number;
  readonly sendEvery?: number;
  readonly first?: number;
}

export interface Watcher {
  /** One look now, if it is ours to look. */
  look(): Promise<void>;
  /** One round of sending now. */
  send(): Promise<void>;
  stop(): Promise<void>;
}

/** Milliseconds a stop waits for a mail that is on its way; what is cut off is sent again under the same id. */
const STOPPING = 5 * SECOND;
/** Milliseconds a replica that fell silent keeps the others from looking. */
const LEASE_ROUNDS = 2;

/**
 * Looks for trouble and sends what is to be told. One replica looks at a time; every replica sends, each channel by one at a
 * time. What is open, told and to be sent is in the store: nothing here survives a restart, and nothing needs to.
 */
export function startWatcher(
  tools: AlarmTools & NoticeTools,
  { watches, every = 20 * SECOND, sendEvery = 3 * SECOND, first = 10 * SECOND }: WatcherOptions,
): Watcher {
  const { store, log } = tools;
  const lease = lookLease(store, randomUUID(), every * LEASE_ROUNDS);
  const trouble = storeTrouble({ ...tools, epoch: store.epoch, now: Date.now });

  async function look(): Promise<void> {
    const taken = await lease.take().catch(async thrown => {
      await trouble.failed(thrown);
      return undefined;
    });
    if (taken === undefined) return;
    await trouble.worked();
    if (!taken) return;
    const events = await lookForTrouble(tools, watches, lease.holds);
    for (const { phase, kind, subject, sentence } of events) {
      if (phase === 'over') log.info({ kind, subject }, `Đã hết cảnh báo ${kind} (${subject}).`);
      else log.warn({ kind, subject, phase }, `Cảnh báo: ${sentence.vi}`);
    }
    await queueDigests(tools, lease.holds);
    if (events.length > 0) sending.now();
  }

  const looking = rounds(look, every, first, err =>
    log.warn({ err }, 'Trouble could not be looked for; it is tried again.'),
  );
  const sending = rounds(
    async () => void (await sendDue(tools)),
    sendEvery,
    sendEvery,
    err => log.warn({ err }, 'Notices could not be sent; it is tried again.'),
  );
  return {
    look: looking.now,
    send: sending.now,
    async stop() {
      await Promise.all([looking.stop(), sending.stop()]);
      await lease.giveBack().catch(() => undefined);
    },
  };
}

interface Rounds {
  /** Runs one round, after the one that runs. */
  now(): Promise<void>;
  stop(): Promise<void>;
}

/** Round after round, never two at once; a failing one is told and the next comes all the same. */
function rounds(
  act: () => Promise<void>,
  every: number,
  first: number,
  told: (err: unknown) => void,
): Rounds {
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const now = () => {
    running = running.then(() => (stopped ? undefined : act())).catch(told);
    return running;
  };
  const next = (wait: number) => {
    timer = setTimeout(async () => {
      await now();
      if (!stopped) next(every);
    }, wait);
  };
  next(first);
  return {
    now,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await Promise.race([running, new Promise(resolve => setTimeout(resolve, STOPPING).unref())]);
    },
  };
}
