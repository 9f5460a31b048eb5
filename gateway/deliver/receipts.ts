import type { Change } from '../../schemas/change.ts';
import type { Receipt } from '../store/deliveries.ts';
import type { Store } from '../store/store.ts';

/** The latest change of an item, and which subscribers have confirmed it: the proof of a take-down towards consumers. */
export async function receiptsOf(
  store: Pick<Store, 'changes' | 'deliveries'>,
  item: string,
): Promise<{ readonly change: Change; readonly receipts: readonly Receipt[] } | undefined> {
  const [change] = await store.changes.ofItems([item]);
  return change && { change, receipts: await store.deliveries.receipts(change.number) };
}
