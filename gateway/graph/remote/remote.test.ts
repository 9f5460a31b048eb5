import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GraphQLError, type GraphQLSchema, getNamedType, isObjectType } from 'graphql';
import { createHandler } from 'graphql-http/lib/use/http';
import type { Federation } from '../../../schemas/federation.ts';
import type { Item } from '../../../schemas/item.ts';
import { idOf, newItem, saveItems, seededFederation, takeAway } from '../../e2e/seed.ts';
import { codesOf, OPERATOR, type Parsed } from '../../e2e/seeded-graph.ts';
import { openSeededServices, type SeededServices } from '../../e2e/seeded-services.ts';
import { openCache } from '../../harvest/cache.ts';
import { createFetch, type Fetcher } from '../../harvest/fetch.ts';
import { ANYBODY, type Rights } from '../../http/access.ts';
import { playgroundExamples } from '../../http/playground-examples.ts';
import { type Generations, openGenerations } from '../generations.ts';
import { type KeptRows, openKeptRows } from './kept-rows.ts';
import { openRemotes } from './remotes.ts';
import { remoteSources } from './source.ts';

const SDL = `
  type Query { article(id: ID!): Article! articlesByIds(ids: [ID!]!): [Article]! articles(page: Int = 1): [Article!]! secret: String }
  type Mutation { wipe: Boolean! }
  enum Mood { GOOD BAD }
  type Author { name: String! email: String! }
  type Article { id: ID! views(since: Int): Int! note: String! mood: Mood! tags: [String!]! author: Author! draft: String broken: String! meta: JSON }
  scalar JSON
`;

interface Site {
  server: Server;
  origin: string;
  bodies: { query: string; variables: Record<string, unknown> }[];
  schema: GraphQLSchema;
  /** Milliseconds before it tells its schema. */
  schemaTakes: number;
}

let site: Site;
let world: SeededServices;
let fetcher: Fetcher;
let folder: string;
let now = 0;

function article(id: string) {
  return {
    id,
    views: ({ since = 0 }: { since?: number }) => id.length + since,
    note: '<b onclick="x()">đậm</b><script>alert(1)</script>',
    mood: 'GOOD',
    tags: ['a', 'javascript:alert(1)'],
    meta: ['<script>x</script>', { k: 'javascript:alert(1)', n: [1, { t: '<i onclick=x>y</i>' }] }],
    author: { name: 'Người viết', email: 'kin@example.vn' },
    draft: 'not offered',
    broken: () => {
      throw new GraphQLError('counter is away');
    },
  };
}

const schemaOf = (sdl: string) =>
  makeExecutableSchema({
    typeDefs: sdl,
    resolvers: {
      Query: {
        article: (_: unknown, { id }: { id: string }) => article(id),
        // Not in the order asked, as a database would.
        articlesByIds: (_: unknown, { ids }: { ids: string[] }) => ids.toReversed().map(article),
        articles: () => [article('1'), article('22')],
      },
    },
  });

