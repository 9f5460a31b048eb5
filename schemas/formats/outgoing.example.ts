import type { Item } from '../item.ts';
import type { OutgoingFeed, OutgoingItem } from './format.ts';

/** Items and feeds for the generators' tests. */
export function exampleItem(changes: Partial<Item> = {}): Item {
  const link = 'https://viec-lam.example.vn/tin/123?a=1&b=2';
  return {
    id: 'urn:uuid:0b6c5f3e-7c1a-5f0e-9a51-5a2f4f3c2d11',
    n: 1,
    site: 'viec-lam',
    siteKind: 'unit',
    source: 'viec-lam/tin',
    sourceId: 'https://viec-lam.example.vn/?p=123',
    link,
    canonicalLink: 'viec-lam.example.vn/tin/123',
    title: 'Hội chợ việc làm & nghề nghiệp < 2026',
    summary: 'Hơn 2.000 vị trí "tuyển dụng".',
    content: '<p>Hơn <b>2.000</b> vị trí &amp; 60 doanh nghiệp.</p>',
    contentText: 'Hơn 2.000 vị trí & 60 doanh nghiệp.',
    authors: [{ name: 'Phạm Công' }],
    categories: ['Việc làm'],
    topics: ['viec-lam'],
    published: Date.UTC(2026, 10, 22, 1, 30),
    updated: Date.UTC(2026, 10, 22, 2, 0),
    language: 'vi',
    rights: '© Cục Việc làm',
    picture: {
      url: 'https://viec-lam.example.vn/a.jpg',
      width: 1200,
      height: 800,
      alt: 'Hội chợ',
      credit: 'Văn A',
    },
    media: [
      {
        url: 'https://viec-lam.example.vn/a.jpg',
        type: 'image/jpeg',
        length: 12345,
        width: 1200,
        height: 800,
      },
      { url: 'https://viec-lam.example.vn/b.mp3?x=1&y=2', type: 'audio/mpeg', length: 99 },
    ],
    attribution: {
      text: 'Phạm Công – Cục Việc làm, 08:30, 22/11/2026',
      agency: 'Cục Việc làm',
      authors: ['Phạm Công'],
      published: Date.UTC(2026, 10, 22, 1, 30),
      link,
    },
    pubStatus: 'usable',
    hash: 'a'.repeat(64),
    cleaner: 1,
    visibility: 'RELEASED',
    firstSeen: Date.UTC(2026, 10, 22, 1, 31),
    listed: Date.UTC(2026, 10, 22, 1, 30),
    released: Date.UTC(2026, 10, 22, 1, 31),
    backfill: false,
    ...changes,
  };
}

export function exampleOutgoing(changes: Partial<Item> = {}): OutgoingItem {
  return {
    item: exampleItem(changes),
    siteName: 'Cục Việc làm',
    siteHomepage: 'https://viec-lam.example.vn/',
    topicTitles: ['Việc làm & tiền lương'],
  };
}

export function exampleFeed(changes: Partial<OutgoingFeed> = {}): OutgoingFeed {
  return {
    id: 'https://tin.example.gov.vn/feeds/all',
    title: 'Tin tổng hợp ngành Lao động',
    description: 'Tin của 3 trang',
    language: 'vi',
    updated: Date.UTC(2026, 10, 22, 2, 5),
    homepage: 'https://tin.example.gov.vn/',
    self: 'https://tin.example.gov.vn/feeds/all.atom?sites=a&limit=2',
    links: [
      { rel: 'hub', href: 'https://tin.example.gov.vn/hub' },
      { rel: 'next', href: 'https://tin.example.gov.vn/feeds/all.atom?sites=a&limit=2&after=x' },
      { rel: 'prev-archive', href: 'https://tin.example.gov.vn/feeds/all.atom?sites=a&archive=3' },
    ],
    items: [exampleOutgoing()],
    tombstones: [
      {
        id: 'urn:uuid:7d0e8a55-3c39-5c80-8d1b-0c6f6e7b9a10',
        at: Date.UTC(2026, 10, 22, 2, 5),
        reason: 'withdrawn',
      },
    ],
    generator: 'Liên Thông',
    ...changes,
  };
}
