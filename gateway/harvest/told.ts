import type { Instant } from '../../schemas/instant.ts';
import type { Draft, Item } from '../../schemas/item.ts';
import type { Recognised } from './recognise.ts';
import type { Revision } from './revise.ts';

/**
 * A delivered wording that is not to be taken: older than what we hold, or of an item that was withdrawn. Hubs try again for
 * hours, so a delivery may tell of yesterday; only asking the site tells whether a withdrawn item is back. A push, signed by
 * the site itself, brings it back.
 */
export function isOld({ draft, item }: Recognised): boolean {
  if (!item) return false;
  if (item.visibility === 'WITHDRAWN') return !draft.pushed;
  return draft.updated !== undefined && item.updated !== undefined && draft.updated < item.updated;
}

/** What a feed shows of an item whose wording its site pushed: the same version in other words, unless it is later. */
export function isBehind(draft: Draft, item: Item): boolean {
  if (!item.pushed || draft.pushed || item.visibility === 'WITHDRAWN') return false;
  return wordedAt(draft) <= wordedAt(item);
}

/** A source that lists a pushed item keeps it from now on, and so notices when it is gone; the pushed wording stays. */
export function adopted({ source, sourceId }: Draft, before: Item): Revision {
  const { sourceId: _sourceId, ...item } = before;
  return { item: { ...item, source, ...(sourceId !== undefined && { sourceId }) }, before };
}

/** A push speaks for the source that keeps the item, so that the source's own word about it still counts. */
export function attributed(draft: Draft, item: Item, outranks: (source: string) => boolean): Draft {
  if (!draft.pushed || outranks(item.source)) return draft;
  const { sourceId: _sourceId, ...rest } = draft;
  return {
    ...rest,
    source: item.source,
    ...(item.sourceId !== undefined && { sourceId: item.sourceId }),
  };
}

function wordedAt({ updated, published }: Pick<Draft, 'updated' | 'published'>): Instant {
  return Math.max(updated ?? Number.NEGATIVE_INFINITY, published ?? Number.NEGATIVE_INFINITY);
}

/** Called back by hand: the site's other channels, which may lag, don't bring it back with the same wording. */
export function isCalledBack(draft: Draft, { takenBack }: Item): boolean {
  return takenBack !== undefined && !draft.pushed && wordedAt(draft) <= takenBack;
}
