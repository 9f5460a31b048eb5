import type { DateSettings } from '../source.ts';
import { aroundTime, timeFields, zoneIn } from './around.ts';
import { fullYear, type WrittenDate } from './written.ts';

const MARKED = /(?<!\d)(\d{1,4}) ?[/.\-–] ?(\d{1,2}) ?[/.\-–] ?(\d{4}|\d{2})(?!\d)/;
const EAST_ASIAN = /(?<!\d)(\d{4}) ?[년年][, ]{0,2}(\d{1,2}) ?[월月] ?(\d{1,2}) ?[일日]/;
const KOREAN = /[\u3131-\u318e\uac00-\ud7a3]/;
const KOREAN_ZONE = 9 * 60;

/**
 * All numbers: `22/11/2026 14:30`, `Chủ nhật, 22/11/2026 - 14:30 (GMT+7)`, `14:30 | 22/11/2026`, SharePoint's
 * `11/22/2026 2:30 PM`, `2006/09/15 08:19:53 EDT`. The order is the source's; only a number over 12 overrules it.
 */
export function numberDate(text: string, settings: DateSettings): WrittenDate | undefined {
  const { time, before, after } = aroundTime(text);
  const inBefore = findDay(before);
  const day = inBefore ?? findDay(after);
  if (!day) return undefined;
  const restBefore = inBefore ? without(before, day) : before;
  const restAfter = inBefore ? after : without(after, day);
  const zone = zoneIn(restBefore, restAfter);
  if (zone === null || hasStrayNumbers(restBefore, restAfter, zone)) return undefined;
  const ordered = inOrder(day.numbers, settings.order);
  return {
    ...ordered,
    ...timeFields(time),
    ...(zone !== undefined && { zone }),
    ...(KOREAN.test(text) && { impliedZone: KOREAN_ZONE }),
  };
}

interface FoundDay {
  readonly numbers: readonly [string, string, string];
  readonly start: number;
  readonly end: number;
}

function findDay(text: string): FoundDay | undefined {
  const match = EAST_ASIAN.exec(text) ?? MARKED.exec(text);
  if (!match) return undefined;
  const [whole, first = '', second = '', third = ''] = match;
  return { numbers: [first, second, third], start: match.index, end: match.index + whole.length };
}

function without(text: string, { start, end }: FoundDay): string {
  return `${text.slice(0, start)} ${text.slice(end)}`;
}

/** Numbers that belong to nothing mean that the text says something else than we think. */
function hasStrayNumbers(before: string, after: string, zone: string | undefined): boolean {
  const rest = `${before} ${after}`.replace(/(gmt|utc?) (?=[+\-−–]\d)/gi, '$1');
  return /\d/.test(zone === undefined ? rest : rest.replace(zone, ' '));
}

type Day = Pick<WrittenDate, 'year' | 'month' | 'day' | 'repaired'>;

function inOrder([first, second, third]: FoundDay['numbers'], order: DateSettings['order']): Day {
  if (first.length >= 3 || order === 'ymd') return yearFirst(first, second, third);
  const year = fullYear(third);
  const [a, b] = [Number(first), Number(second)];
  const isMonthFirst = a > 12 ? false : b > 12 ? true : order === 'mdy';
  const guessed = (order ?? 'dmy') !== (isMonthFirst ? 'mdy' : 'dmy');
  return {
    year,
    month: isMonthFirst ? a : b,
    day: isMonthFirst ? b : a,
    ...(guessed && {
      repaired: isMonthFirst ? 'Đọc theo thứ tự tháng/ngày.' : 'Đọc theo thứ tự ngày/tháng.',
    }),
  };
}

function yearFirst(first: string, second: string, third: string): Day {
  const [month, day] = [Number(second), Number(third)];
  if (month > 12 && day <= 12) {
    return { year: fullYear(first), month: day, day: month, repaired: 'Đọc theo thứ tự năm/ngày/tháng.' };
  }
  return { year: fullYear(first), month, day };
}
