import type { Item } from '../../schemas/item.ts';
import type { After, ItemFilter, ItemReader } from '../store/items.ts';
import { spreadSites } from './per-site.ts';

export interface WindowQuery {
  readonly filter: ItemFilter;
  readonly limit: number;
  readonly order: 'published' | 'released';
  readonly perSite?: number;
  readonly after?: After;
  /** All sites that could have items here: what is left when one site has its share. */
  readonly sites: readonly string[];
  /** Stand at the head, whatever their time. */
  readonly pinned: readonly Item[];
  accepts(item: Item): boolean;
  /** How many items at most `accepts` refuses. */
  readonly refusable: number;
}

export interface Window {
  readonly items: readonly Item[];
  /** Where the next page begins; absent when nothing is older. */
  readonly next?: After;
}

/** How often sites that have their share are passed over to look further back. */
const ROUNDS = 8;

/**
 * The last `limit` items *released*, sorted as the feed asks: so an item released late is not below the fold for
 * ever. With `perSite`, a site over its share waits; older items of others fill its places. Nothing leaves the
 * window unless it is full, and what left it is on the next page.
 */
export async function readWindow(store: ItemReader, query: WindowQuery): Promise<Window> {
  const room = Math.max(0, query.limit - query.pinned.length);
  const pinned = new Set(query.pinned.map(({ id }) => id));
  const asked = room + pinned.size + query.refusable + 1;
  const found = await store.page({
    filter: query.filter,
    order: 'RELEASED',
    first: asked,
    ...(query.after ? { after: query.after } : {}),
  });
  const usable = found.filter(item => !pinned.has(item.id) && query.accepts(item));
  const newest = usable.slice(0, room);
  const last = newest.at(-1);
  const more = usable.length > room || found.length === asked;
  const next = more && last ? { next: toKey(last) } : {};
  if (query.perSite === undefined || query.after) {
    return { items: [...query.pinned, ...newest.toSorted(byOrder(query.order))], ...next };
  }
  return spread(store, query, { newest, perSite: query.perSite, ...next });
}

async function spread(
  store: ItemReader,
  query: WindowQuery,
  { newest, perSite, next }: { newest: readonly Item[]; perSite: number; next?: After },
): Promise<Window> {
  const place = (pool: readonly Item[]) =>
    spreadSites(pool.toSorted(byOrder(query.order)), perSite, { limit: query.limit, first: query.pinned });
  let pool = newest;
  let placed = place(pool);
  let oldest = next;
  for (let round = 0; round < ROUNDS && oldest && placed.over.length > 0; round++) {
    const missing = query.limit - placed.kept.length;
    const others = sitesBesides(query, placed.over);
    if (missing <= 0 || others.length === 0) break;
    const found: readonly Item[] = await store.page({
      filter: { ...query.filter, sites: others },
      order: 'RELEASED',
      first: missing + query.refusable + query.pinned.length,
      after: oldest,
    });
    const known = new Set([...pool, ...query.pinned].map(({ id }) => id));
    pool = [...pool, ...found.filter(item => !known.has(item.id) && query.accepts(item)).slice(0, missing)];
    placed = place(pool);
    const last = found.at(-1);
    if (!last) break;
    oldest = toKey(last);
  }
  const items = [...placed.kept, ...placed.over].slice(0, query.limit);
  return { items, ...nextAfter(pool, items, next) };
}

/** The next page begins with the newest that found no place here, so that paging misses nothing. */
function nextAfter(
  pool: readonly Item[],
  items: readonly Item[],
  next: After | undefined,
): { readonly next?: After } {
  const shown = new Set(items.map(({ id }) => id));
  const [dropped] = pool.filter(({ id }) => !shown.has(id)).toSorted(byOrder('released'));
  if (dropped) {
    const { at, n } = toKey(dropped);
    return { next: { at, n: n + 1 } };
  }
  return next ? { next } : {};
}

function sitesBesides(query: WindowQuery, over: readonly Item[]): readonly string[] {
  const waiting = new Set(over.map(({ site }) => site));
  const selected = query.filter.sites?.length ? query.filter.sites : query.sites;
  return selected.filter(site => !waiting.has(site));
}

function byOrder(order: 'published' | 'released'): (a: Item, b: Item) => number {
  const at = order === 'published' ? (item: Item) => item.listed : (item: Item) => toKey(item).at;
  return (a, b) => at(b) - at(a) || b.n - a.n;
}

export function toKey({ released, firstSeen, n }: Item): After {
  return { at: released ?? firstSeen, n };
}
