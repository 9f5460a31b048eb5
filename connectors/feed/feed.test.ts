import { createServer } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { formats } from '../../schemas/formats/index.ts';
import { type SiteUnderTest, testConnector } from '../connector.conformance.ts';
import { feedConnector } from './index.ts';
import { readStrictly } from './strict-reader.ts';

const ITEMS = 450;

testConnector(feedConnector(formats), () => openSite(rssOf(ITEMS)));

describe('the strict reader', () => {
  it('sees what a common reader sees', async () => {
    const { entries, refusedAt } = await readStrictly(rssOf(3));
    expect(refusedAt).toBeUndefined();
    expect(entries.map(entry => entry.id)).toEqual(['tin-0', 'tin-1', 'tin-2']);
  });

  it('says where it gave up', async () => {
    const { entries, refusedAt } = await readStrictly(rssOf(2).replace('</title></item>', '</item>'));
    expect(entries).toEqual([]);
    expect(refusedAt).toMatch(/^dòng \d+, cột \d+: Unexpected close tag/);
  });
});

function rssOf(count: number): string {
  const items = Array.from({ length: count }, (_, i) => {
    const link = `https://don-vi.example.vn/tin-${i}.html`;
    return `<item><link>${link}</link><guid isPermaLink="false">tin-${i}</guid><title>Tin số ${i}</title></item>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>Tin</title>\n${items.join('\n')}</channel></rss>`;
}

async function openSite(body: string): Promise<SiteUnderTest> {
  const server = createServer((request, response) => {
    if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end();
    else
      response
        .writeHead(200, { 'content-type': 'application/rss+xml; charset=utf-8', etag: '"1"' })
        .end(body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    options: { url: `http://127.0.0.1:${port}/rss` },
    entries: ITEMS,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
