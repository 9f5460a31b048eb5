import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { FoundProblem, Judgement } from '../problems.ts';
import type { Store } from '../store.ts';
import { anItem, type Engine, type MakeEngine, put } from './engine.ts';

function found(rule: string, path = 'title', more: Partial<FoundProblem> = {}): FoundProblem {
  return {
    rule,
    path,
    severity: 'should',
    consequence: 'score',
    message: { vi: 'Sai', en: 'Wrong' },
    ...more,
  };
}

function judgement(id: string, problems: readonly FoundProblem[], more: Partial<Judgement> = {}): Judgement {
  return {
    subject: 'item',
    id,
    site: 's',
    source: 's/a',
    at: 1_000,
    pack: 'p1',
    score: { met: 3, known: 4, weight: 6 },
    met: ['m'],
    unknown: ['u'],
    problems,
    ...more,
  };
}

export function problemsConform(makeEngine: MakeEngine): void {
  describe('problems', () => {
    let engine: Engine;
    let store: Store;
    beforeEach(async () => {
      engine = await makeEngine();
      store = await engine.open();
    });
    afterEach(() => engine.remove());
    const save = (...judgements: readonly Judgement[]) =>
      store.transaction(tx => tx.problems.save(judgements));
    const one = async (id: string) => (await store.problems.of('item', [id])).get(id);

    it('gives back a judgement with its problems, each first seen when it was', async () => {
      await save(judgement('i', [found('a', 'x', { data: { n: 1 } }), found('b')]));
      expect(await one('i')).toMatchObject({
        ...judgement('i', []),
        problems: [
          { rule: 'a', path: 'x', data: { n: 1 }, firstSeen: 1_000, id: 'i', site: 's', source: 's/a' },
          { rule: 'b' },
        ],
      });
      await save(
        judgement('i', [found('b', 'title', { severity: 'must' }), found('c')], { at: 2_000, pack: 'p2' }),
      );
      const again = await one('i');
      expect(again?.pack).toBe('p2');
      const firstSeen = Object.fromEntries(
        (again?.problems ?? []).map(({ rule, severity, firstSeen: at }) => [rule, [severity, at]]),
      );
      expect(firstSeen).toEqual({ b: ['must', 1_000], c: ['should', 2_000] });
    });

    it('takes one problem a place, however often it is told', async () => {
      await save(judgement('i', [found('a'), found('a'), found('a', 'other')]), judgement('j', []));
      expect((await one('i'))?.problems.map(({ path }) => path).toSorted()).toEqual(['other', 'title']);
      expect((await one('j'))?.problems).toEqual([]);
      expect(await one('k')).toBeUndefined();
    });

    it('writes nothing where nothing changed, and changes a problem in its place', async () => {
      await save(judgement('i', [found('b'), found('a')]), judgement('j', [found('a')]));
      const before = [await one('i'), await one('j')];
      await save(
        judgement('i', [found('b'), found('a')], { at: 2_000 }),
        judgement('j', [found('a')], { at: 2_000 }),
      );
      expect([await one('i'), await one('j')]).toEqual(before);
      expect(before[0]?.problems.map(({ rule }) => rule)).toEqual(['b', 'a']);
      await save(judgement('i', [found('b', 'title', { severity: 'must' }), found('a')], { at: 3_000 }));
      const places = (await one('i'))?.problems.map(({ rule, n }) => [rule, n]);
      expect(places).toEqual(before[0]?.problems.map(({ rule, n }) => [rule, n]));
    });

    it('follows a subject to another source', async () => {
      await save(judgement('i', [found('a')]));
      await save(judgement('i', [found('a')], { source: 's/b', at: 2_000 }));
      expect(await one('i')).toMatchObject({
        source: 's/b',
        problems: [{ source: 's/b', firstSeen: 1_000 }],
      });
      expect(await store.problems.page({ filter: { sources: ['s/a'] }, first: 9 })).toEqual([]);
    });

    it('takes the last word on a subject, and the first on a place', async () => {
      await save(
        judgement('i', [found('old')]),
        judgement('i', [found('a'), found('a', 'title', { severity: 'must' })]),
      );
      expect((await one('i'))?.problems).toMatchObject([{ rule: 'a', severity: 'should' }]);
    });

    it('lets several writers judge the same items at once, in any order', async () => {
      const other = await engine.open();
      const items = Array.from({ length: 30 }, (_, i) => `i${i}`);
      const judge = (to: Store, ids: readonly string[], pack: string) =>
        to.transaction(tx =>
          tx.problems.save(ids.map(id => judgement(id, [found('a'), found(pack)], { pack }))),
        );
      await Promise.all(
        [1, 2, 3].flatMap(round => [
          judge(store, items, `x${round}`),
          judge(other, items.toReversed(), `y${round}`),
        ]),
      );
      const judged = [...(await store.problems.of('item', items)).values()];
      expect(judged).toHaveLength(30);
      for (const { pack, problems } of judged)
        expect(problems.map(({ rule }) => rule).toSorted()).toEqual(['a', pack]);
    });

    it('lists the newest first by any filter, page by page', async () => {
      await save(
        ...Array.from({ length: 5 }, (_, i) =>
          judgement(
            `i${i}`,
            [found(i % 2 ? 'odd' : 'even', 'p', i === 4 ? { consequence: 'hold', severity: 'must' } : {})],
            { site: i < 2 ? 's' : 't', source: 't/a' },
          ),
        ),
        judgement('s/a', [found('feed')], { subject: 'source' }),
      );
      const list = async (filter: object) =>
        (await store.problems.page({ filter, first: 9 })).map(({ id }) => id);
      expect(await list({ subjects: ['item'] })).toEqual(['i4', 'i3', 'i2', 'i1', 'i0']);
      expect(await list({ sites: ['t'], rules: ['even'] })).toEqual(['i4', 'i2']);
      expect(await list({ consequences: ['hold'] })).toEqual(['i4']);
      expect(await list({ severities: ['must'], sites: ['s'] })).toEqual([]);
      expect(await list({ severities: ['must'] })).toEqual(['i4']);
      expect(await list({ severities: ['should'], sources: ['t/a'] })).toEqual(['i3', 'i2', 'i1', 'i0']);
      expect(await list({ consequences: ['hold', 'score'], sites: ['t'] })).toEqual(['i4', 'i3', 'i2']);
      expect(await list({ subjects: ['source'] })).toEqual(['s/a']);
      expect(await list({ subjects: ['source', 'item'], rules: ['feed', 'odd'] })).toEqual([
        's/a',
        'i3',
        'i1',
      ]);
      expect(await list({ ids: ['i2', 's/a'] })).toEqual(['s/a', 'i2']);
      expect(await list({ ids: ['i2', 's/a'], subjects: ['source'] })).toEqual(['s/a']);
      const [first] = await store.problems.page({ filter: {}, first: 1 });
      expect(
        (await store.problems.page({ filter: {}, first: 1, after: first?.n ?? 0 })).map(({ id }) => id),
      ).toEqual(['i4']);
    });

    it('adds scores up by site, kind of subject and source, and counts subjects by rule', async () => {
      await save(
        judgement('i', [found('a'), found('a', 'y')]),
        judgement('j', [found('a'), found('b')]),
        judgement('s', [], { subject: 'site', score: { met: 1, known: 1, weight: 9 } }),
      );
      expect(await store.problems.scores()).toEqual(
        expect.arrayContaining([
          { site: 's', subject: 'item', source: 's/a', subjects: 2, score: { met: 6, known: 8, weight: 12 } },
          { site: 's', subject: 'site', source: 's/a', subjects: 1, score: { met: 1, known: 1, weight: 9 } },
        ]),
      );
      expect(await store.problems.spread({ subjects: ['item'] })).toEqual([
        { rule: 'a', severity: 'should', subjects: 2 },
        { rule: 'b', severity: 'should', subjects: 1 },
      ]);
      expect(await store.problems.spread({ sites: ['s'], rules: ['b', 'b', 'none'] })).toEqual([
        { rule: 'b', severity: 'should', subjects: 1 },
      ]);
      expect(await store.problems.spread({ sites: ['t'] })).toEqual([]);
    });

    it('tells the items of a site that a pack has not judged, never the withdrawn', async () => {
      await put(
        store,
        anItem('i'),
        anItem('j'),
        anItem('k'),
        anItem('gone', { visibility: 'WITHDRAWN' }),
        anItem('x', { site: 't' }),
      );
      await save(judgement('j', []), judgement('k', [], { pack: 'old' }));
      expect(await store.problems.unjudged('s', 'p1', 9)).toEqual(['k', 'i']);
      expect(await store.problems.unjudged('s', 'p1', 1)).toEqual(['k']);
    });

    it('forgets what it is told, and what is erased', async () => {
      await put(store, anItem('i'), anItem('j'));
      await save(judgement('i', [found('a')]), judgement('j', [found('a')]), judgement('k', [found('a')]));
      await store.transaction(tx => tx.items.erase(['i']));
      await store.transaction(tx => tx.problems.forget('item', ['k']));
      expect([await one('i'), await one('k')]).toEqual([undefined, undefined]);
      expect((await store.problems.page({ filter: {}, first: 9 })).map(({ id }) => id)).toEqual(['j']);
    });
  });
}
