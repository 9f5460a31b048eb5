import { once } from 'node:events';
import { type IncomingMessage, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { formats } from '../../schemas/formats/index.ts';
import { ARTICLES } from '../../schemas/stories/articles.example.ts';
import { asPublished } from '../../schemas/stories/re-posts.example.ts';
import { idOf, newItem, newItems, SEEDED_AT, saveItems, seededFederation, takeAway } from '../e2e/seed.ts';
import { openSeededServices, SEEDED_TOKEN, type SeededServices } from '../e2e/seeded-services.ts';
import { createGraph, type Graph } from '../graph/graph.ts';
import { joinStories } from '../stories/join-stories.ts';
import { createKey } from './access.ts';
import { createGraphqlRoutes } from './graphql.ts';
import { createMetrics, type Measured } from './metrics.ts';
import { createServer } from './server.ts';
import type { Services } from './services.ts';
import { createUsage } from './usage.ts';

let world: SeededServices;
let now: number;
const servers: Server[] = [];

beforeEach(async () => {
  world = await openSeededServices();
  await saveItems(world.store, newItems(60));
  now = SEEDED_AT;
});
afterEach(async () => {
  for (const server of servers) server.closeAllConnections();
  await Promise.all(servers.splice(0).map(server => new Promise(resolve => server.close(resolve))));
  await world.close();
});

interface Reply {
  readonly status: number | undefined;
  /** As they were on the wire, without the date. */
  readonly headers: readonly string[];
  readonly body: string;
  /** Express never saw it. */
  readonly hot: boolean;
}

interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Our whole HTTP side, and a way to ask it that shows the very bytes. */
async function serve(changes: Partial<Services> = {}) {
  const base = { ...world.services, formats, now: () => now, ...changes };
  const services = { ...base, usage: createUsage(base) };
  const graph = createGraph(services);
  const answered: string[] = [];
  const counting: Graph = {
    ...graph,
    answer: operation => {
      answered.push(operation.source);
      return graph.answer(operation);
    },
  };
  const server = createServer(services, { routers: [await createGraphqlRoutes(services, counting)] });
  const seen: IncomingMessage[] = [];
  server.on('request', received => seen.push(received));
  server.listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ask = (path: string, { method = 'GET', headers = {}, body = '' }: Asked = {}) =>
    new Promise<Reply>((resolve, reject) => {
      const length = body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const sent = request(
        { host: '127.0.0.1', port, path, method, headers: { ...headers, ...length }, agent: false },
        response => {
          const chunks: Buffer[] = [];
          response.on('data', chunk => chunks.push(chunk));
          response.on('end', () =>
            resolve({
              status: response.statusCode,
              headers: withoutDate(response.rawHeaders),
              body: Buffer.concat(chunks).toString('latin1'),
              // Express gives what passes it more methods.
              hot: !('get' in (seen.at(-1) ?? {})),
            }),
          );
        },
      );
      sent.on('error', reject).end(body);
    });
  const operate = (query: string, headers: Record<string, string> = {}) =>
    ask('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    });
  return { ask, operate, answered, port };
}

function withoutDate(raw: readonly string[]): readonly string[] {
  const at = raw.indexOf('Date');
  return raw.filter((_, i) => i !== at && i !== at + 1);
}

const ITEMS = '{ items(first: 5) { nodes { id title site { id name } } pageInfo { endCursor } } }';
const ID = idOf('cong', 'bai-56');

it('lets go of what was ready when its server closes', async () => {
  const metrics = createMetrics(world.services);
  const measured: Measured[] = [];
  const { ask, operate } = await serve({
    metrics: { ...metrics, follow: parts => measured.push(parts) },
  });
  await ask('/feeds/all.atom');
  await operate(ITEMS);
  const sizes = () => measured.flatMap(({ answers, kept }) => [answers.size.answers, kept.size.answers]);
  expect(sizes()).toEqual([1, 1]);
  const [server] = servers.splice(0);
  server?.closeAllConnections();
  await new Promise(resolve => server?.close(resolve));
  expect(sizes()).toEqual([0, 0]);
});

describe('feeds again', () => {
  const encodings = [{}, { 'accept-encoding': 'gzip' }, { 'accept-encoding': 'br' }];
  const paths = ['atom', 'rss', 'json', 'html'].map(extension => `/feeds/all.${extension}`);

  it.each(paths)(
    '%s: the same bytes as the first time, in every encoding, by HEAD, and when not modified',
    async path => {
      const fresh = await serve();
      const warm = await serve();
      await warm.ask(path);
      const { headers } = await warm.ask(path);
      const etag = headers[headers.indexOf('ETag') + 1] ?? '';
      const modified = headers[headers.indexOf('Last-Modified') + 1] ?? '';
      const conditions: Record<string, string>[] = [
        {},
        { 'if-none-match': etag },
        { 'if-none-match': 'W/"other"', 'if-modified-since': modified },
        ...(headers.includes('Last-Modified') ? [{ 'if-modified-since': modified }] : []),
      ];
      for (const method of ['GET', 'HEAD'])
        for (const encoding of encodings)
          for (const condition of conditions) {
            const asked = { method, headers: { ...encoding, ...condition } };
            // A parameter that means nothing makes the address one that was never asked.
            const cold = await fresh.ask(
              `${path}?_=${method}${JSON.stringify(asked.headers).length}${Math.random()}`,
              asked,
            );
            const hot = await warm.ask(path, asked);
            expect([cold.hot, hot.hot]).toEqual([false, true]);
            expect({ ...hot, hot: false }).toEqual(cold);
          }
    },
  );

  it('leaves OPTIONS and what may not be done to those who know', async () => {
    const { ask } = await serve();
    await ask('/feeds/all.atom');
    expect(await ask('/feeds/all.atom', { method: 'OPTIONS' })).toMatchObject({ status: 204, hot: false });
    expect(await ask('/feeds/all.atom', { method: 'DELETE' })).toMatchObject({ status: 405, hot: false });
    expect(await ask('/feeds/none.atom')).toMatchObject({ status: 404, hot: false });
    expect(await ask('/feeds/none.atom')).toMatchObject({ status: 404, hot: false });
  });

  it('tells nothing of an item once its tombstone is committed', async () => {
    const { ask } = await serve();
    await ask('/feeds/all.json');
    expect((await ask('/feeds/all.json')).body).toContain(ID);
    await takeAway(world.store, ID, 'withdrawn');
    const { body, hot } = await ask('/feeds/all.json');
    expect(hot).toBe(true);
    const { items, _lienthong } = JSON.parse(body);
    expect(items.map(({ id }: { id: string }) => id)).not.toContain(ID);
    expect(_lienthong.deleted).toMatchObject([{ id: ID }]);
  });

  it('counts to the limits and to the metrics like any other', async () => {
    const limits = { anonymous: { requests: 3, per: 60_000 } };
    const { ask } = await serve({ federation: seededFederation({ limits }) });
    const statuses = [];
    for (let i = 0; i < 4; i += 1) statuses.push((await ask('/feeds/all.atom')).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    expect((await ask('/feeds/all.atom')).headers).toContain('Retry-After');
    const { body } = await ask('/metrics');
    expect(body).toContain('lienthong_http_requests_total{route="/feeds/:name",method="GET",status="200"} 3');
    expect(body).toContain('lienthong_limited_requests_total{by="address"} 2');
    now += 60_000;
    expect(await ask('/feeds/all.atom')).toMatchObject({ status: 200, hot: true });
  });

  it('counts a forwarded address only behind a proxy that is trusted', async () => {
    const limits = { anonymous: { requests: 1, per: 60_000 } };
    const http = { ...seededFederation().http, trustedProxies: ['127.0.0.1'] };
    const { ask } = await serve({ federation: seededFederation({ limits, http }) });
    const from = (address: string) => ask('/feeds/all.atom', { headers: { 'x-forwarded-for': address } });
    expect((await from('203.0.113.1')).status).toBe(200);
    expect(await from('198.51.100.9, 203.0.113.2')).toMatchObject({ status: 200, hot: true });
    expect((await from('203.0.113.2')).status).toBe(429);
    expect((await from('203.0.113.1')).status).toBe(429);
  });
});

describe('operations again', () => {
  it('are answered with the same bytes and headers, without being executed', async () => {
    const { operate, ask, answered } = await serve();
    const accept = { accept: 'application/graphql-response+json' };
    const get = `/graphql?query=${encodeURIComponent(ITEMS)}`;
    for (const act of [
      () => operate(ITEMS),
      () => operate(ITEMS, accept),
      () => ask(get),
      () => ask(get, { headers: accept }),
    ]) {
      const [first, again] = [await act(), await act()];
      expect([first.hot, again.hot]).toEqual([false, true]);
      expect(first.status).toBe(200);
      expect({ ...again, hot: false }).toEqual(first);
    }
    expect(answered).toHaveLength(4);
  });

  it.each([
    ['has other bytes', `${ITEMS} `],
    ['writes', 'mutation { harvest(source: "cong/tin") { requested } }'],
    ['has errors', '{ items(first: 0) { nodes { id } } }'],
    ['is no GraphQL', '{ items('],
    ['asks what moves without the revision', '{ items(first: 1) { nodes { score { score } } } }'],
    ['asks for problems', '{ problems { nodes { message } } }'],
    ['asks what sites say', '{ subschemas { id state } }'],
    ['asks for the rules of today', '{ rules { id } }'],
    ['asks for changes, whose root is the day’s', '{ changes { cursor ledgerRoot { day } } }'],
  ])('one that %s is asked each time', async (_what, query) => {
    const { operate } = await serve();
    await operate(ITEMS);
    const first = await operate(query);
    expect(first.hot).toBe(false);
    if (query === `${ITEMS} `) return;
    expect(await operate(query)).toEqual(first);
  });

  it('a body is read whole by whoever comes after, in one piece or in many', async () => {
    const { port, operate } = await serve();
    const body = JSON.stringify({ query: `{ problems { nodes { message } } } ${'#'.repeat(40_000)}` });
    expect((await operate('{')).status).toBe(200);
    const head = `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
    const socket = connect(port, '127.0.0.1');
    const heard: Buffer[] = [];
    socket.on('data', chunk => heard.push(chunk));
    const answers = () => Buffer.concat(heard).toString().split('HTTP/1.1 ').length - 1;
    for (const [round, step] of [body.length, 7_000, 1_000].entries()) {
      socket.write(head);
      for (let at = 0; at < body.length; at += step) {
        socket.write(body.slice(at, at + step));
        await new Promise(resolve => setTimeout(resolve, 2));
      }
      while (answers() <= round) await once(socket, 'data');
    }
    socket.destroy();
    const all = Buffer.concat(heard).toString();
    expect(all.match(/HTTP\/1\.1 200/g)).toHaveLength(3);
    expect(all.match(/"UNAUTHENTICATED"/g)).toHaveLength(3);
  });

  it('tells nothing of an item once its tombstone is committed', async () => {
    const { operate } = await serve();
    const query = `{ item(id: "${ID}") { title } items(first: 100) { nodes { id } } }`;
    await operate(query);
    expect(await operate(query)).toMatchObject({ hot: true, body: expect.stringContaining(ID) });
    await takeAway(world.store, ID, 'withdrawn');
    const after = await operate(query);
    expect(after).toMatchObject({ hot: false, body: expect.stringContaining('"item":null') });
    expect(after.body).not.toContain(ID);
  });

  it('tells of a story once it is found, though nothing was put, and not of who left view', async () => {
    const [news] = ARTICLES;
    const told = ['cong', 'bao-a'].map(site => newItem(site, 'su-kien', { ...(news && asPublished(news)) }));
    await saveItems(world.store, told);
    const { operate } = await serve();
    const query = `{ item(id: "${idOf('cong', 'su-kien')}") { story { count } } stories { nodes { count } } }`;
    const alone = { item: { story: null }, stories: { nodes: [] } };
    const both = { item: { story: { count: 1 } }, stories: { nodes: [{ count: 1 }] } };
    const twice = async () => {
      const [first, again] = [await operate(query), await operate(query)];
      expect([first.hot, again.hot, again.body]).toEqual([false, true, first.body]);
      return (JSON.parse(first.body) as { data: unknown }).data;
    };
    expect(await twice()).toEqual(alone);
    while ((await joinStories(world.store)) > 0);
    expect(await twice()).toEqual(both);
    await takeAway(world.store, idOf('bao-a', 'su-kien'), 'hidden');
    expect(await twice()).toEqual(alone);
  });

  it('one that was made while an item was withdrawn is not given after it', async () => {
    const { operate } = await serve();
    const query = `{ item(id: "${ID}") { title } }`;
    const [early] = await Promise.all([operate(query), takeAway(world.store, ID, 'withdrawn')]);
    expect(early.status).toBe(200);
    expect((await operate(query)).body).toContain('"item":null');
  });

  it.each([
    '{ sites { id freshness { checkedAt } } }',
    '{ items(first: 3) { nodes { id picture { width } story { id others { item { id } } } } } }',
  ])('what moves without the revision, but slowly, is told anew after ten seconds: %s', async query => {
    const { operate } = await serve();
    await operate(query);
    now += 9_000;
    expect((await operate(query)).hot).toBe(true);
    now += 1_000;
    expect((await operate(query)).hot).toBe(false);
    expect((await operate(query)).hot).toBe(true);
  });

  it('are shared by who only reads, and by nobody who sees more', async () => {
    const { operate, answered } = await serve();
    const keyOf = async (...scopes: string[]) => {
      const { text } = await createKey(world.store.keys, { title: 'x', scopes, created: 1 });
      return { authorization: `Bearer ${text}` };
    };
    const [one, two] = [await keyOf('read'), await keyOf('read')];
    await operate(ITEMS);
    expect((await operate(ITEMS, one)).hot).toBe(false);
    expect((await operate(ITEMS, two)).hot).toBe(true);
    expect(answered).toHaveLength(2);
    const others = [
      await keyOf('site:cong'),
      await keyOf('read', 'fulltext:bao-a'),
      { authorization: `Bearer ${SEEDED_TOKEN}` },
    ];
    for (const headers of others) {
      expect((await operate(ITEMS, headers)).hot).toBe(false);
      expect((await operate(ITEMS, headers)).hot).toBe(false);
    }
    expect((await operate(ITEMS, { authorization: 'Bearer nobody' })).status).toBe(401);
  });

  it('count to quotas, limits and metrics like any other', async () => {
    const limits = { anonymous: { requests: 2, per: 60_000 } };
    const { operate, ask } = await serve({ federation: seededFederation({ limits }) });
    const quota = { requests: 2, per: 60_000 };
    const { text } = await createKey(world.store.keys, { title: 'x', scopes: ['read'], created: 1, quota });
    for (const headers of [{}, { authorization: `Bearer ${text}` }]) {
      const first = await operate(ITEMS, headers);
      const again = await operate(ITEMS, headers);
      const over = await operate(ITEMS, headers);
      expect([first.status, again.status, over.status]).toEqual([200, 200, 429]);
      expect(again.hot).toBe(true);
      expect(JSON.parse(over.body).errors[0].extensions.code).toBe('RATE_LIMITED');
    }
    const { body } = await ask('/metrics');
    expect(body).toContain('lienthong_http_requests_total{route="/graphql",method="POST",status="200"} 4');
    expect(body).toContain('lienthong_key_requests_total{scope="read"} 3');
  });
});
