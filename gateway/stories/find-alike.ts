import type { Instant } from '../../schemas/instant.ts';
import { type Comparison, compare } from '../../schemas/stories/compare.ts';
import { type Reading, readTelling } from '../../schemas/stories/reading.ts';
import type { Likeness, LikenessReader } from '../store/stories.ts';
import { probesOf } from './places.ts';

/** A text whose like is looked for. */
export interface Sought {
  readonly reading: Reading;
  readonly buckets: readonly number[];
  readonly at: Instant;
  readonly papersOnly: boolean;
  /** Items to be compared besides those that are found. */
  readonly besides?: readonly Likeness[];
  /** May this item be compared with it? */
  accepts(other: Likeness): boolean;
}

export interface Alike extends Comparison {
  readonly other: Likeness;
}

/** Items that share buckets and are looked up, and of those the ones whose texts are read. */
const LOOKED_UP = 48;
const READ = 12;
/** A cut re-post shares six of sixteen on average. One alone says something only where hardly anybody else has it. */
const LEAST_SHARED = 2;
const FEW = 3;

/** For each text the stored items that are like it, the likest first. Costs the same however much is stored. */
export async function findAlike(
  rows: LikenessReader,
  sought: readonly Sought[],
): Promise<readonly (readonly Alike[])[]> {
  const near = await findNear(rows, sought);
  const known = await rows.likenesses([...new Set(near.flat())]);
  const candidates = sought.map((one, index) => {
    const found = [...(one.besides ?? []), ...(near[index] ?? []).flatMap(n => known.get(n) ?? [])];
    const accepted = found.filter(other => other.visibility !== 'WITHDRAWN' && one.accepts(other));
    const each = [...new Map(accepted.map(other => [other.n, other])).values()];
    return each.slice(0, READ + (one.besides?.length ?? 0));
  });
  const wanted = [...new Set(candidates.flat().map(({ n }) => n))];
  const texts = wanted.length > 0 ? await rows.texts(wanted) : new Map();
  const readings = new Map([...texts].map(([n, text]) => [n, readTelling(text)]));
  return sought.map(({ reading }, index) =>
    (candidates[index] ?? [])
      .flatMap((other): Alike[] => {
        const theirs = readings.get(other.n);
        return theirs ? [{ other, ...compare(reading, theirs) }] : [];
      })
      .sort((one, two) => two.score - one.score || one.other.listed - two.other.listed),
  );
}

async function findNear(rows: LikenessReader, sought: readonly Sought[]): Promise<readonly number[][]> {
  const probes = sought.map(({ buckets, at, papersOnly }) => probesOf(buckets, at, papersOnly));
  const found = probes.some(each => each.length > 0) ? await rows.look(probes.flat()) : [];
  let from = 0;
  return sought.map(({ buckets }, index) => {
    const own = probes[index]?.length ?? 0;
    const perBucket = own / Math.max(1, buckets.length);
    const looks = found.slice(from, from + own);
    from += own;
    const inBuckets = buckets.map((_, k) => looks.slice(k * perBucket, (k + 1) * perBucket).flat());
    return ranked(inBuckets);
  });
}

/** Who shares most buckets, and those that few share count most: a full one is some form that everybody uses. */
function ranked(buckets: readonly (readonly number[])[]): number[] {
  const weights = new Map<number, { shared: number; weight: number }>();
  for (const numbers of buckets) {
    for (const n of new Set(numbers)) {
      const { shared, weight } = weights.get(n) ?? { shared: 0, weight: 0 };
      weights.set(n, { shared: shared + 1, weight: weight + 1 / numbers.length });
    }
  }
  return [...weights]
    .filter(([, { shared, weight }]) => shared >= LEAST_SHARED || weight >= 1 / FEW)
    .sort(([n, one], [m, other]) => other.weight - one.weight || m - n)
    .slice(0, LOOKED_UP)
    .map(([n]) => n);
}
