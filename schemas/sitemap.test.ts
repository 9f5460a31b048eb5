import { expect, it } from '@jest/globals';
import { readSitemap, sitemapsOfRobots } from './sitemap.ts';

const NEWS = `<?xml version="1.0"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://bao.example.vn/tin-1.html?a=1&amp;b=2</loc>
<news:news><news:publication><news:name>Báo</news:name></news:publication>
<news:publication_date>2026-11-22T08:30:00+07:00</news:publication_date><news:title><![CDATA[Tin & bài]]></news:title></news:news></url>
<url><lastmod>2026-11-20</lastmod></url>
<url><loc> https://bao.example.vn/tin-2.html </loc><lastmod>hôm nào</lastmod></url>
</urlset>`;

it('reads addresses, their times and titles, and passes over what has no address', () => {
  expect(readSitemap(NEWS)).toEqual({
    kind: 'news',
    addresses: [
      {
        loc: 'https://bao.example.vn/tin-1.html?a=1&b=2',
        published: Date.parse('2026-11-22T08:30:00+07:00'),
        title: 'Tin & bài',
      },
      { loc: 'https://bao.example.vn/tin-2.html' },
    ],
  });
});

it('reads an index, with a prefix too', () => {
  const text =
    '<sm:sitemapindex xmlns:sm="http://www.sitemaps.org/schemas/sitemap/0.9"><sm:sitemap><sm:loc>https://a.example/p.xml</sm:loc><sm:lastmod>2026-11-01T00:00:00Z</sm:lastmod></sm:sitemap></sm:sitemapindex>';
  expect(readSitemap(text)).toEqual({
    kind: 'index',
    addresses: [{ loc: 'https://a.example/p.xml', modified: Date.parse('2026-11-01T00:00:00Z') }],
  });
});

it('stops at the most addresses a sitemap may have, and bears what is cut off', () => {
  const many = `<urlset>${'<url><loc>https://a.example/x</loc></url>'.repeat(60_000)}`;
  expect(readSitemap(many).addresses).toHaveLength(50_000);
  expect(readSitemap('<urlset><url><loc>https://a.example/cut').addresses).toEqual([
    { loc: 'https://a.example/cut' },
  ]);
  expect(readSitemap('<html><body>404</body></html>').addresses).toEqual([]);
});

it('finds sitemaps in robots.txt wherever they stand', () => {
  const text =
    'User-agent: *\r\nDisallow: /a\r\nSITEMAP : https://a.example/s1.xml\nSitemap: /relative.xml\n';
  expect(sitemapsOfRobots(text)).toEqual(['https://a.example/s1.xml']);
});
