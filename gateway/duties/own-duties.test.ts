import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { formats } from '../../schemas/formats/index.ts';
import { correct } from '../acts/correct.ts';
import { takeDown } from '../acts/take-down.ts';
import { idOf, newItem, saveItems } from '../e2e/seed.ts';
import { openSeededServices, type SeededServices } from '../e2e/seeded-services.ts';
import { createGraph } from '../graph/graph.ts';
import { createGraphqlRoutes } from '../http/graphql.ts';
import { createServer } from '../http/server.ts';
import { checkOwnDuties, type DutyTools } from './own-duties.ts';
import type { Ask } from './own-outputs.ts';

let world: SeededServices;
let server: Server;
let ask: Ask;

beforeEach(async () => {
  world = await openSeededServices();
  const services = { ...world.services, formats };
  const graph = createGraph(services);
  const app = createServer(services, { routers: [await createGraphqlRoutes(services, graph)] });
  server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  ask = async path => {
    const answer = await fetch(base + path, { redirect: 'manual' });
    return { status: answer.status, body: await answer.text() };
  };
  await saveItems(world.store, [
    newItem('viec-lam', 'a'),
    newItem('bao-a', 'b', { title: 'Tin <b> & "báo"' }),
    newItem('cong', 'c', {
      authors: [],
      attribution: {
        text: 'Cổng, 07:30, 22/11/2026',
        agency: 'Cổng',
        authors: [],
        link: 'https://cong.example.vn/c',
        published: Date.parse('2026-11-22T07:30:00+07:00'),
      },
    }),
  ]);
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await world.close();
});

const tools = (over: Ask = ask): DutyTools => ({ ...world.services, formats, sealing: true, ask: over });
/** The same, but what one channel answers is spoiled on its way out. */
const spoiled =
  (path: string, change: (body: string) => string): Ask =>
  async asked => {
    const answer = await ask(asked);
    return asked.startsWith(path) ? { ...answer, body: change(answer.body) } : answer;
  };
const rulesOf = async (over?: Ask) => [
  ...new Set(
    (await checkOwnDuties(tools(over))).problems.map(({ rule, path }) => `${rule} ${path.split(' ')[0]}`),
  ),
];

it('are met by what every channel really shows', async () => {
  const judged = await checkOwnDuties(tools());
  expect(judged.problems).toEqual([]);
  expect(judged.met).toEqual(
    expect.arrayContaining([
      'republish-attribution',
      'republish-backlink',
      'republish-no-comments',
      'republish-no-withdrawn',
      'republish-complaint-channel',
      'republish-retention',
    ]),
  );
  const [stored] = [...(await world.store.problems.of('gateway', ['gateway'])).values()];
  expect(stored?.score.met).toBeGreaterThan(0);
});

it.each<[string, string, (body: string) => string, string]>([
  [
    'JSON drops the agency',
    '/feeds/all.json',
    body => body.replace(/"agency":"[^"]*"/, '"agency":""'),
    'republish-attribution outputs.json-feed.agency',
  ],
  [
    'Atom drops an author',
    '/feeds/all.atom',
    body => body.replaceAll(/<author><name>Phạm Công[\s\S]*?<\/author>/g, ''),
    'republish-attribution outputs.atom.authors',
  ],
  [
    'RSS leads to the home page',
    '/feeds/all.rss',
    body =>
      body.replace(
        /<link>https:\/\/viec-lam\.example\.vn\/a<\/link>/,
        '<link>https://viec-lam.example.vn/</link>',
      ),
    'republish-backlink outputs.rss.link',
  ],
  [
    'a page has another time',
    '/items/',
    body => body.replaceAll(/datetime="[^"]*"/g, 'datetime="2020-01-01T00:00:00+07:00"'),
    'republish-attribution outputs.html.published',
  ],
  [
    'a page has comments',
    '/items/',
    body => body.replace('</article>', '<form><textarea></textarea></form></article>'),
    'republish-no-comments outputs.html.comments',
  ],
  [
    'the complaint form is broken',
    '/feedback',
    () => '',
    'republish-complaint-channel complaints.formStatus',
  ],
])('finds out when %s', async (_what, path, change, found) => {
  expect(await rulesOf(spoiled(path, change))).toContain(found);
});

it('finds out when a channel still shows what was taken down', async () => {
  const id = idOf('viec-lam', 'a');
  const before = await ask('/feeds/all.json?limit=500');
  await takeDown(world.store, {
    actor: 'operator',
    reason: 'Theo lệnh',
    items: [id],
    links: [],
    urgent: true,
    sender: 'Cục A',
    reference: '1/QĐ',
  });
  expect(await rulesOf()).toEqual([]);
  const stale: Ask = async path =>
    path.startsWith('/feeds/all.json?limit=500')
      ? before
      : path.startsWith(`/items/${id}`)
        ? { status: 200, body: '' }
        : ask(path);
  expect(await rulesOf(stale)).toEqual(
    expect.arrayContaining([
      'republish-no-withdrawn servedIds[0]',
      'republish-downstream downstream.itemStatus',
    ]),
  );
});

it('finds out when nothing is sealed', async () => {
  await takeDown(world.store, {
    actor: 'operator',
    reason: 'Theo lệnh',
    items: [idOf('viec-lam', 'a')],
    links: [],
    urgent: false,
  });
  const judged = await checkOwnDuties({ ...tools(), sealing: false });
  expect(judged.problems.map(({ path }) => path)).toContain('retention.sealedCopies');
});

it('judges removals and corrections by the ledger: too late is told, in time is not', async () => {
  const { store } = world;
  const minutes = 60_000;
  const removed = async (item: string, ago: number) => {
    const lastSeen = (await store.now()) - ago * minutes;
    await store.transaction(async tx =>
      tx.ledger.append({
        type: 'item.removed',
        actor: 'publisher',
        item,
        site: 'bao-a',
        details: { lastSeen },
      }),
    );
  };
  await removed('soon', 170);
  expect(await rulesOf()).toEqual([]);
  await removed('late', 190);
  const judged = await checkOwnDuties(tools());
  expect(judged.problems.map(({ rule, path }) => `${rule} ${path}`)).toEqual([
    'republish-takedown removal.all late',
  ]);
  await correct(store, idOf('bao-a', 'b'), idOf('viec-lam', 'a'), {
    actor: 'operator',
    reason: 'Báo cải chính',
  });
  expect((await checkOwnDuties(tools())).met).toContain('republish-correction');
});
