import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { readFederation } from '../../config/federation.ts';
import { createFetch, type Fetcher } from '../../gateway/harvest/fetch.ts';
import type { Entry } from '../../schemas/entry.ts';
import type { Federation } from '../../schemas/federation.ts';
import type { JsonDocument } from '../../schemas/json-map/read.ts';
import { rules } from '../../schemas/rules/index.ts';
import type { Batch, HeldItem } from '../connector.ts';
import { type FakePost, fakeGhost } from './fake-ghost.ts';
import { type FakeArticle, fakeStrapi } from './fake-strapi.ts';
import { jsonApiConnector } from './index.ts';

const EXAMPLES = join(import.meta.dirname, '..', '..', 'config', 'examples');
const NOW = Date.parse('2026-11-23T01:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const servers: Server[] = [];
const fetchers: Fetcher[] = [];

afterEach(async () => {
  for (const fetcher of fetchers.splice(0)) await fetcher.close();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  }
});

async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An example as an operator starts from it: only its addresses changed. */
function readExample(
  file: string,
  moved: Readonly<Record<string, string>>,
  env: Record<string, string>,
): Federation {
  let text = readFileSync(join(EXAMPLES, file), 'utf8');
  for (const [from, to] of Object.entries(moved)) text = text.replaceAll(from, () => to);
  const options = { env, connectors: [jsonApiConnector], rules, listen: { host: '127.0.0.1', port: 4000 } };
  return readFederation({ text, path: file, ...options }).federation;
}

/** Harvests the federation's only source with the gateway's own fetch, and holds what came. */
function harvester(federation: Federation) {
  const [source] = federation.sources;
  if (!source) throw new Error('The example has no source.');
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const settings = { ...federation.fetch, allowNetworks: ['127.0.0.0/8'] };
  const fetcher = createFetch({ settings, log, now: Date.now, onRequest: () => {} });
  fetchers.push(fetcher);
  const options = jsonApiConnector.options.parse(source.options);
  const held = new Map<string, HeldItem>();
  let checkpoint: unknown;
  return async (now: number) => {
    const batches: Batch[] = [];
    const tools = {
      fetch: fetcher.forSource(source.name),
      read: async (input: JsonDocument) =>
        structuredClone(await jsonApiConnector.read(structuredClone(input), options)),
      held: async () => [...held.values()],
      now: () => now,
      progress: () => {},
      log,
      signal: new AbortController().signal,
    };
    const job = { source: { ...source, options }, checkpoint, since: now - source.since };
    for await (const batch of jsonApiConnector.harvest(job, tools)) {
      batches.push(batch);
      checkpoint = JSON.parse(JSON.stringify(batch.checkpoint));
      for (const entry of batch.entries) held.set(entry.sourceId ?? '', heldOf(entry));
      for (const { sourceId } of batch.deletions ?? []) held.delete(sourceId ?? '');
    }
    return {
      entries: batches.flatMap(({ entries }) => entries),
      deletions: batches.flatMap(({ deletions = [] }) => deletions),
      notes: batches.flatMap(({ repaired = [] }) => repaired),
    };
  };
}

function heldOf({ sourceId = '', link = '' }: Entry): HeldItem {
  return { id: `urn:${sourceId}`, sourceId, link };
}

const at = (minutes: number) => new Date(Date.parse('2026-11-01T01:30:00Z') + minutes * MINUTE).toISOString();

