import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  codesOf,
  holder,
  OPERATOR,
  openSeededGraph,
  type Parsed,
  type SeededGraph,
} from '../e2e/seeded-graph.ts';
import type { Judgement } from '../store/problems.ts';

let seeded: SeededGraph;
let ids: readonly { readonly id: string; readonly site: { readonly id: string } }[];

beforeAll(async () => {
  seeded = await openSeededGraph(12);
  const { data } = await seeded.ask('{ items(first: 12) { nodes { id site { id } } } }');
  ids = data.items.nodes;
  await seeded.world.store.transaction(tx =>
    tx.problems.save(ids.map(({ id, site }) => judgement(id, site.id))),
  );
});
afterAll(() => seeded.close());

function judgement(id: string, site: string): Judgement {
  return {
    subject: 'item',
    id,
    site,
    source: `${site}/tin`,
    at: 1_000,
    pack: 'p',
    score: { met: 3, known: 4, weight: 8 },
    met: ['article-vn-unicode'],
    unknown: [],
    problems: [
      {
        rule: 'media-alt',
        severity: 'should',
        consequence: 'score',
        path: 'media[0].alt',
        message: { vi: 'Ảnh thiếu chú thích.', en: 'No alt text.' },
        data: { n: 1 },
      },
    ],
  };
}

const of = (site: string) => ids.filter(item => item.site.id === site).map(({ id }) => id);

describe('rules', () => {
  it('are all sixty, each with its clause, how sure we are of it, and a remedy in both languages', async () => {
    const { data } = await seeded.ask(
      '{ rules { id number scope severity consequence title en: title(language: EN) remedy clauses { cite basis confidence confidenceText history } } }',
    );
    expect(data.rules).toHaveLength(60);
    const delay = data.rules.find(({ id }: Parsed) => id === 'republish-min-delay');
    expect(delay).toMatchObject({
      number: 49,
      scope: 'REPUBLICATION',
      severity: 'MUST',
      consequence: 'HOLD',
      clauses: [
        {
          cite: 'NĐ 147/2024/NĐ-CP Điều 28(1)',
          basis: 'L2',
          confidence: 'Q',
          confidenceText: 'đọc qua trích dẫn trong bài viết',
          history: false,
        },
      ],
    });
  });
});

describe('problems', () => {
  const QUERY =
    'query($f: ProblemFilter, $n: Int, $a: String) { problems(filter: $f, first: $n, after: $a) { nodes { ruleId rule { title(language: EN) } site subject subjectId path message severity data item { id } } pageInfo { hasNextPage endCursor } } }';

  it('are for the operator, page by page', async () => {
    const first = await seeded.ask(QUERY, { rights: OPERATOR, variables: { n: 10 } });
    const { endCursor, hasNextPage } = first.data.problems.pageInfo;
    const rest = await seeded.ask(QUERY, { rights: OPERATOR, variables: { n: 10, a: endCursor } });
    expect([hasNextPage, rest.data.problems.pageInfo.hasNextPage]).toEqual([true, false]);
    const told = [...first.data.problems.nodes, ...rest.data.problems.nodes];
    expect(told.map(({ subjectId }) => subjectId).toSorted()).toEqual(ids.map(({ id }) => id).toSorted());
    expect(told[0]).toMatchObject({
      ruleId: 'media-alt',
      subject: 'ITEM',
      path: 'media[0].alt',
      message: 'Ảnh thiếu chú thích.',
      severity: 'SHOULD',
      data: '{"n":1}',
    });
    expect(told[0].item.id).toBe(told[0].subjectId);
  });

  it('are for a site with its own key, and of that site only, whatever it asks for', async () => {
    const rights = holder('site:viec-lam');
    for (const f of [null, { sites: ['viec-lam', 'bao-hiem'] }]) {
      const { data } = await seeded.ask(QUERY, { rights, variables: { f } });
      expect(data.problems.nodes.map(({ subjectId }: Parsed) => subjectId).toSorted()).toEqual(
        of('viec-lam').toSorted(),
      );
    }
    expect(codesOf(await seeded.ask(QUERY, { rights, variables: { f: { sites: ['bao-hiem'] } } }))).toEqual([
      'FORBIDDEN',
    ]);
    expect(codesOf(await seeded.ask(QUERY))).toEqual(['UNAUTHENTICATED']);
    expect(codesOf(await seeded.ask(QUERY, { rights: holder('read') }))).toEqual(['FORBIDDEN']);
  });

  it('stand beside the item and its site, for who may see them', async () => {
    const source =
      'query($id: ID!) { item(id: $id) { problems { ruleId } score { score unknown } site { compliance { total { score unknown } problems { ruleId subjects } history { day } } } } }';
    const [id] = of('viec-lam');
    const own = await seeded.ask(source, { rights: holder('site:viec-lam'), variables: { id } });
    expect(own.data.item).toMatchObject({
      problems: [{ ruleId: 'media-alt' }],
      score: { score: 75, unknown: 0.5 },
      site: {
        compliance: {
          total: { score: 75, unknown: 0.5 },
          problems: [{ ruleId: 'media-alt', subjects: of('viec-lam').length }],
          history: [],
        },
      },
    });
    const other = await seeded.ask(source, { rights: holder('site:bao-hiem'), variables: { id } });
    expect(other.data.item).toEqual({ problems: null, score: null, site: { compliance: null } });
  });
});

