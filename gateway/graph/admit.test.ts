import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { seededFederation } from '../e2e/seed.ts';
import { codesOf, holder, OPERATOR, type Parsed } from '../e2e/seeded-graph.ts';
import { openSeededServices, type SeededServices } from '../e2e/seeded-services.ts';
import { ANYBODY, type Rights } from '../http/access.ts';
import { createGraph, type Graph } from './graph.ts';

let world: SeededServices;
beforeAll(async () => {
  world = await openSeededServices();
});
afterAll(() => world.close());

async function ask(graph: Graph, source: string, rights: Rights = ANYBODY): Promise<Parsed> {
  const { result, refused } = await graph.answer({ source, rights, mayWrite: true });
  return { ...JSON.parse(JSON.stringify(result)), refused };
}

describe('where the federation file switches introspection off', () => {
  const closed = () =>
    createGraph({ ...world.services, federation: seededFederation({ graphql: { introspection: false } }) });

  it.each([
    ['the whole schema', getIntrospectionQuery()],
    ['one type', '{ __type(name: "Item") { name } }'],
    ['it by a fragment', '{ ...A } fragment A on Query { sites { id } __schema { types { name } } }'],
    ['it, skipped', '{ sites { id } __schema @skip(if: true) { types { name } } }'],
    ['it in another operation', 'query A { sites { id } } query B { __schema { types { name } } }'],
  ])('nobody is told %s, and everybody why', async (_name, source) => {
    const graph = closed();
    const operationName = source.startsWith('query A') ? 'B' : undefined;
    const { result } = await graph.answer({ source, operationName, rights: ANYBODY, mayWrite: false });
    expect(result.errors?.[0]).toMatchObject({
      message: expect.stringContaining('graphql.introspection'),
      extensions: { code: 'FORBIDDEN' },
    });
    expect(
      (await ask(graph, '{ sites { __typename id } }', holder('read', 'site:viec-lam'))).data,
    ).toBeTruthy();
  });

  it('the operator is told it', async () => {
    const { data } = await ask(closed(), '{ __schema { queryType { name } } }', OPERATOR);
    expect(data.__schema.queryType.name).toBe('Query');
  });

  it('nothing else tells it: no suggestions, no SDL of a part', async () => {
    const graph = closed();
    const [{ message }] = (await ask(graph, '{ item(id: "x") { titel } }')).errors;
    expect(message).toBe('Cannot query field "titel" on type "Item".');
    const { data } = await ask(graph, '{ subschemas { sdl } }');
    expect(JSON.stringify(data)).not.toContain('type ');
    expect(JSON.stringify((await ask(graph, '{ subschemas { sdl } }', OPERATOR)).data)).toContain(
      'type Item',
    );
  });

  it('elsewhere everybody is told', async () => {
    const graph = createGraph(world.services);
    expect((await ask(graph, getIntrospectionQuery())).errors).toBeUndefined();
    expect((await ask(graph, '{ item(id: "x") { titel } }')).errors[0].message).toContain('"title"');
  });
});

describe('what writes', () => {
  const HARVEST = 'mutation { harvest(source: "cong/tin") { requested } }';
  it.each<[string, Rights, string]>([
    ['nobody', ANYBODY, 'UNAUTHENTICATED'],
    ['a site', holder('read', 'site:cong'), 'FORBIDDEN'],
  ])('is refused to %s before anything is executed', async (_name, rights, code) => {
    expect(codesOf(await ask(createGraph(world.services), HARVEST, rights))).toEqual([code]);
  });
});
