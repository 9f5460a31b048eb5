import { describe, expect, it } from '@jest/globals';
import { RUN, spreadSites } from './per-site.ts';

describe('spreadSites', () => {
  it.each([
    ['nothing', '', ''],
    ['one site under the bound', 'aa', 'aa'],
    ['what keeps the bound is left alone', 'abcabcabc', 'abcabcabc'],
    ['the fourth of a site waits', 'aaaabcde', 'aaabcde'],
    ['until it is the 20th after the first', 'aaaabcdefghijklmnopqrstuvw', 'aaabcdefghijklmnopqrastuvw'],
  ])('%s', (_, sites, expected) => {
    const { kept } = spreadSites(entries(sites), 3, { limit: 100 });
    expect(written(kept)).toBe(expected);
  });

  it('says what found no place, in its order', () => {
    const { kept, over } = spreadSites(entries('aaabaacaa'), 2, { limit: 100 });
    expect(written(kept)).toBe('aabc');
    expect(over.map(({ place }) => place)).toEqual([2, 4, 5, 7, 8]);
  });

  it('stops at the limit', () => {
    const { kept, over } = spreadSites(entries('abcdef'), 3, { limit: 4 });
    expect(written(kept)).toBe('abcd');
    expect(written(over)).toBe('ef');
  });

  it('counts what stands first', () => {
    const first = entries('aaa');
    const { kept } = spreadSites(entries('abc'), 3, { limit: 10, first });
    expect(written(kept)).toBe('aaabc');
  });

  it('keeps the bound in every run of 20, loses nothing and keeps each site’s order, whatever comes', () => {
    const random = seeded(7);
    for (let round = 0; round < 300; round++) {
      const bound = 1 + Math.floor(random() * 4);
      const sites = 1 + Math.floor(random() * 30);
      const list = Array.from({ length: Math.floor(random() * 120) }, (_, place) => ({
        site: `s${Math.floor(random() * random() * sites)}`,
        place,
      }));
      const { kept, over } = spreadSites(list, bound, { limit: 200 });
      expect(mostInARun(kept)).toBeLessThanOrEqual(bound);
      expect([...kept, ...over].map(({ place }) => place).toSorted((a, b) => a - b)).toEqual(
        list.map(({ place }) => place),
      );
      for (const own of Map.groupBy(kept, ({ site }) => site).values()) {
        expect(own.map(({ place }) => place)).toEqual(
          own.map(({ place }) => place).toSorted((a, b) => a - b),
        );
      }
    }
  });
});

interface Placed {
  readonly site: string;
  readonly place: number;
}

function entries(sites: string): readonly Placed[] {
  return [...sites].map((site, place) => ({ site, place }));
}

function written(list: readonly Placed[]): string {
  return list.map(({ site }) => site).join('');
}

function mostInARun(list: readonly Placed[]): number {
  const runs = list.map((_, start) => list.slice(start, start + RUN));
  const counts = runs.flatMap(run =>
    [...Map.groupBy(run, ({ site }) => site).values()].map(own => own.length),
  );
  return Math.max(0, ...counts);
}

/** Mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
