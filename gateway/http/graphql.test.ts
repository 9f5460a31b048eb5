import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import { serverAudits } from 'graphql-http';
import { newItems, saveItems } from '../e2e/seed.ts';
import { openSeededServices, SEEDED_TOKEN, type SeededServices } from '../e2e/seeded-services.ts';
import { LIMITS } from '../graph/limits.ts';
import { createGraphqlRoutes } from './graphql.ts';
import { PLAYGROUND_EXAMPLES } from './playground-examples.ts';

let world: SeededServices;
let server: Server;
let url: string;

beforeAll(async () => {
  world = await openSeededServices();
  await saveItems(world.store, newItems(8));
  const app = express();
  app.use(await createGraphqlRoutes(world.services));
  server = app.listen(0, '127.0.0.1');
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

  it('refuses what is too large, what is no JSON, and several operations in one request', async () => {
    const large = await post({ query: '{sites{id}}', pad: 'x'.repeat(LIMITS.requestBytes) });
    expect([large.status, await codesOf(large)]).toEqual([413, ['TOO_LARGE']]);
    const garbage = await fetch(url, { method: 'POST', headers: JSON_TYPE, body: '{' });
    expect([garbage.status, await codesOf(garbage)]).toEqual([400, ['BAD_INPUT']]);
    const batch = await post([{ query: '{sites{id}}' }, { query: '{sites{id}}' }]);
    expect([batch.status, await codesOf(batch)]).toEqual([400, ['BAD_INPUT']]);
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
      'Authorization, Content-Type, Accept',
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
  });

  it('takes a persisted query by its hash once it has seen it', async () => {
    const query = '{ sites(kind: PRESS) { id } }';
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(query));
    const extensions = { persistedQuery: { version: 1, sha256Hash: Buffer.from(digest).toString('hex') } };
    expect(await codesOf(await post({ extensions }))).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
    await post({ query, extensions });
    expect(await (await post({ extensions })).json()).toEqual({ data: { sites: [{ id: 'bao-a' }] } });
    expect(await codesOf(await post({ query: '{ __typename }', extensions }))).toEqual(['BAD_INPUT']);
  });

  it('refuses a document too large to parse, in no time', async () => {
    const started = performance.now();
    const response = await post({ query: `{ sites { ${'id '.repeat(60_000)} } }` });
    expect(await codesOf(response)).toEqual(['LIMIT_EXCEEDED']);
    expect(performance.now() - started).toBeLessThan(1000);
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
