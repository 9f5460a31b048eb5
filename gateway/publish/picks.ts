import type { FeedDefinition } from '../../schemas/federation.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Item } from '../../schemas/item.ts';
import type { ItemFilter, ItemReader } from '../store/items.ts';
import { linkKey } from './link-key.ts';

/** The items a feed's definition pins, in its order, and the moment at which that changes. */
export async function pickPinned(
  items: ItemReader,
  definition: FeedDefinition,
  filter: ItemFilter,
  now: Instant,
): Promise<{ readonly items: readonly Item[]; readonly validUntil?: Instant }> {
  const pins = definition.pin.filter(({ until }) => until === undefined || until > now);
  if (pins.length === 0) return { items: [] };
  const refused = refuses(definition);
  const found = await items.byLinks(pins.map(({ link }) => linkKey(link)));
  const usable = found.filter(
    item => item.visibility === 'RELEASED' && isSelected(item, filter) && !refused(item),
  );
  const ends = pins.flatMap(({ until }) => until ?? []);
  return {
    items: [...new Map(usable.map(item => [item.id, item])).values()],
    ...(ends.length > 0 ? { validUntil: Math.min(...ends) } : {}),
  };
}

/** Is this item excluded by name? */
export function refuses(definition: FeedDefinition): (item: Item) => boolean {
  const keys = new Set(definition.exclude.map(({ link }) => linkKey(link)));
  return item => keys.size > 0 && (keys.has(item.canonicalLink) || keys.has(linkKey(item.link)));
}

function isSelected(item: Item, { sites = [], kinds = [], topics = [] }: ItemFilter): boolean {
  return (
    (sites.length === 0 || sites.includes(item.site)) &&
    (kinds.length === 0 || kinds.includes(item.siteKind)) &&
    (topics.length === 0 || item.topics.some(topic => topics.includes(topic)))
  );
}
