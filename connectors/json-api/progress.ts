import type { Instant } from '../../schemas/instant.ts';
import type { Validators } from '../connector.ts';
import type { Checkpoint, Place, Run } from './checkpoint.ts';
import type { JsonApiOptions } from './options.ts';
import type { Page } from './pages.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Keeps a checkpoint under 16 KB. */
const MOST_DIGESTS = 500;

/** How far a run is: from the checkpoint before it to the one after. */
export class Progress {
  readonly run: Run;
  readonly #before: Checkpoint;
  readonly #options: JsonApiOptions;
  /** Picked up half-way: what it lists is not everything. */
  readonly #resumed: boolean;
  readonly #digests: string[] = [];
  #newest: Instant | undefined;

  constructor(before: Checkpoint, options: JsonApiOptions, now: Instant) {
    this.#before = before;
    this.#options = options;
    this.#resumed = before.run !== undefined;
    this.run = before.run ?? startRun(before, options, now);
    this.#newest = this.run.newest;
  }

  /** Only where one page is all does its being unchanged mean that nothing changed. */
  get validators(): Validators | undefined {
    const { validators } = this.#before;
    if (this.#options.paging !== undefined || this.run.kind !== 'all' || validators === undefined)
      return undefined;
    const { etag, lastModified } = validators;
    return { ...(etag !== undefined && { etag }), ...(lastModified !== undefined && { lastModified }) };
  }

  /** Notes a page; true when it is the same, byte for byte, as in the last list, and so already stored. */
  take({ number, reading: { newest, digest } }: Page, now: Instant): boolean {
    // A date in the future would make the site's later changes invisible.
    const known = newest === undefined ? undefined : Math.min(newest, now);
    if (known !== undefined) this.#newest = Math.max(this.#newest ?? known, known);
    this.#digests.push(digest);
    return this.#whole && this.#before.digests?.[number - 1] === digest;
  }

  /** The checkpoint to go on from at this place. */
  at(place: Place | undefined): Checkpoint {
    const run = { ...this.run, ...(place !== undefined && { at: place }), ...mark(this.#newest) };
    return { ...this.#before, run };
  }

  /** Is this the last page of a list of everything that this source has? */
  listedAll({ last, cut, repeat }: Page): boolean {
    return this.#options.complete && this.#whole && last && !cut && repeat !== 'stuck';
  }

  /** The checkpoint after the last page. Without `since` it only changes with the site, and so costs no writing. */
  done({ number, answer }: Page, now: Instant): Checkpoint {
    const { run: _run, validators: _validators, ...rest } = this.#before;
    const { since, complete, paging } = this.#options;
    const all = this.run.kind === 'all';
    const listed = this.#resumed && complete ? 0 : now;
    return {
      ...rest,
      ...(since && mark(this.#newest ?? this.#before.newest)),
      ...(since && all && { listed, pages: number }),
      ...(all && { digests: this.#resumed ? [] : this.#digests.slice(0, MOST_DIGESTS) }),
      ...(paging === undefined && { validators: answer.validators }),
    };
  }

  get #whole(): boolean {
    return this.run.kind === 'all' && !this.#resumed;
  }
}

function startRun(before: Checkpoint, { since, complete }: JsonApiOptions, now: Instant): Run {
  const wait = complete ? Math.min(6 * HOUR, Math.max(HOUR, (before.pages ?? 1) * 2 * MINUTE)) : DAY;
  const overdue = before.listed === undefined || now - before.listed >= wait;
  if (!since || before.newest === undefined || overdue) return { kind: 'all' };
  return { kind: 'since', from: before.newest };
}

function mark(newest: Instant | undefined): { newest?: Instant } {
  return newest === undefined ? {} : { newest };
}
