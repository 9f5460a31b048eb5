import { describe, expect, it } from '@jest/globals';
import { startOfHanoiDay, toReadable, toRfc3339 } from './instant.ts';

describe('instants', () => {
  it.each([
    [Date.UTC(2026, 10, 22, 1, 30), '2026-11-22T08:30:00+07:00', '08:30, 22/11/2026'],
    [Date.UTC(2026, 10, 22, 17, 0), '2026-11-23T00:00:00+07:00', '00:00, 23/11/2026'],
    [0, '1970-01-01T07:00:00+07:00', '07:00, 01/01/1970'],
    [8.64e15, '9999-12-31T23:59:59+07:00', '23:59, 31/12/9999'],
    [-8.64e15, '0001-01-01T07:00:00+07:00', '07:00, 01/01/0001'],
  ])('%s is written %s and %s', (at, rfc3339, readable) => {
    expect(toRfc3339(at)).toBe(rfc3339);
    expect(toReadable(at)).toBe(readable);
  });

  it('days end at Hanoi’s midnight', () => {
    expect(startOfHanoiDay(Date.UTC(2026, 10, 22, 16, 59))).toBe(Date.UTC(2026, 10, 21, 17));
    expect(startOfHanoiDay(Date.UTC(2026, 10, 22, 17))).toBe(Date.UTC(2026, 10, 22, 17));
  });
});
