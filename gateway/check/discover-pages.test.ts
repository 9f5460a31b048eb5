import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import {
  type Answers,
  closeSites,
  discoverIn,
  openAnswering,
  page,
  readBlock,
} from '../e2e/answering-site.ts';
import { checkTools, openPool } from '../e2e/made-site.ts';
import { discoverSite } from './check-site.ts';
import { federationBlock } from './federation-block.ts';

const pool = openPool();
const discover = (answers: Answers, path?: string) => discoverIn(pool, answers, path);
afterEach(closeSites);
afterAll(() => pool.close());

/** The options of a block's one source, which is one of a `web-page`. */
function optionsIn(block: string | undefined): unknown {
  // The file's own reader takes it as it stands.
  readBlock(block);
  const [site] = parse(block ?? '').sites;
  expect(site.sources).toEqual([expect.objectContaining({ connector: 'web-page' })]);
  return site.sources[0].options;
}

describe('discovery of sites without an API', () => {
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
    expect(optionsIn(block)).toEqual({ sitemap: expect.stringMatching(/\/tin\.xml$/) });
  });

  it('unpacks a sitemap that comes packed as a file', async () => {
    const { sources } = await discover((path, at) => {
      if (path === '/') return { body: page('', '<a href="/gioi-thieu">Giới thiệu</a>') };
      if (path === '/robots.txt')
        return { type: 'text/plain', body: `User-agent: *\nAllow: /\nSitemap: ${at}/tin.xml.gz` };
      if (path !== '/tin.xml.gz') return undefined;
      const xml = `<urlset><url><loc>${at}/tin/mot-1001</loc><lastmod>2026-11-22</lastmod></url></urlset>`;
      return { type: 'application/gzip', body: gzipSync(xml) };
    });
    expect(sources[0]).toMatchObject({ kind: 'sitemap', works: true, entries: 1 });
  });

  it('writes the block for the section of news that a home page leads to', async () => {
    const titles = [
      'Khai mạc hội nghị toàn quốc',
      'Tổng kết năm công tác',
      'Tuyển dụng viên chức đợt hai',
      'Thông báo nghỉ lễ',
      'Ký kết hợp tác đào tạo',
    ];
    const rows = titles.map(
      (title, n) =>
        `<div class="tin-item"><h3><a href="/tin-tuc/bai-${n}-${1000 + n}.html">${title}</a></h3></div>`,
    );
    const menu = '<nav><a href="/gioi-thieu">Giới thiệu</a><a href="/tin-tuc">Tin tức</a></nav>';
    const { sources, block, asked } = await discover(path => {
      if (path === '/') return { body: page('', `${menu}<h1>Chào mừng</h1>`) };
      if (path === '/tin-tuc') return { body: page('', `${menu}${rows.join('')}`) };
      return undefined;
    });
    expect(sources[0]).toMatchObject({ kind: 'pages', entries: 5, url: expect.stringMatching(/\/tin-tuc$/) });
    expect(optionsIn(block)).toEqual({
      list: expect.stringMatching(/\/tin-tuc$/),
      link: 'div.tin-item > h3 > a',
    });
    expect(asked.length).toBeLessThanOrEqual(20);
  });

  it('writes the block for a portal that only carries its data', async () => {
    const items = Array.from({ length: 6 }, (_, n) => ({
      id: n + 1,
      slug: `bai-so-${n}`,
      title: `Bài số ${n}`,
      publishedAt: '2026-11-22T08:00:00+07:00',
      thumbnail: `/a/${n}.jpg`,
    }));
    const data = JSON.stringify({
      props: { pageProps: { home: { latest: items }, menu: [{ title: 'A' }] } },
    });
    const { block, sources } = await discover(path =>
      path === '/'
        ? {
            body: `<!doctype html><title>Cổng</title><div id="__next"></div><script id="__NEXT_DATA__" type="application/json">${data}</script><script src="/a.js"></script>`,
          }
        : undefined,
    );
    expect(optionsIn(block)).toMatchObject({
      items: '$.props.pageProps.home.latest[*]',
      link: expect.stringMatching(/^http:.*\/\{slug\}$/),
      row: { title: '$.title', published: '$.publishedAt', picture: '$.thumbnail' },
      open: false,
    });
    expect(sources.find(({ kind }) => kind === 'pages')?.note?.vi).toContain('xem lại mẫu link');
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
    const { origin, asked } = await openAnswering(() => undefined);
    const looping = createServer((_request, response) => {
      n += 1;
      response.writeHead(302, { location: n % 3 ? `/x${n}` : `${origin}/` }).end();
    }).listen(0, '127.0.0.1');
    await once(looping, 'listening');
    const address = new URL(`http://127.0.0.1:${(looping.address() as AddressInfo).port}/`);
    await discoverSite({ address, withRecord: false }, checkTools(pool, [])).catch(() => undefined);
    looping.close();
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
