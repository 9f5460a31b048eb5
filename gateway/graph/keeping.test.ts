import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { isObjectType, parse } from 'graphql';
import { openSeededServices, type SeededServices } from '../e2e/seeded-services.ts';
import { createGraph, type Graph } from './graph.ts';
import { keepings, RECENT, SETTLED } from './keeping.ts';

let world: SeededServices;
let graph: Graph;
beforeAll(async () => {
  world = await openSeededServices();
  graph = createGraph(world.services);
});
afterAll(() => world.close());

it('every field that may be kept exists, and in one list only', () => {
  for (const list of [SETTLED, RECENT])
    for (const [name, fields] of Object.entries(list)) {
      const type = graph.schema.getType(name);
      const known = isObjectType(type) ? Object.keys(type.getFields()) : [];
      expect([name, known.length > 0]).toEqual([name, true]);
      for (const field of fields === '*' ? [] : fields)
        expect([name, known]).toEqual([name, expect.arrayContaining([field])]);
    }
  const twice = Object.entries(RECENT).flatMap(([name, fields]) =>
    fields === '*' ? [] : fields.filter(field => SETTLED[name]?.includes(field)),
  );
  expect(twice).toEqual([]);
});

it.each([
  ['SETTLED', '{ items { nodes { title ...F } } } fragment F on Item { site { name } }'],
  ['SETTLED', '{ search(query: "x") { edges { highlight { title } } facets { counted } } __typename }'],
  ['RECENT', '{ items { nodes { title freshness { checkedAt } } } }'],
  ['SETTLED', '{ items { nodes { story { id others { item { title } } } } } stories { nodes { count } } }'],
  ['RECENT', '{ items { nodes { story { first { freshness { checkedAt } } } } } }'],
  ['NEVER', '{ items { nodes { story { id } score { score } } } }'],
  ['NEVER', '{ items { nodes { ...F } } } fragment F on Item { problems { message } }'],
  ['NEVER', '{ items { nodes { versions { at } } } }'],
  ['NEVER', '{ items { nodes { own { __typename } } } }'],
  ['NEVER', '{ sites { id compliance { total { score } } } }'],
  ['NEVER', '{ changes { upToDate } }'],
  ['NEVER', '{ rules { id } }'],
  ['NEVER', '{ __schema { types { name } } }'],
  ['NEVER', 'mutation { harvest(source: "a/b") { requested } }'],
  ['NEVER', 'query A { sites { id } } query B { problems { nodes { message } } }'],
])('%s: %s', (keeping, source) => {
  const keepingOf = keepings(graph.schema);
  const document = parse(source);
  expect(keepingOf(document)).toBe(keeping);
  expect(keepingOf(document)).toBe(keeping);
});
