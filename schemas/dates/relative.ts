import type { Instant } from '../instant.ts';
import { clockTime } from './clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const HANOI = 7 * HOUR;

const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:giây|s)/, 1000],
  [/^(?:phút|m)/, MINUTE],
  [/^(?:giờ|tiếng|h)/, HOUR],
  [/^(?:ngày|d)/, DAY],
  [/^(?:tuần|w)/, 7 * DAY],
];
const NUMBERS: Readonly<Record<string, number>> = { một: 1, hai: 2, ba: 3, a: 1, an: 1, one: 1 };

const COUNTED =
  /(?<![\p{L}\d])(?:cách đây )?(\d{1,3}|một|hai|ba|an?|one) (giây|phút|giờ|tiếng|ngày|tuần|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?)(?: trước| ago)(?!\p{L})/iu;
const SINCE = /(?<!\p{L})cách đây (\d{1,3}) (giây|phút|giờ|tiếng|ngày|tuần)(?!\p{L})/iu;
const NAMED = /(?<!\p{L})(hôm nay|hôm qua|hôm kia|today|yesterday)(?!\p{L})/iu;
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
  // Words of the next element may stand right behind: `14:05Chính sách`.
  const time = clockTime(text.replace(/\d(?=\p{Lu})/gu, '$& '));
  if (!time || time.hour > 23 || time.minute > 59) return { written: day, said: name };
  return { written: `${day}T${twoDigits(time.hour)}:${twoDigits(time.minute)}:00+07:00`, said: name };
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

function toMinute(at: Instant): string {
  return `${new Date(at + HANOI).toISOString().slice(0, 16)}:00+07:00`;
}

function toDay(at: Instant): string {
  return new Date(at + HANOI).toISOString().slice(0, 10);
}
