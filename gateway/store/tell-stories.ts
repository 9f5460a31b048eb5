import { type Instant, startOfHanoiDay } from '../../schemas/instant.ts';
import type { AlikePair, Likeness, Story } from './stories.ts';

const DAY = 24 * 60 * 60_000;
/** Others that a story tells of; the first is always right. */
const MOST_TOLD = 100;

type Published = Pick<Likeness, 'id' | 'listed' | 'namesSource'>;

/**
 * What these items make of the stories they were joined to; undefined is left out: items of one site alone are no
 * story. `pairs`: both ways round.
 */
export function tellStories(
  members: readonly Likeness[],
  pairs: readonly AlikePair[],
): ReadonlyMap<string, Story> {
  const byA = Map.groupBy(pairs, ({ a }) => a);
  const byStory = Map.groupBy(members, ({ story }) => story);
  const stories = [...byStory].flatMap(([id, all]) => {
    const story = id === undefined ? undefined : tellOne(id, all, byA);
    return story ? [[story.id, story] as const] : [];
  });
  return new Map(stories);
}

function tellOne(
  id: string,
  members: readonly Likeness[],
  pairs: ReadonlyMap<number, readonly AlikePair[]>,
): Story | undefined {
  const [first, ...others] = members.toSorted(byPublication);
  if (!first || !isOfSeveralSites(members)) return undefined;
  const here = new Set(members.map(({ n }) => n));
  return {
    id,
    first: first.id,
    at: first.listed,
    others: others.slice(0, MOST_TOLD).map(({ n, id: item, namesSource }) => {
      const own = (pairs.get(n) ?? []).filter(({ b }) => here.has(b));
      const toFirst = own.find(({ b }) => b === first.n);
      const score = toFirst?.score ?? Math.max(0, ...own.map(pair => pair.score));
      return { item, score, namesSource };
    }),
  };
}

export function isOfSeveralSites(members: readonly Pick<Likeness, 'site'>[]): boolean {
  return members.some(({ site }) => site !== members[0]?.site);
}

/** Who published first stands first; the id decides where the time doesn't, so that it is the same everywhere. */
export function byPublication(one: Published, other: Published): number {
  return publishedAt(one) - publishedAt(other) || (one.id < other.id ? -1 : 1);
}

/** A day without an hour is its beginning; who names a source and tells only the day came after that source. */
function publishedAt({ listed, namesSource }: Published): Instant {
  return namesSource && isDayOnly(listed) ? listed + DAY - 1 : listed;
}

/** Midnight in Hanoi: nobody told the hour. */
export function isDayOnly(at: Instant): boolean {
  return startOfHanoiDay(at) === at;
}
