import { type Reading, SHINGLE } from './reading.ts';
import { LEAST_SHINGLES } from './sketch.ts';

/** How alike two texts are, and whether they tell the same news. */
export interface Comparison {
  /** 0 to 1, two digits: see `compare`. */
  readonly score: number;
  readonly same: boolean;
  /** The shorter text stands in the longer one, which may tell much else: a round-up holds whole articles. */
  readonly contained: boolean;
}

/** Longest gap, in syllables, that can be a slot of a template: longer ones are sentences of one's own. */
const LONGEST_SLOT = 20;
/** What the score must be, and how long the shorter text. */
const SAME = { score: 0.7, syllables: 40 } as const;
/** Below this share of the longer text only an equal headline tells that it is not a round-up. */
const LEAST_SHARE = 0.4;
/** Headlines alike from here on are one headline, or the same template's. */
const ALIKE_TITLES = 0.6;
/** Slots per covered syllable of a filled-in template. */
const DENSE = 1 / 25;

/**
 * `score` is the share of the shorter text's syllables that stand in runs of five or more which the longer text has too
 * (containment of shingles), lowered by the share of facts that contradict: where between two such runs each text has
 * a number or a name of its own in the same place, they are two fillings of one template. So a cut or framed re-post
 * scores like a whole one, and last year's report does not. 0 for texts too short to tell.
 */
export function compare(one: Reading, other: Reading): Comparison {
  const [short, long] = shorterFirst(one, other);
  if (short.shingles.length < LEAST_SHINGLES) return NOTHING;
  const runs = sharedRuns(short, long);
  const covered = runs.reduce((sum, { length }) => sum + length, 0);
  if (covered === 0) return NOTHING;
  const slots = slotsBetween(runs, short, long);
  const agreeing = factsIn(runs, short);
  // `TP.HCM` for `Thành phố Hồ Chí Minh` throughout is one difference.
  const contradicting = new Set(slots.flatMap(({ contradiction }) => contradiction ?? [])).size;
  const agreement = agreeing / (agreeing + 2 * contradicting) || (contradicting === 0 ? 1 : 0);
  const score = Math.round((covered / short.syllables.length) * agreement * 100) / 100;
  const titles = compareTitles(one, other);
  const alike = titles.alike >= ALIKE_TITLES;
  const told =
    score >= SAME.score &&
    !titles.contradict &&
    contradicting <= (titles.differ ? 0 : 1) + covered / LONG &&
    slots.length <= Math.max(2, covered * DENSE);
  const enough = short.syllables.length >= SAME.syllables;
  return {
    score,
    same: told && (alike || (enough && covered >= long.syllables.length * LEAST_SHARE)),
    contained: told && (alike || enough),
  };
}

const NOTHING: Comparison = { score: 0, same: false, contained: false };

/** Of two of one length always the same, so that both ways give one score. */
function shorterFirst(one: Reading, other: Reading): readonly [Reading, Reading] {
  const place = one.syllables.findIndex((syllable, at) => syllable !== other.syllables[at]);
  const longer = one.syllables.length - other.syllables.length;
  const after = longer || (one.syllables[place] ?? 0) - (other.syllables[place] ?? 0);
  return after <= 0 ? [one, other] : [other, one];
}

/** One contradiction is let pass unless the headlines differ too, and one more in each so many covered syllables. */
const LONG = 300;

interface Run {
  readonly inShort: number;
  readonly inLong: number;
  readonly length: number;
}

/** Longest runs of syllables that stand in both, in the order of the shorter; each of its syllables in one run at most. */
function sharedRuns(short: Reading, long: Reading): Run[] {
  const places = new Map<number, number>();
  for (let at = long.shingles.length - 1; at >= 0; at -= 1) places.set(long.shingles[at] ?? 0, at);
  const runs: Run[] = [];
  let end = 0;
  for (let at = 0; at < short.shingles.length; ) {
    const place = places.get(short.shingles[at] ?? 0);
    if (place === undefined) {
      at += 1;
      continue;
    }
    let shared = 1;
    while (
      at + shared < short.shingles.length &&
      short.shingles[at + shared] === long.shingles[place + shared]
    )
      shared += 1;
    // Two runs may share syllables at their seam; they are counted once.
    const inside = Math.max(0, end - at);
    runs.push({ inShort: at + inside, inLong: place + inside, length: shared + SHINGLE - 1 - inside });
    end = at + shared + SHINGLE - 1;
    at += shared;
  }
  return runs;
}

interface Slot {
  /** Each text has a number or a name here that the other has not: both. */
  readonly contradiction?: string;
}

/** Places where both texts go on alike before and after, and differ in between. */
function slotsBetween(runs: readonly Run[], short: Reading, long: Reading): Slot[] {
  return runs.slice(1).flatMap((next, index) => {
    const before = runs[index];
    if (!before) return [];
    const from = [before.inShort + before.length, before.inLong + before.length] as const;
    const gaps = [next.inShort - from[0], next.inLong - from[1]] as const;
    if (gaps.some(gap => gap <= 0 || gap > LONGEST_SLOT)) return [];
    const mine = factsBetween(short, from[0], next.inShort);
    const theirs = factsBetween(long, from[1], next.inLong);
    const contradicts =
      mine.some(fact => !theirs.includes(fact)) && theirs.some(fact => !mine.includes(fact));
    return [contradicts ? { contradiction: `${mine.join(' ')}/${theirs.join(' ')}` } : {}];
  });
}

function factsBetween({ facts }: Reading, from: number, to: number): string[] {
  return facts.slice(from, to).filter(fact => fact !== undefined);
}

function factsIn(runs: readonly Run[], { facts }: Reading): number {
  return runs.reduce(
    (sum, { inShort, length }) => sum + factsBetween({ facts } as Reading, inShort, inShort + length).length,
    0,
  );
}

/** Headlines of one template that differ in a number or a name are headlines of two items. */
function compareTitles(
  one: Reading,
  other: Reading,
): { alike: number; differ: boolean; contradict: boolean } {
  const [mine, theirs] = [new Set(one.title), new Set(other.title)];
  const shared = [...mine].filter(word => theirs.has(word)).length;
  const alike = shared / Math.max(1, Math.min(mine.size, theirs.size));
  const own = (from: Reading, besides: ReadonlySet<string>) =>
    [...from.titleFacts].some(fact => !besides.has(fact));
  const differ = mine.size > 0 && theirs.size > 0 && alike < ALIKE_TITLES;
  return { alike, differ, contradict: alike >= ALIKE_TITLES && own(one, theirs) && own(other, mine) };
}
