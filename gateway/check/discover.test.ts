import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { readFederation } from '../../config/federation.ts';
import { connectors } from '../../connectors/index.ts';
import { formats } from '../../schemas/formats/index.ts';
import { rules } from '../../schemas/rules/index.ts';
import { checkTools, openPool } from '../e2e/made-site.ts';
import { discoverSite } from './check-site.ts';
import { federationBlock } from './federation-block.ts';

const pool = openPool();
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});
afterAll(() => pool.close());

type Answers = (
  path: string,
  origin: string,
  request: { readonly headers: Record<string, unknown> },
) => Reply | undefined;
interface Reply {
  readonly type?: string;
  readonly status?: number;
  readonly body: unknown;
}

async function open(answers: Answers): Promise<{ origin: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const reply = answers(request.url ?? '/', origin, request);
    const body = typeof reply?.body === 'string' ? reply.body : JSON.stringify(reply?.body ?? null);
    const type =
      reply?.type ?? (typeof reply?.body === 'string' ? 'text/html; charset=utf-8' : 'application/json');
    response.writeHead(reply ? (reply.status ?? 200) : 404, { 'content-type': type }).end(body);
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, asked };
}

async function discover(answers: Answers, path = '/') {
  const { origin, asked } = await open(answers);
  const { survey, site, requests } = await discoverSite(
    { address: new URL(path, origin), withRecord: false },
    checkTools(pool, []),
  );
  // The bound of the contract, robots.txt and redirects counted.
  expect(asked.length).toBeLessThanOrEqual(20);
  expect(requests).toBe(asked.length);
  return { origin, asked, sources: survey.sources, block: federationBlock(site.site, survey.sources) };
}

/** Our own reader takes the block as it is; only private addresses need leave. */
function readBlock(block: string | undefined) {
  expect(block).toBeDefined();
  const listen = { host: '127.0.0.1', port: 4000 };
  return readFederation({
    text: block ?? '',
    path: 'block',
    env: {},
    connectors: connectors(formats),
    rules,
    listen,
  }).federation;
}

const page = (head: string, body = '') =>
  `<!doctype html><html lang="vi"><head><title>Trang thử</title>${head}</head><body>${body}</body></html>`;
