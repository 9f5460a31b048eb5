import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { idOf, newItem, saveItems, takeAway } from '../e2e/seed.ts';
import { codesOf, holder, OPERATOR, openSeededGraph, type SeededGraph } from '../e2e/seeded-graph.ts';
import { ANYBODY } from '../http/access.ts';

let seeded: SeededGraph;
beforeAll(async () => {
  seeded = await openSeededGraph(60);
});
afterAll(() => seeded.close());

describe('an item', () => {
  it('is found by its id and by its link', async () => {
    const id = idOf('viec-lam', 'bai-1');
    const { data } = await seeded.ask(`{
      byId: item(id: "${id}") { id page }
      byLink: item(link: "http://www.viec-lam.example.vn/bai-1?utm_source=x") { id }
      nobody: item(id: "urn:uuid:nobody") { id }
      elsewhere: item(link: "https://elsewhere.vn/") { id }
    }`);
    expect(data).toEqual({
      byId: { id, page: `https://tin.example.gov.vn/items/${id}` },
      byLink: { id },
      nobody: null,
      elsewhere: null,
    });
  });

  it('keeps its operator’s fields to the operator and its own site', async () => {
    const source = `{ item(id: "${idOf('viec-lam', 'bai-1')}") { sourceId pubStatus visibility source { name state } } }`;
    const nothing = { sourceId: null, pubStatus: null, visibility: null, source: null };
    const everything = {
      sourceId: 'bai-1',
      pubStatus: 'USABLE',
      visibility: 'RELEASED',
      source: { name: 'viec-lam/tin', state: 'NEW' },
    };
    expect((await seeded.ask(source)).data.item).toEqual(nothing);
    expect((await seeded.ask(source, { rights: holder('read', 'site:bao-a') })).data.item).toEqual(nothing);
    expect((await seeded.ask(source, { rights: holder('site:viec-lam') })).data.item).toEqual(everything);
    expect((await seeded.ask(source, { rights: OPERATOR })).data.item).toEqual(everything);
  });
});

describe('an item out of view', () => {
  const HELD = idOf('viec-lam', 'cho');
  const list = (sites: string) =>
    `{ items(filter: { ${sites} visibility: [HELD] }) { nodes { id visibility unit { agencyCode } own { ... on UnitDocument { signedBy } } } } }`;

  beforeAll(() =>
    saveItems(seeded.world.store, [
      newItem('viec-lam', 'cho', {
        visibility: 'HELD',
        own: { type: 'UnitDocument', fields: { signedBy: 'B' } },
      }),
    ]),
  );

  it('is in no answer, whoever asks for it by name', async () => {
    const source = `{ byId: item(id: "${HELD}") { id } byLink: item(link: "https://viec-lam.example.vn/cho") { id } }`;
    expect((await seeded.ask(source)).data).toEqual({ byId: null, byLink: null });
    expect((await seeded.ask(source, { rights: OPERATOR })).data).toEqual({ byId: null, byLink: null });
    expect((await seeded.ask('{ search(query: "cho") { nodes { id } } }')).data.search.nodes).toEqual([]);
  });

  it('isn’t opened by asking for no state at all', async () => {
    const { data } = await seeded.ask(
      '{ items(first: 100, filter: { sites: ["viec-lam"], visibility: [] }) { nodes { id } } }',
    );
    expect(data.items.nodes.length).toBeGreaterThan(0);
    expect(data.items.nodes).not.toContainEqual({ id: HELD });
  });

  it.each([
    ['anybody', ANYBODY, '', ['FORBIDDEN']],
    ['anybody, of one site', ANYBODY, 'sites: ["viec-lam"]', ['FORBIDDEN']],
    ['another site', holder('site:bao-a'), 'sites: ["viec-lam"]', ['FORBIDDEN']],
    ['its own site, of all sites', holder('site:viec-lam'), '', ['FORBIDDEN']],
    ['its own site', holder('site:viec-lam'), 'sites: ["viec-lam"]', undefined],
    ['the operator', OPERATOR, '', undefined],
  ])('is listed by state for who may see it: %s', async (_name, rights, sites, refusal) => {
    const result = await seeded.ask(list(sites), { rights });
    expect(codesOf(result)).toEqual(refusal);
    if (refusal === undefined) {
      expect(result.data.items.nodes).toEqual([
        { id: HELD, visibility: 'HELD', unit: { agencyCode: 'G13.24' }, own: { signedBy: 'B' } },
      ]);
    }
  });

  it('shows the operator that it was withdrawn, and nothing of what it said', async () => {
    const id = idOf('bao-a', 'rut');
    await saveItems(seeded.world.store, [newItem('bao-a', 'rut')]);
    await takeAway(seeded.world.store, id, 'order');
    const { data, errors } = await seeded.ask(
      `{ items(filter: { visibility: [WITHDRAWN] }) { nodes { id title summary content contentText link page authors { name }
         categories attribution { text agency link } picture { url } media { url } visibility visibilityReason versions { kind }
         press { agency } freshness { sourceState } own { __typename } } } }`,
      { rights: OPERATOR },
    );
    expect(errors).toBeUndefined();
    expect(data.items.nodes).toHaveLength(1);
    expect(data.items.nodes[0]).toMatchObject({ id, visibility: 'WITHDRAWN', content: null, own: null });
    expect(JSON.stringify(data).replaceAll(id, '')).not.toMatch(/rut|Nội dung|Phạm Công/);
  });
});
