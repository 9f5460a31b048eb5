import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { freePort } from '../../e2e/run-gateway.ts';
import { type KeptWorld, openKeptWorld, until } from './kept-rows.example.ts';

const url = process.env.REDIS_URL_TEST ?? 'redis://127.0.0.1:6379/9';
let world: KeptWorld;
beforeEach(async () => {
  world = await openKeptWorld();
});
afterEach(() => world.close());

it('what one replica asked, another gives; a withdrawal takes it from both', async () => {
  const [one, two] = [world.replica(url), world.replica(url)];
  await world.rows(one, ['a', 'b']);
  world.now += 3_000;
  const { rows, age } = await world.rows(two, ['a', 'b']);
  expect([rows.get('a'), age, world.asked.length]).toEqual([{ views: 1 }, 3_000, 1]);
  await world.withdraw('a');
  for (const { cache } of [one, two]) {
    await until(async () => (await cache.get(`live:${world.idOf('a')}`)) === undefined);
    expect(await cache.get(`live:${world.idOf('b')}`)).toBeDefined();
  }
});

it('a Redis that dies is a miss at once, and one that comes back is used again', async () => {
  const port = await freePort();
  const start = async () => {
    const child = spawn('redis-server', ['--port', String(port), '--save', '', '--appendonly', 'no']);
    for await (const line of child.stdout) if (String(line).includes('eady to accept')) break;
    return child;
  };
  let redis = await start();
  const one = world.replica(`redis://127.0.0.1:${port}`);
  await world.rows(one, ['a']);
  await world.rows(one, ['a']);
  expect(world.asked).toHaveLength(1);
  redis.kill('SIGKILL');
  await once(redis, 'exit');
  const began = performance.now();
  expect((await world.rows(one, ['a'])).rows.get('a')).toEqual({ views: 2 });
  expect(performance.now() - began).toBeLessThan(2_500);
  redis = await start();
  await until(async () => {
    const before = world.asked.length;
    await world.rows(one, ['a']);
    return world.asked.length === before;
  });
  redis.kill('SIGKILL');
  await once(redis, 'exit');
});
