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
const FEW = 200;
const LONG = 100;
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
  /** Best rank first, newest first within one. */
  readonly numbers: readonly number[];
  /** There may be more. */
  readonly capped: boolean;
  /** Milliseconds it took. */
  readonly took: number;
}

export interface Finder {
  /** The newest matches, newest first. */
  newest(text: string, filter: ItemFilter): Promise<Found>;
  /** The same by rank: exact accents and title first. */
  ranked(text: string, filter: ItemFilter): Promise<Found>;
}

export function finder(index: FullText, read: ReadSearch): Finder {
  async function newestOf(tier: Tier, text: string, filter: ItemFilter): Promise<Found> {
    const query = queryOf(read, text, tier, filter);
    if (!query) return NOTHING;
    const numbers: number[] = [];
    const head = (await index.head()) >> BLOCK;
    const began = performance.now();
    let turn = began;
    for (const window of windowsBelow(head)) {
      numbers.push(...(await index.within(query, window, MATCHES - numbers.length)));
      if (numbers.length >= MATCHES) break;
      const at = performance.now();
      if (at - began > PATIENCE) return { numbers, capped: true, took: at - began };
      if (at - turn > TURN) turn = await nextTurn();
    }
    return { numbers, capped: numbers.length >= MATCHES, took: performance.now() - began };
  }

  /** Which of the newest matches belong to a better tier: few are asked one by one. */
  async function betterOf(
    tier: Tier,
    text: string,
    filter: ItemFilter,
    all: Found,
  ): Promise<readonly number[]> {
    if (all.numbers.length > FEW || all.took < LONG) return (await newestOf(tier, text, filter)).numbers;
    const query = queryOf(read, text, tier, filter);
    return query ? index.among(query, all.numbers) : [];
  }

  return {
    newest: (text, filter) => newestOf(ANYWHERE, text, filter),
    async ranked(text, filter) {
      const all = await newestOf(ANYWHERE, text, filter);
      if (all.numbers.length === 0) return all;
      const ranks: (readonly number[])[] = [];
      for (const tier of BETTER) ranks.push(await betterOf(tier, text, filter, all));
      return { ...all, numbers: [...new Set([...ranks.flat(), ...all.numbers])] };
    },
  };
}

const NOTHING: Found = { numbers: [], capped: false, took: 0 };
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
