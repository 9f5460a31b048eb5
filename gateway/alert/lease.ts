import type { Store, Transaction } from '../store/store.ts';

const ID = 'watch';

/** The right to look for trouble: one replica has it, and another takes it over when that one falls silent. */
export interface LookLease {
  /** Takes or renews it; false when another replica has it. Writes, so it also tells whether the store can be written. */
  take(): Promise<boolean>;
  /** Asked inside a transaction: is it still ours? */
  holds(tx: Transaction): Promise<boolean>;
  giveBack(): Promise<void>;
}

export function lookLease(store: Store, token: string, ttl: number): LookLease {
  return {
    take: () =>
      store.transaction(async tx => {
        const now = await store.now();
        const record = { kind: 'alert-lease', id: ID, at: now, due: now + ttl, document: { token } } as const;
        // Of two who add at once the second waits, and adds nothing.
        if (await tx.records.add(record)) return true;
        const kept = await tx.records.get('alert-lease', ID);
        if (kept && kept.document.token !== token && (kept.due ?? 0) > now) return false;
        await tx.records.put(record);
        return true;
      }),
    holds: async tx => (await tx.records.get('alert-lease', ID))?.document.token === token,
    giveBack: () =>
      store.transaction(async tx => {
        const kept = await tx.records.get('alert-lease', ID);
        if (kept?.document.token === token) await tx.records.remove('alert-lease', [ID]);
      }),
  };
}
