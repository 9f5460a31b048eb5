import type { Change } from '../../schemas/change.ts';
import type { SiteKind } from '../../schemas/site.ts';
import type { ChangeReader } from '../store/changes.ts';
import type { ItemFilter } from '../store/items.ts';

/** DESIGN section 6: tombstones, newest 100. */
export const TOMBSTONES = 100;
const LOOKED_THROUGH = 10_000;

export type Tombstone = Extract<Change, { kind: 'tombstone' }>;

/**
 * The newest tombstones that a reader of this selection may need. Topics don't narrow them: what topics an item had
 * is gone with it, and a tombstone of an item that a reader never held does nothing.
 */
export async function readTombstones(
  changes: ChangeReader,
  filter: ItemFilter,
  kindOf: (site: string) => SiteKind | undefined,
): Promise<readonly Tombstone[]> {
  for (let limit = TOMBSTONES; ; limit *= 10) {
    const rows = await changes.tombstones(limit);
    const selected = rows.filter(row => concerns(row, filter, kindOf)).filter(isTombstone);
    if (selected.length >= TOMBSTONES || rows.length < limit || limit >= LOOKED_THROUGH) {
      return selected.slice(0, TOMBSTONES);
    }
  }
}

function concerns(row: Change, filter: ItemFilter, kindOf: (site: string) => SiteKind | undefined): boolean {
  const kind = kindOf(row.site);
  return (
    (!filter.sites?.length || filter.sites.includes(row.site)) &&
    (!filter.kinds?.length || kind === undefined || filter.kinds.includes(kind))
  );
}

function isTombstone(row: Change): row is Tombstone {
  return row.kind === 'tombstone';
}
