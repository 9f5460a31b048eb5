import { describe, expect, it } from '@jest/globals';
import { decode } from '../decode.ts';
import { detect } from './detect.ts';
import { parse } from './parse.ts';

const documentOf = (value: unknown) =>
  decode(new TextEncoder().encode(JSON.stringify(value)), { url: 'https://bao.vn/feed.json' });
const VERSION = 'https://jsonfeed.org/version/1.1';

describe('JSON Feed', () => {
  it('1.1 is read whole', () => {
    const document = documentOf({
      version: VERSION,
      title: 'Tin',
      home_page_url: 'https://bao.vn/',
      feed_url: 'https://bao.vn/feed.json',
      next_url: 'https://bao.vn/feed.json?p=2',
      description: 'Mới',
      language: 'vi',
      authors: [{ name: 'Lan' }],
      hubs: [
        { type: 'rssCloud', url: 'https://cloud.vn/' },
        { type: 'WebSub', url: 'https://hub.vn/' },
      ],
      items: [
        {
          id: '1',
          url: '/1',
          external_url: 'https://nguon.vn/1',
          title: 'Nghị định',
          content_html: '<p>a</p>',
          summary: 'b',
          image: '/lead.jpg',
          date_published: '2026-11-22T08:00:00Z',
          tags: ['Việc làm', 'Việc làm'],
          attachments: [{ url: '/a.mp3', mime_type: 'audio/mpeg', size_in_bytes: 42, title: 'Nghe' }],
        },
      ],
    });
    expect(detect(document)).toBe(true);
    expect(parse(document)).toMatchObject({
      version: '1.1',
      title: 'Tin',
      link: 'https://bao.vn/',
      self: 'https://bao.vn/feed.json',
      next: 'https://bao.vn/feed.json?p=2',
      hub: 'https://hub.vn/',
      entries: [
        {
          sourceId: '1',
          link: 'https://bao.vn/1',
          title: { type: 'text', value: 'Nghị định' },
          content: { type: 'html', value: '<p>a</p>' },
          summary: { type: 'text', value: 'b' },
          published: '2026-11-22T08:00:00Z',
          categories: ['Việc làm'],
          origin: { link: 'https://nguon.vn/1' },
          media: [
            { url: 'https://bao.vn/lead.jpg', role: 'lead' },
            { url: 'https://bao.vn/a.mp3', type: 'audio/mpeg', length: 42, alt: 'Nghe', role: 'enclosure' },
          ],
        },
      ],
    });
  });

  it('1.0 has one author, and ids may be numbers', () => {
    const item = { id: 7, author: { name: 'Lan', url: 'https://bao.vn/lan' }, content_text: 'a < b' };
    expect(parse(documentOf({ version: 'https://jsonfeed.org/version/1', items: [item] }))).toMatchObject({
      version: '1.0',
      entries: [
        {
          sourceId: '7',
          authors: [{ name: 'Lan', url: 'https://bao.vn/lan' }],
          content: { type: 'text', value: 'a < b' },
        },
      ],
    });
  });

  it('counts items that can’t be read', () => {
    const items = [
      null,
      1,
      'x',
      [],
      {},
      { id: '1', title: {}, url: 5, tags: 'x', authors: [null], attachments: [{}] },
    ];
    expect(parse(documentOf({ version: VERSION, items }))).toMatchObject({
      broken: 5,
      entries: [{ sourceId: '1' }],
    });
  });

  it.each([[{ items: [] }], [{ version: '1.1', data: [] }], [[1, 2]]])('is not any JSON: %j', value => {
    expect(detect(documentOf(value))).toBe(false);
  });
});
