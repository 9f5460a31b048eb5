import { afterEach, expect, it } from '@jest/globals';
import { type Cache, openCache } from './cache.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };
let cache: Cache | undefined;
afterEach(() => cache?.close());

it('remembers in memory, and forgets what was not asked for longest', async () => {
  cache = openCache(undefined, silent);
  await cache.set('first', 'robots');
  for (let i = 0; i < 5_000; i += 1) await cache.set(`k${i}`, i);
  expect(await cache.get('k4999')).toBe(4999);
  expect(await cache.get('first')).toBeUndefined();
});

it('forgets when the time is over', async () => {
  cache = openCache(undefined, silent);
  await cache.set('short', 1, 20);
  await new Promise(resolve => setTimeout(resolve, 60));
  expect(await cache.get('short')).toBeUndefined();
});

it('is a miss at once while Redis is down', async () => {
  // Port 1 is never a Redis: the connection is refused.
  cache = openCache('redis://127.0.0.1:1', silent);
  const start = performance.now();
  expect(await cache.get('anything')).toBeUndefined();
  await cache.set('anything', 1);
  expect(performance.now() - start).toBeLessThan(2_000);
});
