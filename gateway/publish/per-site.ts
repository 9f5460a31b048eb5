/** DESIGN: `perSite: 3` means at most 3 of any 20 consecutive entries from one site. */
export const RUN = 20;

export interface Spread<T> {
  /** In an order that keeps the bound. */
  readonly kept: readonly T[];
  /** Those for which no place was left, in their order: entries of sites at the bound, or past the limit. */
  readonly over: readonly T[];
}

/**
 * Gives each entry the earliest place at which its site has fewer than `bound` of the 19 before it. Entries of one
 * site keep their order; an entry that must wait lets those of other sites pass. `first` stand at the head as they
 * are, and count.
 */
export function spreadSites<T extends { readonly site: string }>(
  entries: readonly T[],
  bound: number,
  { limit, first = [] }: { limit: number; first?: readonly T[] },
): Spread<T> {
  const queues = inQueues(entries);
  const run = new Run();
  const kept: T[] = [];
  for (const entry of first) kept.push(run.add(entry));
  while (kept.length < limit) {
    const next = takeEarliest(queues, site => run.count(site) < bound);
    if (!next) break;
    kept.push(run.add(next));
  }
  const rest = [...queues.values()].flatMap(({ entries, head }) => entries.slice(head));
  return { kept, over: rest.sort((a, b) => a.place - b.place).map(({ entry }) => entry) };
}

/** The 19 entries before the next place, counted by site. */
class Run {
  readonly #sites: string[] = [];
  readonly #counts = new Map<string, number>();

  count(site: string): number {
    return this.#counts.get(site) ?? 0;
  }

  add<T extends { readonly site: string }>(entry: T): T {
    this.#sites.push(entry.site);
    this.#counts.set(entry.site, this.count(entry.site) + 1);
    const left = this.#sites.length >= RUN ? this.#sites[this.#sites.length - RUN] : undefined;
    if (left !== undefined) this.#counts.set(left, this.count(left) - 1);
    return entry;
  }
}

interface Queue<T> {
  readonly entries: readonly { readonly entry: T; readonly place: number }[];
  head: number;
}

function inQueues<T extends { readonly site: string }>(entries: readonly T[]): ReadonlyMap<string, Queue<T>> {
  const placed = entries.map((entry, place) => ({ entry, place }));
  const bySite = Map.groupBy(placed, ({ entry }) => entry.site);
  return new Map([...bySite].map(([site, entries]) => [site, { entries, head: 0 }]));
}

function takeEarliest<T>(
  queues: ReadonlyMap<string, Queue<T>>,
  free: (site: string) => boolean,
): T | undefined {
  let best: { readonly queue: Queue<T>; readonly place: number; readonly entry: T } | undefined;
  for (const [site, queue] of queues) {
    const head = queue.entries[queue.head];
    if (head && (!best || head.place < best.place) && free(site)) best = { queue, ...head };
  }
  if (best) best.queue.head += 1;
  return best?.entry;
}
