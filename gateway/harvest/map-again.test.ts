import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Topic } from '../../schemas/federation.ts';
import { idOf, newItem, saveItems, takeAway } from '../e2e/seed.ts';
import { openSeededServices, type SeededServices } from '../e2e/seeded-services.ts';
import { contentHash } from '../normalise/hash.ts';
import { selectChanges } from '../publish/select-changes.ts';
import { mapAgain } from './map-again.ts';

const topic = (id: string, keywords: readonly string[]): Topic => ({
  id,
  title: id,
  keywords,
  categories: [],
  sites: [],
});

let world: SeededServices;
beforeEach(async () => {
  world = await openSeededServices();
});
afterEach(() => world.close());

async function mapAll(topics: readonly Topic[]): Promise<number> {
  let looked = 0;
  for (
    let count = await mapAgain(world.store, topics);
    count > 0;
    count = await mapAgain(world.store, topics)
  )
    looked += count;
  return looked;
}

const topicsOf = async (key: string) => (await world.store.items.byIds([idOf('viec-lam', key)]))[0]?.topics;

/** What who follows the topic hears after a place in the log. */
async function heard(topics: readonly string[], after: number) {
  const { rows } = await selectChanges(
    world.store,
    after,
    {
      select: { sites: [], topics, kinds: [] },
      events: ['put', 'tombstone'],
      backfill: false,
      kindOf: () => 'unit',
    },
    1_000,
  );
  return rows.map(({ change }) => [change.kind, change.item]);
}

it('gives stored items the topics of an edited file, all of them, once', async () => {
  const { store } = world;
  const many = Array.from({ length: 450 }, (_, i) => newItem('viec-lam', `bai-${i}`, { listed: 1_000 + i }));
  await saveItems(store, [
    ...many,
    newItem('viec-lam', 'luong', { title: 'Tiền lương tối thiểu', topics: ['cu'], listed: 1 }),
    newItem('viec-lam', 'giu', { title: 'Tiền lương', visibility: 'HELD', visibilityReason: 'rule:x' }),
  ]);
  const { head } = await store.changes.bounds();
  const topics = [topic('tien-luong', ['tiền lương'])];
  expect(await mapAll(topics)).toBe(452);
  expect([await topicsOf('luong'), await topicsOf('giu'), await topicsOf('bai-3')]).toEqual([
    ['tien-luong'],
    ['tien-luong'],
    [],
  ]);
  // Only what the public sees and what changed is told: a put where it joined, a tombstone where it left.
  const id = idOf('viec-lam', 'luong');
  expect(await heard([], head)).toEqual([['put', id]]);
  expect(await heard(['tien-luong'], head)).toEqual([['put', id]]);
  expect(await heard(['cu'], head)).toEqual([['tombstone', id]]);
  expect(await mapAll(topics)).toBe(0);
  expect(await mapAll([])).toBe(452);
  expect(await topicsOf('luong')).toEqual([]);
});

it('brings back nothing that was withdrawn, and leaves no hash that a harvest would take for another wording', async () => {
  const { store } = world;
  const id = idOf('viec-lam', 'tom');
  await saveItems(store, [
    newItem('viec-lam', 'tom', { summary: '', sourceHash: 'before' }),
    newItem('viec-lam', 'go', { title: 'Tiền lương' }),
  ]);
  await takeAway(store, idOf('viec-lam', 'go'), 'withdrawn');
  const full = {
    content: '<p>Cả bài.</p>',
    contentText: 'Cả bài.',
    summary: 'Nói về tiền lương.',
    media: [],
    hash: 'before',
  };
  await store.transaction(tx =>
    tx.records.put({ kind: 'full-text', id, item: id, state: 'in-force', at: 1, document: full }),
  );
  await mapAll([topic('tien-luong', ['tiền lương'])]);
  const [item] = await store.items.byIds([id]);
  const hash = item && contentHash('viec-lam', { ...item, ...full });
  expect(item).toMatchObject({ topics: ['tien-luong'], sourceHash: hash, summary: '' });
  expect((await store.records.get('full-text', id))?.document).toEqual({ ...full, hash });
  expect((await store.items.byIds([idOf('viec-lam', 'go')]))[0]).toMatchObject({
    visibility: 'WITHDRAWN',
    topics: [],
  });
});