it('scores add up by source and by kind of site, for who may see them', async () => {
  const source =
    '{ site(id: "viec-lam") { compliance { sources { source items score { score } } } } complianceByKind { kind sites score { score unknown } } }';
  const { data } = await seeded.ask(source, { rights: OPERATOR });
  expect(data.site.compliance.sources).toEqual([
    { source: 'viec-lam/tin', items: of('viec-lam').length, score: { score: 75 } },
  ]);
  expect(data.complianceByKind.map(({ kind, sites }: Parsed) => [kind, sites])).toEqual([
    ['portal', 1],
    ['unit', 2],
    ['press', 1],
  ]);
  expect(data.complianceByKind[1].score).toEqual({ score: 75, unknown: 0.5 });
  expect((await seeded.ask('{ complianceByKind { kind } }')).data.complianceByKind).toBeNull();
});

describe('acts', () => {
  const HOLD = 'mutation($id: ID!) { hold(item: $id, reason: "Xem lại") { id visibility visibilityReason } }';

  it('need the operator, and reach every channel', async () => {
    const [, id] = of('viec-lam');
    expect(codesOf(await seeded.ask(HOLD, { rights: holder('site:viec-lam'), variables: { id } }))).toEqual([
      'FORBIDDEN',
    ]);
    const held = await seeded.ask(HOLD, { rights: OPERATOR, variables: { id } });
    expect(held.data.hold).toEqual({ id, visibility: 'HIDDEN', visibilityReason: 'operator' });
    const { data } = await seeded.ask('query($id: ID!) { item(id: $id) { id } }', { variables: { id } });
    expect(data.item).toBeNull();
    const back = await seeded.ask(
      'mutation($id: ID!) { release(item: $id, reason: "Đã xem") { visibility } }',
      {
        rights: OPERATOR,
        variables: { id },
      },
    );
    expect(back.data.release.visibility).toBe('RELEASED');
  });

  it('take down by link with the clock of the order', async () => {
    const [, , id] = of('viec-lam');
    const item = (await seeded.ask('query($id: ID!) { item(id: $id) { link } }', { variables: { id } })).data
      .item;
    const source =
      'mutation($links: [URL!]!) { takeDown(input: { links: $links, reason: "Sai", sender: "Cục A", reference: "1/QĐ", urgent: true }) { items urgent sender receivedAt dueAt removedAt } }';
    const { data } = await seeded.ask(source, { rights: OPERATOR, variables: { links: [item.link] } });
    expect(data.takeDown).toMatchObject({ items: [id], urgent: true, sender: 'Cục A' });
    expect(Date.parse(data.takeDown.dueAt) - Date.parse(data.takeDown.receivedAt)).toBe(6 * 3_600_000);
    const { errors } = await seeded.ask(source, {
      rights: OPERATOR,
      variables: { links: ['https://nowhere.example/x'] },
    });
    expect(codesOf({ errors })).toEqual(['NOT_FOUND']);
  });

  it('record agreements, exceptions and answers, and say what is wrong with bad ones', async () => {
    const agreement = (mode: string) =>
      seeded.ask(
        'mutation($m: String) { recordAgreement(reason: "Đã ký", input: { id: "TT-9", site: "bao-a", mode: $m, validUntil: "2027-12-31T00:00:00+07:00", document: "sha256:' +
          'a'.repeat(64) +
          '" }) { id site mode } }',
        { rights: OPERATOR, variables: { m: mode } },
      );
    expect(codesOf(await agreement('all'))).toEqual(['BAD_INPUT']);
    expect((await agreement('full-text')).data.recordAgreement).toEqual({
      id: 'TT-9',
      site: 'bao-a',
      mode: 'full-text',
    });
    const except = await seeded.ask(
      'mutation { except(site: "viec-lam", rule: "media-alt", reason: "Đang sửa kho ảnh", until: "2100-01-01T00:00:00Z") { rule until } }',
      { rights: OPERATOR },
    );
    expect(except.data.except.rule).toBe('media-alt');
    const unknown = await seeded.ask(
      'mutation { answerComplaint(ticket: "PA-1", upheld: true, reason: "Đúng") { state } }',
      { rights: OPERATOR },
    );
    expect(codesOf(unknown)).toEqual(['NOT_FOUND']);
  });
});
