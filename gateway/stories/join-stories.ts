import { isReused, namesNoSource } from '../../schemas/rules/reuse.ts';
import { compare } from '../../schemas/stories/compare.ts';
import { type Reading, readTelling } from '../../schemas/stories/reading.ts';
import { sketchOf } from '../../schemas/stories/sketch.ts';
import type { Store } from '../store/store.ts';
import type { AlikePair, Due, Sketched, StoryWriter, Told } from '../store/stories.ts';
import { type Alike, findAlike } from './find-alike.ts';
import { APART, placesOf } from './places.ts';
import { regroup } from './regroup.ts';

/** Items joined at one time: some milliseconds on the thread that harvests. */
const BATCH = 20;
/** Milliseconds after which what a dead process took is taken by another. */
const TAKEN = 60_000;

/** An item whose text is compared with all others, and what it is like. */
export interface Compared {
  readonly due: Due;
  readonly alike: readonly Alike[];
}

export type Heed = (compared: readonly Compared[]) => Promise<void>;

/**
 * Joins a batch of what was stored, edited, shown or hidden since; gives how many items that were: 0 means that all is
 * joined. Runs beside the harvest, because comparing costs more than storing. It doesn't matter in which order items
 * come nor how many join at one time: each is findable before it is compared, so of two that are alike the later sees
 * the earlier. `heed` is told what was found before it is settled.
 */
export async function joinStories(
  store: Pick<Store, 'stories' | 'transaction'>,
  heed: Heed = async () => undefined,
): Promise<number> {
  const dues = await store.stories.take(BATCH, TAKEN);
  if (dues.length === 0) return 0;
  const arrivals = await readAll(store, dues);
  if (arrivals.length > 0) await store.transaction(tx => sketch(tx.stories, arrivals));
  const compared = await compareAll(store, arrivals);
  await heed(compared);
  await store.transaction(tx => settle(tx.stories, dues, compared, store));
  return dues.length;
}

/** Milliseconds between two batches while harvests run, and how many times as long as a batch took: they come first. */
const GIVING_WAY = { least: 50, times: 4 } as const;

/** Joins batch after batch until all is joined, or `goesOn` says no. */
export async function joinAll(
  store: Pick<Store, 'stories' | 'transaction'>,
  { heed, goesOn, isBusy }: { heed?: Heed; goesOn(): boolean; isBusy(): boolean },
): Promise<void> {
  while (goesOn()) {
    const began = performance.now();
    if ((await joinStories(store, heed)) === 0) return;
    const took = performance.now() - began;
    const wait = isBusy() ? Math.max(GIVING_WAY.least, took * GIVING_WAY.times) : 0;
    await new Promise(resolve => setTimeout(resolve, wait));
  }
}

interface Arrival {
  readonly due: Due;
  readonly reading: Reading;
  readonly buckets: readonly number[];
  readonly sketched: Sketched;
}

/** What has another text than the one that was compared last. */
async function readAll(store: Pick<Store, 'stories'>, dues: readonly Due[]): Promise<Arrival[]> {
  const fresh = dues.filter(
    ({ visibility, hash, compared }) => visibility !== 'WITHDRAWN' && hash !== compared,
  );
  const texts = await store.stories.texts(fresh.map(({ n }) => n));
  return fresh.flatMap(due => {
    const told = texts.get(due.n);
    return told ? [arrivalOf(due, told)] : [];
  });
}

function arrivalOf(due: Due, told: Told): Arrival {
  const reading = readTelling(told);
  const { buckets, whole } = sketchOf(reading);
  const sketched = {
    n: due.n,
    at: due.listed,
    places: placesOf(buckets, due.listed, due.kind),
    whole,
    namesSource: isReused(told) && !namesNoSource(told),
  };
  return { due, reading, buckets, sketched };
}

async function sketch(rows: StoryWriter, arrivals: readonly Arrival[]): Promise<void> {
  const unmoved = await unmovedOf(rows, arrivals);
  await rows.sketch(unmoved.map(({ sketched }) => sketched));
}

