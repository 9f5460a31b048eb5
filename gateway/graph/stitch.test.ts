import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type GraphQLNamedType, isEnumType, isInputObjectType, isObjectType } from 'graphql';
import { openSeededGraph, type SeededGraph } from '../e2e/seeded-graph.ts';

let seeded: SeededGraph;
beforeAll(async () => {
  seeded = await openSeededGraph(60);
});
afterAll(() => seeded.close());

function membersOf(type: GraphQLNamedType) {
  if (isEnumType(type)) return type.getValues();
  if (isInputObjectType(type)) return Object.values(type.getFields());
  if (!isObjectType(type)) return [];
  return Object.values(type.getFields()).flatMap(field => [field, ...field.args]);
}

describe('the public schema', () => {
  it('describes everything', () => {
    const silent = Object.values(seeded.graph.schema.getTypeMap())
      .filter(({ name }) => !name.startsWith('__'))
      .flatMap(type => [type, ...membersOf(type)])
      .filter(({ description }) => !description)
      .map(({ name }) => name);
    expect(silent).toEqual([]);
  });

  it('shows no entry point, and says who contributes what', async () => {
    const fields = Object.keys(seeded.graph.schema.getQueryType()?.getFields() ?? {});
    expect(fields.toSorted()).toEqual([
      'changes',
      'complianceByKind',
      'feeds',
      'item',
      'items',
      'problems',
      'rules',
      'search',
      'site',
      'sites',
      'stories',
      'subschemas',
    ]);
    const { data } = await seeded.ask('{ subschemas { id kind sites state sdl } }');
    expect(
      data.subschemas.map(({ id, kind, sites, state }: Record<string, unknown>) => ({
        id,
        kind,
        sites,
        state,
      })),
    ).toEqual(
      [
        ['items', ['cong', 'viec-lam', 'bao-hiem', 'bao-a']],
        ['guidelines', ['cong', 'viec-lam', 'bao-hiem', 'bao-a']],
        ['portal', ['cong']],
        ['units', ['viec-lam', 'bao-hiem']],
        ['press', ['bao-a']],
        ['UnitDocument', ['viec-lam']],
        ['WordPressPost', []],
      ].map(([id, sites]) => ({ id, kind: 'LOCAL', sites, state: 'UP' })),
    );
  });

  it('lists feeds with their addresses', async () => {
    const { data } = await seeded.ask('{ feeds { id order atom rss json html select { kinds } } }');
    expect(data.feeds[2]).toEqual({
      id: 'units',
      order: 'PUBLISHED',
      atom: 'https://tin.example.gov.vn/feeds/units.atom',
      rss: 'https://tin.example.gov.vn/feeds/units.rss',
      json: 'https://tin.example.gov.vn/feeds/units.json',
      html: 'https://tin.example.gov.vn/feeds/units.html',
      select: { kinds: ['UNIT'] },
    });
  });
});