describe('config/examples/strapi.yaml', () => {
  const article = (index: number): FakeArticle => ({
    documentId: `doc${String(index).padStart(20, '0')}`,
    title: `Thông báo số ${index} & kết quả`,
    slug: `thong-bao-${index}`,
    lead: index % 3 === 0 ? null : `Tóm tắt ${index}`,
    body: `Đoạn **đậm** thứ ${index}.\n\n![Ảnh](/uploads/anh-${index}.jpg)`,
    number: `${index}/TB-CVL`,
    signer: 'Minh Hà',
    authorName: 'Phòng Thông tin',
    section: 'Việc làm',
    cover: `/uploads/bia-${index}.jpg`,
    publishedAt: at(index),
    updatedAt: at(index),
  });

  async function start(count: number) {
    const strapi = fakeStrapi(Array.from({ length: count }, (_, index) => article(index)));
    const origin = await listen(strapi.server);
    const moved = { 'https://cms.don-vi.example': origin };
    const federation = readExample('strapi.yaml', moved, { STRAPI_TOKEN: 'strapi-token' });
    return { strapi, origin, federation, harvest: harvester(federation) };
  }

  it('gives every article once, whole', async () => {
    const { harvest, origin, strapi } = await start(230);
    const { entries, notes } = await harvest(NOW);
    expect(new Set(entries.map(({ sourceId }) => sourceId)).size).toBe(230);
    expect(entries).toHaveLength(230);
    expect(notes).toEqual([]);
    expect(strapi.asked.filter(path => path.startsWith('/api/articles?'))).toHaveLength(3);
    expect(entries.find(({ sourceId }) => sourceId?.endsWith('0007'))).toEqual({
      sourceId: 'doc00000000000000000007',
      link: 'https://don-vi.example/tin/thong-bao-7',
      title: { type: 'text', value: 'Thông báo số 7 & kết quả' },
      summary: { type: 'text', value: 'Tóm tắt 7' },
      content: {
        type: 'html',
        value: `<p>Đoạn <strong>đậm</strong> thứ 7.</p>\n<p><img src="${origin}/uploads/anh-7.jpg" alt="Ảnh"></p>\n`,
      },
      published: '2026-11-01T01:37:00.000Z',
      updated: '2026-11-01T01:37:00.000Z',
      authors: [{ name: 'Phòng Thông tin' }],
      categories: ['Việc làm'],
      media: [
        {
          url: `${origin}/uploads/bia-7.jpg`,
          type: 'image/jpeg',
          width: 1200,
          height: 800,
          alt: 'Toàn cảnh',
          role: 'lead',
        },
      ],
      own: { type: 'UnitDocument', fields: { documentNumber: '7/TB-CVL', signedBy: 'Minh Hà' } },
    });
  });

  it('follows edits by asking for them, and what was unpublished once an hour', async () => {
    const { harvest, strapi } = await start(120);
    await harvest(NOW);
    strapi.asked.length = 0;
    strapi.articles[5] = { ...article(5), title: 'Đã sửa', updatedAt: '2026-11-23T00:59:00.000Z' };
    strapi.articles[9] = { ...article(9), publishedAt: null };
    strapi.articles.splice(11, 1);

    const edited = await harvest(NOW + 10 * MINUTE);
    expect(edited.entries.map(({ title }) => title?.value)).toContain('Đã sửa');
    expect(edited.entries.length).toBeLessThan(15);
    expect(strapi.asked[0]).toContain('filters[updatedAt][$gt]=2026-11-01T03:19:00.000Z');

    const later = await harvest(NOW + 2 * HOUR);
    expect(later.deletions.map(({ sourceId, basis }) => [sourceId, basis])).toEqual([
      ['doc00000000000000000011', 'absent'],
      ['doc00000000000000000009', 'absent'],
    ]);
    expect((await harvest(NOW + 4 * HOUR)).deletions).toEqual([]);
  });

  it('says what is wrong with the token or the map', async () => {
    const { origin } = await start(5);
    const moved = { 'https://cms.don-vi.example': origin };
    const stranger = harvester(readExample('strapi.yaml', moved, { STRAPI_TOKEN: 'sai' }));
    await expect(stranger(NOW)).rejects.toMatchObject({ code: 'SITE_UNAUTHORISED' });
    const wrong = { ...moved, 'title: $.title': 'title: $.attributes.title' };
    const mapped = harvester(readExample('strapi.yaml', wrong, { STRAPI_TOKEN: 'strapi-token' }));
    await expect(mapped(NOW)).rejects.toMatchObject({
      code: 'MAP_MISMATCH',
      data: {
        field: 'map.title',
        path: '$.attributes.title',
        sample: expect.stringContaining('title: "Thông báo số 4'),
      },
    });
  });
});

