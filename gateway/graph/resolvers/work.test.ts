import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { codesOf, holder, OPERATOR, openSeededGraph, type SeededGraph } from '../../e2e/seeded-graph.ts';
import { ANYBODY } from '../../http/access.ts';

let seeded: SeededGraph;
beforeAll(async () => {
  seeded = await openSeededGraph(60);
});
afterAll(() => seeded.close());

describe('Mutation', () => {
  it.each(['harvest(source: "cong/tin") { requested }', 'pause(source: "cong/tin") { name }'])(
    'is refused before it does anything: %s',
    async field => {
      const anybody = await seeded.graph.answer({
        source: `mutation { ${field} }`,
        rights: ANYBODY,
        mayWrite: true,
      });
      expect([anybody.refused, codesOf(await seeded.ask(`mutation { ${field} }`))]).toEqual([
        401,
        ['UNAUTHENTICATED'],
      ]);
      const rights = holder('read', 'site:cong');
      const reader = await seeded.graph.answer({ source: `mutation { ${field} }`, rights, mayWrite: true });
      expect([reader.refused, codesOf(await seeded.ask(`mutation { ${field} }`, { rights }))]).toEqual([
        403,
        ['FORBIDDEN'],
      ]);
      const byLink = await seeded.graph.answer({
        source: `mutation { ${field} }`,
        rights: OPERATOR,
        mayWrite: false,
      });
      expect(byLink.refused).toBe(405);
      expect(seeded.calls).toEqual([]);
    },
  );

  it('pauses a source until then, and ends the pause', async () => {
    const pause = async (until: string) =>
      (
        await seeded.ask(`mutation { pause(source: "bao-a/tin"${until}) { name state pausedUntil } }`, {
          rights: OPERATOR,
        })
      ).data.pause;
    expect(await pause('')).toEqual({ name: 'bao-a/tin', state: 'PAUSED', pausedUntil: null });
    expect(await pause(', until: "2999-01-01T00:00:00+07:00"')).toMatchObject({
      state: 'PAUSED',
      pausedUntil: '2999-01-01T00:00:00+07:00',
    });
    expect(await pause(', until: "2000-01-01T00:00:00+07:00"')).toMatchObject({
      state: 'NEW',
      pausedUntil: null,
    });
  });

  it('makes a source due', async () => {
    const { data } = await seeded.ask(
      'mutation { harvest(source: "cong/tin") { source { name } requested } }',
      {
        rights: OPERATOR,
      },
    );
    expect(data.harvest).toEqual({
      source: { name: 'cong/tin' },
      requested: expect.stringMatching(/\+07:00$/),
    });
  });

  it.each(['harvest(source: "nobody/tin") { requested }', 'pause(source: "nobody/tin") { name }'])(
    'says when there is no such source: %s',
    async field => {
      expect(codesOf(await seeded.ask(`mutation { ${field} }`, { rights: OPERATOR }))).toEqual(['NOT_FOUND']);
    },
  );
});
