import type { Change } from '../../schemas/change.ts';
import type { Selection } from '../../schemas/federation.ts';
import type { Item } from '../../schemas/item.ts';
import type { SiteKind } from '../../schemas/site.ts';
import type { Store } from '../store/store.ts';

/** What a subscriber wants to hear of. */
export interface Wanted {
  readonly select: Selection;
  readonly events: readonly Change['kind'][];
  readonly backfill: boolean;
  readonly kindOf: (site: string) => SiteKind | undefined;
}

export interface SelectedChanges {
  readonly rows: readonly SelectedChange[];
  /** The log is read up to here. */
  readonly reached: number;
  /** Nothing is left after it. */
  readonly whole: boolean;
  /** Tombstones after this cursor were pruned before they could be told: the subscriber must start over. */
  readonly missed: boolean;
}

export interface SelectedChange {
  readonly change: Change;
  /** Of a put. */
  readonly item?: Item;
}

/** One stretch of the change log, at most `most` rows, as one subscriber is to hear of it. `known`: bounds just read. */
export async function selectChanges(
  store: Pick<Store, 'changes' | 'items'>,
  after: number,
  wanted: Wanted,
  most: number,
  known?: { readonly head: number; readonly pruned: number },
): Promise<SelectedChanges> {
  // The bounds first: what is committed meanwhile has a higher number and comes with the next stretch.
  const { head, pruned } = known ?? (await store.changes.bounds());
  const changes = await store.changes.since(after, most);
  const near = changes.filter(change => isNear(change, wanted));
  const puts = near.filter(({ kind }) => kind === 'put').map(({ item }) => item);
  const items = new Map((await store.items.byIds(puts)).map(item => [item.id, item]));
  const shown =
    wanted.select.topics.length > 0
      ? await store.changes.topicsShown(near.map(({ item }) => item))
      : undefined;
  const wasShown = (id: string) =>
    shown === undefined || wanted.select.topics.some(topic => shown.get(id)?.has(topic) ?? false);
  const rows = near.flatMap(change => selectOne(change, items.get(change.item), wasShown, wanted));
  const whole = changes.length < most;
  const last = changes.at(-1)?.number ?? after;
  return {
    rows: rows.filter(({ change }) => wanted.events.includes(change.kind)),
    reached: whole ? Math.max(last, head) : last,
    whole,
    missed: after > 0 && after < pruned,
  };
}

/** Is whoever wants this to be told of the change? `shown`: topics its item was ever released under. */
export function concerns(change: Change, shown: ReadonlySet<string>, wanted: Wanted): boolean {
  const { topics } = wanted.select;
  return (
    wanted.events.includes(change.kind) &&
    isNear(change, wanted) &&
    (topics.length === 0 || topics.some(topic => shown.has(topic)))
  );
}

/** Of a site and kind that are selected; these never change. */
function isNear({ site }: Change, { select: { sites, kinds }, kindOf }: Wanted): boolean {
  const kind = kindOf(site);
  return (
    (sites.length === 0 || sites.includes(site)) &&
    (kinds.length === 0 || kind === undefined || kinds.includes(kind))
  );
}

function selectOne(
  change: Change,
  item: Item | undefined,
  wasShown: (id: string) => boolean,
  { select: { topics }, backfill }: Wanted,
): readonly SelectedChange[] {
  if (change.kind === 'tombstone') return wasShown(change.item) ? [{ change }] : [];
  // Left view between the two reads: its tombstone has a higher number.
  if (item?.visibility !== 'RELEASED') return [];
  if (topics.length === 0 || item.topics.some(topic => topics.includes(topic)))
    return change.backfill && !backfill ? [] : [{ change, item }];
  if (!wasShown(change.item)) return [];
  // It was in this selection and left it: there it is withdrawn.
  const { number, at, site } = change;
  return [{ change: { kind: 'tombstone', item: change.item, reason: 'hidden', number, at, site } }];
}
