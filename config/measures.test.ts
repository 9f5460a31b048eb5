import { describe, expect, it } from '@jest/globals';
import { duration, rate, showDuration, size } from './measures.ts';
import { nearest } from './nearest.ts';

describe('durations and sizes', () => {
  it.each([
    ['0s', 0],
    ['250ms', 250],
    ['15s', 15_000],
    ['10m', 600_000],
    ['6h', 21_600_000],
    ['30d', 2_592_000_000],
  ])('%s', (text, milliseconds) => {
    expect(duration().parse(text)).toBe(milliseconds);
  });

  it.each(['10', '10 m', '1.5h', '-1s', '10M', '1w', '', 10])('%p is no duration', text => {
    expect(duration().safeParse(text).success).toBe(false);
  });

  it.each([
    ['512KiB', 524_288],
    ['16MiB', 16_777_216],
    ['900B', 900],
  ])('%s', (text, bytes) => {
    expect(size().parse(text)).toBe(bytes);
  });

  it.each([
    [600_000, '10m'],
    [90_000, '90s'],
    [86_400_000, '1d'],
    [1500, '1500ms'],
  ])('%d ms is shown as %s', (milliseconds, text) => {
    expect(showDuration(milliseconds)).toBe(text);
  });
});

it.each([
  ['600/m', { requests: 600, per: 60_000 }],
  ['1/s', { requests: 1, per: 1_000 }],
  ['50000/d', { requests: 50_000, per: 86_400_000 }],
])('%s is a rate', (text, expected) => {
  expect(rate().parse(text)).toEqual(expected);
});

it.each(['0/m', '600', '600/w', '600 / m', '-1/m', '', 600])('%p is no rate', text => {
  expect(rate().safeParse(text).success).toBe(false);
});

describe('the nearest word', () => {
  it.each([
    ['gatewy', 'gateway'],
    ['sties', 'sites'],
    ['Feeds', 'feeds'],
    ['zzz', undefined],
  ])('to %s is %s', (word, meant) => {
    expect(nearest(word, ['gateway', 'sites', 'feeds', 'topics'])).toBe(meant);
  });
});
