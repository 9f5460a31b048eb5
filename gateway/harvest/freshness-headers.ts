import type { Instant } from '../../schemas/instant.ts';

type Headers = Readonly<Record<string, string>>;

const DAY = 24 * 60 * 60 * 1000;
/** A site that wants to be left alone for longer is asked once a day all the same. */
const LONGEST_WAIT = DAY;
const LONGEST_AGE = 365 * DAY;

/**
 * `Retry-After` in milliseconds, as seconds or as a date (RFC 9110, 10.2.3). A date is measured from the answer's
 * own `Date`, because a site whose clock is hours off means its own clock.
 */
export function retryAfter(headers: Headers, now: Instant): number | undefined {
  const value = headers['retry-after']?.trim();
  if (!value) return undefined;
  if (/^\d{1,12}$/.test(value)) return Math.min(Number(value) * 1000, LONGEST_WAIT);
  const until = httpDate(value);
  if (until === undefined) return undefined;
  return Math.min(Math.max(until - ownClock(headers, now), 0), LONGEST_WAIT);
}

/** Milliseconds the answer stays fresh by `Cache-Control: max-age` less `Age`, or else `Expires`. */
export function freshFor(headers: Headers, now: Instant): number | undefined {
  const control = headers['cache-control']?.toLowerCase() ?? '';
  if (/(?:^|[,\s])no-(?:cache|store)(?:$|[,\s])/.test(control)) return 0;
  const seconds = /(?:^|[,\s])max-age="?(\d{1,12})/.exec(control)?.[1];
  if (seconds !== undefined) {
    const age = /^\d{1,12}$/.test(headers.age ?? '') ? Number(headers.age) : 0;
    return within((Number(seconds) - age) * 1000);
  }
  if (headers.expires === undefined) return undefined;
  // "especially the value "0", as representing a time in the past" (RFC 9111, 5.3).
  return within((httpDate(headers.expires) ?? 0) - ownClock(headers, now));
}

function within(milliseconds: number): number {
  return Math.min(Math.max(milliseconds, 0), LONGEST_AGE);
}

function ownClock(headers: Headers, now: Instant): Instant {
  return httpDate(headers.date ?? '') ?? now;
}

/** `Mon, 23 Nov 2026 08:30:00 GMT`; `Date.parse` alone takes `-1` for a date too. */
function httpDate(text: string): Instant | undefined {
  const at = /[a-z]{3}/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}
