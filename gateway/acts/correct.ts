import type { Item } from '../../schemas/item.ts';
import { withdraw } from '../harvest/revise.ts';
import { write } from '../harvest/write-revisions.ts';
import type { Store, Transaction } from '../store/store.ts';
import { type By, checkReason } from './actor.ts';
import { conflict, noItem } from './hold.ts';

/**
 * `by` corrects `id`: the false version is taken back with a tombstone that leads to the correction, which names what it
 * replaces. NĐ 237/2026 Điều 19(3)c. The correction itself waits for its minute like any press item.
 */
export async function correct(store: Store, id: string, by: string, act: By): Promise<Item> {
  checkReason(act);
  await store.transaction(tx => correctWithin(tx, id, by, act));
  const [after] = await store.items.byIds([by]);
  if (!after) throw noItem(by);
  return after;
}

/** The same inside a transaction that does more. */
export async function correctWithin(tx: Transaction, id: string, by: string, act: By): Promise<void> {
  if (id === by) throw conflict('An item can’t correct itself.', 'Một tin không thể tự cải chính chính nó.');
  const current = await tx.items.current([id, by]);
  const [wrong, right] = [current.get(id), current.get(by)];
  if (!wrong) throw noItem(id);
  if (!right) throw noItem(by);
  if (right.visibility === 'WITHDRAWN')
    throw conflict('The correction is withdrawn itself.', 'Tin cải chính đã bị gỡ.');
  // Its old wording, which the site's feed may show for a while yet, doesn't bring it back.
  const revision = withdraw(wrong, wrong.visibilityReason === 'order' ? 'order' : 'withdrawn', Date.now());
  const change = revision.change && { ...revision.change, replacedBy: by };
  await write(tx, [{ ...revision, ...(change && { change }) }], {
    actor: act.actor,
    details: { correctedBy: by },
  });
  const corrects = [...new Set([...(right.corrects ?? []), id])];
  const isOut = right.visibility === 'RELEASED';
  await write(tx, [
    {
      item: { ...right, corrects },
      before: right,
      ...(isOut ? { change: { kind: 'put', item: by, backfill: false } } : {}),
    },
  ]);
  tx.ledger.append({
    type: 'item.corrected',
    actor: act.actor,
    item: id,
    site: wrong.site,
    details: { correctedBy: by, reasonGiven: act.reason },
  });
}
