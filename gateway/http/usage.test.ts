import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Federation } from '../../schemas/federation.ts';
import { SEEDED_AT, seededFederation } from '../e2e/seed.ts';
import { openSeededServices, SEEDED_TOKEN, type SeededServices } from '../e2e/seeded-services.ts';
import { createKey } from './access.ts';
import { Buckets } from './buckets.ts';
import { createGraphqlRoutes } from './graphql.ts';
import { createServer } from './server.ts';
import { createUsage, networkOf } from './usage.ts';

describe('a bucket', () => {
  const quota = { requests: 3, per: 60_000 };

  it('gives its quota at once, then evenly', () => {
    const buckets = new Buckets(10);
    expect([0, 0, 0, 0].map(at => buckets.take('a', quota, at))).toEqual([0, 0, 0, 20_000]);
    expect(buckets.take('b', quota, 0)).toBe(0);
    expect(buckets.take('a', quota, 19_999)).toBe(1);
    expect(buckets.take('a', quota, 20_000)).toBe(0);
    expect(buckets.take('a', quota, 20_000)).toBe(20_000);
    expect([0, 1, 2, 3].map(() => buckets.take('a', quota, 1e9))).toEqual([0, 0, 0, 20_000]);
  });

  it('never gives more for a clock that goes back', () => {
    const buckets = new Buckets(10);
    for (const at of [100, 100, 100]) buckets.take('a', quota, at);
    expect(buckets.take('a', quota, 0)).toBeGreaterThan(0);
  });

  it('remembers so many names and no more', () => {
    const buckets = new Buckets(2);
    const one = { requests: 1, per: 60_000 };
    for (const name of ['a', 'b', 'c']) buckets.take(name, one, 0);
    expect([buckets.take('c', one, 0), buckets.take('a', one, 0)]).toEqual([60_000, 0]);
  });
});

it.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['', ''],
])('%s is counted as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

describe('over HTTP', () => {
  let world: SeededServices;
  const servers: Server[] = [];
  let now = SEEDED_AT;

  beforeEach(async () => {
    world = await openSeededServices();
    now = SEEDED_AT;
  });
  afterEach(async () => {
    for (const server of servers) server.closeAllConnections();
    await Promise.all(servers.splice(0).map(server => new Promise(resolve => server.close(resolve))));
    await world.close();
  });

  async function serve(changes: Partial<Federation>) {
    const base = { ...world.services, federation: seededFederation(changes), now: () => now };
    const services = { ...base, usage: createUsage(base) };
    const app = createServer(services, { routers: [await createGraphqlRoutes(services)] });
    const server = app.listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return (path: string, headers: Record<string, string> = {}) =>
      fetch(`http://127.0.0.1:${port}${path}`, { headers });
  }

  const graphql = '/graphql?query={__typename}';
  const limits = { anonymous: { requests: 2, per: 60_000 } };
  const statuses = async (answers: readonly Promise<Response>[]) =>
    (await Promise.all(answers)).map(({ status }) => status).toSorted();

  it('anybody may ask without end where the federation file sets no limit', async () => {
    const ask = await serve({});
    const many = Array.from({ length: 30 }, () => ask('/changes'));
    expect(new Set(await statuses(many))).toEqual(new Set([200]));
  });

  it.each([
    ['/changes', (body: { error: object }) => body.error],
    [graphql, (body: { errors: { extensions: object }[] }) => body.errors[0]?.extensions],
  ])('an address that had its share is told when to come again: %s', async (path, errorOf) => {
    const ask = await serve({ limits });
    expect(await statuses([ask(path), ask(path)])).toEqual([200, 200]);
    const refused = await ask(path);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30']);
    expect(errorOf((await refused.json()) as never)).toMatchObject({ code: 'RATE_LIMITED' });
    expect((await ask('/healthz')).status).toBe(200);
    now += 30_000;
    expect((await ask(path)).status).toBe(200);
  });

  it('X-Forwarded-For counts only from a proxy that is trusted', async () => {
    const from = (address: string) => ({ 'x-forwarded-for': address });
    const stranger = await serve({ limits });
    const pretended = ['203.0.113.1', '203.0.113.2', '203.0.113.3'].map(each =>
      stranger('/changes', from(each)),
    );
    expect(await statuses(pretended)).toEqual([200, 200, 429]);
    const proxied = await serve({ limits, http: { trustedProxies: ['127.0.0.1'] } });
    const real = ['203.0.113.1', '203.0.113.2', '203.0.113.3'].map(each => proxied('/changes', from(each)));
    expect(await statuses(real)).toEqual([200, 200, 200]);
  });

  it('a good key is not counted by address, a bad one is', async () => {
    const ask = await serve({ limits });
    const { text } = await createKey(world.store.keys, { title: 'k', scopes: ['read'], created: now });
    const good = { authorization: `Bearer ${text}` };
    expect(new Set(await statuses(Array.from({ length: 5 }, () => ask('/changes', good))))).toEqual(
      new Set([200]),
    );
    expect(new Set(await statuses(Array.from({ length: 5 }, () => ask(graphql, good))))).toEqual(
      new Set([200]),
    );
    const operator = { authorization: `Bearer ${SEEDED_TOKEN}` };
    expect(new Set(await statuses(Array.from({ length: 5 }, () => ask('/changes', operator))))).toEqual(
      new Set([200]),
    );
    const bad = { authorization: 'Bearer nobody' };
    expect(await statuses([ask(graphql, bad), ask(graphql, bad), ask(graphql, bad)])).toEqual([
      401, 401, 429,
    ]);
    expect((await ask('/changes', bad)).status).toBe(429);
  });

  it('a key has its quota, tells its last use to a minute, and is in the metrics by scope alone', async () => {
    const ask = await serve({});
    const quota = { requests: 2, per: 3_600_000 };
    const { text, key } = await createKey(world.store.keys, {
      title: 'k',
      scopes: ['read', 'site:cong'],
      created: now,
      quota,
    });
    const bearer = { authorization: `Bearer ${text}` };
    expect(await statuses([ask(graphql, bearer), ask(graphql, bearer), ask(graphql, bearer)])).toEqual([
      200, 200, 429,
    ]);
    const used = async () => (await world.store.keys.list())[0]?.used;
    await until(async () => (await used()) === SEEDED_AT);
    now += 59_000;
    await ask(graphql, bearer);
    now += 1_000;
    await ask(graphql, bearer);
    await until(async () => (await used()) === SEEDED_AT + 60_000);
    const metrics = await (await ask('/metrics')).text();
    expect(metrics).toContain('lienthong_key_requests_total{scope="site:cong"} 5');
    expect(metrics).toContain('lienthong_limited_requests_total{by="key"} 3');
    expect(metrics).not.toContain(key.id);
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 2_000; Date.now() < end; ) {
    if (await holds()) return;
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  throw new Error('It did not come to hold.');
}
