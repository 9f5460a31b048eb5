import type { Instant } from '../../schemas/instant.ts';
import type { Quota } from '../store/keys.ts';

interface Bucket {
  /** Requests that may be made at once. */
  left: number;
  at: Instant;
}

/** Token buckets by name: each fills evenly up to its quota and is emptied by one a request. */
export class Buckets {
  readonly #kept = new Map<string, Bucket>();
  readonly #most: number;

  /** `most`: names remembered; the one least lately seen is forgotten first, as if it had never asked. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Takes one. 0 when there was one, else the milliseconds until there is. */
  take(name: string, { requests, per }: Quota, now: Instant): number {
    const known = this.#kept.get(name) ?? { left: requests, at: now };
    const filled = Math.min(requests, known.left + (Math.max(0, now - known.at) * requests) / per);
    const taken = filled >= 1;
    this.#kept.delete(name);
    this.#kept.set(name, { left: taken ? filled - 1 : filled, at: now });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > this.#most && oldest !== undefined) this.#kept.delete(oldest);
    return taken ? 0 : Math.ceil(((1 - filled) * per) / requests);
  }
}
