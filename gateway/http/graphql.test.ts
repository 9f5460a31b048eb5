import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { newItems, saveItems } from '../e2e/seed.ts';
import type { Parsed } from '../e2e/seeded-graph.ts';
import { openSeededServices, SEEDED_TOKEN, type SeededServices } from '../e2e/seeded-services.ts';
import { LIMITS } from '../graph/limits.ts';
import { createGraphqlRoutes } from './graphql.ts';
import { PLAYGROUND_EXAMPLES } from './playground-examples.ts';
import { createServer } from './server.ts';

let world: SeededServices;
let server: Server;
let url: string;

beforeAll(async () => {
  world = await openSeededServices();
  await saveItems(world.store, newItems(8));
  const routers = [await createGraphqlRoutes(world.services)];
  server = createServer(world.services, { routers }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await world.close();
});

const JSON_TYPE = { 'content-type': 'application/json' };
const post = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(body) });
const get = (query: string, headers: Record<string, string> = {}) =>
  fetch(`${url}?query=${encodeURIComponent(query)}`, { headers });
const codesOf = async (response: Response) => {
  const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
  return errors.map(({ extensions }) => extensions.code);
};
const persisted = async (query: string) => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(query));
  return { persistedQuery: { version: 1, sha256Hash: Buffer.from(digest).toString('hex') } };
};
const HARVEST = 'mutation { harvest(source: "cong/tin") { requested } }';

