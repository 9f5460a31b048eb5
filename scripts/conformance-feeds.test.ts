import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';

const RSS = `<?xml version="1.0"?><rss version="2.0"><channel><title>Tin</title><link>https://a.vn/</link><item><title>Nghị định</title>
  <link>/1</link><guid>x</guid><pubDate>22/11/2026 14:30</pubDate><enclosure url="/a.mp3" type="audio/mpeg" length="42"/>
  <description><![CDATA[<a href="/b" onclick="x()">b</a><script>x</script>]]></description></item></channel></rss>`;

it('prints each case in the neutral shape, or why it could not be read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  try {
    writeFileSync(join(folder, 'a.xml'), RSS);
    writeFileSync(join(folder, 'b.xml'), '<html></html>');
    const cases = [
      { id: 'feed', file: 'a.xml', headers: { 'content-type': 'text/xml' }, url: 'https://a.vn/rss' },
      { id: 'page', file: 'b.xml', headers: {}, url: null },
      { id: 'missing', file: 'c.xml', headers: {}, url: null },
    ];
    writeFileSync(join(folder, 'cases.json'), JSON.stringify(cases));
    const script = join(import.meta.dirname, 'conformance-feeds.ts');
    const printed: unknown = JSON.parse(
      execFileSync(process.execPath, [script, join(folder, 'cases.json')], { encoding: 'utf8' }),
    );
    expect(printed).toMatchObject({
      feed: {
        encoding: 'utf-8',
        feed: { title: 'Tin', link: 'https://a.vn/' },
        entries: [
          {
            title: 'Nghị định',
            link: 'https://a.vn/1',
            id: 'x',
            summary: '<a href="https://a.vn/b">b</a>',
            published: Date.UTC(2026, 10, 22, 7, 30),
            enclosures: [{ url: 'https://a.vn/a.mp3', type: 'audio/mpeg', length: '42' }],
          },
        ],
      },
      page: { error: { code: 'HTML_PAGE' } },
      missing: { error: { code: 'INTERNAL' } },
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
