import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSeededGraph, type SeededGraph } from '../e2e/seeded-graph.ts';
import { ANYBODY } from '../http/access.ts';
import { ABUSES } from './abuses.example.ts';

let seeded: SeededGraph;
beforeAll(async () => {
  seeded = await openSeededGraph(60);
});
afterAll(() => seeded.close());

/** Codes of what was asked wrongly or by the wrong one. */
const ASKERS_FAULT = ['LIMIT_EXCEEDED', 'BAD_INPUT', 'UNAUTHENTICATED'];
/** Where graphql-js finds many faults, they are told up to twenty. */
const MOST_TOLD = 21;

describe(`${ABUSES.length} abusive operations`, () => {
  it('are a hundred at least, each another one', () => {
    expect(ABUSES.length).toBeGreaterThanOrEqual(100);
    expect(new Set(ABUSES.map(({ name }) => name)).size).toBe(ABUSES.length);
  });

  it.each(ABUSES)(
    '$name: refused with a code and what would be allowed, and nothing was read for it',
    async ({ source, variables, operationName }) => {
      const calls = seeded.calls.length;
      const { result } = await seeded.graph.answer({
        source,
        variables: { ...variables },
        operationName,
        rights: ANYBODY,
        mayWrite: true,
      });
      const { errors = [], data } = result;
      expect(errors.length).toBeGreaterThan(0);
      expect(errors.length).toBeLessThanOrEqual(MOST_TOLD);
      expect(Object.values(data ?? {}).filter(value => value !== null)).toEqual([]);
      for (const { message, extensions = {} } of errors) {
        expect(ASKERS_FAULT).toContain(extensions.code);
        expect(message.length).toBeLessThan(400);
        if (extensions.code === 'LIMIT_EXCEEDED') expect(extensions).toHaveProperty('allowed');
      }
      expect(seeded.calls.slice(calls)).toEqual([]);
      expect(seeded.world.told.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([]);
    },
  );

  it('a refusal by price tells the prices', async () => {
    const versions = Array.from({ length: 10 }, (_, i) => `v${i}: versions { at }`).join(' ');
    const { result } = await seeded.graph.answer({
      source: `{ changes(first: 1000) { changes { item { ${versions} } } } }`,
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
