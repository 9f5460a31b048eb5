import type { Store } from '../store/store.ts';
import type { Revision } from './revise.ts';
import { write } from './write-revisions.ts';

/** Lets out what waited for its minute, in one transaction; gives how many. Ticked by the scheduler. */
export async function releaseDue(store: Store): Promise<number> {
  const due = await store.items.releasable(200);
  if (due.length === 0) return 0;
  return store.transaction(async tx => {
    const now = await store.now();
    // Read again under the lock: another replica may have been quicker, or a person may have held it.
    const current = await tx.items.current(due.map(({ id }) => id));
    const ready = [...current.values()].filter(
      item =>
        (item.visibility === 'HELD' || item.visibility === 'HIDDEN') &&
        item.releaseAt !== undefined &&
        item.releaseAt <= now,
    );
    const revisions = ready.map((before): Revision => {
      const { releaseAt: _at, visibilityReason: _why, ...item } = before;
      return {
        item: { ...item, visibility: 'RELEASED', released: item.released ?? now },
        before,
        change: { kind: 'put', item: item.id, backfill: item.backfill },
      };
    });
    await write(tx, revisions);
    return revisions.length;
  });
}
