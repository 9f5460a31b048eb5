import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { type Answers, closeSites, discoverIn, page, readBlock } from '../e2e/answering-site.ts';
import { openPool } from '../e2e/made-site.ts';

const pool = openPool();
const discover = (answers: Answers, path?: string) => discoverIn(pool, answers, path);
afterEach(closeSites);
afterAll(() => pool.close());

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

  it('finds the API of a system that has no pages at all', async () => {
    const articles = [
      { id: 1, documentId: 'a', title: 'Tin', slug: 'tin', publishedAt: '2026-11-22T08:00:00Z' },
    ];
    const { sources } = await discover(path =>
      path.startsWith('/api/articles')
        ? {
            body: { data: articles, meta: { pagination: { page: 1, pageSize: 10, pageCount: 1, total: 1 } } },
          }
        : undefined,
    );
    expect(sources).toEqual([expect.objectContaining({ kind: 'strapi', works: true, entries: 1, total: 1 })]);
  });

  it('says so when there is neither a home page nor an API', async () => {
    await expect(discover(() => undefined)).rejects.toMatchObject({ code: 'SITE_NOT_FOUND' });
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

  it('tells of a Ghost whose robots.txt keeps robots from its API, as it does by default', async () => {
    const { sources } = await discover(path => {
      if (path === '/') return { body: page('<meta name="generator" content="Ghost 5.90">') };
      return path === '/robots.txt'
        ? { type: 'text/plain', body: 'User-agent: *\nDisallow: /ghost/' }
        : undefined;
    });
    expect(sources.find(({ kind }) => kind === 'ghost')).toMatchObject({
      works: false,
      note: { en: expect.stringContaining('Content API key') },
    });
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
});
