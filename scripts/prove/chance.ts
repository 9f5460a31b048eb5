/** Chance that can be told again: the same seed gives the same run, as far as the machine lets it. */
export interface Chance {
  /** A whole number from 0 up to `below`, which is never reached. */
  below(below: number): number;
  /** True so often. */
  comes(share: number): boolean;
  one<T>(of: readonly T[]): T;
}

/** A linear congruential generator (Numerical Recipes). */
export function startChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return {
    below: below => Math.floor(next() * below),
    comes: share => next() < share,
    one<T>(of: readonly T[]): T {
      const found = of[Math.floor(next() * of.length)];
      if (found === undefined) throw new Error('nothing to choose from');
      return found;
    },
  };
}
