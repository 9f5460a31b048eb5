import { planted } from './made-site.ts';
import { FEED, feed, HOUR, type Planting } from './planting.ts';

export const FEED_FAULTS: readonly Planting[] = [
  [
    'an ampersand left bare',
    {
      rule: 'feed-well-formed',
      plant: feed('<description>Tin mới</description>', '<description>Tin & bài</description>'),
    },
  ],
  [
    'a PHP warning before the feed',
    {
      rule: 'feed-well-formed',
      plant: feed(
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<br />\n<b>Warning</b>: Undefined variable in /var/www/x.php\n<?xml version="1.0" encoding="UTF-8"?>',
      ),
    },
  ],
  [
    'a tag that is never closed',
    {
      rule: 'feed-well-formed',
      plant: feed(
        /<\/title>\n<link>[^<]*<\/link>\n<dc:creator>/,
        '\n<link>https://viec-lam.bo.gov.vn/</link>\n<dc:creator>',
      ),
      also: ['feed-item-minimum', 'article-publish-time'],
    },
  ],
  [
    'a document type declaration',
    {
      rule: 'feed-well-formed',
      path: 'document.doctype',
      plant: feed('<rss ', '<!DOCTYPE rss [<!ENTITY cuc "Cục Việc làm">]>\n<rss '),
    },
  ],
  [
    'a declared feed that is a page',
    {
      rule: 'feed-well-formed',
      also: ['article-publish-time'],
      plant: pages => ({
        ...pages,
        [FEED]: {
          type: 'text/html',
          body: '<!doctype html><html><head><title>Lỗi</title></head><body>Không có trang này</body></html>',
        },
      }),
    },
  ],
  [
    'another charset in the header',
    {
      rule: 'feed-utf8',
      path: 'document.charset.http',
      also: ['feed-well-formed'],
      plant: pages => ({
        ...pages,
        [FEED]: { ...(pages[FEED] ?? { body: '' }), type: 'application/rss+xml; charset=ISO-8859-1' },
      }),
    },
  ],
  [
    'text encoded twice',
    {
      rule: 'feed-utf8',
      path: 'document',
      plant: feed(
        '<description>Tin mới</description>',
        `<description>${'Bá»™ Ná»™i vá»¥ '.repeat(8)}</description>`,
      ),
    },
  ],
  [
    'a feed as text/html',
    {
      rule: 'feed-http-hygiene',
      severity: 'should',
      path: 'document.contentType',
      plant: pages => ({
        ...pages,
        [FEED]: { ...(pages[FEED] ?? { body: '' }), type: 'text/html; charset=utf-8' },
      }),
    },
  ],
  [
    'a self link to localhost',
    {
      rule: 'feed-http-hygiene',
      severity: 'should',
      path: 'feed.self',
      plant: feed(/<atom:link href="[^"]*"/, '<atom:link href="http://localhost/feed/"'),
    },
  ],
  [
    'no conditional answers',
    {
      rule: 'feed-http-hygiene',
      severity: 'should',
      path: 'document.notModified',
      plant: pages => ({
        ...pages,
        [FEED]: { ...(pages[FEED] ?? { body: '', type: '' }), unconditional: true },
      }),
    },
  ],
  [
    'an entry without an id',
    {
      rule: 'feed-item-id-stable',
      path: 'entries[0].id',
      plant: feed(/<guid isPermaLink="false">[^<]*<\/guid>\n/, ''),
    },
  ],
  [
    'two entries with one id',
    { rule: 'feed-item-id-stable', path: 'entries[1].id', plant: feed('?p=102', '?p=101') },
  ],
  [
    'a guid that is no link',
    {
      rule: 'feed-item-id-stable',
      path: 'entries[2].id',
      plant: feed(/<guid isPermaLink="false">[^<]*103/, '<guid>103'),
    },
  ],
  [
    'a date for people',
    {
      rule: 'feed-date-valid',
      path: 'entries[0].published',
      also: ['article-publish-time'],
      plant: feed(/<pubDate>[^<]*<\/pubDate>/, '<pubDate>21/11/2026 08:30</pubDate>'),
    },
  ],
  [
    'tomorrow’s news',
    {
      rule: 'feed-date-valid',
      path: 'entries[0].published',
      also: ['article-publish-time'],
      plant: feed(
        /<pubDate>[^<]*<\/pubDate>/,
        `<pubDate>${new Date(Date.now() + 30 * HOUR).toUTCString()}</pubDate>`,
      ),
    },
  ],
  [
    'a relative link',
    {
      rule: 'feed-registered-urls',
      path: 'entries[1].link',
      plant: (pages, { origin }) =>
        planted(pages, FEED, new RegExp(`(<item>[\\s\\S]*?<item>[\\s\\S]*?<link>)${origin}`), '$1'),
    },
  ],
  [
    'a link into a private network',
    {
      rule: 'feed-registered-urls',
      path: 'entries[0].link',
      plant: feed(/(<item>[\s\S]*?<link>)[^<]*/, '$1http://10.20.30.40/tin/1'),
    },
  ],
  [
    'a relative picture in the text',
    {
      rule: 'feed-registered-urls',
      path: 'entries[0].content',
      plant: (pages, { origin }) =>
        planted(pages, FEED, `<img src="${origin}/anh/0.jpg"`, '<img src="/anh/0.jpg"'),
    },
  ],
  [
    'a script in the text',
    {
      rule: 'feed-no-active-content',
      path: 'entries[0].content',
      plant: feed(/<content:encoded><!\[CDATA\[/, '<content:encoded><![CDATA[<script>alert(1)</script>'),
    },
  ],
  [
    'a handler in the text',
    {
      rule: 'feed-no-active-content',
      path: 'entries[0].content',
      plant: feed(/<content:encoded><!\[CDATA\[<p>/, '<content:encoded><![CDATA[<p onclick="x()">'),
    },
  ],
  [
    'an entry without a title',
    {
      rule: 'feed-item-minimum',
      path: 'entries[0].title',
      plant: feed(/<item>\n<title>[^<]*<\/title>/, '<item>'),
    },
  ],
  [
    'a date left out',
    {
      rule: 'feed-item-minimum',
      path: 'entries[0].published',
      also: ['article-publish-time'],
      plant: feed(/<pubDate>[^<]*<\/pubDate>\n/, ''),
    },
  ],
  [
    'a portal’s feed that stopped',
    {
      rule: 'feed-freshness',
      host: 'bo-khac.gov.vn',
      kind: 'portal',
      look: ({ now }) => ({ now: now - 60 * 24 * HOUR }),
      plant: pages => pages,
    },
  ],
  [
    'a window of no time',
    {
      rule: 'feed-archive-window',
      severity: 'should',
      plant: (pages, { now }) =>
        planted(
          planted(pages, FEED, /<pubDate>[^<]*/g, `<pubDate>${new Date(now - HOUR).toUTCString()}`),
          '/',
          '<main>',
          '<main >',
        ),
      also: ['article-publish-time'],
    },
  ],
];
