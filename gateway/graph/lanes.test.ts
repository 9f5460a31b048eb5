import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CodedError } from '../../schemas/errors.ts';
import { ARTICLES } from '../../schemas/stories/articles.example.ts';
import { asPublished } from '../../schemas/stories/re-posts.example.ts';
import { idOf, newItem, newItems, SEEDED_AT, saveItems, takeAway } from '../e2e/seed.ts';
import { holder, OPERATOR } from '../e2e/seeded-graph.ts';
import { openSeededServices, type SeededServices } from '../e2e/seeded-services.ts';
import { ANYBODY } from '../http/access.ts';
import type { Services } from '../http/services.ts';
import { joinStories } from '../stories/join-stories.ts';
import { type Answer, createGraph, type Graph } from './graph.ts';
import {
  BROKEN,
  HELD,
  HIDDEN,
  LANE_OPERATIONS,
  type LaneOperation,
  WITHDRAWN,
} from './lane-operations.example.ts';
import { openRemotes } from './remote/remotes.ts';
import type { Subschema } from './subschema.ts';

const ASKERS = {
  anybody: ANYBODY,
  operator: OPERATOR,
  'a site': holder('read', 'site:viec-lam'),
  'a reader of full texts': holder('read', 'fulltext:bao-a'),
};

/** One graph a lane: compiled whatever it is asked, interpreted, and delegated. */
interface Both {
  readonly compiled: Graph;
  readonly usual: Graph;
  readonly stitched: Graph;
}

let world: SeededServices;
let graphs: Both;

beforeAll(async () => {
  world = await openSeededServices();
  await saveItems(world.store, newItems(60));
  const [news] = ARTICLES;
  const told = ['bao-a', 'viec-lam', 'cong'].map((site, i) =>
    newItem(site, 'su-kien', { ...(news && asPublished(news)), published: SEEDED_AT - i * 60_000 }),
  );
  await saveItems(world.store, [
    newItem('viec-lam', 'giu', {
      visibility: 'HELD',
      visibilityReason: 'rule',
      releaseAt: 1_800_000_000_000,
    }),
    newItem('viec-lam', 'hong', {
      title: 'Giá trị lạ',
      own: {
        type: 'UnitDocument',
        fields: { documentNumber: { a: 1 }, signedBy: 7, signedAt: 'never', recipients: ['a', {}, 'b'] },
      },
    }),
    newItem('bao-a', 'an'),
    ...told,
    newItem('cong', 'go'),
  ]);
  while ((await joinStories(world.store)) > 0);
  await takeAway(world.store, HIDDEN, 'hidden');
  await takeAway(world.store, WITHDRAWN, 'withdrawn');
  await world.store.transaction(tx => tx.problems.save([HELD, HIDDEN, BROKEN].map(judgement)));
  graphs = bothLanes(world.services);
});
afterAll(() => world.close());

function bothLanes(services: Services, remotes: readonly Subschema[] = []): Both {
  return {
    compiled: createGraph(services, remotes, { compileAfter: 0 }),
    usual: createGraph(services, remotes, { compileAfter: Number.POSITIVE_INFINITY }),
    stitched: createGraph(services, remotes, { slow: true }),
  };
}

function judgement(id: string) {
  const site = id === HIDDEN ? 'bao-a' : 'viec-lam';
  return {
    subject: 'item' as const,
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
        severity: 'should' as const,
        consequence: 'score' as const,
        path: 'media[0].alt',
        message: { vi: 'Ảnh thiếu chú thích.', en: 'No alt text.' },
        data: { n: 1 },
      },
    ],
  };
}

function ask(
  graph: Graph,
  { source, operationName, variables }: Omit<LaneOperation, 'name'>,
  asker: keyof typeof ASKERS,
) {
  return graph.answer({ source, operationName, variables, rights: ASKERS[asker], mayWrite: true });
}