const RSS = (origin: string, entries = 2) =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>Tin</title><link>${origin}/</link>${Array.from({ length: entries }, (_, n) => `<item><title>Tin số ${n} của trang</title><link>${origin}/tin/so-${n}-1000${n}</link><guid>${origin}/tin/${n}</guid><pubDate>Sun, 22 Nov 2026 0${n}:00:00 +0700</pubDate></item>`).join('')}</channel></rss>`;
const post = (n: number, origin: string) => ({
  id: n,
  slug: `bai-${n}`,
  guid: { rendered: `${origin}/?p=${n}` },
  title: { rendered: `Bài ${n}` },
  link: `${origin}/bai-${n}/`,
  date_gmt: `2026-11-2${n}T01:00:00`,
  modified_gmt: `2026-11-2${n}T01:00:00`,
});

describe('discovery', () => {
  it('finds a WordPress by the API it advertises, and prefers it to its feed', async () => {
    const { sources, block, origin } = await discover((path, at) => {
      if (path === '/')
        return {
          body: page(
            `<link rel="https://api.w.org/" href="${at}/wp-json/"><link rel="alternate" type="application/rss+xml" href="/feed/">`,
          ),
        };
      if (path === '/feed/') return { type: 'application/rss+xml', body: RSS(at) };
      if (path.startsWith('/wp-json/wp/v2/posts')) return { body: [post(1, at), post(2, at)] };
      return undefined;
    });
    expect(sources.slice(0, 2).map(({ kind, works, entries }) => [kind, works, entries])).toEqual([
      ['wordpress', true, 2],
      ['feed', true, 2],
    ]);
    expect(sources[0]?.newest).toBe(Date.parse('2026-11-22T01:00:00Z'));
    expect(readBlock(block).sources[0]).toMatchObject({
      connector: 'wordpress',
      options: { url: `${origin}/` },
    });
  });

  it('finds an API through plain permalinks, and tells one that is closed', async () => {
    const plain = await discover((path, at) => {
      if (path === '/')
        return { body: page(`<link rel="https://api.w.org/" href="${at}/index.php?rest_route=/">`) };
      return path.startsWith('/index.php') && path.includes('rest_route=%2Fwp%2Fv2%2Fposts')
        ? { body: [post(1, at)] }
        : undefined;
    });
    expect(plain.sources[0]).toMatchObject({ kind: 'wordpress', works: true });
    const closed = await discover((path, at) => {
      if (path === '/') return { body: page(`<link rel="https://api.w.org/" href="${at}/wp-json/">`) };
      return path.startsWith('/wp-json')
        ? { status: 401, body: { code: 'rest_login_required', message: 'x', data: { status: 401 } } }
        : undefined;
    });
    expect(closed.sources.find(({ kind }) => kind === 'wordpress')).toMatchObject({
      works: false,
      note: { vi: expect.stringContaining('cần quyền') },
    });
    expect(closed.block).toBeUndefined();
  });

  it('finds a feed at a usual place that no page declares', async () => {
    const { sources, block } = await discover((path, at) =>
      path === '/'
        ? { body: page('') }
        : path === '/rss.xml'
          ? { type: 'text/xml', body: RSS(at) }
          : undefined,
    );
    expect(sources[0]).toMatchObject({
      kind: 'feed',
      works: true,
      format: 'rss',
      entries: 2,
      fields: expect.arrayContaining(['title', 'link', 'published', 'id']),
    });
    expect(readBlock(block).sources[0]?.connector).toBe('feed');
  });

  it('finds an open Strapi and writes what its connector wants', async () => {
    const item = (n: number) => ({
      id: n,
      documentId: `doc${n}`,
      title: `Bài ${n}`,
      slug: `bai-viet-so-${n}`,
      body: 'Nội dung',
      publishedAt: `2026-11-2${n}T08:00:00.000Z`,
      updatedAt: `2026-11-2${n}T09:00:00.000Z`,
    });
    const { sources, block } = await discover(path => {
      if (path === '/')
        return {
          body: page(
            '',
            '<img src="/uploads/thumbnail_a.jpg" alt=""><a href="/tin-tuc/bai-viet-so-2.html">Bài thứ hai trong ngày hôm nay</a>',
          ),
        };
      return path.startsWith('/api/articles')
        ? {
            body: {
              data: [item(1), item(2)],
              meta: { pagination: { page: 1, pageSize: 10, pageCount: 3, total: 25 } },
            },
          }
        : undefined;
    });
    expect(sources[0]).toMatchObject({ kind: 'strapi', works: true, entries: 2, total: 25 });
    const options = readBlock(block).sources[0]?.options;
    expect(options).toMatchObject({
      items: '$.data[*]',
      link: expect.stringMatching(/\/tin-tuc\/\{slug\}\.html$/),
      paging: { kind: 'page', total: '$.meta.pagination.pageCount' },
      map: { id: '$.documentId', title: '$.title', content: '$.body', published: '$.publishedAt' },
    });
  });

  it.each([
    [
      'a Strapi whose types are closed',
      'strapi',
      '/api/articles',
      403,
      { data: null, error: { status: 403, name: 'ForbiddenError', message: 'Forbidden' } },
    ],
    [
      'a Ghost without its key',
      'ghost',
      '/ghost/api/content/posts',
      401,
      {
        errors: [
          {
            message: 'Authorization failed',
            context: 'Unable to determine the authenticated member or integration.',
            type: 'UnauthorizedError',
          },
        ],
      },
    ],
    [
      'a SharePoint that wants a login',
      'sharepoint',
      '/_api/web',
      403,
      {
        'odata.error': {
          code: '-2147024891, System.UnauthorizedAccessException',
          message: { value: 'Access denied.' },
        },
      },
    ],
  ])('tells %s', async (_, kind, start, status, body) => {
    const { sources } = await discover(path =>
      path === '/' ? { body: page('') } : path.startsWith(start) ? { status, body } : undefined,
    );
    expect(sources.find(one => one.kind === kind)).toMatchObject({ works: false });
  });

  it('finds Drupal JSON:API, SharePoint lists and GraphQL', async () => {
    const drupal = await discover(path => {
      if (path === '/')
        return { body: page('<meta name="Generator" content="Drupal 10 (https://www.drupal.org)">') };
      return path.startsWith('/jsonapi/node/article')
        ? {
            type: 'application/vnd.api+json',
            body: {
              jsonapi: { version: '1.0' },
              data: [
                {
                  type: 'node--article',
                  id: 'a1',
                  attributes: {
                    title: 'Bài',
                    created: '2026-11-21T08:00:00+07:00',
                    changed: '2026-11-22T08:00:00+07:00',
                    body: { value: '<p>x</p>', processed: '<p>x</p>' },
                  },
                },
              ],
              meta: { count: 40 },
            },
          }
        : undefined;
    });
    expect(drupal.sources[0]).toMatchObject({
      kind: 'drupal',
      works: true,
      total: 40,
      connector: {
        id: 'json-api',
        options: {
          items: '$.data[*]',
          map: { id: '$.id', title: '$.attributes.title', content: '$.attributes.body.processed' },
        },
      },
    });
    readBlock(drupal.block);
    const sharepoint = await discover(path => {
      if (path === '/') return { body: page('<meta name="GENERATOR" content="Microsoft SharePoint">') };
      return path.startsWith('/_api/web/lists')
        ? {
            body: {
              'odata.metadata': 'x',
              value: [{ Title: 'Tin tức', ItemCount: 120, LastItemModifiedDate: '2026-11-22T01:00:00Z' }],
            },
          }
        : undefined;
    });
    expect(sharepoint.sources[0]).toMatchObject({ kind: 'sharepoint', works: true, entries: 1 });
    const graph = await discover(path =>
      path === '/'
        ? { body: page('') }
        : path.startsWith('/graphql')
          ? { body: { data: { __typename: 'Query' } } }
          : undefined,
    );
    expect(graph.sources.find(({ kind }) => kind === 'graphql')).toMatchObject({ works: true });
  });

  it('reads a JSON address it is given', async () => {
    const { sources, block } = await discover(
      path =>
        path === '/api/tin'
          ? {
              body: {
                code: 0,
                result: {
                  rows: [
                    {
                      newsId: 7,
                      tieuDe: 'Khai mạc hội nghị',
                      noiDung: '<p>x</p>',
                      ngayDang: '2026-11-22T08:00:00+07:00',
                    },
                  ],
                },
              },
            }
          : undefined,
      '/api/tin',
    );
    expect(sources[0]).toMatchObject({
      kind: 'json',
      connector: {
        options: {
          items: '$.result.rows[*]',
          map: { id: '$.newsId', title: '$.tieuDe', published: '$.ngayDang' },
        },
      },
    });
    readBlock(block);
  });

  it('follows the sitemaps that robots.txt names, and reads JSON-LD on an article', async () => {
    const { sources, block } = await discover((path, at) => {
      if (path === '/') return { body: page('', '<a href="/gioi-thieu">Giới thiệu</a>') };
      if (path === '/robots.txt')
        return { type: 'text/plain', body: `User-agent: *\nAllow: /\nSitemap: ${at}/chi-muc.xml` };
      if (path === '/chi-muc.xml')
        return {
          type: 'application/xml',
          body: `<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>${at}/tags.xml</loc></sitemap><sitemap><loc>${at}/tin.xml</loc></sitemap></sitemapindex>`,
        };
      if (path === '/tin.xml')
        return {
          type: 'application/xml',
          body: `<urlset><url><loc>${at}/tin/khai-mac-hoi-nghi-1001</loc><lastmod>2026-11-22T08:00:00+07:00</lastmod></url></urlset>`,
        };
      if (path.startsWith('/tin/'))
        return {
          body: page(
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Khai mạc","datePublished":"2026-11-22T08:00:00+07:00"}</script>',
            '<h1>Khai mạc</h1>',
          ),
        };
      return undefined;
    });
    expect(sources.map(({ kind, works }) => [kind, works])).toEqual([
      ['sitemap', true],
      ['pages', true],
    ]);
    expect(sources[0]).toMatchObject({
      url: expect.stringContaining('/tin.xml'),
      newest: Date.parse('2026-11-22T01:00:00Z'),
      fields: ['link', 'updated'],
    });
    expect(sources[1]?.note?.vi).toContain('NewsArticle');
    expect(block).toBeUndefined();
  });

  it('finds nothing but pages where there is nothing but pages, and invents no way in', async () => {
    const { sources, block } = await discover(path =>
      path === '/' || path.startsWith('/tin/')
        ? { body: page('', '<a href="/tin/khai-mac-hoi-nghi-1001">Khai mạc hội nghị toàn quốc</a>') }
        : undefined,
    );
    expect(sources.map(({ kind }) => kind)).toEqual(['pages']);
    expect(block).toBeUndefined();
  });

  it('is not taken in by a site that answers everything with its home page', async () => {
    const { sources } = await discover(() => ({ body: page('') }));
    expect(sources.filter(({ kind }) => kind !== 'pages')).toEqual([]);
  });

  it('stays within twenty requests on a site that redirects everything', async () => {
    let n = 0;
    const { origin, asked } = await open(() => undefined);
    const looping = createServer((_request, response) => {
      n += 1;
      response.writeHead(302, { location: n % 3 ? `/x${n}` : `${origin}/` }).end();
    }).listen(0, '127.0.0.1');
    servers.push(looping);
    await once(looping, 'listening');
    const address = new URL(`http://127.0.0.1:${(looping.address() as AddressInfo).port}/`);
    await discoverSite({ address, withRecord: false }, checkTools(pool, [])).catch(() => undefined);
    expect(n + asked.length).toBeLessThanOrEqual(20);
  });

  it('writes YAML whatever a site calls itself', () => {
    const feed = {
      kind: 'feed' as const,
      url: 'https://a.vn/rss',
      works: true,
      fields: [],
      connector: { id: 'feed', options: { url: 'https://a.vn/rss' } },
    };
    const name = 'Cục "A": # - {b}\n  - !!js/function x';
    const block = federationBlock({ name, kind: 'unit', homepage: 'https://www.tin-tuc.a-b.gov.vn/' }, [
      feed,
    ]);
    expect(parse(block ?? '')).toMatchObject({ sites: [{ id: 'tin-tuc-a-b', name }] });
  });
});
