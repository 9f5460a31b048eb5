import { describe, expect, it } from '@jest/globals';
import { decode } from '../decode.ts';
import { detect } from './detect.ts';
import { parse } from './parse.ts';

function readText(text: string, url = 'https://bao.vn/atom.xml') {
  return parse(decode(new TextEncoder().encode(text), { url }));
}

const read = (inner: string) =>
  readText(`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi">${inner}</feed>`);
const entry = (inner: string) => read(`<entry>${inner}</entry>`).entries[0];

describe('Atom feed', () => {
  it('says what it is', () => {
    const feed =
      read(`<title>Tin</title><subtitle type="html">&lt;b&gt;Mới&lt;/b&gt;</subtitle><id>urn:feed</id>
      <link href="/"/><link rel="self" href="/atom.xml"/><link rel="hub" href="https://hub.vn/"/>
      <updated>2026-11-22T08:00:00Z</updated><author><name>Lan</name><email>lan@bao.vn</email><uri>/lan</uri></author>
      <rights>© Cục</rights><generator>WP</generator><logo>/logo.png</logo><category term="viec-lam" label="Việc làm"/>`);
    expect(feed).toMatchObject({
      version: '1.0',
      title: 'Tin',
      description: 'Mới',
      id: 'urn:feed',
      link: 'https://bao.vn/',
      self: 'https://bao.vn/atom.xml',
      hub: 'https://hub.vn/',
      language: 'vi',
      authors: [{ name: 'Lan', email: 'lan@bao.vn', url: 'https://bao.vn/lan' }],
      categories: ['Việc làm'],
      rights: '© Cục',
      image: 'https://bao.vn/logo.png',
      repaired: [],
    });
  });

  it('is found by its namespace, whatever its prefix', () => {
    const text =
      '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>Tin</a:title><a:entry><a:id>1</a:id></a:entry></a:feed>';
    expect(detect(decode(new TextEncoder().encode(text)))).toBe(true);
    expect(readText(text)).toMatchObject({ title: 'Tin', entries: [{ sourceId: '1' }] });
  });

  it('may be one entry alone', () => {
    const text = '<entry xmlns="http://www.w3.org/2005/Atom"><title>a</title></entry>';
    expect(readText(text).entries).toMatchObject([{ title: { type: 'text', value: 'a' } }]);
  });
});

describe('Atom entry', () => {
  it('is read whole', () => {
    const inner = `<id>urn:1</id><title>Nghị định &lt;mới&gt;</title><link rel="alternate" href="/1"/>
      <link rel="amphtml" href="/1/amp"/><link rel="enclosure" href="/a.mp3" type="audio/mpeg" length="42"/>
      <published>2026-11-22T08:00:00Z</published><updated>2026-11-23T08:00:00Z</updated><category term="Việc làm"/>
      <author><name>Lan</name></author><summary>Tóm tắt</summary><content type="html">&lt;p&gt;Nội dung&lt;/p&gt;</content>
      <source><id>urn:nguon</id><title>Nguồn</title><link href="https://nguon.vn/"/></source>`;
    expect(entry(inner)).toMatchObject({
      sourceId: 'urn:1',
      title: { type: 'text', value: 'Nghị định <mới>' },
      link: 'https://bao.vn/1',
      otherLinks: ['https://bao.vn/1/amp'],
      published: '2026-11-22T08:00:00Z',
      updated: '2026-11-23T08:00:00Z',
      categories: ['Việc làm'],
      authors: [{ name: 'Lan' }],
      summary: { type: 'text', value: 'Tóm tắt' },
      content: { type: 'html', value: '<p>Nội dung</p>' },
      media: [{ url: 'https://bao.vn/a.mp3', type: 'audio/mpeg', length: 42, role: 'enclosure' }],
      origin: { id: 'urn:nguon', title: 'Nguồn', link: 'https://nguon.vn/' },
      language: 'vi',
    });
  });

  it('keeps XHTML in the order of the document', () => {
    const div =
      '<div xmlns="http://www.w3.org/1999/xhtml">một <b>hai</b> ba<br/><i>bốn</i> &lt;năm&gt;</div>';
    expect(entry(`<content type="xhtml">${div}</content>`)?.content).toMatchObject({
      type: 'html',
      value: 'một <b>hai</b> ba<br /><i>bốn</i> &lt;năm&gt;',
    });
  });

  it('takes the prefix off XHTML', () => {
    const div = '<h:div xmlns:h="http://www.w3.org/1999/xhtml"><h:b>a</h:b></h:div>';
    expect(entry(`<content type="xhtml">${div}</content>`)?.content?.value).toBe('<b>a</b>');
  });

  it.each([
    ['the feed', 'xml:base="https://khac.vn/a/"', '', '', 'https://khac.vn/a/b.html'],
    ['the entry', 'xml:base="https://khac.vn/a/"', 'xml:base="c/"', '', 'https://khac.vn/a/c/b.html'],
    ['the element', '', '', 'xml:base="https://khac.vn/"', 'https://khac.vn/b.html'],
    ['the address alone', '', '', '', 'https://bao.vn/b.html'],
    ['a base that is none', 'xml:base="javascript:x"', '', '', 'https://bao.vn/b.html'],
  ])('resolves by xml:base of %s', (_name, onFeed, onEntry, onLink, href) => {
    const feed = `<feed xmlns="http://www.w3.org/2005/Atom" ${onFeed}><entry ${onEntry}><link ${onLink} href="b.html"/></entry></feed>`;
    expect(readText(feed).entries[0]?.link).toBe(href);
  });

  it('gives markup its base', () => {
    expect(
      entry('<summary type="html" xml:base="https://khac.vn/">&lt;a href="x"&gt;x&lt;/a&gt;</summary>')
        ?.summary,
    ).toEqual({
      type: 'html',
      value: '<a href="x">x</a>',
      base: 'https://khac.vn/',
    });
  });

  it.each([
    ['image/jpeg', '/9j/4AAQSkZJRg==', undefined],
    ['application/octet-stream', 'PGI+YTwvYj4=', '<b>a</b>'],
  ])('decodes base64 of %s when it is text', (type, value, content) => {
    expect(entry(`<id>1</id><content type="${type}">${value}</content>`)?.content?.value).toBe(content);
  });
});

describe('Atom 0.3', () => {
  it('is read by its own words', () => {
    const feed =
      readText(`<feed version="0.3" xmlns="http://purl.org/atom/ns#"><tagline>Mới</tagline><modified>2026</modified>
      <entry><title mode="escaped" type="text/html">&lt;b&gt;a&lt;/b&gt;</title><issued>2026-11-22</issued><modified>2026-11-23</modified>
      <content type="text/html" mode="base64">PGI+YTwvYj4=</content></entry></feed>`);
    expect(feed).toMatchObject({
      version: '0.3',
      description: 'Mới',
      updated: '2026',
      entries: [
        {
          title: { type: 'html', value: '<b>a</b>' },
          content: { type: 'html', value: '<b>a</b>' },
          published: '2026-11-22',
          updated: '2026-11-23',
        },
      ],
    });
  });
});
