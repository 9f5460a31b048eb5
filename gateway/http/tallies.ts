import { Buckets } from './buckets.ts';

/**
 * What is counted of who asks. One for the process; each replica counts for itself. A reload builds routes and their limits
 * anew and forgets nothing here: a quota that is used up stays used up.
 */
export class Tallies {
  readonly #buckets = new Map<string, Buckets>();
  readonly #counts = new Map<string, Map<string, number>>();

  /** The buckets of one limit. `most`: names remembered. */
  buckets(limit: string, most: number): Buckets {
    const kept = this.#buckets.get(limit) ?? new Buckets(most);
    this.#buckets.set(limit, kept);
    return kept;
  }

  /** Numbers by name, for whoever asks to count in. */
  counts(what: string): Map<string, number> {
    const kept = this.#counts.get(what) ?? new Map<string, number>();
    this.#counts.set(what, kept);
    return kept;
  }
}
