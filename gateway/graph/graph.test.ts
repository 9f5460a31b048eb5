import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { countingStore } from '../e2e/counting-store.ts';
import { idOf, newItem, saveItems, takeAway } from '../e2e/seed.ts';
import { openSeededGraph, type SeededGraph } from '../e2e/seeded-graph.ts';
import { ANYBODY } from '../http/access.ts';
import { createGraph } from './graph.ts';

let seeded: SeededGraph;
beforeAll(async () => {
  seeded = await openSeededGraph(60);
});
afterAll(() => seeded.close());

describe('one query', () => {
  it('asks portal, units and press at once, each with its own fields', async () => {
    const { data, errors } = await seeded.ask(`{
      portal: items(filter: { kinds: [PORTAL] }, first: 1) { nodes { ...Common portal { section } unit { agencyCode } } }
      units: items(filter: { sites: ["viec-lam"] }, first: 1) { nodes { ...Common unit { agencyCode } } }
      press: items(filter: { kinds: [PRESS] }, first: 1) { nodes { ...Common press { agency agreement { mode } } } }
    }
    fragment Common on Item { id site { id } own { __typename ... on UnitDocument { signedBy } ... on WordPressPost { slug } } }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      portal: {
        nodes: [
          {
            id: idOf('cong', 'bai-0'),
            site: { id: 'cong' },
            own: { __typename: 'WordPressPost', slug: 'bai-0' },
            portal: { section: 'Thời sự' },
            unit: null,
          },
        ],
      },
      units: {
        nodes: [
          {
            id: idOf('viec-lam', 'bai-1'),
            site: { id: 'viec-lam' },
            own: { __typename: 'UnitDocument', signedBy: 'Nguyễn Văn A' },
            unit: { agencyCode: 'G13.24' },
          },
        ],
      },
      press: {
        nodes: [
          {
            id: idOf('bao-a', 'bai-3'),
            site: { id: 'bao-a' },
            own: null,
            press: { agency: 'Báo A', agreement: { mode: 'full-text' } },
          },
        ],
      },
    });
  });

  it.each([
    [
      'fifty items with everything each subschema gives',
      `{ items(first: 50) { nodes { id title site { name itemCount } freshness { sourceState } versions { at kind }
         own { ... on UnitDocument { signedBy } ... on WordPressPost { slug } }
         portal { section } unit { dublinCore { title } } press { agency } } } }`,
      ['items.counts', 'items.page', 'items.versions', 'work.states'],
    ],
    [
      'one item',
      `{ item(id: "${idOf('cong', 'bai-0')}") { title portal { section } versions { at } } }`,
      ['items.byIds', 'items.versions'],
    ],
    ['all sites', '{ sites { name itemCount freshness { checkedAt } } }', ['items.counts', 'work.states']],
    [
      'a page of changes with their items',
      '{ changes(first: 50) { changes { item { title portal { section } unit { agencyCode } press { agency } } } } }',
      ['changes.bounds', 'changes.bounds', 'changes.since', 'items.byIds'],
    ],
    [
      'a search',
      '{ search(query: "tin", first: 50) { nodes { title unit { agencyCode } } } }',
      ['items.search'],
    ],
  ])('costs a handful of store calls, whatever its size: %s', async (_name, source, budget) => {
    // Freshness may come from the last 10 seconds; a graph of its own begins without.
    const counted = countingStore(seeded.world.store);
    const own = createGraph({ ...seeded.world.services, store: counted.store });
    const { result } = await own.answer({ source, rights: ANYBODY, mayWrite: true });
    expect(result.errors).toBeUndefined();
    expect(counted.calls.toSorted()).toEqual(budget);
  });
});

describe('every execution is fresh', () => {
  it('shows an item until it is withdrawn and never again, in every subschema', async () => {
    await saveItems(seeded.world.store, [
      newItem('viec-lam', 'som-mai', { own: { type: 'UnitDocument', fields: { signedBy: 'C' } } }),
    ]);
    const id = idOf('viec-lam', 'som-mai');
    const source = `{
      item(id: "${id}") { title unit { agencyCode } own { ... on UnitDocument { signedBy } } }
      items(filter: { sites: ["viec-lam"] }, first: 1) { nodes { id unit { dublinCore { title } } } }
    }`;
    const before = await seeded.ask(source);
    expect(before.data.item).toEqual({
      title: 'Tin som-mai của Cục Việc làm',
      unit: { agencyCode: 'G13.24' },
      own: { signedBy: 'C' },
    });
    await takeAway(seeded.world.store, id, 'withdrawn');
    const after = await seeded.ask(source);
    expect(after.errors).toBeUndefined();
    expect(after.data.item).toBeNull();
    expect(JSON.stringify(after.data)).not.toContain('som-mai');
    expect(JSON.stringify(after.data)).not.toContain(id);
  });
});

describe('what goes wrong on our side', () => {
  it('is told without its reason, under an id that the log explains', async () => {
    const broken = new Proxy(seeded.world.store.items, {
      get: (target, name) =>
        name === 'page' ? () => Promise.reject(new Error('disk sda1 is full')) : Reflect.get(target, name),
    });
    const store = new Proxy(seeded.world.store, {
      get: (target, name) => (name === 'items' ? broken : Reflect.get(target, name)),
    });
    const { result } = await createGraph({ ...seeded.world.services, store }).answer({
      source: '{ items { nodes { id } } }',
      rights: ANYBODY,
      mayWrite: false,
    });
    expect(JSON.stringify(result)).not.toContain('sda1');
    expect(result.errors).toHaveLength(1);
    const { code, logId } = result.errors?.[0]?.extensions ?? {};
    expect(code).toBe('INTERNAL');
    expect(seeded.world.told).toContainEqual(
      expect.objectContaining({ level: 'error', data: expect.objectContaining({ logId }) }),
    );
  });
});
