import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newItem, saveItems } from '../../e2e/seed.ts';
import { codesOf, OPERATOR, openSeededGraph, type SeededGraph } from '../../e2e/seeded-graph.ts';

let seeded: SeededGraph;
beforeAll(async () => {
  seeded = await openSeededGraph(60);
});
afterAll(() => seeded.close());

describe('lists', () => {
  it.each(['PUBLISHED', 'RELEASED'])('walk through all items once, by %s', async orderBy => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data, errors } = await seeded.ask(
        `query($after: String) { items(orderBy: ${orderBy}, first: 7, after: $after) {
           nodes { id } edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }`,
        { variables: { after } },
      );
      expect(errors).toBeUndefined();
      expect(data.items.edges.map((edge: { node: object }) => edge.node)).toEqual(data.items.nodes);
      expect(data.items.pageInfo.endCursor).toBe(data.items.edges.at(-1).cursor);
      seen.push(...data.items.nodes.map(({ id }: { id: string }) => id));
      after = data.items.pageInfo.hasNextPage ? data.items.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toHaveLength(60);
    expect(new Set(seen).size).toBe(60);
  });

  it('walk through a search', async () => {
    const first = await seeded.ask(
      '{ search(query: "tin", first: 50) { nodes { id } pageInfo { hasNextPage endCursor } } }',
    );
    expect(first.data.search.nodes).toHaveLength(50);
    const after = first.data.search.pageInfo.endCursor;
    const second = await seeded.ask(
      `{ search(query: "tin", first: 50, after: "${after}") { nodes { id } pageInfo { hasNextPage } } }`,
    );
    const ids = [...first.data.search.nodes, ...second.data.search.nodes].map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(60);
    expect(second.data.search.pageInfo.hasNextPage).toBe(false);
  });

  it('say where the words stand and how all matches spread; a list without words says neither', async () => {
    const fields =
      'nodes { id } edges { highlight { title summary content } } facets { counted capped sites { id title count } kinds { kind count } topics { id } }';
    const { data, errors } = await seeded.ask(
      `{ search(query: "tom tat", first: 1) { ${fields} } items(filter: { text: "tom tat", kinds: [UNIT] }, first: 1) { ${fields} }
         all: items(first: 1) { ${fields} } }`,
    );
    expect(errors).toBeUndefined();
    const [{ highlight }] = data.search.edges;
    expect(highlight.summary).toMatch(/^<mark>Tóm<\/mark> <mark>tắt<\/mark> tin bai-\d+\.$/);
    expect(highlight).toMatchObject({ content: null, title: expect.stringMatching(/^Tin bai-/) });
    expect(data.search.facets).toEqual({
      counted: 60,
      capped: false,
      sites: [
        { id: 'bao-a', title: 'Báo A', count: 15 },
        { id: 'bao-hiem', title: 'Bảo hiểm xã hội', count: 15 },
        { id: 'cong', title: 'Cổng thông tin điện tử', count: 15 },
        { id: 'viec-lam', title: 'Cục Việc làm', count: 15 },
      ],
      kinds: [
        { kind: 'UNIT', count: 30 },
        { kind: 'PORTAL', count: 15 },
        { kind: 'PRESS', count: 15 },
      ],
      topics: [],
    });
    expect(data.items.facets).toMatchObject({ counted: 30, kinds: [{ kind: 'UNIT', count: 30 }] });
    expect(data.items.edges[0].highlight.summary).toContain('<mark>');
    expect(data.all).toMatchObject({ facets: null, edges: [{ highlight: null }] });
  });

  it('mark nothing of an item that is not released, whoever asks', async () => {
    await saveItems(seeded.world.store, [
      newItem('bao-a', 'kin', { title: 'Chuyện kín', visibility: 'HELD' }),
    ]);
    const ask = (rights = OPERATOR) =>
      seeded.ask(
        '{ search(query: "chuyen kin", filter: { visibility: [HELD, RELEASED] }) { nodes { title } edges { highlight { title } } facets { counted } } }',
        { rights },
      );
    expect((await ask()).data.search).toEqual({
      nodes: [{ title: 'Chuyện kín' }],
      edges: [{ highlight: null }],
      facets: { counted: 1 },
    });
    const { data } = await seeded.ask('{ search(query: "chuyen kin") { nodes { id } facets { counted } } }');
    expect(data.search).toEqual({ nodes: [], facets: { counted: 0 } });
  });

  it.each([
    ['items(first: 0) { nodes { id } }', 'BAD_INPUT'],
    ['items(first: 101) { nodes { id } }', 'BAD_INPUT'],
    ['changes(first: 0) { cursor }', 'BAD_INPUT'],
    ['changes(first: 1001) { cursor }', 'BAD_INPUT'],
    ['changes(since: "garbage") { cursor }', 'BAD_CURSOR'],
    ['items(after: "garbage") { nodes { id } }', 'BAD_CURSOR'],
    ['items(filter: { sites: ["nobody"] }) { nodes { id } }', 'BAD_INPUT'],
    ['items(filter: { topics: ["nothing"] }) { nodes { id } }', 'BAD_INPUT'],
    ['items(filter: { text: "  " }) { nodes { id } }', 'BAD_INPUT'],
    ['items(filter: { publishedAfter: "hôm qua" }) { nodes { id } }', 'BAD_INPUT'],
    [`items(filter: { categories: [${'"x",'.repeat(101)}] }) { nodes { id } }`, 'BAD_INPUT'],
    ['search(query: "") { nodes { id } }', 'BAD_INPUT'],
    [`search(query: "${'x'.repeat(201)}") { nodes { id } }`, 'BAD_INPUT'],
    ['search(query: "x", filter: { text: "y" }) { nodes { id } }', 'BAD_INPUT'],
    ['item { id }', 'BAD_INPUT'],
    ['item(id: "x", link: "https://a.vn/") { id }', 'BAD_INPUT'],
    ['nothing', 'BAD_INPUT'],
    ['items(', 'BAD_INPUT'],
    ['_itemsById(ids: ["x"]) { id }', 'BAD_INPUT'],
    [`sites { id ${'x '.repeat(2000)} }`, 'LIMIT_EXCEEDED'],
  ])('refuse what can’t be meant: case %#', async (field, code) => {
    expect(codesOf(await seeded.ask(`{ ${field} }`))).toContain(code);
  });

  it('refuse the cursor of another order', async () => {
    const { data } = await seeded.ask('{ items(first: 1) { pageInfo { endCursor } } }');
    const other = await seeded.ask(
      `{ items(orderBy: RELEASED, after: "${data.items.pageInfo.endCursor}") { nodes { id } } }`,
    );
    expect(codesOf(other)).toEqual(['BAD_CURSOR']);
  });
});
