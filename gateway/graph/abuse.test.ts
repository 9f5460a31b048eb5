import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSeededGraph, type SeededGraph } from '../e2e/seeded-graph.ts';
import { ANYBODY } from '../http/access.ts';

let seeded: SeededGraph;
beforeAll(async () => {
  seeded = await openSeededGraph(60);
});
afterAll(() => seeded.close());

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');
const nested = (depth: number, open: string) => `${`${open} { `.repeat(depth)}id${' }'.repeat(depth)}`;

/** Sizes of each abuse: from just beyond what is allowed to as much as a request can carry. */
const GROWTH = [1, 2, 5, 10, 50, 200, 1000];

type Abuse = readonly [name: string, source: string, variables?: object];

const ABUSES: readonly Abuse[] = [
  ...GROWTH.flatMap((n): Abuse[] => [
    [`${30 + n} aliases`, `{ items { nodes { ${times(30 + n, i => `a${i}: id`)} } } }`],
    [`${10 + n} root fields`, `{ ${times(10 + n, i => `f${i}: sites { id }`)} }`],
    [
      `${10 + n} searches at the top`,
      `{ ${times(10 + n, i => `s${i}: search(query: "x", first: 1) { pageInfo { endCursor } }`)} }`,
    ],
    [`${12 + n} levels`, `{ ${nested(12 + n, 'site')} }`],
    [
      `${12 + n} levels of inline fragments’ fields`,
      `{ ${nested(12 + n, '... on Query { items')} ${'}'.repeat(12 + n)} }`,
    ],
    [
      `${12 + n} levels by fragments`,
      `{ ...F0 } ${times(12 + n, i => `fragment F${i} on T { a { ...F${i + 1} } }`)} fragment F${12 + n} on T { id }`,
    ],
    [
      `2^${10 + n} fields by fragments`,
      `{ ...F${10 + n} } fragment F0 on T { a } ${times(10 + n, i => `fragment F${i + 1} on T { ...F${i} ...F${i} }`)}`,
    ],
    [`${1000 + n} fields`, `{ items { nodes { ${times(1000 + n, () => 'id')} } } }`],
    [`${2000 + n} tokens`, `{ sites { ${times(2000 + n, () => 'id')} } }`],
    [`${n} brackets nobody closes`, `${'{a'.repeat(2000 + n)}`],
    [
      `a list of ${100 + n} values`,
      `{ items(filter: { categories: [${times(100 + n, () => '"x"')}] }) { nodes { id } } }`,
    ],
    [`a page of ${100 + n}`, `{ items(first: ${100 + n}) { nodes { id } } }`],
    [
      `a page of ${100 + n} by a variable`,
      'query($n: Int) { items(first: $n) { nodes { id } } }',
      { n: 100 + n },
    ],
    [`a page of ${1000 + n} changes`, `{ changes(first: ${1000 + n}) { cursor } }`],
    [`a search of ${200 + n} characters`, `{ search(query: "${'x'.repeat(200 + n)}") { nodes { id } } }`],
    [
      `words of ${200 + n} characters in a filter`,
      'query($f: ItemFilter) { items(filter: $f) { nodes { id } } }',
      { f: { text: 'x'.repeat(200 + n) } },
    ],
  ]),
  ...[2, 4, 9].flatMap((n): Abuse[] => [
    [
      `${n} pages of changes`,
      `{ ${times(n, i => `c${i}: changes(first: ${Math.floor(1000 / n) + 1}) { cursor }`)} }`,
    ],
    [
      `${n} pages of changes by fragments`,
      `{ ...R } fragment R on Query { ${times(n, i => `c${i}: changes(first: ${Math.floor(1000 / n) + 1}) { cursor }`)} }`,
    ],
    [
      `${n} pages of changes by a default`,
      `query($n: Int = 501) { ${times(n, i => `c${i}: changes(first: $n) { cursor }`)} }`,
    ],
    [
      `1000 changes with all of ${n + 8} objects`,
      `{ changes(first: 1000) { changes { item { ${times(n + 8, i => `v${i}: versions { at }`)} } } } }`,
    ],
    [
      `1000 changes with own fields ${n} times`,
      `{ changes(first: 1000) { changes { item { ${times(n, i => `o${i}: own { __typename }`)} } } } }`,
    ],
  ]),
];

describe(`${ABUSES.length} abusive operations`, () => {
  it('are a hundred at least', () => {
    expect(ABUSES.length).toBeGreaterThanOrEqual(100);
  });

  it.each(ABUSES)(
    '%s: refused in milliseconds, with a code and what would be allowed',
    async (_name, source, variables = {}) => {
      const calls = seeded.calls.length;
      const started = performance.now();
      const { result } = await seeded.graph.answer({
        source,
        variables: { ...variables },
        rights: ANYBODY,
        mayWrite: false,
      });
      const took = performance.now() - started;
      const [error] = result.errors ?? [];
      expect(error?.message).toMatch(/\d|nested too deeply/);
      expect(error?.extensions).toMatchObject({
        code: expect.stringMatching(/^(?:LIMIT_EXCEEDED|BAD_INPUT)$/),
      });
      expect(error?.extensions).toHaveProperty('allowed');
      expect(seeded.calls.slice(calls)).toEqual([]);
      // A refusal that worked it out by executing would take minutes; machines are noisy.
      expect(took).toBeLessThan(5_000);
    },
  );

  it('a refusal by price tells the prices', async () => {
    const { result } = await seeded.graph.answer({
      source: `{ changes(first: 1000) { changes { item { ${times(10, i => `v${i}: versions { at }`)} } } } }`,
      rights: ANYBODY,
      mayWrite: false,
    });
    expect(result.errors?.[0]?.extensions).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      limit: 'cost',
      cost: { asked: 12_010, allowed: 10_000, prices: { list: 10, object: 1 } },
    });
  });
});
