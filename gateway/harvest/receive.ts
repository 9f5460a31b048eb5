import type { Delivered } from '../../connectors/connector.ts';
import { CodedError } from '../../schemas/errors.ts';
import type { Lease } from '../store/work.ts';
import { type HarvestTools, newRun, prepareTurn, type Run, type Told, takeBatch } from './harvest-source.ts';

/** Milliseconds a delivery may take in all, and how long it waits for a harvest of its source that is under way. */
const LONGEST = 40_000;
const PATIENCE = 5_000;
const LOOK_AGAIN = 40;

export interface Receipt extends Run {
  /** Something in it was broken or repaired. */
  readonly spoilt: boolean;
}

/**
 * One document that came by itself, through exactly the way of a harvest: under the source's lease, read in a thread that can
 * be killed, normalised, judged, and stored batch by batch. When the source is due next stays as it was.
 *
 * @throws CodedError UNAVAILABLE while the source is being harvested; what the connector's reading throws; NOT_FOUND for
 *   a source whose connector takes nothing
 */
export async function receive(
  source: string,
  delivered: Delivered,
  told: Told,
  tools: HarvestTools,
): Promise<Receipt> {
  const lease = await leaseSoon(source, tools);
  const signal = AbortSignal.timeout(LONGEST);
  try {
    const turn = await prepareTurn(source, signal, tools);
    const { connector } = turn;
    if (!connector.receive)
      throw new CodedError('NOT_FOUND', `What is delivered to ${source} can’t be read.`);
    const run = newRun();
    let checkpoint: string | undefined = JSON.stringify(turn.job.checkpoint);
    let spoilt = false;
    for await (const batch of connector.receive(delivered, turn.job, turn.tools)) {
      signal.throwIfAborted();
      spoilt ||= (batch.broken ?? 0) > 0 || (batch.repaired ?? []).length > 0;
      checkpoint = await takeBatch(batch, checkpoint, lease, turn, run, tools, { delivered: true, ...told });
    }
    return { ...run, spoilt };
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
    throw new CodedError('UNAVAILABLE', 'Taking it took too long; please try again.', {
      data: { retryAfter: 10 },
      cause: thrown,
    });
  } finally {
    await tools.store.work.release(lease);
  }
}

/** Long enough for everything that one delivery may take. */
const LEASE = LONGEST + 5_000;

async function leaseSoon(source: string, { store }: HarvestTools): Promise<Lease> {
  for (const deadline = Date.now() + PATIENCE; ; ) {
    const lease = await store.work.leaseOne(source, LEASE);
    if (lease) return lease;
    if (Date.now() > deadline)
      throw new CodedError('UNAVAILABLE', `${source} is being harvested; please try again.`, {
        data: { retryAfter: 5 },
      });
    await new Promise(resolve => setTimeout(resolve, LOOK_AGAIN));
  }
}