beforeEach(async () => {
  now = 1_000_000;
  const bodies: Site['bodies'] = [];
  const server = createServer((request, response) => {
    if (request.url !== '/graphql') return void response.writeHead(404).end();
    void createHandler({
      schema: site.schema,
      onSubscribe: async (_request, { query, variables }) => {
        if (query.includes('__schema')) await delay(site.schemaTakes);
        bodies.push({ query, variables: variables ?? {} });
      },
    })(request, response);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  site = { server, origin, bodies, schema: schemaOf(SDL), schemaTakes: 0 };
  world = await openSeededServices();
  folder = mkdtempSync(join(tmpdir(), 'lienthong-remote-'));
  fetcher = createFetch({
    settings: { ...world.services.federation.fetch, allowNetworks: ['127.0.0.0/8'], timeout: 2_000 },
    log: world.services.log,
    now: () => now,
    onRequest: () => {},
  });
});
afterEach(async () => {
  await stop();
  await fetcher.close();
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

async function stop(): Promise<void> {
  site.server.closeAllConnections();
  await new Promise(resolve => site.server.close(resolve));
}

const FIELDS = ['views', 'note', 'mood', 'tags', 'author.name', 'broken'];

function federationWith(live: object = {}, siteId = 'viec-lam'): Federation {
  const federation = seededFederation();
  const sources = federation.sources.map(source =>
    source.site === siteId
      ? {
          ...source,
          options: {
            url: `${site.origin}/graphql`,
            live: {
              type: 'Article',
              key: 'id',
              entry: { field: 'article', argument: 'id' },
              fields: FIELDS,
              ...live,
            },
          },
        }
      : source,
  );
  return { ...federation, sources };
}

async function open(
  live: object = {},
  federation = federationWith(live),
  kept?: KeptRows,
): Promise<Generations> {
  const remotes = openRemotes({
    federation,
    fetchFor: fetcher.forSource,
    dataDir: folder,
    log: world.services.log,
    now: () => now,
    ...(kept && { kept }),
  });
  await remotes.refresh();
  site.bodies.length = 0;
  return openGenerations({ ...world.services, federation }, remotes);
}

async function ask({ graph }: Generations, source: string, rights: Rights = ANYBODY): Promise<Parsed> {
  const { result } = await graph.answer({ source, rights, mayWrite: false });
  return JSON.parse(JSON.stringify(result));
}

const LIVE =
  'own { ... on ViecLam_Article { itemId views more: views(since: 5) note mood tags author { name } } }';
const LIST = `{ items(filter: { sites: ["viec-lam"] }, first: 50) { nodes { title ${LIVE} } } }`;
const save = (count: number) =>
  saveItems(
    world.store,
    Array.from({ length: count }, (_, i) => newItem('viec-lam', `n-${i}`, { sourceId: `s${i}` })),
  );

describe('live fields', () => {
  it.each([
    ['one by one', {}],
    ['by a list', { batch: { field: 'articlesByIds', argument: 'ids' } }],
  ])('are asked in one request for a whole page, %s, matched by key and cleaned', async (_name, live) => {
    await save(12);
    const { data, errors } = await ask(await open(live), LIST);
    expect(errors).toBeUndefined();
    expect(data.items.nodes).toHaveLength(12);
    for (const { own } of data.items.nodes) {
      expect(own).toMatchObject({
        note: '<b>đậm</b>',
        mood: 'GOOD',
        tags: ['a', null],
        author: { name: 'Người viết' },
      });
      expect(own.more).toBe(own.views + 5);
    }
    const tenth = data.items.nodes.find(({ own }: Parsed) => own.itemId === idOf('viec-lam', 'n-10'));
    expect(tenth.own.views).toBe('s10'.length);
    expect(site.bodies).toHaveLength(1);
  });

  it('of a scalar of the site’s own may hold anything, and are cleaned to their depth', async () => {
    await save(1);
    const generations = await open({ fields: ['meta'] });
    const { data, errors } = await ask(
      generations,
      LIST.replace(LIVE, 'own { ... on ViecLam_Article { meta } }'),
    );
    expect(errors).toBeUndefined();
    expect(data.items.nodes[0].own.meta).toEqual(['', { k: null, n: [1, { t: '<i>y</i>' }] }]);
  });

  it('offer only what is listed, nullable, and nothing of the site’s roots', async () => {
    const { graph } = await open();
    const part = graph.subschemas.find(({ kind }) => kind === 'REMOTE');
    expect(part?.text.id).toBe('viec-lam');
    expect(part?.text.sdl).not.toMatch(/draft|email|secret|wipe|articles/);
    expect(part?.text.sdl).toMatch(/ since: Int\): Int\n/);
    expect(Object.keys(graph.schema.getQueryType()?.getFields() ?? {})).not.toContain(
      '_liveViecLam_ArticleByItem',
    );
  });
});

describe('remote fields obey the store', () => {
  it.each(['HELD', 'HIDDEN'] as const)(
    'asks nothing for an item that is %s, not even for the operator',
    async visibility => {
      await saveItems(world.store, [newItem('viec-lam', 'x', { sourceId: 's', visibility })]);
      const list = `{ items(filter: { sites: ["viec-lam"], visibility: [${visibility}] }) { nodes { ${LIVE} } } }`;
      const { data } = await ask(await open(), list, OPERATOR);
      expect(data.items.nodes).toHaveLength(1);
      const { own } = data.items.nodes[0];
      expect(own).toMatchObject({
        views: null,
        more: null,
        note: null,
        mood: null,
        tags: null,
        author: null,
      });
      expect(site.bodies).toEqual([]);
    },
  );

  /** Every field that is offered, as deep as it goes. */
  const everyField = ({ graph }: Generations, name = 'ViecLam_Article'): string => {
    const type = graph.schema.getType(name);
    if (!isObjectType(type)) return '';
    return Object.values(type.getFields())
      .map(field => {
        const inner = getNamedType(field.type);
        return isObjectType(inner)
          ? `${field.name} { ${everyField({ graph } as Generations, inner.name)} }`
          : field.name;
      })
      .join(' ');
  };

  const TERMS = { because: 're-post', mode: 'headline-link', media: false, audience: 'public' } as const;
  const COUNTED = { sourceReleased: 0, counted: 'published', delay: 3_600_000 };
  it.each<[string, Partial<Item>]>([
    ['held', { visibility: 'HELD' }],
    ['hidden', { visibility: 'HIDDEN' }],
    ['withdrawn', { visibility: 'WITHDRAWN' }],
    ['trimmed', { sourceHash: 'of the whole' }],
    ['a headline by its paper’s terms', { republication: { ...TERMS, ...COUNTED } }],
    [
      'trimmed for all but some keys',
      { sourceHash: 'w', republication: { ...TERMS, ...COUNTED, mode: 'full-text', audience: 'portal' } },
    ],
  ])('asks nothing by any field of an item that is %s, whoever asks', async (_state, change) => {
    await saveItems(world.store, [newItem('viec-lam', 'x', { sourceId: 's', ...change })]);
    const generations = await open({ root: ['articles'] });
    const fields = everyField(generations);
    expect(fields.split(' ')).toEqual(
      expect.arrayContaining(['itemId', 'views', 'note', 'mood', 'tags', 'author', 'broken']),
    );
    const own = `own { ... on ViecLam_Article { ${fields} } }`;
    const states = '[HELD, HIDDEN, WITHDRAWN, RELEASED]';
    const list = `{ items(filter: { sites: ["viec-lam"], visibility: ${states} }) { nodes { ${own} } } }`;
    const { data, errors } = await ask(generations, list, OPERATOR);
    expect(errors).toBeUndefined();
    expect(data.items.nodes).toHaveLength(1);
    const { itemId, ...given } = data.items.nodes[0].own ?? {};
    expect(Object.values(given).filter(value => value !== null)).toEqual([]);
    const one = await ask(
      generations,
      `{ item(id: "${idOf('viec-lam', 'x')}") { ${own} } search(query: "tin") { nodes { ${own} } } changes { changes { item { ${own} } } } }`,
    );
    expect(one.errors).toBeUndefined();
    expect(site.bodies).toEqual([]);
  });

  it('shows a withdrawn item’s fields until it is withdrawn and never again', async () => {
    await save(1);
    const generations = await open();
    const id = idOf('viec-lam', 'n-0');
    const source = `{ item(id: "${id}") { ${LIVE} } }`;
    expect((await ask(generations, source)).data.item.own.views).toBe(2);
    await takeAway(world.store, id, 'withdrawn');
    site.bodies.length = 0;
    expect((await ask(generations, source)).data.item).toBeNull();
    expect((await ask(generations, `{ changes { changes { item { ${LIVE} } } } }`)).errors).toBeUndefined();
    expect(site.bodies).toEqual([]);
  });
});

describe('a site in trouble', () => {
  it('costs its own fields and one error, never the answer, and soon no time', async () => {
    await save(20);
    const generations = await open({ timeout: 500 });
    await stop();
    for (let turn = 0; turn < 4; turn += 1) {
      const { data, errors } = await ask(generations, LIST);
      expect(data.items.nodes).toHaveLength(20);
      expect(data.items.nodes[0].title).toBeTruthy();
      expect(data.items.nodes[0].own).toMatchObject({ views: null, author: null });
      expect(errors).toHaveLength(1);
    }
    const began = performance.now();
    expect(codesOf(await ask(generations, LIST))).toEqual(['CIRCUIT_OPEN']);
    expect(performance.now() - began).toBeLessThan(200);
    expect((await ask(generations, '{ subschemas { id state } }')).data.subschemas).toContainEqual({
      id: 'viec-lam',
      state: 'DOWN',
    });
  });

  it('may take longer for its schema than for what readers ask', async () => {
    site.schemaTakes = 400;
    await save(1);
    expect((await ask(await open({ timeout: 200 }), LIST)).data.items.nodes[0].own.views).toBe(2);
  });

  it('killed under load costs no answer and keeps nobody waiting', async () => {
    await save(20);
    const generations = await open({ timeout: 500 });
    const times: number[] = [];
    const asker = async () => {
      for (let turn = 0; turn < 20; turn += 1) {
        const began = performance.now();
        const { data, errors = [] } = await ask(generations, LIST);
        times.push(performance.now() - began);
        expect(errors.length).toBeLessThanOrEqual(1);
        expect(data.items.nodes.filter(({ title }: Parsed) => title)).toHaveLength(20);
      }
    };
    const load = Promise.all(Array.from({ length: 8 }, asker));
    await new Promise(resolve => setTimeout(resolve, 50));
    await stop();
    await load;
    expect(times).toHaveLength(160);
    // Eight at once on one thread; without a bound on waiting, each would wait out the site's time limit.
    expect(times.slice(-40).reduce((sum, time) => sum + time, 0) / 40).toBeLessThan(2_000);
  });

  it('tells one error for many broken fields, and keeps what it gave', async () => {
    await save(5);
    const { data, errors } = await ask(
      await open({ batch: { field: 'articlesByIds', argument: 'ids' } }),
      '{ items(filter: { sites: ["viec-lam"] }) { nodes { own { ... on ViecLam_Article { broken } } } } }',
    );
    expect(data.items.nodes).toHaveLength(5);
    expect(codesOf({ errors })).toEqual(['SITE_FAILED']);
  });

  it('is offered by its last known schema when it is down at the start', async () => {
    await save(1);
    await open();
    await stop();
    const { data, errors } = await ask(await open({ timeout: 500 }), LIST);
    expect(data.items.nodes[0].own).toMatchObject({ views: null });
    expect(errors).toHaveLength(1);
  });
});

describe('a pinned schema', () => {
  it('is offered while its site is down at the start, and the site is never asked for its schema', async () => {
    const sdl = join(folder, 'pinned.graphql');
    writeFileSync(sdl, SDL);
    await save(2);
    const up = await open({ sdl });
    expect(await up.refresh()).toBe(false);
    expect((await ask(up, LIST)).data.items.nodes[0].own.views).toBe(2);
    expect(site.bodies.filter(({ query }) => query.includes('__schema'))).toEqual([]);
    await stop();
    const down = await open({ sdl, timeout: 500 });
    const { data, errors } = await ask(down, LIST);
    expect(data.items.nodes).toHaveLength(2);
    expect(data.items.nodes[0]).toMatchObject({ title: expect.any(String), own: { views: null } });
    expect(codesOf({ errors })).toHaveLength(1);
  });

  it('that lacks a listed field is a fault of the file', async () => {
    const sdl = join(folder, 'pinned.graphql');
    writeFileSync(sdl, SDL.replace('note: String!', ''));
    await expect(open({ sdl })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('note'),
    });
  });
});

describe('two sources of one site', () => {
  it('are asked each for their own items, under names of their own', async () => {
    const federation = federationWith();
    const first = federation.sources.find(each => each.site === 'viec-lam');
    if (!first) throw new Error('no source');
    const second = { ...first, name: 'viec-lam/van-ban', id: 'van-ban' };
    await saveItems(world.store, [
      newItem('viec-lam', 'a', { sourceId: 's1' }),
      newItem('viec-lam', 'b', { sourceId: 's22', source: second.name }),
    ]);
    const generations = await open({}, { ...federation, sources: [...federation.sources, second] });
    expect(
      generations.graph.subschemas.filter(({ kind }) => kind === 'REMOTE').map(({ text }) => text.id),
    ).toEqual(['viec-lam', 'viec-lam/van-ban']);
    const { data, errors } = await ask(
      generations,
      '{ items(filter: { sites: ["viec-lam"] }) { nodes { own { __typename ... on ViecLam_Article { views } ... on ViecLamVanBan_Article { views } } } } }',
    );
    expect(errors).toBeUndefined();
    expect(data.items.nodes.map(({ own }: Parsed) => `${own.__typename} ${own.views}`).toSorted()).toEqual([
      'ViecLamVanBan_Article 3',
      'ViecLam_Article 2',
    ]);
    expect(site.bodies).toHaveLength(2);
  });
});

describe('generations', () => {
  it('tell what a changed schema would break: the fields listed, the operations that readers send', async () => {
    await save(1);
    const generations = await open();
    const own = (field: string) =>
      `{ items(first: 1) { nodes { own { ... on ViecLam_Article { ${field} } } } } }`;
    await ask(generations, `query GhiChu ${own('note')}`);
    await ask(generations, `query TacGia ${own('author { name }')}`);
    await ask(generations, `query LuotXem ${own('views')}`);
    await ask(generations, 'query Trang { sites { id } }');
    const gone = () => world.told.filter(({ level }) => level === 'error');

    site.schema = schemaOf(SDL.replace('note: String!', '').replace('name: String!', 'name: [String!]!'));
    expect(await generations.refresh()).toBe(false);
    expect(gone()).toHaveLength(1);
    expect(gone()[0]?.data).toEqual({
      site: 'viec-lam',
      source: 'viec-lam/tin',
      broken: [
        'ViecLam_Article.note was removed.',
        'ViecLam_Author.name changed type from String to [String].',
      ],
      fields: ['note', 'author.name'],
      operations: [expect.stringMatching(/^GhiChu \([0-9a-f]{64}\)$/), expect.stringMatching(/^TacGia /)],
    });
    await generations.refresh();
    expect(gone()).toHaveLength(1);

    site.schema = schemaOf(SDL.replace('article(id: ID!)', 'article(key: ID!)'));
    await generations.refresh();
    expect(gone()[1]?.data).toMatchObject({
      fields: FIELDS,
      operations: [/^GhiChu /, /^TacGia /, /^LuotXem /].map(name => expect.stringMatching(name)),
    });
    expect((await ask(generations, '{ items { nodes { title } } }')).data.items.nodes).toHaveLength(1);
  });

  it('swaps to a schema that has grown, and keeps the last good one when fields are gone', async () => {
    await save(1);
    const generations = await open();
    site.schema = schemaOf(SDL.replace('enum Mood { GOOD BAD }', 'enum Mood { GOOD BAD NEW }'));
    const asking = ask(generations, LIST);
    expect(await generations.refresh()).toBe(true);
    expect((await asking).errors).toBeUndefined();
    expect(generations.graph.subschemas.at(-1)?.text.sdl).toContain('NEW');

    site.schema = schemaOf(
      SDL.replace('note: String!', '').replace('enum Mood { GOOD BAD }', 'enum Mood { GOOD BAD NEW }'),
    );
    expect(await generations.refresh()).toBe(false);
    expect(generations.graph.subschemas.at(-1)?.state()).toBe('CHANGED');
    expect(world.told).toContainEqual(
      expect.objectContaining({
        level: 'error',
        data: expect.objectContaining({ broken: [expect.stringContaining('note')] }),
      }),
    );
    const { data } = await ask(generations, '{ items { nodes { title } } }');
    expect(data.items.nodes).toHaveLength(1);
  });
});

describe('the playground', () => {
  it('opens with an example that asks the site live', async () => {
    await save(3);
    const generations = await open({ fields: ['views', 'mood', 'note'] });
    const [, example = ''] = playgroundExamples(generations.graph.subschemas);
    const { data, errors } = await ask(generations, example);
    expect(errors).toBeUndefined();
    expect(data.items.nodes.map(({ own }: Parsed) => own.mood)).toEqual(['GOOD', 'GOOD', 'GOOD']);
  });
});

describe('root fields', () => {
  it('need operate', async () => {
    const generations = await open({ root: ['articles'] });
    const source = '{ ViecLam_articles(page: 2) { views } }';
    expect(codesOf(await ask(generations, source))).toEqual(['UNAUTHENTICATED']);
    expect(site.bodies).toEqual([]);
    expect((await ask(generations, source, OPERATOR)).data).toEqual({
      ViecLam_articles: [{ views: 1 }, { views: 2 }],
    });
  });

  it('are refused at the start for press', () => {
    expect(() => remoteSources(federationWith({ root: ['articles'] }, 'bao-a'))).toThrow(/not for press/);
  });
});

it('is asked once for many readers, who are told how old its answer is; a withdrawn item is in none of them', async () => {
  const { store, services } = world;
  const cache = openCache(undefined, services.log);
  const kept = openKeptRows({ cache, store, now: () => now, log: services.log });
  await save(3);
  const graph = await open({}, undefined, kept);
  const first = await ask(graph, LIST);
  now += 4_000;
  const again = await ask(graph, LIST);
  expect(again.data).toEqual(first.data);
  expect([first.extensions?.live, again.extensions?.live]).toEqual([
    undefined,
    [{ site: 'viec-lam', age: 4 }],
  ]);
  expect(site.bodies).toHaveLength(1);
  await stop();
  const down = await ask(graph, LIST);
  expect([down.errors, down.data]).toEqual([undefined, first.data]);
  const [{ id = '' } = {}] = await store.items.page({
    filter: { sites: ['viec-lam'] },
    order: 'PUBLISHED',
    first: 1,
  });
  await takeAway(store, id, 'withdrawn');
  const left = await ask(graph, LIST);
  expect(JSON.stringify(left.data)).not.toContain(`"itemId":"${id}"`);
  expect((left.data as { items: { nodes: object[] } }).items.nodes).toHaveLength(2);
  await kept.close();
  await cache.close();
});
