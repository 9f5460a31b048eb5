import { CodedError } from '../../schemas/errors.ts';
import type { CheckSettings } from '../../schemas/federation.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Buckets } from '../http/buckets.ts';
import { Tallies } from '../http/tallies.ts';
import { networkOf } from '../http/usage.ts';
import type { CheckReport } from './report.ts';

/** Milliseconds a report is good for whoever asks the same. */
const KEPT = 60_000;
const MOST_KEPT = 50;
const MOST_NAMES = 20_000;
/** Milliseconds after which a place is likely free again. */
const SOON = 15_000;

interface Kept {
  readonly at: Instant;
  readonly report: Promise<CheckReport>;
}

/** Who may have a check made, and how many run at one time. */
export class CheckGate {
  readonly #settings: CheckSettings;
  readonly #now: () => Instant;
  readonly #addresses: Buckets;
  readonly #sites: Buckets;
  readonly #all: Buckets;
  readonly #kept = new Map<string, Kept>();
  #running = 0;

  constructor(settings: CheckSettings, now: () => Instant, tallies = new Tallies()) {
    this.#settings = settings;
    this.#now = now;
    this.#addresses = tallies.buckets('check by address', MOST_NAMES);
    this.#sites = tallies.buckets('check by site', MOST_NAMES);
    this.#all = tallies.buckets('check in all', 1);
  }

  /** The report, made now or within the last minute. Throws RATE_LIMITED. */
  async pass(
    ask: { readonly from: string | undefined; readonly site: string; readonly key: string },
    make: () => Promise<CheckReport>,
  ): Promise<CheckReport> {
    const now = this.#now();
    const known = this.#kept.get(ask.key);
    if (known && now - known.at < KEPT) return known.report;
    this.#limit(ask, now);
    this.#running += 1;
    const report = make().finally(() => {
      this.#running -= 1;
    });
    this.#keep(ask.key, { at: now, report });
    return report;
  }

  #limit({ from, site }: { readonly from: string | undefined; readonly site: string }, now: Instant): void {
    const { perAddress, perSite, inAll, concurrency } = this.#settings;
    // Before any quota: who finds the house full has used nothing up.
    if (this.#running >= concurrency) throw tooMany(SOON);
    const wait =
      this.#addresses.take(networkOf(from ?? ''), perAddress, now) ||
      this.#sites.take(site, perSite, now) ||
      this.#all.take('all', inAll, now);
    if (wait > 0) throw tooMany(wait);
  }

  #keep(key: string, kept: Kept): void {
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    // What failed is asked anew.
    kept.report.catch(() => {
      if (this.#kept.get(key) === kept) this.#kept.delete(key);
    });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) break;
      this.#kept.delete(oldest);
    }
  }
}

function tooMany(wait: number): CodedError {
  const retryAfter = Math.max(1, Math.ceil(wait / 1_000));
  return new CodedError('RATE_LIMITED', `Too many checks; the next one in ${retryAfter} s.`, {
    data: { retryAfter, vi: `Đang có quá nhiều lượt kiểm tra; xin thử lại sau ${retryAfter} giây.` },
  });
}
