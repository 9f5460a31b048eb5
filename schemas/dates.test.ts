import { describe, expect, it } from '@jest/globals';
import { readDate } from './dates.ts';

const iso = (raw: string, settings = {}) => {
  const read = readDate(raw, settings);
  return read && new Date(read.at).toISOString().replace('.000Z', 'Z');
};

describe('readDate: half past two on 22 November 2026, in Hanoi', () => {
  it.each([
    '22/11/2026 14:30',
    'Chủ nhật, 22/11/2026 - 14:30 (GMT+7)',
    'CN, 22/11/2026 - 14:30 (GMT+7)',
    '14:30 | 22/11/2026',
    '14:30 22/11/2026',
    '22/11/2026 02:30 CH',
    '22/11/2026 2:30:00 Chiều',
    '11/22/2026 2:30 PM',
    '22-11-2026 14:30 +07:00',
    '22.11.2026, 14h30',
    '14h30 ngày 22/11/2026',
    '14 giờ 30 phút, ngày 22 tháng 11 năm 2026',
    'Chủ Nhật, ngày 22 tháng 11 năm 2026, 14:30',
    '22 Tháng 11, 2026 14:30',
    '2026-11-22T14:30:00+07:00',
    '2026-11-22T14:30:00+0700',
    '2026-11-22T07:30:00Z',
    '2026-11-22 14:30:00',
    '2026-11-22T14:30',
    '20261122T143000+07',
    '20261122143000',
    '2026/11/22 14:30',
    '2026-W47-7T14:30',
    '2026-326T14:30',
    'Sun, 22 Nov 2026 14:30:00 +0700',
    'Sun, 22 Nov 2026 14:30:00 GMT+7',
    'Sun, 22 Nov 2026 14:30:00 GMT +7',
    'Sun, 22 Nov 2026 14:30:00 GMT+0700 (Indochina Time)',
    'Sun, 22 Nov 2026 14:30:00 ICT',
    'Sunday, 22 November 2026 14:30:00 +07:00',
    'Mon, 22 Nov 26 07:30 GMT',
    '22 Nov 2026 14:30 +0700',
    'Nov 22, 2026 at 2:30 pm',
    'Sun Nov 22 14:30:00 2026',
    'Sun Nov 22 07:30:00 +0000 2026',
    'Sun, 22 Nov 2026 02:30:00 EST',
    '1795332600',
    '1795332600000',
  ])('%s', raw => {
    expect(iso(raw)).toBe('2026-11-22T07:30:00Z');
  });
});

it.each(['2 pm, Nov 22, 2026', 'Nov 22, 2026 2 p.m.'])('reads %j as two in the afternoon', raw => {
  expect(iso(raw)).toBe('2026-11-22T07:00:00Z');
});

it('takes the letters of a word for no half of the day', () => {
  expect(iso('22/11/2026, 3 amấ')).toBeUndefined();
});

describe('readDate in other tongues', () => {
  it.each([
    ['Κυρ, 11 Ιούλ 2004 12:00:00 EST', '2004-07-11T17:00:00Z'],
    ['2004-július-13T9:15-05:00', '2004-07-13T14:15:00Z'],
    ['2004년 05월 28일 01:31:15', '2004-05-27T16:31:15Z'],
    ['2004-05-25 오후 11:23:17', '2004-05-25T14:23:17Z'],
  ])('%s', (raw, at) => {
    expect(iso(raw)).toBe(at);
  });
});

describe('readDate refuses what names no day', () => {
  it.each([
    '',
    'hôm qua',
    '32/13/2026',
    '30/02/2026',
    '2026-02-30T10:00:00Z',
    '22/11/2026 25:00',
    'Sun, 16 zzz 2012 11:47:32 GMT',
    'Sun, Dec x 2012 11:47:32 GMT',
    'Sun, 16 Dec 2012 11:47:32 +zz:00',
    '9999-12-31T23:59:59-99:99',
    '2013-01-28T09:xx:00Z',
    '1.2.3.4',
    'x'.repeat(200),
    '1 '.repeat(60),
  ])('%s', raw => {
    expect(readDate(raw)).toBeUndefined();
  });
});

describe('readDate by the source’s settings', () => {
  it.each([
    ['day first, unless said', '05/06/2026 10:00', {}, '2026-06-05T03:00:00Z'],
    ['month first', '05/06/2026 10:00', { order: 'mdy' }, '2026-05-06T03:00:00Z'],
    ['a number over 12 overrules', '22/11/2026 10:00', { order: 'mdy' }, '2026-11-22T03:00:00Z'],
    ['the zone of dates without one', '2026-11-22T14:30', { zone: 'UTC' }, '2026-11-22T14:30:00Z'],
    ['a zone that is said stays', '2026-11-22T14:30Z', { zone: '+07:00' }, '2026-11-22T14:30:00Z'],
    ['local time labelled GMT', 'Sun, 22 Nov 2026 14:30:00 GMT', { force: '+07:00' }, '2026-11-22T07:30:00Z'],
    ['UTC labelled +0700', 'Sun, 22 Nov 2026 07:30:00 +0700', { force: 'UTC' }, '2026-11-22T07:30:00Z'],
  ])('%s', (_name, raw, settings, at) => {
    expect(iso(raw, settings)).toBe(at);
  });

  it('takes the latest year where none is written, and none when it isn’t told the time', () => {
    const now = Date.UTC(2026, 10, 23);
    expect(iso('14:30, 22/11', { now })).toBe('2026-11-22T07:30:00Z');
    expect(iso('31/12 - 14:30', { now })).toBe('2025-12-31T07:30:00Z');
    expect(iso('14:30, 22/11')).toBeUndefined();
  });

  it.each([
    ['22/11/2026', { zoned: false, dateOnly: true }],
    ['2026-11-22T00:00:00Z', { zoned: true, dateOnly: false }],
    ['11/22/2026 10:00', { zoned: false, repaired: expect.stringContaining('tháng/ngày') }],
  ])('tells how much it knows: %s', (raw, known) => {
    expect(readDate(raw)).toMatchObject(known);
  });
});