/** The very bytes that are sent; only the number under which the log has a failure differs each time. */
function bytesOf({ refused, result }: Answer): string {
  const bytes = JSON.stringify({ refused, result });
  return bytes.replace(/(for |"logId":")[0-9a-f]{12}/g, '$1…');
}

async function compare(both: Both, operation: LaneOperation, asker: keyof typeof ASKERS): Promise<void> {
  const usual = await ask(both.usual, operation, asker);
  const stitched = await ask(both.stitched, operation, asker);
  const compiled = await ask(both.compiled, operation, asker);
  expect(bytesOf(usual)).toBe(bytesOf(stitched));
  expect(bytesOf(compiled)).toBe(bytesOf(stitched));
  const executed = usual.refused === undefined;
  expect([usual.lane, stitched.lane]).toEqual(
    executed ? [laneFor(operation), 'SLOW'] : [undefined, undefined],
  );
  const isInterpreted = operation.interpreted ?? /@(?:skip|include)/.test(operation.source);
  const isCompiled = usual.lane === 'FAST' && !isInterpreted;
  expect(compiled.lane).toBe(isCompiled ? 'COMPILED' : usual.lane);
}

function laneFor({ source }: LaneOperation) {
  return /__(?:schema|type)\b/.test(source) ? 'SLOW' : 'FAST';
}

describe(`${LANE_OPERATIONS.length} operations`, () => {
  it('are enough, and each is another one', () => {
    expect(LANE_OPERATIONS.length).toBeGreaterThanOrEqual(60);
    expect(new Set(LANE_OPERATIONS.map(({ name }) => name)).size).toBe(LANE_OPERATIONS.length);
  });

  describe.each(Object.keys(ASKERS) as (keyof typeof ASKERS)[])('asked by %s', asker => {
    it.each(LANE_OPERATIONS)('$name: the same bytes in both lanes', operation =>
      compare(graphs, operation, asker),
    );
  });
});

describe('a store that fails in places', () => {
  const failing = () => bothLanes({ ...world.services, store: failingIn(world.services.store) });
  it.each(LANE_OPERATIONS)('$name: the same bytes in both lanes', operation =>
    compare(failing(), operation, 'operator'),
  );
});

/** What a broken index or a lost table would do: some readings fail, others don't. */
function failingIn(store: Services['store']): Services['store'] {
  const fail = () => Promise.reject(new Error('The disk is gone.'));
  const items = new Proxy(store.items, {
    get: (target, name) => {
      if (name === 'versions' || name === 'facets' || name === 'counts') return fail;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const problems = new Proxy(store.problems, { get: () => fail });
  return new Proxy(store, {
    get: (target, name) => {
      if (name === 'items') return items;
      if (name === 'problems') return problems;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

it('a variable may be named as what every object has', async () => {
  const source = 'query($__proto__: Int) { items(first: $__proto__) { nodes { id } } }';
  const operation = { source, variables: JSON.parse('{ "__proto__": 2 }') };
  const answers = await Promise.all(
    [graphs.compiled, graphs.usual].map(one => ask(one, operation, 'anybody')),
  );
  for (const { result } of answers) expect(result.data?.items).toMatchObject({ nodes: { length: 2 } });
});

it('a failure of ours is told once a list, however many of its entries it cost', async () => {
  const { usual } = bothLanes({ ...world.services, store: failingIn(world.services.store) });
  const source = '{ items(first: 50) { nodes { id problems { ruleId } score { score } } } }';
  const { result } = await ask(usual, { source }, 'operator');
  expect(result.errors?.map(({ path, extensions }) => [path, extensions?.code])).toEqual([
    [['items', 'nodes'], 'INTERNAL'],
    [['items', 'nodes'], 'INTERNAL'],
  ]);
  expect(result.data?.items).toMatchObject({ nodes: { length: 50 } });
});

it('a withdrawn item is in no later execution', async () => {
  const id = idOf('cong', 'sap-go');
  await saveItems(world.store, [newItem('cong', 'sap-go')]);
  const operation = { source: `{ item(id: "${id}") { title portal { section } own { __typename } } }` };
  expect((await ask(graphs.usual, operation, 'anybody')).result.data?.item).not.toBeNull();
  await takeAway(world.store, id, 'withdrawn');
  const { result, lane } = await ask(graphs.usual, operation, 'anybody');
  expect([result.data?.item, lane]).toEqual([null, 'FAST']);
});

describe('with a site that is asked live', () => {
  const SDL = 'type Query { article(id: ID!): Article } type Article { id: ID! views: Int! }';
  const list = (own: string) =>
    `{ items(first: 5, filter: { sites: ["viec-lam"] }) { nodes { id own { ${own} } } } }`;
  let both: Both;
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lienthong-lanes-'));
    const sdl = join(folder, 'pinned.graphql');
    writeFileSync(sdl, SDL);
    const entry = { field: 'article', argument: 'id' };
    const live = { type: 'Article', key: 'id', entry, fields: ['views'], root: ['article'], sdl };
    const { federation, log, now } = world.services;
    const sources = federation.sources.map(source =>
      source.site === 'viec-lam' ? { ...source, options: { url: 'https://x.example.vn/', live } } : source,
    );
    const remotes = openRemotes({
      federation: { ...federation, sources },
      fetchFor: () => () => Promise.reject(new CodedError('SITE_FAILED', 'The site is away.')),
      dataDir: folder,
      log,
      now,
    });
    both = bothLanes(world.services, remotes.subschemas());
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['its field', list('... on ViecLam_Article { views }')],
    ['its field, skipped', list('__typename ... on ViecLam_Article { views @skip(if: true) }')],
    ['its field in a fragment', `${list('...A')} fragment A on ViecLam_Article { views }`],
    ['its root field', '{ sites { id } ViecLam_article(id: "x") { views } }'],
  ])('%s takes the slow lane', async (_name, source) => {
    expect((await ask(both.usual, { source }, 'operator')).lane).toBe('SLOW');
  });

  it.each([
    ['nothing of it', '{ items(first: 5) { nodes { id title } } }'],
    ['its type alone', list('__typename')],
    ['the key in its stub', list('... on ViecLam_Article { itemId }')],
    ['another kind’s own', '{ items(first: 9) { nodes { own { ... on WordPressPost { slug } } } } }'],
  ])('%s takes the fast lane, with the same answer', (name, source) =>
    compare(both, { name, source }, 'operator'),
  );
});
