import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeCursor } from '../../../schemas/cursor.ts';
import { idOf, newItem, saveItems, takeAway } from '../../e2e/seed.ts';
import { openSeededGraph, type SeededGraph } from '../../e2e/seeded-graph.ts';

let seeded: SeededGraph;
beforeAll(async () => {
  seeded = await openSeededGraph(60);
});
afterAll(() => seeded.close());

describe('the change log', () => {
  it('of a selection is of that selection only, and its cursor of no other', async () => {
    const source =
      'query($k: [SiteKind!], $s: String) { changes(kinds: $k, since: $s, first: 100) { changes { item { site { kind } } } cursor } }';
    const { data } = await seeded.ask(source, { variables: { k: ['UNIT'] } });
    const kinds = data.changes.changes.map(
      ({ item }: { item: { site: { kind: string } } }) => item.site.kind,
    );
    expect([kinds.length > 5, new Set(kinds)]).toEqual([true, new Set(['UNIT'])]);
    const { errors } = await seeded.ask(source, { variables: { k: ['PRESS'], s: data.changes.cursor } });
    expect(errors[0].extensions.code).toBe('BAD_CURSOR');
  });

  it('replayed from the beginning is what `items` answers, and from any cursor the difference', async () => {
    const held = new Map<string, string>();
    const replay = async (since: string | null): Promise<string> => {
      const { data } = await seeded.ask(
        'query($since: String) { changes(since: $since, first: 13) { changes { kind id item { title } } cursor upToDate } }',
        { variables: { since } },
      );
      for (const { kind, id, item } of data.changes.changes) {
        if (kind === 'PUT') held.set(id, item.title);
        else held.delete(id);
      }
      return data.changes.upToDate ? data.changes.cursor : replay(data.changes.cursor);
    };
    const listed = async () => {
      const { data } = await seeded.ask('{ items(first: 100) { nodes { id title } } }');
      return data.items.nodes.map(({ id, title }: { id: string; title: string }) => [id, title]).toSorted();
    };

    const head = await replay(null);
    expect([...held].toSorted()).toEqual(await listed());
    await saveItems(seeded.world.store, [newItem('bao-hiem', 'moi')]);
    await takeAway(seeded.world.store, idOf('cong', 'bai-0'), 'hidden');
    await takeAway(seeded.world.store, idOf('bao-a', 'bai-3'), 'withdrawn');
    await replay(head);
    expect([...held].toSorted()).toEqual(await listed());
    expect(held.has(idOf('bao-a', 'bai-3'))).toBe(false);
  });

  it('tells why an item left, and starts from the head for who asks for `now`', async () => {
    const now = await seeded.ask('{ changes(since: "now") { changes { id } cursor upToDate } }');
    expect(now.data.changes).toEqual({ changes: [], cursor: expect.any(String), upToDate: true });
    await saveItems(seeded.world.store, [newItem('cong', 'thoang-qua')]);
    await takeAway(seeded.world.store, idOf('cong', 'thoang-qua'), 'site-left');
    const { data } = await seeded.ask(
      `{ changes(since: "${now.data.changes.cursor}") { changes { kind id item { id } reason backfill } } }`,
    );
    expect(data.changes.changes).toEqual([
      { kind: 'TOMBSTONE', id: idOf('cong', 'thoang-qua'), item: null, reason: 'SITE_LEFT', backfill: false },
    ]);
  });

  it.each([
    ['garbage', 'BAD_CURSOR', undefined],
    [encodeCursor({ epoch: 'another', number: 1, selection: '' }), 'RESYNC_REQUIRED', true],
  ])('refuses the cursor %s with %s, and the way on', async (since, code, resync) => {
    const { errors } = await seeded.ask(`{ changes(since: "${since}") { cursor } }`);
    expect([errors[0].extensions.code, errors[0].extensions.resync]).toEqual([code, resync]);
  });

  it('takes the cursors of /changes, of the same selection, and gives out the same', async () => {
    const { store } = seeded.world;
    const { head } = await store.changes.bounds();
    const since = encodeCursor({ epoch: store.epoch, number: head - 3, selection: ';;unit' });
    const { data } = await seeded.ask(`{ changes(since: "${since}", kinds: [UNIT]) { cursor upToDate } }`);
    expect(data.changes).toEqual({
      cursor: encodeCursor({ epoch: store.epoch, number: head, selection: ';;unit' }),
      upToDate: true,
    });
  });

  it.each([0, -1, 1001])('refuses %s changes a page', async first => {
    const { errors } = await seeded.ask(`{ changes(first: ${first}) { cursor } }`);
    expect(errors[0].extensions.code).toBe('BAD_INPUT');
  });
});
