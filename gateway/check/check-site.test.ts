import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cleanSite, type Look } from '../e2e/clean-sites.ts';
import { checkTools, type MadeSite, openPool, planted, startMadeSite } from '../e2e/made-site.ts';
import { readAddress } from './address.ts';
import { checkSite } from './check-site.ts';

const pool = openPool();
const HOST = 'viec-lam.bo.gov.vn';
let site: MadeSite & { readonly cert: string };
let look: Look;

beforeAll(async () => {
  site = await startMadeSite(HOST);
  look = { kind: 'unit', name: 'Cục Việc làm', origin: site.origin, now: Date.now() };
});

afterAll(async () => {
  await site.stop();
  await pool.close();
});

const check = (path = '/', changes = {}) =>
  checkSite(
    { address: new URL(path, site.origin), kind: 'unit', withRecord: false },
    { ...checkTools(pool, [site.cert]), ...changes },
  );

describe('a check', () => {
  it('tells where a fault stands by line and column, in XML and in JSON', async () => {
    const pages = cleanSite(look, 'rss');
    site.serve(planted(pages, '/feed/', /(<item>[\s\S]*?<item>[\s\S]*?<pubDate>)[^<]*/, '$121/11/2026'));
    const found = (await check()).problems.find(({ rule }) => rule === 'feed-date-valid');
    const lines = planted(pages, '/feed/', /(<item>[\s\S]*?<item>[\s\S]*?<pubDate>)[^<]*/, '$1QUA')
      ['/feed/']?.body.toString()
      .split('\n');
    expect(found?.places).toEqual([
      {
        path: 'entries[1].published',
        document: `${site.origin}/feed/`,
        entry: 2,
        link: expect.stringContaining('/tin/tap-huan'),
        line: (lines?.findIndex(line => line.includes('QUA')) ?? -2) + 1,
        column: 1,
      },
    ]);

    site.serve(
      planted(cleanSite(look, 'json-feed'), '/feed.json', /"title": "Tập huấn[^"]*"/, '"title": "Tin"'),
    );
    const inJson = (await check()).problems.find(({ rule }) => rule === 'feed-item-minimum');
    expect(inJson?.places[0]).toMatchObject({ path: 'entries[1].title', entry: 2, column: 7 });
    expect(inJson?.places[0]?.line).toBeGreaterThan(10);
  });

  it('folds ten thousand faults into a few places and their number', async () => {
    const item = (n: number) => `<item><link>${site.origin}/tin/${n}</link><guid>tin-${n}</guid></item>`;
    const items = Array.from({ length: 10_000 }, (_, n) => item(n)).join('\n');
    const feed = `<?xml version="1.0"?><rss version="2.0"><channel><title>Tin</title>${items}</channel></rss>`;
    site.serve({ '/rss.xml': { type: 'application/rss+xml', body: feed } });
    const report = await check('/rss.xml');
    const titles = report.problems.find(({ message }) => message.en === 'The entry has no title.');
    expect(titles).toBeDefined();
    expect(titles?.places).toHaveLength(5);
    const ids = report.problems.find(({ rule }) => rule === 'feed-item-id-stable');
    expect(ids).toMatchObject({ count: 10_000 });
    expect(report.folded).toBeGreaterThan(9_000);
    expect(report.problems.length).toBeLessThan(40);
    expect(JSON.stringify(report).length).toBeLessThan(100_000);
  });

  it('says what a common reader makes of a broken feed, and where it gave up', async () => {
    const broken = planted(
      cleanSite(look, 'rss'),
      '/feed/',
      '<description>Tin mới</description>',
      '<description>Tin & bài</description>',
    );
    site.serve(broken);
    const report = await check();
    expect(report.strictReader).toMatchObject({ url: `${site.origin}/feed/`, entries: 0, of: 6, line: 7 });
    const found = report.problems.find(({ rule }) => rule === 'feed-well-formed');
    expect(found?.places[0]).toMatchObject({ line: 7 });
    expect(found?.clauses[0]).toMatchObject({
      confidence: 'V',
      confidenceWords: { en: 'clause read in full' },
    });
    expect(found?.remedy.vi).toContain('cú pháp');
  });

  it('takes a feed or an article for the site it belongs to', async () => {
    site.serve(cleanSite(look, 'atom'));
    const byFeed = await check('/tin.atom');
    expect(byFeed).toMatchObject({ homepage: `${site.origin}/`, strictReader: { entries: 6 } });
    expect(byFeed.problems).toEqual([]);
    const path = Object.keys(cleanSite(look)).find(one => one.startsWith('/tin/')) ?? '';
    const byArticle = await check(path);
    expect(byArticle.homepage).toBe(`${site.origin}/`);
    expect(byArticle.sources.map(({ kind }) => kind)).toContain('feed');
  });

  it('masks what is personal', async () => {
    const pages = planted(
      cleanSite(look, 'rss'),
      '/feed/',
      /(<content:encoded><!\[CDATA\[<p>)/,
      '$1CCCD số 001090012345. ',
    );
    site.serve(pages);
    const report = await check();
    expect(report.problems.map(({ rule }) => rule)).toContain('article-personal-data');
    expect(JSON.stringify(report)).not.toContain('001090012345');
  });

  it('never says illegal', async () => {
    site.serve({ '/': { type: 'text/html', body: '<html><body><marquee>x</marquee></body></html>' } });
    const text = JSON.stringify(await check()).toLowerCase();
    expect(text).not.toMatch(/illegal|unlawful|bất hợp pháp|trái pháp luật|vi phạm pháp luật/);
  });

  it('obeys robots.txt', async () => {
    const pages = cleanSite(look, 'rss');
    site.serve({
      ...pages,
      '/robots.txt': { type: 'text/plain', body: 'User-agent: *\nDisallow: /feed/\nDisallow: /tin/' },
    });
    const report = await check();
    expect(site.asked.filter(line => /\/feed\/|\/tin\//.test(line))).toEqual([]);
    expect(report.unknown.map(({ rule }) => rule)).toContain('article-dc-mandatory');
  });

  it('stays within its time; what is left is unknown', async () => {
    const slow = cleanSite(look, 'rss');
    site.serve(slow);
    const started = Date.now();
    const report = await check('/', { gap: 700, time: 9_000 });
    expect(Date.now() - started).toBeLessThan(12_000);
    expect(report.unknown.map(({ rule }) => rule)).toContain('article-dc-mandatory');
    expect(report.problems.filter(({ severity }) => severity === 'must')).toEqual([]);
  });

  it('takes a robot check for no page of the site, and a page with a captcha in its form for one', async () => {
    const wall =
      '<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>';
    site.serve({ '/': { type: 'text/html', body: wall } });
    const walled = await check();
    expect(walled.failure?.code).toBe('ROBOT_CHECK');
    expect(walled.problems.filter(({ severity }) => severity === 'must')).toEqual([]);
    site.serve(planted(cleanSite(look, 'rss'), '/', '<main>', '<script src="/captcha.js"></script><main>'));
    expect(await check()).toMatchObject({ problems: [], score: { score: 100 } });
  });

  it('reports a site that does not answer, and calls nothing met', async () => {
    const address = new URL('https://khong-co.example/');
    const report = await checkSite({ address, withRecord: false }, checkTools(pool, []));
    expect(report.failure?.code).toBe('DNS_FAILED');
    expect(report.met).toEqual([]);
    expect(report.score.score).toBeUndefined();
  });
});

describe('a check of what is not for the public', () => {
  const refused = { code: 'ADDRESS_REFUSED', status: 403 };
  const closed = () => {
    const tools = checkTools(pool, [site.cert]);
    const check = { ...tools.federation.check, allowNetworks: [`${HOST}:${new URL(site.origin).port}`] };
    return { ...tools, federation: { ...tools.federation, check } };
  };

  it.each([
    'http://127.0.0.1/',
    'http://127.0.0.1:1/',
    'http://[::1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://10.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://[::ffff:127.0.0.1]/',
    'https://noi-bo.bo.gov.vn/',
  ])('refuses %s', async address => {
    await expect(
      checkSite({ address: readAddress(address), withRecord: false }, closed()),
    ).rejects.toMatchObject(refused);
  });

  it('refuses a redirect into a private network', async () => {
    site.serve({
      '/': { type: 'text/plain', body: '', status: 302, headers: { location: 'http://127.0.0.1:6379/' } },
    });
    await expect(
      checkSite({ address: new URL(site.origin), withRecord: false }, closed()),
    ).rejects.toMatchObject(refused);
  });

  it('refuses a name that is rebound between two requests', async () => {
    site.serve(cleanSite(look, 'rss'));
    let asked = 0;
    const resolve: NonNullable<Parameters<typeof checkSite>[1]['resolve']> = (_, done) => {
      asked += 1;
      done(null, [{ address: asked === 1 ? '8.8.8.8' : '127.0.0.1', family: 4 }]);
    };
    const address = new URL('http://doi-ten.example/');
    const tools = { ...closed(), resolve, time: 8_500 };
    const report = await checkSite({ address, withRecord: false }, tools).catch(error => error);
    // Whatever the first answer was, nothing on loopback was asked.
    expect(site.asked).toEqual([]);
    expect(report.failure?.code ?? report.code).toMatch(
      /ADDRESS_REFUSED|TIMED_OUT|CONNECT_FAILED|LIMIT_EXCEEDED/,
    );
  });

  it('asks no feed that leads into one, and reads no https certificate there', async () => {
    const pages = cleanSite(look, 'rss');
    site.serve(planted(pages, '/', 'href="/feed/"', 'href="http://127.0.0.1:6379/feed"'));
    const report = await checkSite(
      { address: new URL(site.origin), kind: 'unit', withRecord: false },
      closed(),
    );
    expect(report.sources.find(({ url }) => url.includes('6379'))).toMatchObject({ works: false });
  });
});

describe('an address as people write it', () => {
  it.each([
    ['viec-lam.gov.vn', 'https://viec-lam.gov.vn/'],
    [' http://a.gov.vn/tin#x ', 'http://a.gov.vn/tin'],
    ['localhost:4000', 'https://localhost:4000/'],
  ])('%s', (written, url) => expect(readAddress(written).href).toBe(url));

  it.each([
    undefined,
    '',
    'ftp://a.vn/',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'http://u:p@a.vn/',
    'xin chào',
    'http://',
    `https://a.vn/${'x'.repeat(3_000)}`,
  ])('is refused: %s', written =>
    expect(() => readAddress(written)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' })),
  );
});
