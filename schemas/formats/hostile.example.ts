import type { Item } from '../item.ts';
import type { OutgoingFeed, OutgoingItem } from './format.ts';
import { exampleFeed, exampleItem } from './outgoing.example.ts';

/** Pieces that have broken feed writers, and ordinary text between them. */
const PIECES = [
  '\u0000',
  '\u0008',
  '\u000b',
  '\u001b',
  '\u007f',
  '\u0085',
  '\ud800',
  '\udfff',
  '\ufffe',
  '\uffff',
  '\ufdd0',
  ']]>',
  ']]>]]>',
  '<![CDATA[',
  '<!--',
  '-->',
  '<?xml version="1.0"?>',
  '<!DOCTYPE a [<!ENTITY x "y">]>',
  '&x;',
  '&',
  '&amp;',
  '&amp;amp;',
  '&#0;',
  '&#xD800;',
  '<',
  '>',
  '"',
  "'",
  '</title></entry></feed>',
  '</item></channel></rss>',
  '<script>alert(1)</script>',
  '\r\n',
  '\r',
  '\n',
  '\t',
  ' ',
  '  ',
  '\u00a0',
  '\u2028',
  '\u2029',
  '\ufeff',
  '\u202e',
  '😀',
  '\ud83d',
  'Đường sắt',
  'e\u0302\u0301',
  'ﬀ',
  'a'.repeat(300),
  '{x}',
  '%',
  '%zz',
  '__proto__',
  'constructor',
  '$&',
  "$'",
  '\\',
  '\\u0000',
  '{{x}}',
  'javascript:alert(1)',
];

const ADDRESSES = [
  'https://a.example.vn/x?a=1&b=2',
  'https://a.example.vn/"><x',
  "https://a.example.vn/'",
  'https://a.example.vn/bài viết?q={|}',
  'https://user:pass@a.example.vn/',
  'http://[::1]:8080/x',
  'javascript:alert(1)',
  '',
  'not an address',
  'mailto:a@b.vn',
  'https://a.example.vn/%',
  'https://a.example.vn/]]>',
  'https://a.example.vn/\u0000\ud800',
  'HTTPS://A.EXAMPLE.VN',
  'https://việc-làm.vn/',
];

const MOMENTS = [0, -1, 1_763_775_000_000, Date.UTC(2026, 10, 22), 253_402_300_799_000, 8.64e15, -8.64e15];

/** A feed whose every text is hostile; the same for the same seed. */
export function hostileFeed(seed: number): OutgoingFeed {
  const random = seeded(seed);
  const pick = <T>(list: readonly [T, ...T[]] | readonly T[]): T => {
    const picked = list[Math.floor(random() * list.length)];
    if (picked === undefined) throw new Error('nothing to pick from');
    return picked;
  };
  const text = () => Array.from({ length: Math.floor(random() * 8) }, () => pick(PIECES)).join('');
  const address = () => pick(ADDRESSES);
  const some = <T>(make: () => T): T[] => Array.from({ length: Math.floor(random() * 4) }, make);
  const item = (n: number): Item => ({
    ...exampleItem(),
    id: `urn:uuid:0b6c5f3e-7c1a-5f0e-9a51-${String(n).padStart(12, '0')}`,
    n,
    link: address(),
    title: text(),
    summary: text(),
    content: text(),
    authors: some(() => ({ name: text(), email: text(), url: address() })),
    categories: some(text),
    topics: some(text),
    published: pick(MOMENTS),
    updated: pick(MOMENTS),
    language: pick(['vi', 'en-US', 'tiếng "Việt"']),
    rights: text(),
    sourceId: text(),
    picture: { url: address(), width: 10, height: 20, alt: text(), credit: text() },
    media: some(() => ({
      url: address(),
      type: pick(['image/png', 'a/b"><x', text()]),
      length: 5,
      alt: text(),
      caption: text(),
      credit: text(),
    })),
    attribution: { text: text(), agency: text(), authors: some(text), link: address() },
  });
  const outgoing = (n: number): OutgoingItem => ({
    item: item(n),
    siteName: text(),
    siteHomepage: address(),
    topicTitles: some(text),
  });
  return exampleFeed({
    title: text(),
    description: text(),
    updated: pick(MOMENTS),
    links: [{ rel: 'hub', href: address(), type: text() }, ...exampleFeed().links],
    items: Array.from({ length: 1 + Math.floor(random() * 5) }, (_, n) => outgoing(n)),
    archive: random() < 0.3,
    generator: text(),
  });
}

/** Mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
