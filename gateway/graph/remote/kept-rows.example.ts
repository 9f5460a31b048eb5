import { ARTICLES } from '../../../schemas/stories/articles.example.ts';
import { asPublished } from '../../../schemas/stories/re-posts.example.ts';
import { idOf, newItem, SEEDED_AT, saveItems, takeAway } from '../../e2e/seed.ts';
import { openSeededServices, type SeededServices } from '../../e2e/seeded-services.ts';
import { type Cache, openCache } from '../../harvest/cache.ts';
import { joinStories } from '../../stories/join-stories.ts';
import { type Asked, type KeptRows, openKeptRows } from './kept-rows.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** One replica's kept rows, over a store and a cache that others may share. */
export interface Replica {
  readonly kept: KeptRows;
  readonly cache: Cache;
  close(): Promise<void>;
}

/** A store with three items, a clock, and a site that counts how it is asked. */
export interface KeptWorld {
  now: number;
  down: boolean;
  half: boolean;
  readonly asked: (readonly string[])[];
  /** The next asking waits until the returned function is called. */
  hold(): () => void;
  replica(cacheUrl?: string): Replica;
  rows(replica: Replica, keys?: readonly string[], selection?: string): ReturnType<KeptRows['rows']>;
  withdraw(key: string): Promise<void>;
  edit(key: string): Promise<void>;
  /** Four items tell two pieces of news: the revision moves twice more than the log. */
  moveStories(): Promise<void>;
  idOf(key: string): string;
  close(): Promise<void>;
}

export async function openKeptWorld(): Promise<KeptWorld> {
  const seeded: SeededServices = await openSeededServices();
  // Names that no other run has: a shared cache is not emptied for us.
  const name = (key: string) => `${key}-${process.pid}-${run}`;
  const run = Math.random().toString(36).slice(2);
  await saveItems(
    seeded.store,
    ['a', 'b', 'c'].map(key => newItem('viec-lam', name(key))),
  );
  const asked: (readonly string[])[] = [];
  let gate: Promise<void> | undefined;
  const world = { now: SEEDED_AT, down: false, half: false };
  const ask = async (keys: readonly string[]): Promise<Asked> => {
    asked.push(keys);
    const wait = gate;
    gate = undefined;
    await wait;
    if (world.down) throw new Error('down');
    const rows = keys.filter(key => key !== 'c').map(key => [key, { views: asked.length }] as const);
    return { rows: new Map(rows), whole: !world.half };
  };
  const opened: Replica[] = [];
  return Object.assign(world, {
    asked,
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return resolve;
    },
    replica(cacheUrl?: string) {
      const cache = openCache(cacheUrl, silent);
      const kept = openKeptRows({ cache, store: seeded.store, now: () => world.now, log: silent });
      const replica = { kept, cache, close: () => kept.close().then(() => cache.close()) };
      opened.push(replica);
      return replica;
    },
    rows: ({ kept }: Replica, keys: readonly string[] = ['a', 'b'], selection = '{ views }') =>
      kept.rows(
        'viec-lam/tin',
        selection,
        keys.map(key => ({ key, item: idOf('viec-lam', name(key)) })),
        ask,
      ),
    withdraw: (key: string) => takeAway(seeded.store, idOf('viec-lam', name(key)), 'withdrawn'),
    edit: (key: string) => saveItems(seeded.store, [newItem('viec-lam', name(key), { title: 'Sửa' })]),
    moveStories: async () => {
      const told = ARTICLES.slice(0, 2).map(asPublished);
      await saveItems(
        seeded.store,
        ['viec-lam', 'bao-a'].flatMap(site => told.map((text, i) => newItem(site, name(`story-${i}`), text))),
      );
      while ((await joinStories(seeded.store)) > 0);
    },
    idOf: (key: string) => idOf('viec-lam', name(key)),
    close: async () => {
      await Promise.all(opened.map(replica => replica.close()));
      await seeded.close();
    },
  });
}

/** Waits until something is true, for as long as a replica may take to hear of a change. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 10_000; Date.now() < end; ) {
    if (await holds()) return;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  throw new Error('It never came true.');
}
