import type { Change } from '../../schemas/change.ts';
import { encodeCursor, resumeFrom } from '../../schemas/cursor.ts';
import type { OutgoingItem } from '../../schemas/formats/format.ts';
import { toRfc3339 } from '../../schemas/instant.ts';
import type { Item } from '../../schemas/item.ts';
import type { LedgerRoot } from '../../schemas/ledger-export.ts';
import { latestRoot } from '../ledger/roots.ts';
import type { Store } from '../store/store.ts';

export const CHANGES_MOST = 1000;
export const CHANGES_USUAL = 100;

/** One page of the change log, with the items as they are now. */
export interface ChangePage {
  readonly rows: readonly ChangeRow[];
  readonly cursor: string;
  readonly upToDate: boolean;
  /** The ledger's latest signed root: whoever keeps it can show later that nothing was cut off. */
  readonly ledgerRoot?: LedgerRoot;
}

export interface ChangeRow {
  readonly change: Change;
  readonly cursor: string;
  /** Of a put. */
  readonly item?: Item;
}

/** `since` absent: from the beginning; `now`: from the head. Throws BAD_CURSOR and RESYNC_REQUIRED. */
export async function readChangePage(
  store: Store,
  { since, limit }: { since?: string; limit: number },
): Promise<ChangePage> {
  const bounds = await store.changes.bounds();
  const { epoch } = store;
  const after =
    since === undefined ? 0 : since === 'now' ? bounds.head : resumeFrom(since, { epoch, ...bounds });
  const toCursor = (number: number) => encodeCursor({ epoch, number, selection: '' });
  const changes = await store.changes.since(after, limit);
  const puts = changes.filter(({ kind }) => kind === 'put').map(({ item }) => item);
  const items = new Map((await store.items.byIds(puts)).map(item => [item.id, item]));
  const rows = changes.flatMap((change): readonly ChangeRow[] => {
    const item = items.get(change.item);
    const cursor = toCursor(change.number);
    if (change.kind === 'tombstone') return [{ change, cursor }];
    // Left view between the two reads: its tombstone has a higher number and comes later.
    return item?.visibility === 'RELEASED' ? [{ change, cursor, item }] : [];
  });
  const whole = changes.length < limit;
  const last = changes.at(-1)?.number ?? after;
  const reached = whole ? Math.max(last, bounds.head) : last;
  const ledgerRoot = await latestRoot(store);
  return {
    rows,
    cursor: toCursor(reached),
    upToDate: whole || last >= bounds.head,
    ...(ledgerRoot && { ledgerRoot }),
  };
}

/** The page as `/changes` gives it out. */
export function toChangeJson(
  page: ChangePage,
  toJson: (outgoing: OutgoingItem) => unknown,
  complete: (item: Item) => OutgoingItem,
): Readonly<Record<string, unknown>> {
  const changes = page.rows.map(({ change, cursor, item }) => ({
    cursor,
    kind: change.kind,
    id: change.item,
    ...(item ? { item: toJson(complete(item)) } : {}),
    ...(change.kind === 'tombstone' ? { reason: change.reason } : {}),
    ...(change.kind === 'tombstone' && change.replacedBy ? { replacedBy: change.replacedBy } : {}),
    ...(change.kind === 'put' && change.backfill ? { backfill: true } : {}),
    at: toRfc3339(change.at),
  }));
  const { cursor, upToDate, ledgerRoot } = page;
  return { changes, cursor, upToDate, ...(ledgerRoot && { ledgerRoot }) };
}
