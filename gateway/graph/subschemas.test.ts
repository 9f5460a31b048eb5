import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { graphql } from 'graphql';
import { idOf, newItems, saveItems } from '../e2e/seed.ts';
import { openSeededServices, type SeededServices } from '../e2e/seeded-services.ts';
import { ANYBODY } from '../http/access.ts';
import { freshContext } from './context.ts';
import { createGraph, type Graph } from './graph.ts';
import { sourceStates } from './source-states.ts';

let world: SeededServices;
let graph: Graph;

beforeAll(async () => {
  world = await openSeededServices();
  await saveItems(world.store, newItems(8));
  graph = createGraph(world.services);
});
afterAll(() => world.close());

const PORTAL = idOf('cong', 'bai-0');
const UNIT = idOf('viec-lam', 'bai-1');
const PRESS = idOf('bao-a', 'bai-3');
const IDS = JSON.stringify([PORTAL, UNIT, PRESS, 'urn:uuid:nobody']);

/** Executes one subschema alone, as if there were no others. */
async function alone(id: string, source: string) {
  const part = graph.subschemas.find(({ text }) => text.id === id);
  if (!part) throw new Error(`There is no subschema ${id}.`);
  const { services } = world;
  const lasting = { services, subschemas: graph.subschemas, states: sourceStates(services) };
  const result = await graphql({ schema: part.schema, source, contextValue: freshContext(lasting, ANYBODY) });
  return JSON.parse(JSON.stringify(result));
}

describe('each subschema executes alone', () => {
  it.each([
    [
      'items',
      `{ _itemsById(ids: ${IDS}) { id site { kind } own { __typename ... on UnitDocument { itemId } } } }`,
      {
        _itemsById: [
          { id: PORTAL, site: { kind: 'PORTAL' }, own: { __typename: 'WordPressPost' } },
          { id: UNIT, site: { kind: 'UNIT' }, own: { __typename: 'UnitDocument', itemId: UNIT } },
          { id: PRESS, site: { kind: 'PRESS' }, own: null },
          null,
        ],
      },
    ],
    [
      'portal',
      `{ _portalItemsById(ids: ${IDS}) { id portal { section documentNumber } } }`,
      {
        _portalItemsById: [
          { id: PORTAL, portal: { section: 'Thời sự', documentNumber: null } },
          { id: UNIT, portal: null },
          { id: PRESS, portal: null },
          null,
        ],
      },
    ],
    [
      'units',
      `{ _unitItemsById(ids: ${IDS}) { unit { agencyCode dublinCore { publisher identifier date } } } }`,
      {
        _unitItemsById: [
          { unit: null },
          {
            unit: {
              agencyCode: 'G13.24',
              dublinCore: { publisher: 'Cục Việc làm', identifier: UNIT, date: '2026-11-22T08:28:00+07:00' },
            },
          },
          { unit: null },
          null,
        ],
      },
    ],
    [
      'press',
      `{ _pressItemsById(ids: ${IDS}) { press { agency agreement { mode media validUntil } correction { note } } } }`,
      {
        _pressItemsById: [
          { press: null },
          { press: null },
          {
            press: {
              agency: 'Báo A',
              agreement: { mode: 'full-text', media: true, validUntil: '2027-12-31T23:59:59+07:00' },
              correction: null,
            },
          },
          null,
        ],
      },
    ],
    [
      'UnitDocument',
      `{ _ownUnitDocumentByItem(ids: ${IDS}) { itemId documentNumber signedBy signedAt recipients } }`,
      {
        _ownUnitDocumentByItem: [
          null,
          {
            itemId: UNIT,
            documentNumber: '1/QĐ-BNV',
            signedBy: 'Nguyễn Văn A',
            signedAt: null,
            recipients: null,
          },
          null,
          null,
        ],
      },
    ],
    [
      'WordPressPost',
      `{ _ownWordPressPostByItem(ids: ${IDS}) { slug postId } }`,
      { _ownWordPressPostByItem: [{ slug: 'bai-0', postId: 0 }, null, null, null] },
    ],
  ])('%s', async (id, source, data) => {
    expect(await alone(id, source)).toEqual({ data });
  });

  it('and no other is there', () => {
    expect(graph.subschemas.map(({ text }) => text.id)).toEqual([
      'items',
      'guidelines',
      'portal',
      'units',
      'press',
      'UnitDocument',
      'WordPressPost',
    ]);
  });
});
