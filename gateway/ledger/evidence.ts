import type { Store } from '../store/store.ts';

/** Destroys sealed copies whose time is over, each with a row that says so; gives how many. Ticked by the scheduler. */
export async function destroyEvidence(store: Store): Promise<number> {
  const due = await store.records.due('evidence', await store.now(), 200);
  if (due.length === 0) return 0;
  await store.transaction(async tx => {
    for (const { id, item = id, site, at } of due) {
      if ((await tx.records.remove('evidence', [id])) === 0) continue;
      tx.ledger.append({
        type: 'evidence.destroyed',
        actor: 'gateway',
        item,
        ...(site && { site }),
        details: { sealedAt: at },
      });
    }
  });
  return due.length;
}
