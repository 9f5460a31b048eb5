import { describe, expect, it } from '@jest/globals';
import { decode } from '../decode.ts';
import type { FeedDocument } from '../format.ts';
import { detect } from './detect.ts';
import { parse } from './parse.ts';

const NAMESPACES = `xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:m="http://search.yahoo.com/mrss" xmlns:a="http://www.w3.org/2005/Atom" xmlns:dcterms="http://purl.org/dc/terms/"
  xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
  xmlns:fb="http://rssnamespace.org/feedburner/ext/1.0" xmlns:at="http://purl.org/atompub/tombstones/1.0"
  xmlns:fh="http://purl.org/syndication/history/1.0"`;

function read(channel: string): FeedDocument {
  const text = `<rss version="2.0" ${NAMESPACES}><channel>${channel}</channel></rss>`;
  return parse(decode(new TextEncoder().encode(text), { url: 'https://bao.vn/rss/tin.rss' }));
}

const entry = (inner: string) => read(`<item>${inner}</item>`).entries[0];

describe('RSS channel', () => {
  it('says what it is', () => {
    const feed =
      read(`<title>Tin &amp;amp; bài</title><link>/</link><description>&lt;b&gt;Mới&lt;/b&gt;</description>
      <language>vi_VN</language><copyright>© Cục</copyright><generator>WP</generator><lastBuildDate>hôm nay</lastBuildDate>
      <managingEditor>lan@bao.vn (Lan)</managingEditor><category>Việc làm</category><ttl>15</ttl>
      <image><url>/logo.png</url><title>Không phải tên</title></image>`);
    expect(feed).toMatchObject({
      title: 'Tin & bài',
      link: 'https://bao.vn/',
      description: 'Mới',
      language: 'vi-VN',
      rights: '© Cục',
      generator: 'WP',
      updated: 'hôm nay',
      authors: [{ name: 'Lan', email: 'lan@bao.vn' }],
      categories: ['Việc làm'],
      image: 'https://bao.vn/logo.png',
      wait: 15 * 60_000,
      repaired: [],
    });
  });

  it('links to its hub, itself and its archive; its own link stays the page', () => {
    const feed =
      read(`<a:link rel="self" href="https://bao.vn/rss"/><a:link rel="hub" href="https://hub.vn/"/>
      <a:link rel="prev-archive" href="/rss?trang=2"/><a:link rel="next" href="/rss?p=2"/><link>https://bao.vn/</link><fh:complete/>`);
    expect(feed).toMatchObject({
      link: 'https://bao.vn/',
      self: 'https://bao.vn/rss',
      hub: 'https://hub.vn/',
      prevArchive: 'https://bao.vn/rss?trang=2',
      next: 'https://bao.vn/rss?p=2',
      complete: true,
    });
  });

  it.each([
    ['<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>', 15 * 60_000],
    ['<sy:updatePeriod>daily</sy:updatePeriod>', 24 * 3_600_000],
    ['<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>', 3_600_000],
    ['<ttl>-5</ttl>', undefined],
  ])('asks to wait: %s', (said, wait) => {
    expect(read(said).wait).toBe(wait);
  });

  it('tells what was withdrawn (RFC 6721)', () => {
    const { deletions } = read(
      '<at:deleted-entry ref="urn:1" when="2026-11-22T08:00:00Z"><at:comment>gỡ</at:comment></at:deleted-entry>',
    );
    expect(deletions).toEqual([
      { sourceId: 'urn:1', at: '2026-11-22T08:00:00Z', basis: 'said', reason: 'gỡ' },
    ]);
  });
});

