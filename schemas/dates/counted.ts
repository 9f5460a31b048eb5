import type { WrittenDate } from './written.ts';

/** Seconds or milliseconds since 1970, as programs write them, and `20261122143000` without any mark between. */
export function countedDate(text: string): WrittenDate | undefined {
  if (/^\d{10}$/.test(text)) return fromInstant(Number(text) * 1000);
  if (/^\d{13}$/.test(text)) return fromInstant(Number(text));
  const match = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(text);
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  return { year, month, day, hour, minute, second };
}

function fromInstant(at: number): WrittenDate {
  const date = new Date(at);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
    zone: 'Z',
  };
}
