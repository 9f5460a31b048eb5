import { describe, expect, it } from '@jest/globals';
import { freshFor, retryAfter } from './freshness-headers.ts';

const NOW = Date.UTC(2026, 10, 23, 0, 0, 0);
const DAY = 24 * 60 * 60 * 1000;

describe('Retry-After', () => {
  it.each([
    [{ 'retry-after': '120' }, 120_000],
    [{ 'retry-after': ' 0 ' }, 0],
    [{ 'retry-after': '31536000' }, DAY],
    [{ 'retry-after': 'Mon, 23 Nov 2026 00:05:00 GMT' }, 300_000],
    [{ 'retry-after': 'Mon, 23 Nov 2026 07:05:00 GMT', date: 'Mon, 23 Nov 2026 07:00:00 GMT' }, 300_000],
    [{ 'retry-after': 'Sun, 22 Nov 2026 00:00:00 GMT' }, 0],
    [{ 'retry-after': 'Mon, 23 Nov 2099 00:00:00 GMT' }, DAY],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '-5' }, undefined],
    [{ 'retry-after': '' }, undefined],
    [{}, undefined],
  ])('%j: %s', (headers: Record<string, string>, expected) => {
    expect(retryAfter(headers, NOW)).toBe(expected);
  });
});

describe('freshness', () => {
  it.each([
    [{ 'cache-control': 'public, max-age=600' }, 600_000],
    [{ 'cache-control': 'MAX-AGE="600"' }, 600_000],
    [{ 'cache-control': 'max-age=600', age: '100' }, 500_000],
    [{ 'cache-control': 'max-age=600', age: '900' }, 0],
    [{ 'cache-control': 'max-age=600', age: 'old' }, 600_000],
    [{ 'cache-control': 's-maxage=600' }, undefined],
    [{ 'cache-control': 'no-cache, max-age=600' }, 0],
    [{ 'cache-control': 'private,no-store' }, 0],
    [{ 'cache-control': 'max-age=0', expires: 'Mon, 23 Nov 2026 01:00:00 GMT' }, 0],
    [{ 'cache-control': 'max-age=999999999999' }, 365 * DAY],
    [{ expires: 'Mon, 23 Nov 2026 01:00:00 GMT' }, 3_600_000],
    [{ expires: 'Mon, 23 Nov 2026 08:00:00 GMT', date: 'Mon, 23 Nov 2026 07:00:00 GMT' }, 3_600_000],
    [{ expires: '0' }, 0],
    [{ expires: '-1' }, 0],
    [{}, undefined],
  ])('%j: %s', (headers: Record<string, string>, expected) => {
    expect(freshFor(headers, NOW)).toBe(expected);
  });
});
