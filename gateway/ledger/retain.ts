import { CodedError } from '../../schemas/errors.ts';
import { toRfc3339 } from '../../schemas/instant.ts';
import type { RemovedRows } from '../store/ledger.ts';
import type { Store } from '../store/store.ts';

/** NĐ 72/2013 Điều 23c (replaced, kept as our floor): years that the log of processing is kept at least. */
export const LEAST_YEARS = 2;

/**
 * Removes whole months that ended more than so many years ago, with a row that keeps where the chain goes on from; undefined
 * when there are none. Never by itself: somebody orders it, with a reason.
 */
export async function retainLedger(
  store: Store,
  { years, actor, reason }: { readonly years: number; readonly actor: string; readonly reason: string },
): Promise<RemovedRows | undefined> {
  if (!Number.isInteger(years) || years < LEAST_YEARS)
    throw new CodedError('BAD_INPUT', `The ledger is kept for at least ${LEAST_YEARS} years.`, {
      data: { vi: `Sổ cái được giữ ít nhất ${LEAST_YEARS} năm.` },
    });
  if (reason.trim().length < 3) throw new CodedError('BAD_INPUT', 'A reason is needed.');
  const [year = 0, month = 1] = toRfc3339(await store.now())
    .split('-')
    .map(Number);
  const segment = (year - years) * 100 + month;
  return store.transaction(tx =>
    tx.ledger.removeBefore(segment, { actor, details: { keptFrom: segment, reasonGiven: reason } }),
  );
}
