import type { Listed } from '../../connectors/connector.ts';
import { type HarvestTools, newRun, prepareTurn, takeBatch } from '../harvest/harvest-source.ts';
import type { Lease } from '../store/work.ts';

/** Milliseconds a source is kept from its harvest at one time. */
const LEASE = 5 * 60_000;
/** What one comparison fetches; the rest is fetched after the next. */
const MOST_FETCHED = 500;

export interface Fetched {
  /** New items it came to. */
  readonly created: number;
  /** What the source has spoken about; what is not held then is no item. */
  readonly answered: readonly Listed[];
}

/**
 * Fetches what a source was found to lack, and stores it like any harvest, under the source's lease and with its
 * checkpoint as it was. Undefined when the source was busy, paused or can't.
 */
export async function collectMissing(
  source: string,
  missing: readonly Listed[],
  tools: HarvestTools,
  signal: AbortSignal,
): Promise<Fetched | undefined> {
  const state = await tools.store.work.state(source);
  if (state?.lastSucceeded === undefined || state.paused) return undefined;
  const lease = await tools.store.work.leaseOne(source, LEASE);
  if (!lease) return undefined;
  try {
    return await collect(lease, missing.slice(0, MOST_FETCHED), tools, signal);
  } finally {
    await tools.store.work.giveBack(lease);
  }
}

async function collect(
  lease: Lease,
  wanted: readonly Listed[],
  tools: HarvestTools,
  signal: AbortSignal,
): Promise<Fetched | undefined> {
  const turn = await prepareTurn(lease.source, signal, tools);
  if (!turn.connector.collect) return undefined;
  const run = newRun();
  const { checkpoint } = turn.job;
  const answered: Listed[] = [];
  for await (const { entries, ...more } of turn.connector.collect(wanted, turn.job, turn.tools)) {
    signal.throwIfAborted();
    if (!(await tools.store.work.renew(lease, LEASE))) break;
    await takeBatch({ entries, checkpoint }, JSON.stringify(checkpoint), lease, turn, run, tools);
    answered.push(...more.answered);
  }
  return { created: run.created, answered };
}
