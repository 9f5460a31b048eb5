import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newItem, SEEDED_AT, saveItems } from '../e2e/seed.ts';
import type { SeededServer } from '../e2e/seeded-server.ts';
import { RUN } from './per-site.ts';
import { readWindow, type WindowQuery } from './window.ts';

/** The window of a feed, on whichever store. */
export function windowConforms(open: () => Promise<SeededServer>): void {
  let world: SeededServer;

  beforeEach(async () => {
    world = await open();
  });

  afterEach(() => world.close());

  const UNITS = Array.from({ length: 12 }, (_, i) => `unit-${i}`);

  /** `at` is both when it was published and when it came out. */
  function itemOf(site: string, key: string, at: number) {
    return newItem('cong', `${site}-${key}`, { site, published: at, listed: at, released: at });
  }

  function query(changes: Partial<WindowQuery> = {}): WindowQuery {
    return {
      filter: {},
      limit: 50,
      order: 'published',
      sites: ['paper', ...UNITS],
      pinned: [],
      accepts: () => true,
      refusable: 0,
      ...changes,
    };
  }

  function mostInARun(sites: readonly string[]): number {
    const runs = sites.map((_, start) => sites.slice(start, start + RUN));
    return Math.max(
      ...runs.flatMap(run => [...Map.groupBy(run, site => site).values()].map(own => own.length)),
    );
  }

  describe('readWindow', () => {
    it('one busy paper does not drown twelve units: at most 3 of any 20, and the window is full', async () => {
      const paper = Array.from({ length: 200 }, (_, i) => itemOf('paper', String(i), SEEDED_AT - i * 1000));
      const units = UNITS.flatMap((site, u) =>
        Array.from({ length: 5 }, (_, i) => itemOf(site, String(i), SEEDED_AT - 1e6 - (i * 12 + u) * 1000)),
      );
      await saveItems(world.store, [...paper, ...units]);
      const { items } = await readWindow(world.store.items, query({ perSite: 3 }));
      expect(items).toHaveLength(50);
      expect(items[0]?.id).toBe(paper[0]?.id);
      expect(mostInARun(items.map(({ site }) => site))).toBe(3);
      expect(new Set(items.map(({ site }) => site)).size).toBe(13);
      // Without the bound it is the paper alone.
      const plain = await readWindow(world.store.items, query());
      expect(new Set(plain.items.map(({ site }) => site))).toEqual(new Set(['paper']));
    });

    it('with one site alone the bound costs nobody a place', async () => {
      const paper = Array.from({ length: 30 }, (_, i) => itemOf('paper', String(i), SEEDED_AT - i * 1000));
      await saveItems(world.store, paper);
      const { items, next } = await readWindow(world.store.items, query({ perSite: 3 }));
      expect(items.map(({ id }) => id)).toEqual(paper.map(({ id }) => id));
      expect(next).toBeUndefined();
    });

    it('pages through all of it, whatever the bound moved', async () => {
      const paper = Array.from({ length: 150 }, (_, i) => itemOf('paper', String(i), SEEDED_AT - i * 1000));
      const units = UNITS.flatMap((site, u) =>
        Array.from({ length: 10 }, (_, i) => itemOf(site, String(i), SEEDED_AT - i * 13_000 - u)),
      );
      await saveItems(world.store, [...paper, ...units]);
      const seen = new Set<string>();
      let page = await readWindow(world.store.items, query({ perSite: 3, limit: 20 }));
      for (let pages = 1; ; pages++) {
        for (const { id } of page.items) seen.add(id);
        if (!page.next) break;
        expect(pages).toBeLessThan(20);
        page = await readWindow(world.store.items, query({ perSite: 3, limit: 20, after: page.next }));
      }
      expect(seen).toEqual(new Set([...paper, ...units].map(({ id }) => id)));
    });

    it('fills the places of what is refused and what is pinned', async () => {
      const items = Array.from({ length: 20 }, (_, i) => itemOf('paper', String(i), SEEDED_AT - i * 1000));
      await saveItems(world.store, items);
      const stored = await world.store.items.page({ filter: {}, order: 'PUBLISHED', first: 20 });
      const refused = new Set(stored.slice(0, 2).map(({ id }) => id));
      const window = await readWindow(
        world.store.items,
        query({ limit: 5, pinned: stored.slice(19), accepts: ({ id }) => !refused.has(id), refusable: 2 }),
      );
      expect(window.items.map(({ id }) => id)).toEqual([19, 2, 3, 4, 5].map(i => items[i]?.id));
    });
  });
}
