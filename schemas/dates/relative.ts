import type { Instant } from '../instant.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const HANOI = 7 * HOUR;

const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:giây|giay|seconds?|secs?)$/, 1000],
  [/^(?:phút|phut|minutes?|mins?)$/, MINUTE],
  [/^(?:giờ|gio|tiếng|hours?|hrs?)$/, HOUR],
  [/^(?:ngày|ngay|days?)$/, DAY],
  [/^(?:tuần|tuan|weeks?)$/, 7 * DAY],
];
const NUMBERS: Readonly<Record<string, number>> = { một: 1, hai: 2, ba: 3, a: 1, an: 1, one: 1 };

const COUNTED =
  /(?<![\p{L}\d])(?:cách đây )?(\d{1,3}|một|hai|ba|an?|one) (giây|phút|giờ|tiếng|ngày|tuần|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?)(?: trước| ago)(?!\p{L})/iu;
const SINCE = /(?<!\p{L})cách đây (\d{1,3}) (giây|phút|giờ|tiếng|ngày|tuần)(?!\p{L})/iu;
const NAMED = /(?<!\p{L})(hôm nay|hôm qua|hôm kia|today|yesterday)(?!\p{L})/iu;
const CLOCK = /(?<!\d)(\d{1,2}) ?(?::|h|g|giờ) ?(\d{2})(?!\d)(?: ?(am|pm|sa|ch)(?!\p{L}))?/iu;
const JUST = /(?<!\p{L})(?:vừa xong|vừa mới|vừa đăng|mới đây|just now)(?!\p{L})/iu;

/**
 * `2 giờ trước`, `hôm qua lúc 14:05`, `3 ngày trước`, `vừa xong`, as a date that means the same later. Days and weeks ago
 * are days without a time, because no time is told; months and years ago tell no day at all, so they are no date here.
 * Hanoi's days.
 */
export function relativeDate(text: string, now: Instant): { written: string; said: string } | undefined {
  const counted = COUNTED.exec(text) ?? SINCE.exec(text);
  if (counted) {
    const [whole, number = '', unit = ''] = counted;
    const size = UNITS.find(([name]) => name.test(unit.toLowerCase()))?.[1];
    const count = NUMBERS[number.toLowerCase()] ?? Number(number);
    if (size === undefined || !Number.isFinite(count)) return undefined;
    const at = now - count * size;
    return { written: size < DAY ? toMinute(at) : toDay(at), said: whole };
  }
  const named = NAMED.exec(text);
  if (named) return namedDay(named[0], text, now);
  const just = JUST.exec(text);
  return just ? { written: toMinute(now), said: just[0] } : undefined;
}

function namedDay(name: string, text: string, now: Instant): { written: string; said: string } {
  const back = /nay|today/i.test(name) ? 0 : /kia/i.test(name) ? 2 : 1;
  const day = toDay(now - back * DAY);
  const [clock, hours = '', minutes = '', half = ''] = CLOCK.exec(text) ?? [];
  const late = /^(?:pm|ch)$/i.test(half) && Number(hours) < 12 ? 12 : 0;
  const hour = Number(hours) + late;
  if (clock === undefined || hour > 23 || Number(minutes) > 59) return { written: day, said: name };
  const written = `${day}T${String(hour).padStart(2, '0')}:${minutes}:00+07:00`;
  return { written, said: name };
}

function toMinute(at: Instant): string {
  return `${new Date(at + HANOI).toISOString().slice(0, 16)}:00+07:00`;
}

function toDay(at: Instant): string {
  return new Date(at + HANOI).toISOString().slice(0, 10);
}
