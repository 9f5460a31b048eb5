import type { DateSettings } from '../source.ts';
import { fullYear, type WrittenDate } from './written.ts';

const TIME =
  /^(\d{1,2})(?::?(\d{1,2})(?::?(\d{1,2})(?:[.,](\d{1,9}))?)?)? ?(z|utc?|gmt|[+\-−]\d{1,2}(?::?\d{2})?|[a-z]{2,5})?$/i;

type Day = Pick<WrittenDate, 'year' | 'month' | 'day'>;

/** RFC 3339 and W3CDTF, and what ISO 8601 allows besides: basic form, weeks, day numbers, years without a century. */
export function isoDate(text: string, { order }: DateSettings): WrittenDate | undefined {
  const { day: written, time } = split(text);
  const day = dayOf(written, order);
  if (!day) return undefined;
  if (time === '') return day;
  const clock = timeOf(time);
  return clock && { ...day, ...clock };
}

function split(text: string): { day: string; time: string } {
  const at = /^[-+\dW]+(?:[tT]| (?=\d))/.exec(text)?.[0].length;
  if (at === undefined) {
    const zoned = /^(\d{4}-\d\d-\d\d) ?(z)$/i.exec(text);
    return zoned ? { day: zoned[1] ?? '', time: `00:00${zoned[2]}` } : { day: text, time: '' };
  }
  return { day: text.slice(0, at - 1), time: text.slice(at) };
}

function timeOf(text: string): Partial<WrittenDate> | undefined {
  const match = TIME.exec(text);
  if (!match) return undefined;
  const [, hour, minute, second, fraction, zone] = match;
  return {
    hour: Number(hour),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    millisecond: fraction ? Math.floor(Number(`0.${fraction}`) * 1000) : 0,
    ...(zone && { zone }),
  };
}

function dayOf(text: string, order: DateSettings['order']): Day | undefined {
  const isShort = order === undefined || order === 'ymd';
  return calendarDay(text) ?? weekDay(text) ?? numberedDay(text) ?? (isShort ? shortDay(text) : undefined);
}

function calendarDay(text: string): Day | undefined {
  const match = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (!match) return undefined;
  return { year: Number(match[1]), month: Number(match[2] ?? 1), day: Number(match[3] ?? 1) };
}

/** `2026-W47-7`: the week with the year's first Thursday is number 1. */
function weekDay(text: string): Day | undefined {
  const match = /^(\d{4})-?W(\d{2})(?:-?([1-7]))?$/.exec(text);
  if (!match) return undefined;
  const [, year, week, day = '1'] = match;
  const fourth = Date.UTC(Number(year), 0, 4);
  const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY;
  return toDay(monday + ((Number(week) - 1) * 7 + Number(day) - 1) * DAY);
}

/** `2003-335`: the 335th day of the year. */
function numberedDay(text: string): Day | undefined {
  const match = /^(\d{4})-?(\d{3})$/.exec(text) ?? /^(\d{2})-?(\d{3})$/.exec(text);
  const number = Number(match?.[2]);
  if (!match || number < 1 || number > 366) return undefined;
  return toDay(Date.UTC(fullYear(match[1] ?? ''), 0, number));
}

/** ISO 8601:1988's `03-12-31`, `031231` and `-03-12`; a number over 12 in the middle is another way of writing. */
function shortDay(text: string): Day | undefined {
  const whole = /^(\d{2})-(\d{2})-(\d{2})$/.exec(text) ?? /^(\d{2})(\d{2})(\d{2})$/.exec(text);
  const month = /^-(\d{2})-?(\d{2})$/.exec(text);
  const match = whole ?? month;
  if (!match || Number(match[2]) > 12) return undefined;
  return { year: fullYear(match[1] ?? ''), month: Number(match[2]), day: Number(match[3] ?? 1) };
}

const DAY = 24 * 60 * 60 * 1000;

function toDay(at: number): Day {
  const date = new Date(at);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
