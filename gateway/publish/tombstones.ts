import type { Change } from '../../schemas/change.ts';
import type { SiteKind } from '../../schemas/site.ts';
import type { ItemFilter } from '../store/items.ts';
import type { Store } from '../store/store.ts';
import { selectChanges } from './select-changes.ts';

/** DESIGN section 6: tombstones, newest 100. */
export const TOMBSTONES = 100;
const LOOKED_THROUGH = 10_000;
/** Newest changes that are looked through for items that are still out and have left this selection. */
const LATELY = 200;

export type Tombstone = Extract<Change, { kind: 'tombstone' }>;

type KindOf = (site: string) => SiteKind | undefined;

/** The newest tombstones that a reader of this selection may need; an item that lately left its topics has one there. */
export async function readTombstones(
  store: Pick<Store, 'changes' | 'items'>,
  filter: ItemFilter,
  kindOf: KindOf,
): Promise<readonly Tombstone[]> {
  const [gone, left] = await Promise.all([
    readGone(store, filter, kindOf),
    filter.topics?.length ? readLeft(store, filter, kindOf) : [],
  ]);
  const both = new Map([...gone, ...left].map(tombstone => [tombstone.item, tombstone]));
  return [...both.values()].toSorted((a, b) => b.number - a.number).slice(0, TOMBSTONES);
}

async function readLeft(
  store: Pick<Store, 'changes' | 'items'>,
  { sites = [], topics = [], kinds = [] }: ItemFilter,
  kindOf: KindOf,
): Promise<readonly Tombstone[]> {
  const bounds = await store.changes.bounds();
  const after = Math.max(0, bounds.head - LATELY);
  const wanted = { select: { sites, topics, kinds }, events: ['tombstone'], backfill: true, kindOf } as const;
  const { rows } = await selectChanges(store, after, wanted, LATELY, bounds);
  return rows.map(({ change }) => change).filter(isTombstone);
}

/**
 * Those of items that are no longer out. Topics don't narrow them: what topics an item had
 * is gone with it, and a tombstone of an item that a reader never held does nothing.
 */
async function readGone(
  { changes }: Pick<Store, 'changes'>,
  filter: ItemFilter,
  kindOf: KindOf,
): Promise<readonly Tombstone[]> {
  for (let limit = TOMBSTONES; ; limit *= 10) {
    const rows = await changes.tombstones(limit);
    const selected = rows.filter(row => concerns(row, filter, kindOf)).filter(isTombstone);
    if (selected.length >= TOMBSTONES || rows.length < limit || limit >= LOOKED_THROUGH) {
      return selected.slice(0, TOMBSTONES);
    }
  }
}

function concerns(row: Change, filter: ItemFilter, kindOf: KindOf): boolean {
  const kind = kindOf(row.site);
  return (
    (!filter.sites?.length || filter.sites.includes(row.site)) &&
    (!filter.kinds?.length || kind === undefined || filter.kinds.includes(kind))
  );
}

function isTombstone(row: Change): row is Tombstone {
  return row.kind === 'tombstone';
}
