import type { AlikePair, Likeness } from '../store/stories.ts';
import { byPublication, isOfSeveralSites } from '../store/tell-stories.ts';

/**
 * Which items are one story: what hangs together by pairs, the likest joined first; but never two items of one site with
 * different texts, for a site doesn't tell the same news twice in other words. So one wrong pair between two
 * weekly notices can't draw two weeks, and then the whole year, into one story. The same whatever the order of arrival.
 * Each group in the order of publication.
 */
export function groupStories(items: readonly Likeness[], pairs: readonly AlikePair[]): Likeness[][] {
  const byN = new Map(items.map(item => [item.n, item]));
  const groupOf = new Map(items.map(item => [item.n, [item]]));
  for (const { a, b } of inOrder(pairs, byN)) {
    const [one, other] = [groupOf.get(a), groupOf.get(b)];
    if (!one || !other || one === other || clash(one, other)) continue;
    const joined = [...one, ...other];
    for (const { n } of joined) groupOf.set(n, joined);
  }
  return [...new Set(groupOf.values())].filter(isOfSeveralSites).map(group => group.toSorted(byPublication));
}

/** The likest first; then by ids, so that it doesn't matter who came first. */
function inOrder(pairs: readonly AlikePair[], byN: ReadonlyMap<number, Likeness>): AlikePair[] {
  const named = pairs.flatMap(pair => {
    const [one, other] = [byN.get(pair.a), byN.get(pair.b)];
    return one && other ? [{ pair, key: [one.id, other.id].sort().join(' ') }] : [];
  });
  named.sort((x, y) => y.pair.score - x.pair.score || (x.key < y.key ? -1 : 1));
  return named.map(({ pair }) => pair);
}

function clash(one: readonly Likeness[], other: readonly Likeness[]): boolean {
  return one.some(x => other.some(y => x.site === y.site && x.whole !== y.whole));
}

/**
 * The id of each group: the one that most of its items had, the larger group choosing first; else `made` of the item that
 * was stored first, which the next ones replace where it is taken.
 */
export async function nameStories(
  groups: readonly (readonly Likeness[])[],
  make: (founders: readonly Likeness[], taken: ReadonlySet<string>) => Promise<string>,
): Promise<ReadonlyMap<string, readonly Likeness[]>> {
  const named = new Map<string, readonly Likeness[]>();
  const taken = new Set<string>();
  const largestFirst = groups.toSorted(
    (one, other) => other.length - one.length || ((one[0]?.id ?? '') < (other[0]?.id ?? '') ? -1 : 1),
  );
  // Whoever has a name keeps it before anybody gets a new one.
  const nameless = largestFirst.filter(group => {
    const known = idsOf(group).find(each => !taken.has(each));
    if (known === undefined) return true;
    taken.add(known);
    named.set(known, group);
    return false;
  });
  for (const group of nameless) {
    const id = await make(
      group.toSorted((x, y) => x.n - y.n),
      taken,
    );
    taken.add(id);
    named.set(id, group);
  }
  return named;
}

/** Ids that the items had, the most frequent first. */
function idsOf(members: readonly Likeness[]): string[] {
  const counts = new Map<string, number>();
  for (const { story } of members) if (story) counts.set(story, (counts.get(story) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([id]) => id);
}
