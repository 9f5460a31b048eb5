import { aroundTime, timeFields, zoneIn } from './around.ts';
import { monthNamed } from './months.ts';
import { fullYear, type WrittenDate } from './written.ts';

/**
 * RFC 822, asctime and all that look like them, where the month has a name: `Sun, 22 Nov 2026 14:30 +0700`,
 * `Sun Jan  4 16:29:06 2004`, `22 tháng 11 năm 2026`. Day names are not looked at: they are wrong too often to be of use.
 */
export function namedMonthDate(text: string): WrittenDate | undefined {
  const { time, before, after } = aroundTime(text);
  const words = wordsOf(before);
  const month = words.findLastIndex(word => monthNamed(word) !== undefined);
  const found = month >= 0 ? { words, month } : inRest(after);
  if (!found) return undefined;
  const number = monthNamed(found.words[found.month] ?? '');
  const numbers = found.words.flatMap((word, at) => (at === found.month ? [] : (numberOf(word) ?? [])));
  // asctime puts the year last, after the time.
  const late = found.words === words ? /(?<![\d:+\-−.])\d{4}(?![\d:])/.exec(after)?.[0] : undefined;
  const dayAndYear = chosen(late ? [...numbers, late] : numbers);
  const zone = zoneIn(before, late ? after.replace(late, ' ') : after);
  if (number === undefined || !dayAndYear || zone === null) return undefined;
  return { ...dayAndYear, month: number, ...timeFields(time), ...(zone !== undefined && { zone }) };
}

/** `14:30, 22 tháng 11 năm 2026`: the date follows the time. */
function inRest(after: string): { words: string[]; month: number } | undefined {
  const words = wordsOf(after);
  const month = words.findIndex(word => monthNamed(word) !== undefined);
  return month < 0 ? undefined : { words, month };
}

const VIETNAMESE_MONTH = /(?<!\p{L})th(?:áng|ang|g)?\.? ?(\d{1,2})(?!\d)/giu;

function wordsOf(text: string): string[] {
  return text
    .replace(VIETNAMESE_MONTH, ' m$1 ')
    .split(/[\s,./|()-]+/)
    .filter(Boolean);
}

function numberOf(word: string): string | undefined {
  return /^(\d{1,4})(?:st|nd|rd|th)?$/i.exec(word)?.[1];
}

/** The first two numbers: one of four digits is the year, otherwise the day comes first. */
function chosen(numbers: readonly string[]): { day: number; year: number } | undefined {
  const [first, second] = numbers;
  if (first === undefined || second === undefined) return undefined;
  if (first.length >= 3) return { year: fullYear(first), day: Number(second) };
  const year = numbers.find(number => number.length === 4) ?? second;
  return { day: Number(first), year: fullYear(year) };
}
