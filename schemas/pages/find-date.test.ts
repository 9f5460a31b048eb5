import { describe, expect, it } from '@jest/globals';
import { readDate } from '../dates.ts';
import { toRfc3339 } from '../instant.ts';
import { findDate, isDateLine } from './find-date.ts';

const now = Date.parse('2026-11-27T03:00:00Z');

function told(text: string, order?: 'mdy'): string | undefined {
  const settings = order ? { order } : {};
  const found = findDate(text, { now, ...settings });
  const date = found && readDate(found.written, settings);
  if (!date) return undefined;
  return date.dateOnly ? toRfc3339(date.at).slice(0, 10) : toRfc3339(date.at).slice(0, 16);
}

describe('a date among other words', () => {
  it.each([
    ['Thứ Hai, 23/11/2026 | 08:30 GMT+7', '2026-11-23T08:30'],
    ['Thứ hai, ngày 23 tháng 11 năm 2026 08:30', '2026-11-23T08:30'],
    ['Cập nhật lúc 08:30, ngày 23/11/2026', '2026-11-23T08:30'],
    ['08:30 | 23/11/2026', '2026-11-23T08:30'],
    ['(08:30 - 23/11/2026)', '2026-11-23T08:30'],
    ['23/11/2026 2:30 CH', '2026-11-23T14:30'],
    ['T2, 23/11/2026 14h30', '2026-11-23T14:30'],
    ['Đăng ngày: 23/11/2026 - 1.234 lượt xem', '2026-11-23'],
    ['23-11-2026', '2026-11-23'],
    ['23.11.26', '2026-11-23'],
    ['Nov 23, 2026', '2026-11-23'],
    ['23 November 2026 5:30 PM', '2026-11-23T17:30'],
    ['2026-11-23T08:30:00+07:00', '2026-11-23T08:30'],
    ['2026-11-23T01:30:00.000Z', '2026-11-23T08:30'],
  ])('%s', (text, expected) => expect(told(text)).toBe(expected));

  it.each([
    ['vừa xong', '2026-11-27T10:00'],
    ['5 phút trước', '2026-11-27T09:55'],
    ['Đăng 2 giờ trước', '2026-11-27T08:00'],
    ['1 hour ago', '2026-11-27T09:00'],
    ['cách đây 3 tiếng', '2026-11-27T07:00'],
    ['Hôm nay, 08:15', '2026-11-27T08:15'],
    ['hôm qua', '2026-11-26'],
    ['Hôm qua lúc 14:05', '2026-11-26T14:05'],
    ['Hôm qua, 2h05 chiều', '2026-11-26T14:05'],
    ['Hôm qua 12:05 SA', '2026-11-26T00:05'],
    ['Hôm qua, 14:05Chính sách', '2026-11-26T14:05'],
    ['3 ngày trước', '2026-11-24'],
    ['1 tuần trước', '2026-11-20'],
  ])('counted back: %s', (text, expected) => expect(told(text)).toBe(expected));

  it.each([
    'Lượt xem: 230',
    'Điện thoại: 024.38.269.557',
    '5/2026/TT-BNV',
    '2 tháng trước',
    'Năm 2026',
    '{{date}}',
    '99/99/2026',
    'trước đây 2 người',
    '',
  ])('none: %s', text => expect(told(text)).toBeUndefined());

  it('heeds the order that the source writes in', () => {
    expect(told('11/3/2026 2:30 PM')).toBe('2026-03-11T14:30');
    expect(told('11/3/2026 2:30 PM', 'mdy')).toBe('2026-11-03T14:30');
  });

  it('tells a date line from a sentence that tells of a day', () => {
    const isLine = (text: string) =>
      isDateLine(text, findDate(text, { now }) ?? { written: '', relative: false, said: '' });
    expect(isLine('Thứ Hai, 23/11/2026 | 08:30 GMT+7 - 120 lượt xem')).toBe(true);
    expect(isLine('(23/11/2026)')).toBe(true);
    expect(isLine('2 giờ trước')).toBe(true);
    expect(isLine('Hội nghị ngày 01/02/2026 đã thống nhất.')).toBe(false);
  });
});
