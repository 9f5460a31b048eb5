import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { buildSchema, introspectionFromSchema } from 'graphql';
import { runCommand } from './run-command.ts';
import { type Gateway, pause, removeFolder, runGateway, temporaryFolder, until } from './run-gateway.ts';

const SDL = `
  type Query { article(id: ID!): Article! articles: [Article!]! }
  type Article { id: ID! slug: String! title: String! body: String! at: String! views: Int! }
`;
const ARTICLES = ['1', '2', '3'].map(id => ({
  id,
  slug: `bai-${id}`,
  title: `Tin số ${id}`,
  body: `<p>Nội dung của tin số ${id}, đủ dài để là một tin.</p>`,
  at: '2026-11-20T01:00:00Z',
}));
const LIST = '{ items { nodes { title own { ... on DonVi_Article { views } } } } subschemas { id state } }';

interface Told {
  readonly items: { readonly nodes: readonly { title: string; own: { views: number | null } | null }[] };
  readonly subschemas: readonly { readonly id: string; readonly state: string }[];
}

const dataDir = temporaryFolder();
const held = new Set<ServerResponse>();
let hangs = false;
let server: Server;
let gateway: Gateway;

function answerOf({ query, variables }: { query: string; variables: Record<string, unknown> }): object {
  if (query.includes('__schema')) return introspectionFromSchema(buildSchema(SDL));
  if (query.includes('articles')) return { articles: ARTICLES };
  const rows = Object.values(variables).map((key, i) => [
    `r${i}`,
    { lienthong_key: key, views: Number(key) },
  ]);
  return Object.fromEntries(rows);
}

const config = (title: string) => `gateway: { title: ${title} }
fetch: { allowNetworks: ["127.0.0.0/8"] }
sites:
  - id: don-vi
    name: Đơn vị thử
    kind: unit
    homepage: https://don-vi.example/
    sources:
      - id: tin
        connector: graphql
        every: { min: 1s, max: 1h }
        since: 3650d
        options:
          url: "http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql"
          query: "{ articles { id slug title body at } }"
          items: $.data.articles[*]
          map: { id: $.id, title: $.title, content: $.body, published: $.at }
          link: "https://don-vi.example/tin/{slug}"
          live: { type: Article, key: id, entry: { field: article, argument: id }, fields: [views], timeout: 500 }
`;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    if (request.method !== 'POST') return void response.writeHead(404).end();
    const sent = JSON.parse(String(Buffer.concat(await request.toArray())));
    if (hangs) return void held.add(response);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ data: answerOf(sent) }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  gateway = await runGateway({ dataDir, config: config('Tin thử') });
}, 120_000);

afterAll(async () => {
  await gateway.kill('SIGTERM');
  server.closeAllConnections();
  server.close();
  removeFolder(dataDir);
});

const told = async () => {
  const answer = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: LIST }),
  });
  return ((await answer.json()) as { data: Told }).data;
};
const views = ({ items }: Told) => items.nodes.map(({ own }) => own?.views ?? null).toSorted();
const remote = ({ subschemas }: Told) => subschemas.find(({ id }) => id === 'don-vi')?.state;

it('a site is stitched and asked live', async () => {
  await until('all items with their views', async () => views(await told()).join() === '1,2,3');
  expect(remote(await told())).toBe('UP');
}, 60_000);

it('a reload under load goes through while the site hangs, and no answer lacks an item', async () => {
  hangs = true;
  let going = true;
  const counts: number[] = [];
  const readers = Array.from({ length: 4 }, async () => {
    while (going) {
      counts.push((await told()).items.nodes.length);
      await pause(5);
    }
  });
  writeFileSync(join(dataDir, 'federation.yaml'), config('Tin mới'));
  const began = performance.now();
  const { code, err } = await runCommand(['reload'], { LIENTHONG_DATA: dataDir });
  const took = performance.now() - began;
  await pause(300);
  going = false;
  await Promise.all(readers);
  expect([code, err]).toEqual([0, '']);
  // Its schema may take 20 s; the one that was known last serves meanwhile.
  expect(took).toBeLessThan(12_000);
  expect(new Set(counts)).toEqual(new Set([3]));
}, 120_000);

it('a start does not wait for a site that hangs: what is stored is served, its own fields are null', async () => {
  await gateway.kill('SIGTERM');
  gateway = await runGateway({ dataDir, config: config('Tin mới'), patience: 13_000 });
  const down = await told();
  expect([views(down), remote(down)]).toEqual([[null, null, null], 'DOWN']);
  hangs = false;
  for (const response of held) response.destroy();
}, 120_000);
