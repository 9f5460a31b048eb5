import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type KeptWorld, openKeptWorld, type Replica, until } from './kept-rows.example.ts';

let world: KeptWorld;
let one: Replica;
beforeEach(async () => {
  world = await openKeptWorld();
  one = world.replica();
});
afterEach(() => world.close());

const views = async (...keys: string[]) => {
  const { rows, age } = await world.rows(one, keys);
  return { views: keys.map(key => rows.get(key)?.views), age };
};

it('asks once, and gives what was asked with its age', async () => {
  expect(await views('a', 'b')).toEqual({ views: [1, 1], age: undefined });
  world.now += 9_000;
  expect(await views('a', 'b')).toEqual({ views: [1, 1], age: 9_000 });
  expect(world.asked).toEqual([['a', 'b']]);
});

it('asks only for what it has not got, and once for what the site does not know', async () => {
  await views('a');
  expect((await views('a', 'c')).views).toEqual([1, undefined]);
  await views('a', 'c');
  expect(world.asked).toEqual([['a'], ['c']]);
});

it('gives what is no longer fresh at once and asks anew behind it', async () => {
  await views('a');
  world.now += 10_000;
  const let_go = world.hold();
  expect(await views('a')).toEqual({ views: [1], age: 10_000 });
  expect(await views('a')).toEqual({ views: [1], age: 10_000 });
  expect(world.asked).toHaveLength(2);
  let_go();
  await until(async () => (await views('a')).views[0] === 2);
  expect(world.asked).toHaveLength(2);
});

it('outlives a site that is down for five minutes, and no longer', async () => {
  await views('a');
  world.down = true;
  world.now += 299_000;
  expect(await world.rows(one, ['a'])).toMatchObject({ age: 299_000 });
  world.now += 1_000;
  const given = await world.rows(one, ['a']);
  expect([given.rows.size, given.failed]).toEqual([0, new Error('down')]);
});

it('a site that is down costs only what is not kept', async () => {
  await views('a');
  world.down = true;
  const { rows, failed } = await world.rows(one, ['a', 'b']);
  expect([[...rows.keys()], failed]).toEqual([['a'], new Error('down')]);
});

it('asks once for all who want the same at the same time', async () => {
  const let_go = world.hold();
  const many = Array.from({ length: 20 }, () => views('a', 'b'));
  await new Promise(resolve => setTimeout(resolve, 20));
  let_go();
  for (const each of await Promise.all(many)) expect(each.views).toEqual([1, 1]);
  expect(world.asked).toHaveLength(1);
});

it('tells everybody who waited when the site failed', async () => {
  world.down = true;
  const given = await Promise.all([world.rows(one, ['a']), world.rows(one, ['a'])]);
  expect(given.map(({ failed }) => failed)).toEqual([new Error('down'), new Error('down')]);
});

it('keeps apart what was asked differently, and keeps nothing that came with errors', async () => {
  await views('a');
  await world.rows(one, ['a'], '{ note }');
  world.half = true;
  await world.rows(one, ['a'], '{ broken }');
  await world.rows(one, ['a'], '{ broken }');
  expect(world.asked).toHaveLength(4);
  await views('a');
  expect(world.asked).toHaveLength(4);
});

it.each(['withdraw', 'edit'] as const)(
  '%s of an item forgets what is kept of it, and of nothing else',
  async act => {
    await views('a', 'b');
    await world[act]('a');
    await until(async () => (await one.cache.get(`live:${world.idOf('a')}`)) === undefined);
    expect((await views('a', 'b')).views).toEqual([2, 1]);
  },
);

it('a change is followed however often stories have moved, which moves the revision too', async () => {
  await one.close();
  await world.moveStories();
  one = world.replica();
  await views('a', 'b');
  await world.withdraw('a');
  await until(async () => (await one.cache.get(`live:${world.idOf('a')}`)) === undefined);
});

it('who waited for somebody whom the site failed asks it once for all that is missing', async () => {
  const let_go = world.hold();
  world.down = true;
  const first = world.rows(one, ['a', 'b']);
  await new Promise(resolve => setTimeout(resolve, 20));
  const second = world.rows(one, ['a', 'b']);
  await new Promise(resolve => setTimeout(resolve, 20));
  const go_on = world.hold();
  let_go();
  await first;
  world.down = false;
  go_on();
  const { rows } = await second;
  expect([...rows.keys()]).toEqual(['a', 'b']);
  expect(world.asked).toEqual([
    ['a', 'b'],
    ['a', 'b'],
  ]);
});

it('what was being asked when the item was withdrawn is not kept', async () => {
  const let_go = world.hold();
  const asking = views('a', 'b');
  await new Promise(resolve => setTimeout(resolve, 20));
  await one.kept.forget([world.idOf('a')]);
  let_go();
  await asking;
  expect(await one.cache.get(`live:${world.idOf('a')}`)).toBeUndefined();
  expect(await one.cache.get(`live:${world.idOf('b')}`)).toBeDefined();
});
