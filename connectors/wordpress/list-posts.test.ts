import { afterEach, expect, it } from '@jest/globals';
import type { Collected, Listed } from '../connector.ts';
import { type FakeSite, startFakeSite } from './fake-site.ts';
import { collectPosts, listPosts } from './list-posts.ts';
import { createWorld, type World } from './test-world.ts';

let site: FakeSite;
afterEach(() => site.close());

async function collect(world: World, wanted: readonly Listed[]): Promise<Collected[]> {
  const collected: Collected[] = [];
  for await (const some of collectPosts(wanted, world.job(), world.tools)) collected.push(some);
  return collected;
}

it('lists what everybody can read since the date wanted: no drafts, nothing behind a password', async () => {
  site = await startFakeSite();
  const world = createWorld({ url: site.url }, { since: Date.UTC(2026, 10, 1) });
  site.add({ date: Date.UTC(2026, 9, 31) / 1000 });
  const read = site.add({ date: Date.UTC(2026, 10, 2) / 1000 });
  site.add({ date: Date.UTC(2026, 10, 3) / 1000, password: 'x' });
  site.add({ date: Date.UTC(2026, 10, 4) / 1000, status: 'draft' });
  expect(await listPosts(world.job(), world.tools)).toEqual({
    url: site.url,
    complete: true,
    listed: [{ sourceId: `post:${read.id}`, published: Date.UTC(2026, 10, 2) }],
  });
});

it('finds a post by the address that a sitemap names, and says that there is none behind another', async () => {
  site = await startFakeSite();
  const world = createWorld({ url: site.url });
  const one = site.add({ slug: 'sau-chu-trong-tieu-de' });
  site.add();
  const wanted = [
    { link: `${site.url}2026/11/${one.slug}/` },
    { link: `${site.url}2026/11/khong-co-bai-nay/` },
    { link: site.url },
  ];
  const collected = await collect(world, wanted);
  expect(collected.flatMap(({ entries }) => entries.map(entry => entry.sourceId))).toEqual([
    `post:${one.id}`,
  ]);
  expect(collected.flatMap(({ answered }) => answered)).toEqual(wanted.slice(0, 2));
});
