import type { Federation } from '../../schemas/federation.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Store } from '../store/store.ts';

const DAY = 24 * 60 * 60_000;
const PAGE = 1_000;
/** Changes of a day that are counted; a day with more says so. */
const MOST = 50_000;
const WAITING = 500;

/** How a day went. */
export interface DayFigures {
  readonly puts: number;
  readonly tombstones: number;
  /** There were more. */
  readonly capped: boolean;
  readonly failing: number;
  readonly sources: number;
  /** Items held or hidden for a person to decide. */
  readonly waiting: number;
}

/** Of some sites, or of all when none is named. */
export async function readFigures(
  { store, federation }: { readonly store: Store; readonly federation: Federation },
  sites: readonly string[],
  now: Instant,
): Promise<DayFigures> {
  const isOf = (site: string | undefined) => sites.length === 0 || sites.includes(site ?? '');
  const sources = federation.sources.filter(({ site, enabled }) => enabled && isOf(site));
  const names = new Set(sources.map(({ name }) => name));
  const [states, waiting, changes] = await Promise.all([
    store.work.states(),
    store.items.waiting(WAITING),
    countChanges(store, isOf, now - DAY),
  ]);
  return {
    ...changes,
    sources: sources.length,
    failing: states.filter(({ source, failures, paused }) => names.has(source) && failures > 0 && !paused)
      .length,
    waiting: waiting.filter(({ site }) => isOf(site)).length,
  };
}

async function countChanges(
  { changes }: Pick<Store, 'changes'>,
  isOf: (site: string) => boolean,
  since: Instant,
): Promise<Pick<DayFigures, 'puts' | 'tombstones' | 'capped'>> {
  const { head } = await changes.bounds();
  let after = await lastBefore(changes, since, head);
  const counts = { puts: 0, tombstones: 0, capped: false };
  for (let read = 0; ; ) {
    const page = await changes.since(after, PAGE);
    read += page.length;
    for (const { kind, site, at } of page) {
      if (!isOf(site) || at < since) continue;
      if (kind === 'put') counts.puts += 1;
      else counts.tombstones += 1;
    }
    after = page.at(-1)?.number ?? after;
    if (page.length < PAGE) return counts;
    if (read >= MOST) return { ...counts, capped: true };
  }
}

/** Number of the newest change that is older: rows are numbered in the order of their commits. */
async function lastBefore(changes: Store['changes'], at: Instant, head: number): Promise<number> {
  let low = 0;
  let high = head;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [next] = await changes.since(middle, 1);
    if (next && next.at < at) low = next.number;
    else high = middle;
  }
  return low;
}
