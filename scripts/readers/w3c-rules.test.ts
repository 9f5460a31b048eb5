import { describe, expect, it } from '@jest/globals';
import type { FeedDocument } from './reader.ts';
import { w3cRules } from './w3c-rules.ts';

const ATOM = `<feed xmlns="http://www.w3.org/2005/Atom">
<id>https://tin.example.vn/feeds/all</id><title>Tin</title><updated>2026-11-22T08:30:00+07:00</updated>
<link rel="self" href="https://tin.example.vn/feeds/all.atom"/>
<entry><id>urn:uuid:1</id><title>Một</title><updated>2026-11-22T08:30:00+07:00</updated>
<link rel="alternate" href="https://a.example.vn/1"/><author><name>Hà</name></author></entry>
</feed>`;

const RSS = `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>Tin</title><link>https://tin.example.vn/</link><description>Tin</description>
<atom:link rel="self" href="https://tin.example.vn/feeds/all.rss"/>
<item><guid isPermaLink="false">urn:uuid:1</guid><title>Một</title><link>https://a.example.vn/1</link>
<pubDate>Sun, 22 Nov 2026 01:30:00 GMT</pubDate>
<enclosure url="https://a.example.vn/1.mp3" length="12" type="audio/mpeg"/></item>
</channel></rss>`;

describe('the W3C rules', () => {
  it.each([
    ['atom', ATOM],
    ['rss', RSS],
  ] as const)('find nothing in good %s', async (kind, body) => {
    expect(await complaintsOf(kind, body)).toEqual([]);
  });

  it.each([
    ['atom', 'a missing updated', /<updated>.*?<\/updated>/, '', 1, '0 of updated'],
    [
      'atom',
      'a date without zone',
      '+07:00</updated>\n<link rel="alt',
      '</updated>\n<link rel="alt',
      4,
      'is no date',
    ],
    ['atom', 'a relative link', 'https://a.example.vn/1', '/1', 5, 'href="/1"'],
    ['atom', 'an id twice', '</feed>', '<entry><id>urn:uuid:1</id></entry></feed>', 6, 'stands twice'],
    ['atom', 'another self', '/feeds/all.atom', '/feeds/x.atom', 3, 'self is'],
    ['atom', 'a nameless author', 'Hà', ' ', 5, 'a person without a name'],
    [
      'atom',
      'a script',
      '<author>',
      '<content type="html">&lt;script&gt;</content><author>',
      5,
      'markup that runs',
    ],
    ['rss', 'an ISO date', 'Sun, 22 Nov 2026 01:30:00 GMT', '2026-11-22', 5, 'no RFC 822 date'],
    ['rss', 'a guid that is no address', ' isPermaLink="false"', '', 4, 'a guid that is no address'],
    ['rss', 'an enclosure without length', 'length="12"', '', 6, 'enclosure url'],
    ['rss', 'an author without address', '<enclosure', '<author>Hà</author><enclosure', 6, 'without e-mail'],
    ['rss', 'an empty category', '<enclosure', '<category/><enclosure', 6, 'an empty category'],
    ['rss', 'a bad tag', '</guid>', '', 6, 'tag'],
  ] as const)('%s: name the line of %s', async (kind, _, from, to, line, message) => {
    const complaints = await complaintsOf(kind, (kind === 'atom' ? ATOM : RSS).replace(from, to));
    const complaint = complaints.find(each => each.message.includes(message));
    expect(complaint).toBeDefined();
    if (message !== 'tag') expect(complaint?.line).toBe(line);
  });
});

async function complaintsOf(kind: 'atom' | 'rss', body: string) {
  const address = `https://tin.example.vn/feeds/all.${kind}`;
  const document: FeedDocument = { name: 'all', kind, address, url: address, file: '', body, ids: [] };
  return w3cRules.read([document], '');
}