describe('config/examples/ghost.yaml', () => {
  const GHOST_KEY = '22444f78447824223cefc48062';
  const post = (index: number): FakePost => ({
    id: `6${String(index).padStart(23, '0')}`,
    title: `Chuyện nghề ${index}`,
    slug: `chuyen-nghe-${index}`,
    html: `<p>Đoạn thứ ${index}.</p>`,
    excerpt: `Tóm tắt ${index}`,
    tags: [
      { name: 'Việc làm', visibility: 'public' },
      { name: '#noi-bo', visibility: 'internal' },
    ],
    authors: ['Văn An', 'Minh Hà'],
    ...(index % 2 === 0 && { picture: `https://tap-chi.example/content/images/${index}.jpg` }),
    publishedAt: at(index).replace('Z', '+00:00'),
    updatedAt: at(index).replace('Z', '+00:00'),
  });

  async function start(count: number) {
    const ghost = fakeGhost(Array.from({ length: count }, (_, index) => post(index)));
    const origin = await listen(ghost.server);
    const federation = readExample('ghost.yaml', { 'https://tap-chi.example': origin }, { GHOST_KEY });
    return { ghost, origin, harvest: harvester(federation) };
  }

  it('gives every post once, whole', async () => {
    const { harvest, origin, ghost } = await start(215);
    const { entries, notes } = await harvest(NOW);
    expect(entries).toHaveLength(215);
    expect(new Set(entries.map(({ sourceId }) => sourceId)).size).toBe(215);
    expect(notes).toEqual([]);
    expect(ghost.asked.filter(line => line.includes('/posts/'))).toHaveLength(3);
    expect(entries.find(({ sourceId }) => sourceId?.endsWith('008'))).toEqual({
      sourceId: '600000000000000000000008',
      link: `${origin}/chuyen-nghe-8/`,
      title: { type: 'text', value: 'Chuyện nghề 8' },
      summary: { type: 'text', value: 'Tóm tắt 8' },
      content: { type: 'html', value: '<p>Đoạn thứ 8.</p>' },
      published: '2026-11-01T01:38:00.000+00:00',
      updated: '2026-11-01T01:38:00.000+00:00',
      authors: [
        { name: 'Văn An', url: `${origin}/author/x/` },
        { name: 'Minh Hà', url: `${origin}/author/x/` },
      ],
      categories: ['Việc làm'],
      media: [
        {
          url: 'https://tap-chi.example/content/images/8.jpg',
          alt: 'Ảnh bìa',
          caption: 'Ảnh: Minh Hà',
          role: 'lead',
        },
      ],
    });
  });

  it('follows edits by a filter, and withdrawals by the list and the page', async () => {
    const { harvest, ghost } = await start(40);
    await harvest(NOW);
    ghost.asked.length = 0;
    ghost.posts[3] = { ...post(3), title: 'Đã sửa', updatedAt: '2026-11-23T07:59:00.000+07:00' };
    const edited = await harvest(NOW + 10 * MINUTE);
    expect(edited.entries.map(({ title }) => title?.value)).toContain('Đã sửa');
    expect(edited.entries.length).toBeLessThan(15);
    expect(ghost.asked[0]).toContain("filter=updated_at:>'2026-11-01+01:59:00'");

    ghost.posts.splice(7, 1);
    const later = await harvest(NOW + 2 * HOUR);
    expect(later.deletions).toMatchObject([{ sourceId: '600000000000000000000007', basis: 'absent' }]);
    expect(ghost.asked).toContain('HEAD /chuyen-nghe-7/');
  });

  it('obeys robots.txt, which shuts out Ghost’s API, unless the file says that it is offered', async () => {
    const { origin } = await start(1);
    const moved = {
      'https://tap-chi.example': origin,
      'since: 365d': 'since: 365d\n        options: { offered: false }',
    };
    const refused = harvester(readExample('ghost.yaml', moved, { GHOST_KEY }));
    await expect(refused(NOW)).rejects.toMatchObject({ code: 'ROBOTS_REFUSED' });
  });

  it('says that the key is wrong', async () => {
    const { origin } = await start(1);
    const stranger = harvester(
      readExample('ghost.yaml', { 'https://tap-chi.example': origin }, { GHOST_KEY: 'sai' }),
    );
    await expect(stranger(NOW)).rejects.toMatchObject({ code: 'SITE_UNAUTHORISED' });
  });
});