describe('GraphQL over HTTP', () => {
  it('passes every audit of graphql-http', async () => {
    const audits = serverAudits({ url: () => url, fetchFn: fetch });
    const failed = [];
    for (const audit of audits) {
      const result = await audit.fn();
      if (result.status !== 'ok') failed.push(`${audit.id} ${audit.name}: ${result.reason}`);
    }
    expect(audits.length).toBeGreaterThanOrEqual(61);
    expect(failed).toEqual([]);
  });

  it.each([
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'query={sites{id}}'],
    ['text', { 'content-type': 'text/plain' }, '{"query":"{sites{id}}"}'],
    ['parts', { 'content-type': 'multipart/form-data; boundary=x' }, '--x--'],
    ['GraphQL as text', { 'content-type': 'application/graphql' }, '{sites{id}}'],
    [
      'another charset',
      { 'content-type': 'application/json; charset=iso-8859-7' },
      '{"query":"{sites{id}}"}',
    ],
  ])('refuses %s', async (_name, headers, body) => {
    const response = await fetch(url, { method: 'POST', headers, body });
    expect(response.status).toBe(415);
    expect(await codesOf(response)).toEqual(['UNSUPPORTED_MEDIA_TYPE']);
  });

  const SITES = '{"query":"{sites{id}}"}';
  const packed = (encoding: string) => ({ 'content-encoding': encoding });
  it.each<[string, number, string, string | Buffer, Record<string, string>]>([
    ['a body too large', 413, 'TOO_LARGE', `{"pad":"${'x'.repeat(LIMITS.requestBytes)}"}`, {}],
    ['a bomb', 413, 'TOO_LARGE', gzipSync(`{"pad":"${'x'.repeat(5_000_000)}"}`), packed('gzip')],
    ['no JSON', 400, 'BAD_INPUT', '{', {}],
    ['no object', 400, 'BAD_INPUT', 'null', {}],
    ['several operations', 400, 'BAD_INPUT', `[${SITES},${SITES}]`, {}],
    ['an empty body', 400, 'BAD_INPUT', '', {}],
    ['an empty list', 400, 'BAD_INPUT', '[]', {}],
    ['no query', 400, 'BAD_INPUT', '{"variables":{}}', {}],
    ['a query that is no text', 400, 'BAD_INPUT', '{"query":5}', {}],
    ['variables that are no object', 400, 'BAD_INPUT', '{"query":"{sites{id}}","variables":[1]}', {}],
    ['variables written as text', 400, 'BAD_INPUT', '{"query":"{sites{id}}","variables":"{}"}', {}],
    ['a name that is no text', 400, 'BAD_INPUT', '{"query":"{sites{id}}","operationName":5}', {}],
    ['garbage said to be gzip', 400, 'BAD_INPUT', 'xxxx', packed('gzip')],
    ['half a gzip', 400, 'BAD_INPUT', gzipSync(SITES).subarray(0, 20), packed('gzip')],
    ['an encoding we don’t know', 415, 'UNSUPPORTED_MEDIA_TYPE', SITES, packed('compress')],
    ['a persisted query of no version', 400, 'BAD_INPUT', '{"extensions":{"persistedQuery":5}}', {}],
    [
      'a persisted query of another version',
      400,
      'BAD_INPUT',
      '{"query":"{sites{id}}","extensions":{"persistedQuery":{"version":2,"sha256Hash":"x"}}}',
      {},
    ],
  ])('refuses %s, and the log hears nothing of it', async (_name, status, code, body, headers) => {
    const response = await fetch(url, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body });
    expect([response.status, await codesOf(response)]).toEqual([status, [code]]);
    expect(world.told.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([]);
  });

  it.each(['gzip', 'deflate', 'br'] as const)('takes a body compressed by %s', async encoding => {
    const pack = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync }[encoding];
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...JSON_TYPE, 'content-encoding': encoding },
      body: pack(SITES),
    });
    expect(await response.json()).toMatchObject({ data: { sites: [{}, {}, {}, {}] } });
  });

  it.each(['PUT', 'DELETE', 'PATCH'])('refuses %s and says what is taken', async method => {
    const response = await fetch(url, { method });
    expect([response.status, await codesOf(response)]).toEqual([405, ['METHOD_NOT_ALLOWED']]);
    expect(response.headers.get('allow')).toMatch(/GET.*POST/);
  });

  it('refuses a type it can’t answer in', async () => {
    const response = await get('{ sites { id } }', { accept: 'image/png' });
    expect([response.status, await codesOf(response)]).toEqual([406, ['BAD_INPUT']]);
  });

  it.each([
    ['a word for a number', 'query($n: Int) { items(first: $n) { nodes { id } } }', { n: 'x' }],
    ['half a page', 'query($n: Int) { items(first: $n) { nodes { id } } }', { n: 1.5 }],
    ['a number beyond Int', 'query($n: Int) { items(first: $n) { nodes { id } } }', { n: 1e30 }],
    ['nothing where something is needed', 'query($q: String!) { search(query: $q) { nodes { id } } }', {}],
    ['an object for a text', 'query($q: String!) { search(query: $q) { nodes { id } } }', { q: { a: 1 } }],
    ['a kind there is not', 'query($k: SiteKind) { sites(kind: $k) { id } }', { k: 'X' }],
    ['a number for a filter', 'query($f: ItemFilter) { items(filter: $f) { nodes { id } } }', { f: 3 }],
    [
      'a filter there is not',
      'query($f: ItemFilter) { items(filter: $f) { nodes { id } } }',
      { f: { z: 1 } },
    ],
    [
      'thousands of wrong values',
      'query($f: ItemFilter) { items(filter: $f) { nodes { id } } }',
      { f: { sites: Array.from({ length: 1_900 }, () => ({})) } },
    ],
    [
      'a wrong day',
      'query($d: DateTime) { items(filter: { publishedAfter: $d }) { nodes { id } } }',
      { d: 'x' },
    ],
    ['another scheme', 'query($l: URL) { item(link: $l) { id } }', { l: 'javascript:alert(1)' }],
  ])(
    'tells of a variable that is %s: the asker’s fault, not one for the log',
    async (_name, query, variables) => {
      const response = await post({ query, variables }, { accept: 'application/graphql-response+json' });
      const { errors, data } = (await response.json()) as Parsed;
      expect([response.status, data]).toEqual([400, undefined]);
      expect(new Set(errors.map(({ extensions }: Parsed) => extensions.code))).toEqual(
        new Set(['BAD_INPUT']),
      );
      for (const { message } of errors) expect(message.length).toBeLessThan(400);
      expect(world.told.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([]);
    },
  );

  it('says what an operation cost', async () => {
    const { extensions } = (await (
      await post({ query: '{ items(first: 5) { nodes { id } } }' })
    ).json()) as Parsed;
    expect(extensions).toEqual({ cost: { asked: 15, allowed: 10_000 } });
  });

  it('knows no subscriptions, and says what there is instead', async () => {
    const { errors } = (await (await post({ query: 'subscription { changes }' })).json()) as Parsed;
    expect(errors).toMatchObject([
      { message: expect.stringContaining('/changes'), extensions: { code: 'BAD_INPUT' } },
    ]);
  });

  it('answers GET with a tag, 304 to who has it, and HEAD without a body', async () => {
    const first = await get('{ sites { id } }');
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^W\/"[\w-]{27}"$/);
    const again = await get('{ sites { id } }', { 'if-none-match': tag });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await get('{ sites { name } }', { 'if-none-match': tag })).status).toBe(200);
    const head = await fetch(`${url}?query=${encodeURIComponent('{ sites { id } }')}`, { method: 'HEAD' });
    expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, tag, '']);
    expect(head.headers.get('content-length')).toBe(String((await first.text()).length));
  });

  it('answers GET by the hash of a persisted query', async () => {
    const query = '{ sites(kind: PORTAL) { id } }';
    const extensions = JSON.stringify(await persisted(query));
    const byHash = `${url}?extensions=${encodeURIComponent(extensions)}`;
    expect(await codesOf(await fetch(byHash))).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
    await fetch(`${byHash}&query=${encodeURIComponent(query)}`);
    const response = await fetch(byHash);
    expect(await response.json()).toMatchObject({ data: { sites: [{ id: 'cong' }] } });
    expect([response.headers.get('etag'), response.headers.get('cache-control')]).toEqual([
      expect.stringMatching(/^W\//),
      expect.stringMatching(/^public/),
    ]);
  });

  it('answers any page’s script, without credentials, and lets caches keep what is public', async () => {
    const response = await get('{ sites { id } }', {
      cookie: `token=${SEEDED_TOKEN}`,
      origin: 'https://cms.vn',
    });
    expect(await response.json()).toMatchObject({ data: { sites: [{ id: 'cong' }, {}, {}, {}] } });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    expect(response.headers.get('cache-control')).toMatch(/^public, max-age=60,/);
    expect(response.headers.get('vary')).toMatch(/Authorization/);
    const preflight = await fetch(url, { method: 'OPTIONS' });
    expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([
      204,
      'Authorization, Content-Type, Accept, If-None-Match',
    ]);
  });

  it.each([
    ['of a key’s holder', '{ sites { id } }', { authorization: `Bearer ${SEEDED_TOKEN}` }],
    ['that has errors', '{ items(first: 0) { nodes { id } } }', {}],
  ])('lets nobody keep an answer %s', async (_name, query, headers) => {
    expect((await get(query, headers)).headers.get('cache-control')).toBe('no-store');
  });

  it('knows who asks by the Authorization header alone', async () => {
    const bad = await post({ query: '{ sites { id } }' }, { authorization: 'Bearer nobody' });
    expect([bad.status, await codesOf(bad)]).toEqual([401, ['UNAUTHENTICATED']]);
    const cookie = await post(
      { query: HARVEST },
      { cookie: `token=${SEEDED_TOKEN}; authorization=${SEEDED_TOKEN}` },
    );
    expect([cookie.status, await codesOf(cookie)]).toEqual([401, ['UNAUTHENTICATED']]);
    const operator = await post({ query: HARVEST }, { authorization: `Bearer ${SEEDED_TOKEN}` });
    expect(await operator.json()).toMatchObject({ data: { harvest: { requested: expect.any(String) } } });
  });

  it('changes nothing by GET', async () => {
    const response = await get(HARVEST, { authorization: `Bearer ${SEEDED_TOKEN}` });
    expect([response.status, await codesOf(response)]).toEqual([405, ['METHOD_NOT_ALLOWED']]);
    expect(response.headers.get('allow')).toBe('POST');
  });

  it('takes a persisted query by its hash once it has seen it', async () => {
    const query = '{ sites(kind: PRESS) { id } }';
    const extensions = await persisted(query);
    expect(await codesOf(await post({ extensions }))).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
    await post({ query, extensions });
    expect(await (await post({ extensions })).json()).toMatchObject({ data: { sites: [{ id: 'bao-a' }] } });
    expect(await codesOf(await post({ query: '{ __typename }', extensions }))).toEqual(['BAD_INPUT']);
  });

  it('refuses a document too large to parse', async () => {
    const response = await post({ query: `{ sites { ${'id '.repeat(60_000)} } }` });
    expect(await codesOf(response)).toEqual(['LIMIT_EXCEEDED']);
  });
});

