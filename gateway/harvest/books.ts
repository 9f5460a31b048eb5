import type { Log } from '../../connectors/connector.ts';
import type { CodedError } from '../../schemas/errors.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Source, SourceState } from '../../schemas/source.ts';
import type { Ended, Lease, WorkOutcome } from '../store/work.ts';
import { isTrusted } from '../subscribe/subscription.ts';
import type { Harvest, HarvestTools } from './harvest-source.ts';
import { nextHarvest } from './interval.ts';

export interface Books {
  /** Resolves when the outcome is stored, which may be a moment later, together with others. */
  book(lease: Lease, harvest: Harvest): Promise<void>;
  /** Books what waits. */
  close(): Promise<void>;
}

/** Milliseconds that outcomes wait for company: an unchanged harvest costs the disk a share of one small transaction. */
const GATHER = 250;

interface Waiting {
  readonly lease: Lease;
  readonly harvest: Harvest;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

export function openBooks({ store, federation }: Pick<HarvestTools, 'store' | 'federation'>): Books {
  const sources = new Map(federation.sources.map(source => [source.name, source]));
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  async function write(batch: readonly Waiting[]): Promise<void> {
    const [now, states, pushed] = await Promise.all([store.now(), store.work.states(), pushedSources()]);
    const known = new Map(states.map(state => [state.source, state]));
    const ended = batch.flatMap(({ lease, harvest }): Ended[] => {
      const source = sources.get(lease.source);
      return source
        ? [
            {
              lease,
              outcome: outcomeOf(source, known.get(lease.source), harvest, now, pushed.has(source.name)),
            },
          ]
        : [];
    });
    await store.work.finish(ended);
  }

  /** Those whose hub tells us: asked as seldom as the operator lets us, to see that it does. */
  async function pushedSources(): Promise<ReadonlySet<string>> {
    if (!federation.gateway.reachable) return new Set();
    const active = await store.records.find('hub-subscription', { states: ['active'], first: 10_000 });
    const now = await store.now();
    return new Set(active.filter(one => isTrusted(one, now)).map(({ document }) => document.source));
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return writing;
    writing = writing
      .then(() => write(batch))
      .then(
        () => {
          for (const { done } of batch) done();
        },
        error => {
          for (const { failed } of batch) failed(error);
        },
      );
    return writing;
  }

  return {
    book: (lease, harvest) =>
      new Promise((done, failed) => {
        waiting.push({ lease, harvest, done, failed });
        timer ??= setTimeout(flush, GATHER);
      }),
    close: flush,
  };
}

function outcomeOf(
  source: Source,
  state: SourceState | undefined,
  harvest: Harvest,
  now: Instant,
  pushed: boolean,
): WorkOutcome {
  const changed = harvest.created + harvest.updated + harvest.withdrawn > 0;
  const { error } = harvest;
  const retryAfter = typeof error?.data.retryAfter === 'number' ? error.data.retryAfter : undefined;
  const unasked = error?.data.asked === false;
  const { next, interval } = nextHarvest({
    every: pushed ? { min: source.every.max, max: source.every.max } : source.every,
    interval: state?.interval ?? source.every.max,
    changed,
    failures: error ? (state?.failures ?? 0) + (unasked ? 0 : 1) : 0,
    now,
    random: Math.random(),
    ...(harvest.wait === undefined ? {} : { wait: harvest.wait }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  });
  return {
    next,
    interval,
    succeeded: !error,
    ...(unasked ? { unasked } : {}),
    changed,
    ...(error ? { error: { code: error.code, message: error.message } } : {}),
    ...(harvest.strictReader ? { strictReader: harvest.strictReader } : {}),
  };
}

/** One line a person understands; machines get the counts. */
export function report(source: string, harvest: Harvest, log: Log): void {
  const { error, notes, doubts, ...counts } = harvest;
  for (const doubt of doubts.slice(0, 5)) log.warn({ source }, `${source}: ${doubt}`);
  if (error) {
    const vi = typeof error.data.vi === 'string' ? ` ${error.data.vi}` : '';
    log.warn(
      { source, ...counts, code: error.code, cause: causeOf(error) },
      `${source}: ${error.message}${vi}`,
    );
  } else if (counts.created + counts.updated + counts.withdrawn > 0) {
    const { created, updated, withdrawn } = counts;
    log.info({ source, ...counts }, `${source}: ${created} new, ${updated} changed, ${withdrawn} withdrawn`);
  } else {
    log.debug({ source, ...counts, notes }, `${source}: nothing new`);
  }
}

function causeOf({ cause }: CodedError): string | undefined {
  return cause instanceof Error ? cause.message : undefined;
}
