import { describe, expect, it } from '@jest/globals';
import { type History, nextHarvest } from './interval.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const NOW = Date.UTC(2026, 10, 23);

const quiet: History = {
  every: { min: MINUTE, max: HOUR },
  interval: 10 * MINUTE,
  changed: false,
  failures: 0,
  now: NOW,
  random: 0,
};

describe('the next harvest', () => {
  it.each<[string, Partial<History>, number, number]>([
    // name, history, wait in minutes, interval in minutes
    ['nothing new: longer', {}, 15, 15],
    ['nothing new, at the ceiling', { interval: HOUR }, 60, 60],
    ['something new: shorter', { changed: true }, 5, 5],
    ['something new, at the floor', { changed: true, interval: MINUTE }, 1, 1],
    ['never harvested before, an interval out of bounds', { interval: 99 * HOUR, changed: true }, 30, 30],
    ['an interval that is no number', { interval: Number.NaN }, 60, 60],
    [
      'publishes every 16 minutes: half of it',
      { changed: true, publishedGaps: [16, 15, 17].map(m => m * MINUTE) },
      8,
      8,
    ],
    [
      'publishes once a day: no shorter',
      { changed: true, publishedGaps: [24, 24, 24].map(h => h * HOUR) },
      10,
      10,
    ],
    ['a burst: a quarter at a time', { changed: true, publishedGaps: [0, 0, 1] }, 2.5, 2.5],
    ['too few gaps to tell', { changed: true, publishedGaps: [0, 1] }, 5, 5],
    ['ttl is where it grows to', { wait: 40 * MINUTE }, 40, 40],
    ['max-age too', { maxAge: 40 * MINUTE }, 40, 40],
    ['ttl under the growth', { wait: 5 * MINUTE }, 15, 15],
    ['ttl over the ceiling', { wait: 24 * HOUR }, 60, 60],
    ['what comes beats ttl and max-age', { changed: true, wait: HOUR, maxAge: HOUR }, 5, 5],
    ['the first failure: as before', { failures: 1 }, 10, 10],
    ['the second', { failures: 2 }, 20, 10],
    ['the third', { failures: 3 }, 40, 10],
    ['many', { failures: 30 }, 360, 10],
    ['many, with a low ceiling', { failures: 30, every: { min: SECOND, max: 10 * MINUTE } }, 80, 10],
    [
      'many, with a ceiling above six hours',
      { failures: 30, every: { min: HOUR, max: 24 * HOUR } },
      24 * 60,
      60,
    ],
    ['a fixed interval, nothing new', { every: { min: 10 * MINUTE, max: 10 * MINUTE } }, 10, 10],
    [
      'a fixed interval, something new',
      { every: { min: 10 * MINUTE, max: 10 * MINUTE }, changed: true },
      10,
      10,
    ],
    [
      'a fixed interval against ttl',
      { every: { min: 10 * MINUTE, max: 10 * MINUTE }, wait: HOUR, random: 0.9 },
      10,
      10,
    ],
    ['Retry-After over the ceiling', { failures: 1, retryAfter: 5 * HOUR }, 300, 10],
    ['Retry-After under the back-off', { failures: 2, retryAfter: MINUTE }, 20, 10],
    ['Retry-After after a success', { retryAfter: 2 * HOUR }, 120, 15],
  ])('%s', (_, history, wait, interval) => {
    const next = nextHarvest({ ...quiet, ...history });
    expect({ wait: (next.next - NOW) / MINUTE, interval: next.interval / MINUTE }).toEqual({
      wait,
      interval,
    });
  });

  it('is spread downwards, because the ceiling is the longest wait, and upwards where the host set a time', () => {
    const at = (random: number) => nextHarvest({ ...quiet, interval: HOUR, random }).next - NOW;
    expect([at(0), at(0.5), at(1)]).toEqual([HOUR, 57 * MINUTE, 54 * MINUTE]);
    const told = nextHarvest({ ...quiet, failures: 1, retryAfter: 5 * HOUR, random: 1 }).next - NOW;
    expect(told).toBe(5.5 * HOUR);
  });
});

describe('whatever happened', () => {
  const histories = Array.from({ length: 4_000 }, (_, n) => sample(n));

  it('the wait is never under the floor, and not over the ceiling without a failure or a demand', () => {
    for (const history of histories) {
      const wait = nextHarvest(history).next - NOW;
      expect(wait).toBeGreaterThanOrEqual(history.every.min);
      if (history.failures === 0 && !history.retryAfter) expect(wait).toBeLessThanOrEqual(history.every.max);
    }
  });

  it('the interval stays in bounds, and is not touched by failing', () => {
    for (const history of histories) {
      const { interval } = nextHarvest(history);
      expect(interval).toBeGreaterThanOrEqual(history.every.min);
      expect(interval).toBeLessThanOrEqual(history.every.max);
      const { min, max } = history.every;
      if (history.failures > 0) expect(interval).toBe(Math.min(Math.max(history.interval, min), max));
    }
  });

  it('another failure never brings it nearer, news never puts it off, no news never brings it nearer', () => {
    for (const history of histories) {
      const { next, interval } = nextHarvest(history);
      expect(nextHarvest({ ...history, failures: history.failures + 2 }).next).toBeGreaterThanOrEqual(
        nextHarvest({ ...history, failures: history.failures + 1 }).next,
      );
      expect(nextHarvest({ ...history, changed: true }).interval).toBeLessThanOrEqual(interval);
      expect(nextHarvest({ ...history, changed: false }).next).toBeGreaterThanOrEqual(next);
    }
  });

  it('what the host demands is kept', () => {
    for (const history of histories) {
      const { next } = nextHarvest(history);
      expect(next - NOW).toBeGreaterThanOrEqual(history.retryAfter ?? 0);
    }
  });

  it('a source that publishes steadily is met within its gap, and one that stopped is left in peace', () => {
    const every = { min: 10 * SECOND, max: 2 * HOUR };
    const gap = 20 * MINUTE;
    let at = NOW;
    let interval = every.max;
    let seen = 0;
    const late: number[] = [];
    while (at < NOW + 48 * HOUR) {
      const published = Math.floor(Math.min(at - NOW, 24 * HOUR) / gap);
      const changed = published > seen;
      if (changed && published > 20) late.push(at - NOW - (seen + 1) * gap);
      seen = published;
      const turn = nextHarvest({
        ...quiet,
        every,
        interval,
        changed,
        publishedGaps: [gap, gap, gap],
        now: at,
      });
      at = turn.next;
      interval = turn.interval;
    }
    expect(Math.max(...late)).toBeLessThan(gap);
    expect(interval).toBe(every.max);
  });
});

function sample(seed: number): History {
  let state = seed + 1;
  const upTo = (most: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return (state / 2_147_483_647) * most;
  };
  upTo(1);
  const min = Math.round(SECOND + upTo(HOUR));
  const max = upTo(1) < 0.2 ? min : Math.round(min + upTo(12 * HOUR));
  return {
    every: { min, max },
    interval: Math.round(upTo(20 * HOUR)),
    changed: upTo(1) < 0.5,
    failures: upTo(1) < 0.5 ? 0 : Math.floor(upTo(40)),
    publishedGaps: Array.from({ length: Math.floor(upTo(10)) }, () => upTo(24 * HOUR)),
    wait: upTo(24 * HOUR),
    maxAge: upTo(HOUR),
    ...(upTo(1) < 0.3 ? { retryAfter: Math.round(upTo(24 * HOUR)) } : {}),
    now: NOW,
    random: upTo(1),
  };
}
