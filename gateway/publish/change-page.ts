import type { Change } from '../../schemas/change.ts';
import {
  encodeCursor,
  fromNothing,
  type Log,
  type Resumed,
  requireUnpruned,
  resumeFrom,
} from '../../schemas/cursor.ts';
import type { OutgoingItem } from '../../schemas/formats/format.ts';
import { toRfc3339 } from '../../schemas/instant.ts';
import type { Item } from '../../schemas/item.ts';
import type { LedgerRoot } from '../../schemas/ledger-export.ts';
import { latestRoot } from '../ledger/roots.ts';
import type { Store } from '../store/store.ts';
import type { ChangeSelection } from './change-selection.ts';
import { withFullTexts } from './full-texts.ts';
import { selectChanges, type Wanted } from './select-changes.ts';

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

/**
 * `since` absent: from the beginning; `now`: from the head. In a selection an item that left it is a tombstone. Throws
 * BAD_CURSOR and RESYNC_REQUIRED.
 */
export async function readChangePage(
  store: Store,
  {
    since,
    limit,
    selection,
  }: { readonly since?: string; readonly limit: number; readonly selection?: ChangeSelection },
): Promise<ChangePage> {
  const bounds = await store.changes.bounds();
  const { epoch } = store;
  const text = selection?.text ?? '';
  const from = startOf(since, { epoch, ...bounds }, text);
  const toCursor = (number: number) => encodeCursor({ epoch, number, selection: text, began: from.began });
  const wanted: Wanted = {
    select: selection?.select ?? EVERYTHING,
    kindOf: selection?.kindOf ?? (() => undefined),
    events: ['put', 'tombstone'],
    backfill: true,
  };
  const { rows, reached, whole } = await selectChanges(store, from.number, wanted, limit, bounds);
  // Pruned between the two reads: what is no longer there was not read.
  requireUnpruned(from, await store.changes.bounds());
  const ledgerRoot = await latestRoot(store);
  return {
    rows: rows.map(row => ({ ...row, cursor: toCursor(row.change.number) })),
    cursor: toCursor(reached),
    upToDate: whole || reached >= bounds.head,
    ...(ledgerRoot && { ledgerRoot }),
  };
}

function startOf(since: string | undefined, log: Log, selection: string): Resumed {
  if (since === undefined) return fromNothing(log);
  return since === 'now' ? { number: log.head, began: 0 } : resumeFrom(since, log, selection);
}

const EVERYTHING = { sites: [], topics: [], kinds: [] } as const;

/** The same page with the full texts that these scopes may read. */
export async function withWholeItems(
  store: Pick<Store, 'records'>,
  page: ChangePage,
  scopes: ReadonlySet<string>,
): Promise<ChangePage> {
  const items = page.rows.flatMap(({ item }) => item ?? []);
  const texts = await withFullTexts(store, items, scopes);
  const rows = page.rows.map(row => {
    const whole = row.item && texts.get(row.item.id);
    return whole ? { ...row, item: whole } : row;
  });
  return { ...page, rows };
}

/** The page as `/changes` gives it out. */
export function toChangeJson(
  page: ChangePage,
  toJson: (outgoing: OutgoingItem) => unknown,
  complete: (item: Item) => OutgoingItem,
): Readonly<Record<string, unknown>> {
  const changes = page.rows.map(row => toChangeRowJson(row, toJson, complete));
  const { cursor, upToDate, ledgerRoot } = page;
  return { changes, cursor, upToDate, ...(ledgerRoot && { ledgerRoot }) };
}

/** One row, in the page and in the stream alike. */
export function toChangeRowJson(
  { change, cursor, item }: ChangeRow,
  toJson: (outgoing: OutgoingItem) => unknown,
  complete: (item: Item) => OutgoingItem,
): Readonly<Record<string, unknown>> {
  return {
    cursor,
    kind: change.kind,
    id: change.item,
    ...(item ? { item: toJson(complete(item)) } : {}),
    ...(change.kind === 'tombstone' ? { reason: change.reason } : {}),
    ...(change.kind === 'tombstone' && change.replacedBy ? { replacedBy: change.replacedBy } : {}),
    ...(change.kind === 'put' && change.backfill ? { backfill: true } : {}),
    at: toRfc3339(change.at),
  };
}