async function unmovedOf<T extends { readonly due: Due }>(
  rows: StoryWriter,
  all: readonly T[],
): Promise<T[]> {
  const unmoved = new Set((await rows.unmoved(all.map(({ due }) => due))).map(({ n }) => n));
  return all.filter(({ due }) => unmoved.has(due.n));
}

async function compareAll(store: Pick<Store, 'stories'>, arrivals: readonly Arrival[]): Promise<Compared[]> {
  const found = await findAlike(
    store.stories,
    arrivals.map(({ due, reading, buckets }) => ({
      reading,
      buckets,
      at: due.listed,
      papersOnly: false,
      accepts: other => other.site !== due.site && Math.abs(other.listed - due.listed) <= APART,
    })),
  );
  return arrivals.map(({ due }, index) => ({ due, alike: found[index] ?? [] }));
}

async function settle(
  rows: StoryWriter,
  dues: readonly Due[],
  compared: readonly Compared[],
  store: Pick<Store, 'stories'>,
): Promise<void> {
  await rows.lock();
  const unmoved = await rows.unmoved(dues);
  const here = new Set(unmoved.map(({ n }) => n));
  const ns = [...here];
  const neighbours = (await rows.pairsOf(ns)).map(({ b }) => b);
  await rows.forget(unmoved.filter(({ visibility }) => visibility === 'WITHDRAWN').map(({ n }) => n));
  const fresh = compared.filter(({ due }) => here.has(due.n));
  const pairs = await pairsOf(rows, fresh, store);
  await rows.pair(
    fresh.map(({ due: { n, hash } }) => ({ n, hash })),
    pairs,
  );
  const around = [...ns, ...neighbours, ...pairs.flatMap(({ a, b }) => [a, b])];
  const regrouped = await regroup(rows, around);
  // Where the same items stay together their scores may still be others.
  const told = fresh.length > 0 && neighbours.length + pairs.length > 0;
  if (regrouped || told) await rows.moved();
  await rows.done(ns);
  await rows.giveBack(dues.flatMap(({ n }) => (here.has(n) ? [] : n)));
}

/**
 * What these were found to be like. Another process may have settled another wording of the other meanwhile, and what
 * became findable after these were compared: such pairs are told by the texts as they are now.
 */
async function pairsOf(
  rows: StoryWriter,
  compared: readonly Compared[],
  { stories }: Pick<Store, 'stories'>,
): Promise<AlikePair[]> {
  const found = compared.flatMap(({ due, alike }) =>
    alike.flatMap(({ other, score, same }) =>
      same ? [{ pair: { a: due.n, b: other.n, score }, other }] : [],
    ),
  );
  const now = await rows.likenesses([...new Set(found.map(({ other }) => other.n))]);
  const asCompared = ({ other }: (typeof found)[number]) => now.get(other.n)?.compared === other.compared;
  const sure = byItems(found.filter(asCompared).map(({ pair }) => pair));
  const moved = found.filter(one => !asCompared(one)).map(({ pair }) => pair);
  const kept = await rows.pairsOf(compared.map(({ due }) => due.n));
  const doubtful = [...byItems([...moved, ...kept])]
    .filter(([key]) => !sure.has(key))
    .map(([, pair]) => pair);
  return [...sure.values(), ...(await stillAlike(doubtful, stories))];
}

async function stillAlike(doubtful: readonly AlikePair[], stories: Store['stories']): Promise<AlikePair[]> {
  if (doubtful.length === 0) return [];
  const texts = await stories.texts([...new Set(doubtful.flatMap(({ a, b }) => [a, b]))]);
  const readings = new Map([...texts].map(([n, told]) => [n, readTelling(told)]));
  return doubtful.flatMap(({ a, b }) => {
    const [one, other] = [readings.get(a), readings.get(b)];
    const { same, score } = one && other ? compare(one, other) : { same: false, score: 0 };
    return same ? [{ a, b, score }] : [];
  });
}

/** Each once, whichever way round it was found. */
function byItems(pairs: readonly AlikePair[]): ReadonlyMap<string, AlikePair> {
  return new Map(pairs.map(pair => [[pair.a, pair.b].sort((x, y) => x - y).join(' '), pair]));
}
