import type { ItemFilter } from './items.ts';
import { type Query, queryOf, TIERS, type Tier } from './search-query.ts';
import type { ReadSearch } from './search-text.ts';

/** Newest matches of each tier that a search looks at. */
const MATCHES = 2_000;
/** Items of one block, as a power of two: what is looked through is counted in these. */
export const BLOCK = 12;
/** Blocks of each window, the newest items first; after them the rest. */
const WINDOWS = [2, 6, 24, 96];
/**
 * Fewer matches than these, that took so many milliseconds to find, are asked one by one whether they belong to a better
 * tier too: finding those anew would take as long again.
 */
const FEW = 400;
const LONG = 30;
/** Milliseconds of looking before a search tells what it has: only phrases of common words that nobody wrote take so long. */
const PATIENCE = 400;
/** Milliseconds of work after which the thread is given back for a turn. */
const TURN = 8;

/** Items of the blocks `from` to `to`, both included. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** An engine's full text. */
export interface FullText {
  /** Number of the newest item that is indexed. */
  head(): Promise<number>;
  /** Numbers of matches, newest first. */
  within(query: Query, window: Window, limit: number): Promise<readonly number[]>;
  /** Those of these numbers that match. */
  among(query: Query, numbers: readonly number[]): Promise<readonly number[]>;
}

export interface Found {
  /** Newest first. */
  readonly numbers: readonly number[];
  /** There may be more. */
  readonly capped: boolean;
  /** Milliseconds it took. */
  readonly took: number;
}

export interface Finder {
  /** The newest matches. */
  newest(text: string, filter: ItemFilter): Promise<Found>;
  /**
   * The same by rank, exact accents and title first, newest first within one; each once, in portions: whoever has enough
   * asks for no more, and most pages are full before the oldest titles were looked through.
   */
  ranked(text: string, filter: ItemFilter): AsyncGenerator<readonly number[]>;
}

export function finder(index: FullText, read: ReadSearch): Finder {
  /** The newest matches of a tier, window by window; at last whether there may be more. */
  async function* matches(
    tier: Tier,
    text: string,
    filter: ItemFilter,
  ): AsyncGenerator<readonly number[], boolean> {
    const query = queryOf(read, text, tier, filter);
    if (!query) return false;
    const head = (await index.head()) >> BLOCK;
    let turn = performance.now();
    // Of looking alone: what whoever asks does with a portion is no reason to look at less.
    let took = 0;
    let left = MATCHES;
    for (const window of windowsBelow(head)) {
      const began = performance.now();
      const numbers = await index.within(query, window, left);
      took += performance.now() - began;
      left -= numbers.length;
      yield numbers;
      if (left <= 0 || took > PATIENCE) return true;
      if (performance.now() - turn > TURN) turn = await nextTurn();
    }
    return false;
  }

  async function newest(text: string, filter: ItemFilter): Promise<Found> {
    const began = performance.now();
    const numbers: number[] = [];
    const portions = matches(ANYWHERE, text, filter);
    for (;;) {
      const { value, done } = await portions.next();
      if (done) return { numbers, capped: value, took: performance.now() - began };
      numbers.push(...value);
    }
  }

  /** Which of the newest matches belong to a better tier: few are asked one by one. */
  async function* betterOf(
    tier: Tier,
    text: string,
    filter: ItemFilter,
    all: Found,
  ): AsyncGenerator<readonly number[]> {
    if (all.numbers.length > FEW || all.took < LONG) return yield* matches(tier, text, filter);
    const query = queryOf(read, text, tier, filter);
    if (query) yield await index.among(query, all.numbers);
  }

  return {
    newest,
    async *ranked(text, filter) {
      const all = await newest(text, filter);
      if (all.numbers.length === 0) return;
      const given = new Set<number>();
      const fresh = (numbers: readonly number[]) =>
        numbers.filter(n => {
          const isFresh = !given.has(n);
          given.add(n);
          return isFresh;
        });
      for (const tier of BETTER)
        for await (const numbers of betterOf(tier, text, filter, all)) yield fresh(numbers);
      yield fresh(all.numbers);
    },
  };
}

const ANYWHERE = TIERS[3];
const BETTER = TIERS.slice(0, 3);

/** Growing windows from the newest block down, and all that is left. */
function windowsBelow(head: number): readonly Window[] {
  const windows: Window[] = [];
  let to = head;
  for (const blocks of WINDOWS) {
    if (to < 0) break;
    windows.push({ from: Math.max(0, to - blocks + 1), to });
    to -= blocks;
  }
  // What is left is looked through in parts too: a phrase of common words may take long in each.
  for (; to >= 0; to -= LEFT) windows.push({ from: Math.max(0, to - LEFT + 1), to });
  return windows;
}

const LEFT = 128;

function nextTurn(): Promise<number> {
  return new Promise(resolve => setImmediate(() => resolve(performance.now())));
}
