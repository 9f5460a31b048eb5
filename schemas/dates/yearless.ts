import { aroundTime, timeFields, zoneIn } from './around.ts';
import type { Known, WrittenDate } from './written.ts';

const DAY = 24 * 60 * 60 * 1000;
const DAY_AND_MONTH = /(?<![\d/.:+-])(\d{1,2})[/-](\d{1,2})(?![\d/.:-])/;

/** `14:30, 22/11`: the year that makes it the latest such day that isn't ahead of us. Only with a time beside it. */
export function yearlessDate(text: string, { now, order }: Known): WrittenDate | undefined {
  const { time, before, after } = aroundTime(text);
  const match = DAY_AND_MONTH.exec(`${before} ${after}`);
  if (!time || !match || now === undefined) return undefined;
  const [whole, first = '', second = ''] = match;
  const rest = after.replace(whole, ' ');
  const zone = zoneIn(before.replace(whole, ' '), rest);
  if (zone === null) return undefined;
  const isMonthFirst = order === 'mdy' || order === 'ymd';
  const [day, month] = isMonthFirst ? [Number(second), Number(first)] : [Number(first), Number(second)];
  const thisYear = new Date(now + DAY).getUTCFullYear();
  const isAhead = Date.UTC(thisYear, month - 1, day) > now + DAY;
  return {
    year: isAhead ? thisYear - 1 : thisYear,
    month,
    day,
    ...timeFields(time),
    ...(zone !== undefined && { zone }),
    repaired: 'Ngày không có năm: lấy năm gần nhất.',
  };
}
