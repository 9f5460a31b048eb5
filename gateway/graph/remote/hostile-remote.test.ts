import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  buildSchema,
  type GraphQLNamedType,
  getNamedType,
  graphqlSync,
  type IntrospectionQuery,
  introspectionFromSchema,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { Federation } from '../../../schemas/federation.ts';
import { newItem, saveItems, seededFederation } from '../../e2e/seed.ts';
import { codesOf, type Parsed } from '../../e2e/seeded-graph.ts';
import { openSeededServices, type SeededServices } from '../../e2e/seeded-services.ts';
import { createFetch, type Fetcher } from '../../harvest/fetch.ts';
import { ANYBODY } from '../../http/access.ts';
import { type Generations, openGenerations } from '../generations.ts';
import { openRemotes } from './remotes.ts';

interface Sent {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/** A site that says whatever it likes. */
interface Site {
  readonly server: Server;
  readonly url: string;
  readonly sent: Sent[];
  schema: object;
  answer: (sent: Sent) => object | Promise<object>;
}

let sites: Site[] = [];
let world: SeededServices;
let fetcher: Fetcher;
let folder: string;

beforeEach(async () => {
  world = await openSeededServices();
  folder = mkdtempSync(join(tmpdir(), 'lienthong-hostile-'));
  fetcher = createFetch({
    settings: {
      ...world.services.federation.fetch,
      allowNetworks: ['127.0.0.0/8'],
      timeout: 2_000,
      maxBytes: 16 * 1024 * 1024,
      perHost: { concurrency: 16 },
    },
    log: world.services.log,
    now: Date.now,
    onRequest: () => {},
  });
});
afterEach(async () => {
  for (const { server } of sites) {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  }
  sites = [];
  await fetcher.close();
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const SDL = `
  type Query { article(id: ID!): Article! articles(size: Int! = 10): [Article!]! }
  type Author { name: String! }
  enum Mood { GOOD }
  scalar JSON
  type Article {
    id: ID! views: Int! note: String! mood: Mood! tags(of: [String!], like: JSON, size: Int! = 5): [String!]!
    rows: [[String!]!]! author: Author! authors: [[Author!]!]!
  }
`;
const FIELDS = ['views', 'note', 'mood', 'tags', 'rows', 'author.name', 'authors.name'];

/** Answers with one row for each key, under whatever names it was asked. */
function rowsWith(row: object) {
  return ({ variables }: Sent) => ({
    data: Object.fromEntries(
      Object.values(variables).map((key, index) => [`r${index}`, { lienthong_key: key, ...row }]),
    ),
  });
}

async function startSite(sdl = SDL): Promise<Site> {
  const server = createServer(async (request, response) => {
    if (request.method !== 'POST') return void response.writeHead(404).end();
    const sent = JSON.parse(String(Buffer.concat(await request.toArray())));
    const isSchema = sent.query.includes('__schema');
    if (!isSchema) site.sent.push(sent);
    const told = isSchema ? { data: site.schema } : await site.answer(sent);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(told));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const schema = introspectionFromSchema(buildSchema(sdl));
  const site: Site = { server, url, sent: [], schema, answer: rowsWith({ views: 1 }) };
  sites.push(site);
  return site;
}

function federationOf(remotes: Readonly<Record<string, Site>>, live: object = {}): Federation {
  const federation = seededFederation();
  const sources = federation.sources.map(source => {
    const site = remotes[source.site];
    if (!site) return source;
    const entry = { field: 'article', argument: 'id' };
    const options = { url: site.url, live: { type: 'Article', key: 'id', entry, fields: FIELDS, ...live } };
    return { ...source, options };
  });
  return { ...federation, sources };
}

async function open(federation: Federation): Promise<Generations> {
  const { log } = world.services;
  const remotes = openRemotes({
    federation,
    fetchFor: fetcher.forSource,
    dataDir: folder,
    log,
    now: Date.now,
  });
  await remotes.refresh();
  return openGenerations({ ...world.services, federation }, remotes);
}

async function ask(
  { graph }: Generations,
  source: string,
  variables: Record<string, unknown> = {},
): Promise<Parsed> {
  const { result } = await graph.answer({ source, variables, rights: ANYBODY, mayWrite: false });
  return JSON.parse(JSON.stringify(result));
}

const own = (fields: string) =>
  `items(filter: { sites: ["viec-lam"] }) { nodes { title own { ... on ViecLam_Article { ${fields} } } } }`;
const save = (count = 1) =>
  saveItems(
    world.store,
    Array.from({ length: count }, (_, i) => newItem('viec-lam', `n-${i}`, { sourceId: `s${i}` })),
  );

describe('a schema', () => {
  it('that declares all it has non-null is offered nullable, whatever is asked and however deep', async () => {
    const { graph } = await open(federationOf({ 'viec-lam': await startSite() }, { root: ['articles'] }));
    const walked: string[] = [];
    const walk = (type: GraphQLNamedType) => {
      if (!isObjectType(type)) return;
      for (const field of Object.values(type.getFields())) {
        for (let inner = field.type; 'ofType' in inner; inner = inner.ofType) {
          // The item's own id is in the stub, which the store gives.
          expect([type.name, field.name, isNonNullType(inner) && field.name !== 'itemId']).toEqual([
            type.name,
            field.name,
            false,
          ]);
        }
        walked.push(`${type.name}.${field.name}`);
        walk(getNamedType(field.type));
      }
    };
    const root = graph.schema.getQueryType()?.getFields().ViecLam_articles;
    expect(isNonNullType(root?.type)).toBe(false);
    if (root) walk(getNamedType(root.type));
    expect(walked).toHaveLength(10);
  });

  it('whose arguments have defaults can be asked without them', async () => {
    const site = await startSite();
    site.answer = rowsWith({ tags: ['a'] });
    await save();
    const { data, errors } = await ask(await open(federationOf({ 'viec-lam': site })), `{ ${own('tags')} }`);
    expect(errors).toBeUndefined();
    expect(data.items.nodes[0].own.tags).toEqual(['a']);
  });

  it('whose description is cut within a sign is offered all the same', async () => {
    const site = await startSite(SDL.replace('views: Int!', `"${'a'.repeat(299)}😀" views: Int!`));
    await save();
    const { data } = await ask(await open(federationOf({ 'viec-lam': site })), `{ ${own('views')} }`);
    expect(data.items.nodes[0].own.views).toBe(1);
  });

  /** What a site can say that no site could be built with. */
  const broken = (): IntrospectionQuery => {
    const told = structuredClone(introspectionFromSchema(buildSchema(SDL)));
    for (const type of told.__schema.types) if (type.name === 'Mood') Object.assign(type, { enumValues: [] });
    return told;
  };

  it('that can’t be is refused, serves nobody badly, and is no fault at the next start', async () => {
    const [bad, good] = [await startSite(), await startSite()];
    await save();
    const federation = federationOf({ 'viec-lam': bad, 'bao-a': good });
    const generations = await open(federation);
    bad.schema = broken();
    good.schema = introspectionFromSchema(
      buildSchema(SDL.replace('enum Mood { GOOD }', 'enum Mood { GOOD NEW }')),
    );
    expect(await generations.refresh()).toBe(true);
    const states = await ask(generations, '{ subschemas { id state } }');
    expect(states.data.subschemas).toContainEqual({ id: 'viec-lam', state: 'CHANGED' });
    const again = await open(federation);
    expect((await ask(again, `{ ${own('views')} }`)).data.items.nodes[0].own.views).toBe(1);
  });

  it('that can’t be at the first start costs only what it would have offered', async () => {
    const [bad, good] = [await startSite(), await startSite()];
    bad.schema = broken();
    const generations = await open(federationOf({ 'viec-lam': bad, 'bao-a': good }));
    const parts = (await ask(generations, '{ subschemas { id } }')).data.subschemas;
    expect(parts).not.toContainEqual({ id: 'viec-lam' });
    expect(parts).toContainEqual({ id: 'bao-a' });
  });
});

describe('what is asked', () => {
  it('has values wherever a reader has variables', async () => {
    const site = await startSite();
    site.answer = sent => {
      const { errors } = graphqlSync({
        schema: buildSchema(SDL),
        source: sent.query,
        variableValues: sent.variables,
      });
      const fault = errors?.find(({ message }) => message.includes('$'));
      return fault ? { errors: [fault] } : rowsWith({ tags: ['a'], more: ['b'], other: ['c'] })(sent);
    };
    await save();
    const generations = await open(federationOf({ 'viec-lam': site }));
    const fields =
      'tags(of: [$one, "x"]) more: tags(like: $like) other: tags(like: { a: [$one], b: $size, c: $none })';
    const { data, errors } = await ask(
      generations,
      `query($one: String!, $like: ViecLam_JSON, $size: Int, $none: Int) { ${own(fields)} }`,
      { one: 'z', like: { a: ['b', 1, null, true], c_d: 2 }, size: 3 },
    );
    expect(errors).toBeUndefined();
    expect(data.items.nodes[0].own).toEqual({ tags: ['a'], more: ['b'], other: ['c'] });
    expect(site.sent[0]?.query).toContain('of: ["z", "x"]');
    const odd = await ask(generations, `query($like: ViecLam_JSON) { ${own('tags(like: $like)')} }`, {
      like: { 'c d': 2 },
    });
    expect([codesOf(odd), odd.data.items.nodes[0]]).toEqual([
      ['BAD_INPUT'],
      { title: expect.any(String), own: { tags: null } },
    ]);
  });

  it('under the name of the key is what was asked, and never the key', async () => {
    const site = await startSite();
    site.answer = sent => {
      const [key] = Object.values(sent.variables);
      const row: Record<string, unknown> = {};
      for (const [, alias = '', field] of sent.query.matchAll(/(\w+): (id|note)\b/g))
        row[alias] = field === 'id' ? key : 'lời';
      return { data: { r0: row } };
    };
    await save();
    const generations = await open(federationOf({ 'viec-lam': site }));
    const { data } = await ask(generations, `{ ${own('lienthong_key: note views')} }`);
    expect(data.items.nodes[0].own).toEqual({ lienthong_key: 'lời', views: null });
  });
});

describe('an answer', () => {
  it('with `errors: null` is one without errors', async () => {
    const site = await startSite();
    site.answer = sent => ({ ...rowsWith({ views: 1 })(sent), errors: null });
    await save();
    const { data, errors } = await ask(await open(federationOf({ 'viec-lam': site })), `{ ${own('views')} }`);
    expect([errors, data.items.nodes[0].own.views]).toEqual([undefined, 1]);
  });

  it('has its errors cleaned as all else it says', async () => {
    const site = await startSite();
    site.answer = sent => ({
      ...rowsWith({ views: 1 })(sent),
      errors: [
        { message: 'no <b onclick="x()">views</b><script>alert(1)</script>' },
        { message: 'javascript:alert(1)' },
        { message: `${'a'.repeat(199)}😀` },
        { message: 5 },
      ],
    });
    await save();
    const told = await ask(await open(federationOf({ 'viec-lam': site })), `{ ${own('views')} }`);
    expect(codesOf(told)).toEqual(['SITE_FAILED']);
    expect(told.data.items.nodes[0].own.views).toBe(1);
    const said: string[] = told.errors?.[0]?.extensions.errors;
    expect(said).toHaveLength(4);
    expect(said[0]).toBe('no <b>views</b>');
    expect(said.join()).not.toMatch(/script/);
    expect(said.every(each => each.isWellFormed())).toBe(true);
  });

  it('may be a schema of megabytes, but is no page of megabytes that would hold up everybody', async () => {
    const site = await startSite(SDL.replace('type Author', `"${'x'.repeat(3_000_000)}" type Author`));
    await save();
    const generations = await open(federationOf({ 'viec-lam': site }));
    const { data } = await ask(generations, `{ ${own('views')} }`);
    expect(data.items.nodes[0].own.views).toBe(1);
    site.answer = rowsWith({ note: '<'.repeat(3_000_000) });
    expect(codesOf(await ask(generations, `{ ${own('note')} }`))).toEqual(['RESPONSE_TOO_LARGE']);
  });

  it('has lists in its lists, cleaned as deep as they go', async () => {
    const site = await startSite();
    site.answer = rowsWith({
      rows: [['a', '<script>x</script>b'], 'c', null],
      authors: [[{ name: '<i onclick=x>y</i>' }, 'length', [1]], 'xyz'],
    });
    await save();
    const { data, errors } = await ask(
      await open(federationOf({ 'viec-lam': site })),
      `{ ${own('rows authors { name }')} }`,
    );
    expect(errors).toBeUndefined();
    expect(data.items.nodes[0].own).toEqual({
      rows: [['a', 'b'], null, null],
      authors: [[{ name: '<i>y</i>' }, null, null], null],
    });
  });
});

it('a site that is slow is not asked for readers who have gone', async () => {
  const site = await startSite();
  site.answer = async sent => {
    await delay(200);
    return rowsWith({ views: 1 })(sent);
  };
  await save();
  const generations = await open(federationOf({ 'viec-lam': site }, { timeout: 250, concurrency: 1 }));
  const told = await Promise.all(Array.from({ length: 12 }, () => ask(generations, `{ ${own('views')} }`)));
  expect(told.flatMap(each => codesOf(each))).toContain('TIMED_OUT');
  await delay(250);
  const asked = site.sent.length;
  expect(asked).toBeLessThan(4);
  expect((await ask(generations, `{ ${own('views')} }`)).errors).toBeUndefined();
  expect(site.sent).toHaveLength(asked + 1);
});

it('an item that the site lost costs no other its answer, where its `!` makes the whole answer null', async () => {
  const site = await startSite();
  const lost = new Set(['s1', 's4']);
  site.answer = sent => {
    const [alias] = Object.entries(sent.variables).find(([, key]) => lost.has(String(key))) ?? [];
    if (alias === undefined) return rowsWith({ views: 1 })(sent);
    // As graphql-js does it: only the first is told.
    return { data: null, errors: [{ message: 'no such article', path: [alias.replace('k', 'r')] }] };
  };
  await save(6);
  const generations = await open(federationOf({ 'viec-lam': site }));
  const told = await ask(generations, `{ ${own('views')} }`);
  const views = told.data.items.nodes.map((node: Parsed) => node.own.views);
  expect(views.toSorted()).toEqual([1, 1, 1, 1, null, null]);
  expect(codesOf(told)).toEqual(['SITE_FAILED']);
  for (const key of ['s0', 's2', 's3', 's5']) lost.add(key);
  site.sent.length = 0;
  expect(codesOf(await ask(generations, `{ ${own('views')} }`))).toEqual(['SITE_FAILED']);
  expect(site.sent).toHaveLength(4);
});

it('an item whose key the site could not take costs no other its answer', async () => {
  const site = await startSite(SDL.replace('article(id: ID!)', 'article(id: Int!)'));
  site.answer = sent =>
    Object.values(sent.variables).includes(null)
      ? { errors: [{ message: 'null' }] }
      : rowsWith({ views: 1 })(sent);
  const items = ['7', 'urn:old', ''].map(sourceId => newItem('viec-lam', `n-${sourceId}`, { sourceId }));
  await saveItems(world.store, items);
  const { data, errors } = await ask(await open(federationOf({ 'viec-lam': site })), `{ ${own('views')} }`);
  expect(errors).toBeUndefined();
  expect(data.items.nodes.map((node: Parsed) => node.own.views).toSorted()).toEqual([1, null, null]);
});

it('a disk that takes nothing keeps no schema from being offered', async () => {
  writeFileSync(join(folder, 'remote-schemas'), 'a file where a folder should be');
  await save();
  const site = await startSite();
  const { data } = await ask(await open(federationOf({ 'viec-lam': site })), `{ ${own('views')} }`);
  expect(data.items.nodes[0].own.views).toBe(1);
});
