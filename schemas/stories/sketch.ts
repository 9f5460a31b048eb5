import { hashAll, type Reading } from './reading.ts';

/** Shingles of the sketch. A re-post of a quarter of a text still shares four of them on average. */
const SKETCH = 16;
/** A text with fewer shingles says nothing of whose it is. */
export const LEAST_SHINGLES = 12;
/** A headline shorter than this is many items' headline. */
const LEAST_TITLE = 6;

/** What finds likely matches of a text among a million. */
export interface Sketch {
  /** Bucket numbers, below 2^48: texts that share one may be alike. Empty for a text that is too short to tell. */
  readonly buckets: readonly number[];
  /** Of the whole text: equal numbers, equal texts. */
  readonly whole: number;
}

/**
 * Min-wise sketch of the bottom 16 (Broder, "On the resemblance and containment of documents", 1997): the smallest hashes of
 * the text's shingles, each a bucket of its own, and one bucket for the headline. Unlike bands of MinHash values it also
 * finds a text that is contained in a longer one, which is what a cut re-post is.
 */
export function sketchOf({ shingles, syllables, title }: Reading): Sketch {
  const whole = hashAll(syllables, 0x3c6ef372);
  if (shingles.length < LEAST_SHINGLES) return { buckets: [], whole };
  const smallest = smallestOf(shingles);
  const headline = title.length >= LEAST_TITLE ? [hashAll(title, 0x510e527f)] : [];
  return { buckets: [...smallest, ...headline], whole };
}

/** In rising order, each once. One in a few dozen shingles is small enough to be looked at twice. */
function smallestOf(shingles: readonly number[]): number[] {
  const found: number[] = [];
  for (const shingle of shingles) {
    if (found.length >= SKETCH && shingle >= (found[SKETCH - 1] ?? 0)) continue;
    const place = found.findIndex(each => each >= shingle);
    if (place >= 0 && found[place] === shingle) continue;
    found.splice(place < 0 ? found.length : place, 0, shingle);
    if (found.length > SKETCH) found.pop();
  }
  return found;
}
