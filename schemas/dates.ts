import { countedDate } from './dates/counted.ts';
import { isoDate } from './dates/iso.ts';
import { namedMonthDate } from './dates/named-month.ts';
import { numberDate } from './dates/numbers.ts';
import type { Known, Reading, WrittenDate } from './dates/written.ts';
import { yearlessDate } from './dates/yearless.ts';
import { zoneOffset } from './dates/zones.ts';
import type { Instant } from './instant.ts';
import type { DateSettings } from './source.ts';

export interface ReadDate {
  readonly at: Instant;
  /** The text, or a setting that replaces it, says the zone. */
  readonly zoned: boolean;
  readonly dateOnly: boolean;
  /** What had to be assumed or put right, for people. */
  readonly repaired?: string;
}

const MAX_LENGTH = 120;
const MINUTE = 60_000;

/**
 * A date as any site writes it: RFC 822 and its broken forms, RFC 3339, W3CDTF, ISO 8601 weeks and day numbers, and the
 * Vietnamese ways (`Chủ nhật, 22/11/2026 - 14:30 (GMT+7)`). The source's settings decide what the text doesn't say:
 * the order of day and month, the zone; `now` gives the year where none is written. `force` replaces even a zone that is said. Undefined when it can't be read.
 */
export function readDate(raw: string, settings: Known = {}): ReadDate | undefined {
  const text = tidy(raw);
  if (!text || text.length > MAX_LENGTH) return undefined;
  const written = firstReading(text, settings);
  if (!written || !isPossible(written)) return undefined;
  const zone = zoneOf(written, settings);
  if (!zone) return undefined;
  const at = instantOf(written) - zone.minutes * MINUTE;
  if (!Number.isFinite(at) || Math.abs(at) > 8.64e15) return undefined;
  const repaired = [written.repaired, zone.repaired].filter(note => note !== undefined).join(' ');
  return { at, zoned: zone.zoned, dateOnly: written.hour === undefined, ...(repaired && { repaired }) };
}

const READERS: readonly Reading[] = [countedDate, isoDate, namedMonthDate, numberDate, yearlessDate];

function firstReading(text: string, settings: Known): WrittenDate | undefined {
  for (const read of READERS) {
    const written = read(text, settings);
    if (written) return written;
  }
  return undefined;
}

function tidy(raw: string): string {
  return raw.slice(0, 1_000).normalize('NFC').replace(/\s+/g, ' ').trim();
}

function isPossible({ year, month, day, hour = 0, minute = 0, second = 0 }: WrittenDate): boolean {
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth;
  const isTime =
    minute <= 59 && second <= 61 && (hour <= 23 || (hour === 24 && minute === 0 && second === 0));
  return isDay && isTime && year >= 1 && year <= 9999;
}

function instantOf({
  year,
  month,
  day,
  hour = 0,
  minute = 0,
  second = 0,
  millisecond = 0,
}: WrittenDate): Instant {
  const midnight = new Date(0);
  midnight.setUTCFullYear(year, month - 1, day);
  return midnight.getTime() + ((hour * 60 + minute) * 60 + second) * 1000 + millisecond;
}

interface Zone {
  readonly minutes: number;
  readonly zoned: boolean;
  readonly repaired?: string;
}

function zoneOf(written: WrittenDate, settings: DateSettings): Zone | undefined {
  const forced = settings.force === undefined ? undefined : zoneOffset(settings.force);
  if (forced !== undefined) return { minutes: forced, zoned: true };
  if (written.zone !== undefined) {
    const minutes = zoneOffset(written.zone);
    return minutes === undefined ? undefined : { minutes, zoned: true };
  }
  const assumed = zoneOffset(settings.zone ?? '+07:00') ?? 7 * 60;
  return { minutes: written.impliedZone ?? assumed, zoned: false };
}
