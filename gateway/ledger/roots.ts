import { toRfc3339 } from '../../schemas/instant.ts';
import { GENESIS } from '../../schemas/ledger-chain.ts';
import type { LedgerRoot } from '../../schemas/ledger-export.ts';
import type { Store } from '../store/store.ts';
import type { Signer } from './signer.ts';

const DAY = 24 * 60 * 60_000;
const HANOI = 7 * 60 * 60_000;
/** Days without a root that are made up for at once. */
const MOST_DAYS = 400;

/** Signs the roots of all days that are over and have none; gives how many. Ticked by the scheduler of every replica. */
export async function signRoots(store: Store, signer: Signer): Promise<number> {
  const now = await store.now();
  const [newest, first] = await Promise.all([latestRoot(store), store.ledger.since(0, 1)]);
  const begin = first[0]?.at;
  if (begin === undefined) return 0;
  const today = dayOf(now);
  let day = newest ? dayOf(startOf(newest.day) + DAY + HANOI) : dayOf(begin);
  let signed = 0;
  for (; day < today && signed < MOST_DAYS; day = dayOf(startOf(day) + DAY + HANOI)) {
    if (await signOne(store, signer, { day, now, keyBefore: newest?.key })) signed += 1;
  }
  return signed;
}

async function signOne(
  store: Store,
  signer: Signer,
  {
    day,
    now,
    keyBefore,
  }: { readonly day: string; readonly now: number; readonly keyBefore: string | undefined },
): Promise<boolean> {
  const end = startOf(day) + DAY;
  const last = await store.ledger.lastBefore(end);
  const root: LedgerRoot = signer.sign({
    day,
    seq: last?.seq ?? 0,
    hash: last?.hash ?? GENESIS,
    signedAt: toRfc3339(now),
  });
  return store.transaction(async tx => {
    // One root a day, whichever replica is first.
    const added = await tx.records.add({ kind: 'ledger-root', id: day, at: startOf(day), document: root });
    // A new key, or two replicas with a key each: nobody changes it unseen.
    if (added && keyBefore !== undefined && keyBefore !== root.key)
      tx.ledger.append({
        type: 'config.changed',
        actor: 'gateway',
        details: { what: 'ledger-key', before: keyBefore, after: root.key },
      });
    if (added)
      tx.ledger.append({
        type: 'root.signed',
        actor: 'gateway',
        details: { day, seq: root.seq, hash: root.hash, key: root.key },
      });
    return added;
  });
}

/** Newest first. */
export async function readRoots(store: Store, first = 400): Promise<readonly LedgerRoot[]> {
  return (await store.records.find('ledger-root', { first })).map(({ document }) => document);
}

export async function latestRoot(store: Store): Promise<LedgerRoot | undefined> {
  return (await readRoots(store, 1))[0];
}

/** ISO day in Hanoi. */
function dayOf(at: number): string {
  return toRfc3339(at).slice(0, 10);
}

function startOf(day: string): number {
  return Date.parse(`${day}T00:00:00+07:00`);
}
