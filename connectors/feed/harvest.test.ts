import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { formats } from '../../schemas/formats/index.ts';
import type { Batch, FetchRequest } from '../connector.ts';
import { plainFetch } from '../plain-fetch.ts';
import type { FeedJob, FeedTools } from './harvest.ts';
import { feedConnector } from './index.ts';

const connector = feedConnector(formats);
const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.UTC(2026, 10, 23);

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** One site and one gateway around it; `pages` may be changed between harvests. */
async function createWorld(options: object = {}) {
  const pages: Record<string, string | Answer> = {};
  const asked: FetchRequest[] = [];
  const strict: string[] = [];
  const server = createServer((request, response) => {
    const page = pages[request.url ?? ''];
    if (typeof page === 'function') page(request, response);
    else response.writeHead(page === undefined ? 404 : 200).end(page);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const home = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const world = {
    home,
    pages,
    asked,
    strict,
    strictFails: false,
    now: NOW,
    checkpoint: undefined as unknown,
    async harvest(): Promise<Batch[]> {
      const batches: Batch[] = [];
      for await (const batch of connector.harvest(job(), tools)) {
        batches.push(batch);
        world.checkpoint = JSON.parse(JSON.stringify(batch.checkpoint));
      }
      return batches;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  const job = (): FeedJob => ({
    source: {
      name: 'thu/tin',
      site: 'thu',
      id: 'tin',
      connector: 'feed',
      options: connector.options.parse({ url: `${home}/rss`, ...options }),
      every: { min: 1_000, max: 60_000 },
      since: 30 * DAY,
      dates: {},
      enabled: true,
    },
    checkpoint: world.checkpoint,
    since: NOW - 30 * DAY,
  });
  const tools: FeedTools = {
    fetch(request) {
      asked.push(request);
      return plainFetch(request);
    },
    async read(input) {
      if (input.kind === 'strict') strict.push(new TextDecoder().decode(input.body));
      if (input.kind === 'strict' && world.strictFails)
        throw new Error('Reading took more than 2 s and was stopped.');
      return connector.read(input, job().source.options);
    },
    held: async () => [],
    now: () => world.now,
    progress: () => {},
    log: { debug() {}, info() {}, warn() {}, error() {} },
    signal: new AbortController().signal,
  };
  open.push(world);
  return world;
}

const open: { close(): void }[] = [];
afterEach(() => {
  for (const world of open.splice(0)) world.close();
});

const item = (n: number, published = '2026-11-22T08:00:00Z') =>
  `<item><guid isPermaLink="false">${n}</guid><title>Tin ${n}</title><link>https://a.vn/${n}</link><pubDate>${published}</pubDate></item>`;
const rss = (...inner: string[]) =>
  `<rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><channel><title>Tin</title>${inner.join('')}</channel></rss>`;
const idsOf = (batches: readonly Batch[]) =>
  batches.flatMap(({ entries }) => entries.map(({ sourceId }) => sourceId));

describe('a feed where nothing is new', () => {
  it('is asked conditionally, and one empty batch with the same checkpoint', async () => {
    const world = await createWorld();
    world.pages['/rss'] = (request, response) => {
      if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end();
      else response.writeHead(200, { etag: '"1"' }).end(rss(item(1)));
    };
    await world.harvest();
    const before = world.checkpoint;
    expect(await world.harvest()).toEqual([{ entries: [], checkpoint: before, facts: {} }]);
    expect(world.asked[1]).toMatchObject({ validators: { etag: '"1"' } });
  });

  it('is known by its bytes where a site knows no conditions', async () => {
    const world = await createWorld();
    world.pages['/rss'] = rss(item(1));
    expect(idsOf(await world.harvest())).toEqual(['1']);
    expect(idsOf(await world.harvest())).toEqual([]);
    world.pages['/rss'] = rss(item(2), item(1));
    expect(idsOf(await world.harvest())).toEqual(['2', '1']);
  });

  it('withdraws nothing when it is empty after it was full', async () => {
    const world = await createWorld();
    world.pages['/rss'] = rss(item(1), item(2));
    await world.harvest();
    world.pages['/rss'] = rss();
    const [batch] = await world.harvest();
    expect(batch).toMatchObject({ entries: [] });
    expect(batch?.deletions).toBeUndefined();
  });
});

describe('what a feed says of itself', () => {
  it('goes with the first batch: facts, deletions, what was repaired', async () => {
    const world = await createWorld();
    world.pages['/rss'] = rss(
      '<language>vi</language><ttl>5</ttl><a:link rel="hub" href="https://hub.vn/"/><a:link rel="self" href="https://a.vn/rss"/>',
      '<at:deleted-entry ref="9" when="2026-11-22T08:00:00Z"/>',
      item(1).replace('Tin 1', 'Tin & bài'),
      '<item/>',
    );
    expect(await world.harvest()).toMatchObject([
      {
        facts: {
          title: 'Tin',
          language: 'vi',
          wait: 300_000,
          hub: { hubs: ['https://hub.vn/'], self: 'https://a.vn/rss' },
        },
        deletions: [{ sourceId: '9', basis: 'said' }],
        broken: 1,
        repaired: [expect.stringContaining('&')],
      },
    ]);
  });
});

describe('older pages', () => {
  const page = (n: number, published: string, next?: string) =>
    rss(...(next ? [`<a:link rel="prev-archive" href="${next}"/>`] : []), item(n, published));

  it('are followed at the first harvest, back to the source’s since', async () => {
    const world = await createWorld();
    world.pages['/rss'] = page(4, '2026-11-22', '/rss?2');
    world.pages['/rss?2'] = page(3, '2026-11-02', '/rss?3');
    world.pages['/rss?3'] = page(2, '2026-09-01', '/rss?4');
    world.pages['/rss?4'] = page(1, '2026-08-01');
    expect(idsOf(await world.harvest())).toEqual(['4', '3', '2']);
    world.pages['/rss'] = page(5, '2026-11-23', '/rss?2');
    expect(idsOf(await world.harvest())).toEqual(['5']);
  });

  it('end where they go round in circles, and after 20', async () => {
    const world = await createWorld();
    world.pages['/rss'] = page(0, '2026-11-22', '/rss?1');
    for (let n = 1; n <= 30; n++) world.pages[`/rss?${n}`] = page(n, '2026-11-22', `/rss?${n + 1}`);
    expect(idsOf(await world.harvest())).toHaveLength(21);
    const circle = await createWorld();
    circle.pages['/rss'] = page(0, '2026-11-22', '/rss?1');
    circle.pages['/rss?1'] = page(1, '2026-11-22', '/rss');
    expect(idsOf(await circle.harvest())).toEqual(['0', '1']);
  });

  it('cost nothing when one fails, and are left when not wanted', async () => {
    const world = await createWorld();
    world.pages['/rss'] = page(1, '2026-11-22', '/rss?gone');
    expect(idsOf(await world.harvest())).toEqual(['1']);
    const without = await createWorld({ archives: false });
    without.pages['/rss'] = page(2, '2026-11-22', '/rss?2');
    without.pages['/rss?2'] = page(1, '2026-11-22');
    expect(idsOf(await without.harvest())).toEqual(['2']);
  });
});

describe('the strict reader', () => {
  const seen = (batches: readonly Batch[]) => batches[0]?.facts?.strictReader;

  it('is asked at the first harvest, once a day, and whenever we had to repair', async () => {
    const world = await createWorld();
    world.pages['/rss'] = rss(item(1), item(2));
    expect(seen(await world.harvest())).toEqual({ entries: 2 });
    world.pages['/rss'] = rss(item(3));
    expect(seen(await world.harvest())).toBeUndefined();
    world.pages['/rss'] = rss(item(4).replace('Tin 4', 'Tin & 4'));
    expect(seen(await world.harvest())).toEqual({
      entries: 0,
      refusedAt: expect.stringMatching(/^dòng 1, cột \d+: /),
    });
    world.now += DAY;
    world.pages['/rss'] = rss(item(5));
    expect(seen(await world.harvest())).toEqual({ entries: 1 });
    expect(world.strict).toHaveLength(3);
  });

  it('is evidence even when its thread had to be killed, and never fails a harvest', async () => {
    const world = await createWorld();
    world.strictFails = true;
    world.pages['/rss'] = rss(item(1));
    const batches = await world.harvest();
    expect(idsOf(batches)).toEqual(['1']);
    expect(seen(batches)).toEqual({ entries: 0, refusedAt: 'Reading took more than 2 s and was stopped.' });
  });

  it('chooses titles, never ids, where an operator asks for it', async () => {
    const world = await createWorld({ reader: 'strict' });
    world.pages['/rss'] = rss(item(1), item(2));
    const [batch] = await world.harvest();
    expect(batch?.entries).toMatchObject([
      { sourceId: '1', link: 'https://a.vn/1', title: { type: 'html', value: 'Tin 1' } },
      { sourceId: '2', link: 'https://a.vn/2' },
    ]);
  });
});

describe('what is no feed', () => {
  it('fails the harvest under its own name', async () => {
    const world = await createWorld();
    world.pages['/rss'] = '<html><title>Bảo trì</title></html>';
    await expect(world.harvest()).rejects.toMatchObject({ code: 'HTML_PAGE', data: { title: 'Bảo trì' } });
  });
});
