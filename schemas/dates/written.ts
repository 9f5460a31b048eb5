import type { Instant } from '../instant.ts';
import type { DateSettings } from '../source.ts';

/** A date as its text says it, before anyone knows whether such a day exists. */
export interface WrittenDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  /** Absent: the text gives a day only. */
  readonly hour?: number;
  readonly minute?: number;
  readonly second?: number;
  readonly millisecond?: number;
  /** As written; absent when the text says none. */
  readonly zone?: string;
  /** Minutes east of Greenwich that the language of the text implies. */
  readonly impliedZone?: number;
  readonly repaired?: string;
}

/** What the text doesn't say: the source's settings, and when it was read. */
export interface Known extends DateSettings {
  readonly now?: Instant;
}

/** One way of writing dates; undefined when the text isn't written that way. */
export type Reading = (text: string, known: Known) => WrittenDate | undefined;

/** RFC 2822, 4.3: two digits up to 49 are in this century; three digits count from 1900. */
export function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length === 2) return year < 50 ? 2000 + year : 1900 + year;
  if (digits.length === 3) return 1900 + year;
  return year;
}
