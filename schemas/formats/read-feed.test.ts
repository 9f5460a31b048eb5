import { describe, expect, it } from '@jest/globals';
import { formats } from './index.ts';
import { readFeed } from './read-feed.ts';

const read = (text: string) => readFeed(new TextEncoder().encode(text), { url: 'https://a.vn/rss' }, formats);
const item = (n: number) => `<item><title>Tin ${n}</title><link>https://a.vn/${n}</link></item>`;
const RSS = `<rss version="2.0"><channel><title>Tin</title>${item(1)}${item(2)}</channel></rss>`;

describe('what is no feed', () => {
  it.each([
    ['nothing', '', 'EMPTY_DOCUMENT'],
    ['blanks', ' \n\t ', 'EMPTY_DOCUMENT'],
    [
      'a page',
      '<!DOCTYPE html><html><head><title>Trang chủ</title></head><body>…</body></html>',
      'HTML_PAGE',
    ],
    ['an error page without a frame', '<h1>Lỗi 500</h1>', 'HTML_PAGE'],
    ['a page that shows a feed', `<html><body><pre>${RSS}</pre></body></html>`, 'HTML_PAGE'],
    ['a robot check', '<html><script src="/cdn-cgi/challenge-platform/x.js"></script></html>', 'ROBOT_CHECK'],
    [
      'a cookie that reloads',
      '<html><script>document.cookie="D1N=ab";window.location.reload()</script></html>',
      'ROBOT_CHECK',
    ],
    ['a captcha', '<html><body>Vui lòng nhập captcha để tiếp tục</body></html>', 'ROBOT_CHECK'],
    ['other JSON', '{"error":"not found"}', 'NOT_A_FEED'],
    ['a JSON list', '[1,2,3]', 'NOT_A_FEED'],
    ['other XML', '<?xml version="1.0"?><urlset><url><loc>https://a.vn/</loc></url></urlset>', 'NOT_A_FEED'],
    ['words', 'Access denied', 'NOT_A_FEED'],
    ['a picture', '\u0089PNG\r\n\u001a\n', 'NOT_A_FEED'],
  ])('%s is %s', (_name, text, code) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code }));
  });
});

it('a page tells where its feeds are', () => {
  const page = `<html><head><title>Trang chủ</title><link rel="alternate" type="application/rss+xml" href="/rss/tin.rss">
    <link type='application/atom+xml' href='https://a.vn/atom' rel='alternate'><link rel="stylesheet" href="/x.css"></head></html>`;
  expect(() => read(page)).toThrow(
    expect.objectContaining({
      data: { title: 'Trang chủ', feeds: ['https://a.vn/rss/tin.rss', 'https://a.vn/atom'] },
    }),
  );
});

describe('what is broken and can be read', () => {
  it.each([
    [
      'output before the declaration',
      `<br />\n<b>Warning</b>: x in <b>/a.php</b><?xml version="1.0"?>${RSS}`,
    ],
    ['a declaration written twice', `<?xml version="1.0"?><?xml version="1.0"?>${RSS}`],
    ['control characters', RSS.replace('Tin 1', 'Tin\u0000 1\u0008')],
    ['a stray end tag', RSS.replace('Tin 1', 'Tin 1</p>')],
    ['an ampersand', RSS.replace('https://a.vn/1', 'https://a.vn/1?a=1&b=2')],
    ['an entity of HTML', RSS.replace('Tin 1', 'Tin&nbsp;1')],
    ['a less-than sign', RSS.replace('Tin 1', 'Tin 1 < 2')],
    ['a prefix nobody declared', RSS.replace('<title>Tin 1', '<dc:creator>Lan</dc:creator><title>Tin 1')],
    ['an item that was never closed', RSS.replace('</item>', '')],
    ['a title that was never closed', RSS.replace('</title><link>', '<link>')],
    ['a CDATA that runs into the next item', RSS.replace('Tin 1</title>', '<![CDATA[Tin 1</title>')],
    ['windows-1252 inside UTF-8', RSS.replace('Tin 1', 'Tin \u00931\u0094')],
  ])('%s costs nothing and is told', (_name, text) => {
    const feed = read(text);
    expect(feed.entries.map(({ link }) => link?.slice(0, 14))).toEqual(['https://a.vn/1', 'https://a.vn/2']);
    expect(feed.entries.map(({ title }) => title?.value.slice(0, 3))).toEqual(['Tin', 'Tin']);
    expect(feed.broken).toBe(0);
    expect(feed.repaired).not.toEqual([]);
  });

  it.each([
    ['in a tag', `${RSS.slice(0, RSS.indexOf('Tin 2') - 3)}`],
    ['in a text', `${RSS.slice(0, RSS.indexOf('Tin 2') + 2)}`],
    ['in a CDATA', `${RSS.slice(0, RSS.indexOf('Tin 2'))}<![CDATA[Tin`],
    ['in a comment', `${RSS.slice(0, RSS.indexOf('Tin 2'))}<!-- `],
  ])('cut off %s loses the entry that was cut', (_name, text) => {
    const feed = read(text);
    expect(feed.entries.map(entry => entry.title?.value)).toEqual(['Tin 1']);
    expect(feed.broken).toBe(1);
    expect(feed.repaired).not.toEqual([]);
  });

  it('a feed whose last tags are missing is whole', () => {
    expect(read(RSS.replace('</channel></rss>', ''))).toMatchObject({ broken: 0, entries: [{}, {}] });
  });

  it('a clean feed has nothing to tell', () => {
    expect(read(`<?xml version="1.0" encoding="utf-8"?>\n${RSS}`)).toMatchObject({ broken: 0, repaired: [] });
  });

  it('reads no more entries than it is allowed', () => {
    const bytes = new TextEncoder().encode(RSS);
    const feed = readFeed(bytes, { maxEntries: 1 }, formats);
    expect(feed.entries).toHaveLength(1);
    expect(feed.repaired).toEqual([expect.stringContaining('2 mục')]);
  });
});
