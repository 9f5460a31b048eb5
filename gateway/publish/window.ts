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
  /** Leaves of items those that the feed shows although others tell the same; the same whatever page they stand on. */
  distinct?(items: readonly Item[]): Promise<readonly Item[]>;
}

export interface Window {
  readonly items: readonly Item[];
  /** Where the next page begins; absent when nothing is older. */
  readonly next?: After;
}

/** How often it is looked further back: sites that have their share are passed over, and much may be left out. */
const ROUNDS = 8;

/**
 * The last `limit` items *released*, sorted as the feed asks: so an item released late is not below the fold for
 * ever. With `perSite`, a site over its share waits; older items of others fill its places. Nothing leaves the
 * window unless it is full, and what left it is on the next page.
 */
export async function readWindow(store: ItemReader, query: WindowQuery): Promise<Window> {
  const room = Math.max(0, query.limit - query.pinned.length);
  const { usable, reached } = await readOn(store, query, { wanted: room + 1, after: query.after });
  const newest = usable.slice(0, room);
  const next =
    usable.length > room ? { next: placeBefore(usable[room] as Item) } : reached && { next: reached };
  if (query.perSite === undefined || query.after) {
    return { items: [...query.pinned, ...newest.toSorted(byOrder(query.order))], ...next };
  }
  return spread(store, query, { newest, perSite: query.perSite, ...next });
}

interface Run {
  /** Those that this feed shows; at least as many as were wanted, where there are. */
  readonly usable: readonly Item[];
  /** Where it can be read on; absent when nothing is older. */
  readonly reached?: After;
}

/** Reads on where the feed leaves much out. Where it does so for too long the next page goes on instead. */
async function readOn(
  store: ItemReader,
  query: WindowQuery,
  { wanted, after, sites }: { wanted: number; after: After | undefined; sites?: readonly string[] },
): Promise<Run> {
  const pinned = new Set(query.pinned.map(({ id }) => id));
  const usable: Item[] = [];
  let reached = after;
  for (let round = 0; round < ROUNDS && usable.length < wanted; round++) {
    const first = wanted - usable.length + pinned.size + query.refusable;
    const found: readonly Item[] = await store.page({
      filter: sites ? { ...query.filter, sites } : query.filter,
      order: 'RELEASED',
      first,
      ...(reached && { after: reached }),
    });
    usable.push(...(await shown(query, found, pinned)));
    const last = found.at(-1);
    if (!last || found.length < first) return { usable };
    reached = toKey(last);
  }
  return { usable, ...(reached && { reached }) };
}

async function shown(
  query: WindowQuery,
  found: readonly Item[],
  pinned: ReadonlySet<string>,
): Promise<readonly Item[]> {
  const accepted = found.filter(item => !pinned.has(item.id) && query.accepts(item));
  return query.distinct ? query.distinct(accepted) : accepted;
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
    const { usable, reached } = await readOn(store, query, { wanted: missing, after: oldest, sites: others });
    const known = new Set(pool.map(({ id }) => id));
    const taken = usable.filter(({ id }) => !known.has(id)).slice(0, missing);
    pool = [...pool, ...taken];
    placed = place(pool);
    const last = taken.at(-1);
    if (!last && reached === undefined) break;
    oldest = usable.length > taken.length && last ? toKey(last) : reached;
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
  if (dropped) return { next: placeBefore(dropped) };
  return next ? { next } : {};
}

/** What is read on from here begins with this item. */
function placeBefore(item: Item): After {
  const { at, n } = toKey(item);
  return { at, n: n + 1 };
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