describe('the playground', () => {
  const page = async () => (await fetch(url, { headers: { accept: 'text/html,*/*;q=0.8' } })).text();

  it('comes to a browser whole from here, under a policy that allows nothing else', async () => {
    const response = await fetch(url, { headers: { accept: 'text/html,*/*;q=0.8' } });
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/https?:|unsafe-eval|script-src[^;]*unsafe-inline/);
    const addresses = [...(await response.text()).matchAll(/(?:src|href)="([^"]+)"/g)].map(
      ([, address]) => address,
    );
    expect(addresses.length).toBeGreaterThanOrEqual(4);
    for (const address of addresses) expect(address).toMatch(/^(?:\/graphql\/playground\/|data:image\/)/);
  });

  it('serves its parts compressed and for good', async () => {
    const [base] = /\/graphql\/playground\/[0-9a-f]+/.exec(await page()) ?? [];
    for (const name of [
      'graphiql.js',
      'graphiql.css',
      'start.js',
      'json.js',
      'graphql.js',
      'editorWorkerService.js',
    ]) {
      const response = await fetch(new URL(`${base}/${name}`, url), {
        headers: { 'accept-encoding': 'gzip, br' },
      });
      expect([name, response.status, response.headers.get('content-encoding')]).toEqual([name, 200, 'br']);
      expect(response.headers.get('cache-control')).toContain('immutable');
      expect((await response.text()).length).toBeGreaterThan(100);
    }
    expect((await fetch(new URL(`${base}/nothing.js`, url))).status).toBe(404);
  });

  it.each(PLAYGROUND_EXAMPLES.map(query => [/query (\w+)/.exec(query)?.[1], query] as const))(
    'opens with an example that works: %s',
    async (_name, query) => {
      const result = (await (await post({ query })).json()) as { errors?: unknown; data: object };
      expect(result.errors).toBeUndefined();
      expect(Object.values(result.data).every(value => value !== null)).toBe(true);
    },
  );
});