describe('RSS item', () => {
  it('is read whole', () => {
    expect(
      entry(`<title>Nghị định &lt;b&gt;mới&lt;/b&gt;</title><link> https://bao.vn/1 </link><guid isPermaLink="false">x-1</guid>
        <pubDate>22/11/2026 14:30</pubDate><dcterms:modified>2026-11-23</dcterms:modified><dc:creator>Lan</dc:creator>
        <dc:creator>Hoa</dc:creator><category>Việc làm</category><dc:subject>Bảo hiểm</dc:subject>
        <description>Tóm tắt</description><content:encoded><![CDATA[<p>Nội dung</p>]]></content:encoded>
        <source url="https://nguon.vn/rss">Báo Nguồn</source><comments>/1#c</comments><dc:rights>© Báo</dc:rights>`),
    ).toMatchObject({
      title: { type: 'html', value: 'Nghị định <b>mới</b>' },
      link: 'https://bao.vn/1',
      sourceId: 'x-1',
      published: '22/11/2026 14:30',
      updated: '2026-11-23',
      authors: [{ name: 'Lan' }, { name: 'Hoa' }],
      categories: ['Việc làm', 'Bảo hiểm'],
      summary: { type: 'html', value: 'Tóm tắt' },
      content: { type: 'html', value: '<p>Nội dung</p>' },
      origin: { title: 'Báo Nguồn', link: 'https://nguon.vn/rss' },
      comments: 'https://bao.vn/1#c',
      rights: '© Báo',
    });
  });

  it.each([
    ['a guid that is a permalink', '<guid>https://bao.vn/1</guid>', 'https://bao.vn/1'],
    ['a guid that says it is none', '<guid isPermaLink="false">https://bao.vn/1</guid>', undefined],
    [
      'FeedBurner’s counter',
      '<link>https://feeds.x/1</link><fb:origLink>https://bao.vn/1</fb:origLink>',
      'https://bao.vn/1',
    ],
    ['an Atom link', '<a:link rel="alternate" href="/1"/>', 'https://bao.vn/1'],
    ['no protocol', '<link>//m.bao.vn/1</link>', 'https://m.bao.vn/1'],
    ['a script', '<link>javascript:alert(1)</link>', undefined],
    ['an ampersand', '<link>https://bao.vn/?a=1&b=2</link>', 'https://bao.vn/?a=1&b=2'],
  ])('links by %s', (_name, inner, link) => {
    expect(entry(inner)?.link).toBe(link);
  });

  it.each([
    ['text', 'Tin &amp; bài', { type: 'text', value: 'Tin & bài' }],
    ['text escaped twice', 'Ch&amp;iacute;nh phủ', { type: 'text', value: 'Chính phủ' }],
    ['a comparison', 'Lương &lt; 5 triệu', { type: 'text', value: 'Lương < 5 triệu' }],
    ['a CDATA', '<![CDATA[Tin & bài]]>', { type: 'text', value: 'Tin & bài' }],
    ['markup', '&lt;i&gt;Tin&lt;/i&gt;', { type: 'html', value: '<i>Tin</i>' }],
    ['bare markup', '<i>Tin</i>', { type: 'html', value: '<i>Tin</i>' }],
  ])('has a title of %s', (_name, inner, title) => {
    expect(entry(`<title>${inner}</title>`)?.title).toMatchObject(title);
  });

  it('keeps all media, each in its role', () => {
    const media =
      entry(`<image>/lead.jpg</image><enclosure url="/a.mp3" type="audio/mpeg" length="42"/><enclosure url="/b.pdf" length="?"/>
      <m:group><m:content url="/1.jpg" width="640" height="480"><m:title>Ảnh</m:title><m:credit>Lan</m:credit></m:content>
      <m:content url="/2.jpg"/><m:thumbnail url="/t.jpg"/></m:group><a:link rel="enclosure" href="/c.zip"/>`)?.media;
    expect(media).toEqual([
      { url: 'https://bao.vn/lead.jpg', role: 'lead' },
      { url: 'https://bao.vn/a.mp3', type: 'audio/mpeg', length: 42, role: 'enclosure' },
      { url: 'https://bao.vn/b.pdf', role: 'enclosure' },
      { url: 'https://bao.vn/c.zip', role: 'enclosure' },
      { url: 'https://bao.vn/1.jpg', width: 640, height: 480, alt: 'Ảnh', credit: 'Lan', role: 'content' },
      { url: 'https://bao.vn/2.jpg', role: 'content' },
      { url: 'https://bao.vn/t.jpg', role: 'thumbnail' },
    ]);
  });

  it('tells elements apart by namespace, not by name', () => {
    const inner = '<title>Đúng</title><x:title xmlns:x="urn:x">Sai</x:title><m:title>Sai</m:title>';
    expect(entry(inner)?.title?.value).toBe('Đúng');
    expect(entry(inner.replace('<title>Đúng</title>', ''))?.title?.value).toBe('Sai');
  });

  it('tells what stood there and could not be used', () => {
    expect(entry('<title>a</title><link>javascript:x</link><enclosure url=""/>')?.unread).toEqual([
      'link: "javascript:x"',
      'enclosure: ""',
    ]);
  });
});

describe('RSS in other clothes', () => {
  it.each([
    [
      '0.91',
      '<!DOCTYPE rss PUBLIC "-//Netscape//DTD" "http://x/rss.dtd"><rss version="0.91"><channel><item><title>a</title></item></channel></rss>',
    ],
    [
      'a namespace of its own',
      '<rss xmlns="http://backend.userland.com/rss2"><channel><item><title>a</title></item></channel></rss>',
    ],
    [
      'Atom’s namespace by mistake',
      '<rss xmlns="http://www.w3.org/2005/Atom"><channel><item><title>a</title></item></channel></rss>',
    ],
    ['capitals', '<RSS><CHANNEL><ITEM><TITLE>a</TITLE></ITEM></CHANNEL></RSS>'],
    ['items beside the channel', '<rss><channel/><item><title>a</title></item></rss>'],
    ['a channel alone', '<channel><item><title>a</title></item></channel>'],
  ])('reads %s', (_name, text) => {
    const document = decode(new TextEncoder().encode(text));
    expect(detect(document)).toBe(true);
    expect(parse(document).entries.map(({ title }) => title?.value)).toEqual(['a']);
  });
});
