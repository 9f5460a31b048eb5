import { fold } from './fold.ts';

/** Syllables in a row that make a shingle: Vietnamese words have one to three. */
const SHINGLE = 5;
/** A text shorter than this says nothing of whose it is. */
const LEAST_SHINGLES = 12;
const MOST_SYLLABLES = 4_000;

/** Overlapping runs of syllables of a text, folded: what two wordings of one text share. */
export function shingles(text: string): ReadonlySet<string> {
  const syllables = (fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, MOST_SYLLABLES);
  const found = new Set<string>();
  for (let at = 0; at + SHINGLE <= syllables.length; at += 1)
    found.add(syllables.slice(at, at + SHINGLE).join(' '));
  return found;
}

/**
 * 0 to 1: how much of the shorter text stands in the longer one (containment of shingles; Broder, "On the resemblance and
 * containment of documents", 1997), so that a cut or framed re-post is as alike as a whole one. 0 for texts too short to tell.
 */
export function similarity(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [short, long] = one.size <= other.size ? [one, other] : [other, one];
  if (short.size < LEAST_SHINGLES) return 0;
  let shared = 0;
  for (const shingle of short) if (long.has(shingle)) shared += 1;
  return shared / short.size;
}
