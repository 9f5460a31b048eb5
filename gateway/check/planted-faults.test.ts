import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Site, SiteKind } from '../../schemas/site.ts';
import { checkSite } from './check-site.ts';
import { cleanSite, type FEEDS, iso, type Look } from './clean-sites.example.ts';
import {
  checkTools,
  type MadePages,
  type MadeSite,
  openPool,
  planted,
  startMadeSite,
} from './made-site.example.ts';
import type { CheckReport } from './report.ts';

type Named = MadeSite & { readonly cert: string };
const pool = openPool();
const HOSTS = [
  'viec-lam.bo.gov.vn',
  'bao-thu.vn',
  'bo-khac.gov.vn',
  'bo.gov.vn',
  'chi-v4.bo.gov.vn',
  'cuc-thu.gov.vn',
  'bao-thu.com',
] as const;
const sites = new Map<string, Named>();
let expired: Named;

beforeAll(async () => {
  for (const host of HOSTS) sites.set(host, await startMadeSite(host));
  expired = await startMadeSite('het-han.bo.gov.vn', { until: '251231000000Z' });
});

afterAll(async () => {
  await Promise.all([expired, ...sites.values()].map(site => site.stop()));
  await pool.close();
});

interface Planted {
  /** The rule that must find it, and the place it must name. */
  readonly rule: string;
  readonly path?: string;
  readonly severity?: 'should';
  readonly host?: (typeof HOSTS)[number];
  readonly kind?: SiteKind;
  readonly format?: keyof typeof FEEDS;
  /** Another `must` that the same fault can't but break. */
  readonly also?: readonly string[];
  readonly record?: Record<string, unknown>;
  readonly denyList?: readonly string[];
  readonly look?: (look: Look) => Partial<Look>;
  readonly plant: (pages: MadePages, look: Look) => MadePages;
  readonly portal?: string;
}

const HOUR = 3_600_000;
const FEED = '/feed/';
const first = (pages: MadePages) => Object.keys(pages).find(path => path.startsWith('/tin/')) ?? '';
const feed = (from: string | RegExp, to: string) => (pages: MadePages) => planted(pages, FEED, from, to);
const home = (from: string | RegExp, to: string) => (pages: MadePages) => planted(pages, '/', from, to);
const article = (from: string | RegExp, to: string) => (pages: MadePages) =>
  planted(pages, first(pages), from, to);
const everyPage = (from: string | RegExp, to: string) => (pages: MadePages) =>
  Object.entries(pages)
    .filter(([, { type }]) => type.startsWith('text/html'))
    .reduce((all, [path]) => planted(all, path, from, to), pages);
const LONG = `<p>${'Bài dài được đăng lại nguyên văn từ báo khác. '.repeat(30)}</p>`;

const FAULTS: readonly (readonly [string, Planted])[] = [
  [
    'no link to the portal',
    { rule: 'site-component-backlink', plant: home(/<p><a href="[^"]*">Cổng Thông tin[\s\S]*?<\/p>/, '') },
  ],
  [
    'a hidden link to the portal',
    {
      rule: 'site-component-backlink',
      plant: home('<p><a href="https://bo', '<p style="display: none"><a href="https://bo'),
    },
  ],
  [
    'a unit the portal does not list',
    {
      rule: 'site-listed-on-portal',
      portal: '<a href="https://khac.bo.gov.vn/">Trang khác</a>',
      plant: pages => pages,
    },
  ],
  [
    'a unit beside its ministry',
    { rule: 'site-domain-pattern', host: 'cuc-thu.gov.vn', plant: pages => pages },
  ],
  [
    'a paper outside .vn',
    { rule: 'site-press-vn-domain', host: 'bao-thu.com', kind: 'press', plant: pages => pages },
  ],
  ['no AAAA record', { rule: 'site-ipv6', host: 'chi-v4.bo.gov.vn', path: 'dns', plant: pages => pages }],
  [
    'the EMC code commented out',
    {
      rule: 'site-emc-snippet',
      plant: everyPage(/<script>var _govaq[\s\S]*?<\/script>/, '<!-- <script>_govaq</script> -->'),
    },
  ],
  [
    'an empty EMC site id',
    { rule: 'site-emc-snippet', path: 'pages[0]', plant: article("'setSiteId','8123'", "'setSiteId',''") },
  ],
  [
    'nobody responsible',
    {
      rule: 'site-responsible-info',
      path: 'homepage.responsible',
      plant: home('Chịu trách nhiệm nội dung: Ông Nguyễn Văn Minh, Cục trưởng.', ''),
    },
  ],
  [
    'no address of an office',
    { rule: 'site-responsible-info', path: 'homepage.address', plant: home('Địa chỉ: 12 phố', 'Ở 12 phố') },
  ],
  [
    'a licence without a date',
    {
      rule: 'site-press-identity',
      kind: 'press',
      path: 'homepage.licence',
      plant: home(/ngày 05\/03\/2024 do cơ quan có thẩm quyền cấp/, 'do cơ quan có thẩm quyền cấp'),
    },
  ],
  [
    'full re-posts without a licence on record',
    {
      rule: 'site-aggregator-licence',
      also: ['site-level-attested', 'site-monitoring-attested', 'article-source-attribution'],
      record: { ownerName: 'Cục Việc làm' },
      plant: pages =>
        planted(
          planted(pages, FEED, '<content:encoded><![CDATA[', `<content:encoded><![CDATA[${LONG}`),
          FEED,
          '</item>',
          '<source url="https://bao-thu.vn/rss">Báo Thử, 08:30 21/11/2026</source><dc:source>https://bao-thu.vn/a-1</dc:source></item>',
        ),
    },
  ],
  [
    'a marquee',
    {
      rule: 'site-a11y-basics',
      path: 'homepage.moving',
      plant: home('<main>', '<main><marquee>Tin nóng</marquee>'),
    },
  ],
  [
    'links without words',
    {
      rule: 'site-a11y-basics',
      path: 'homepage.links',
      plant: home('<main>', '<main><a href="/x"><span></span></a>'),
    },
  ],
  [
    'another language declared',
    {
      rule: 'site-a11y-basics',
      path: 'pages[0].lang',
      plant: article('<html lang="vi">', '<html lang="en">'),
    },
  ],
  [
    'zooming forbidden',
    {
      rule: 'site-a11y-basics',
      path: 'homepage.viewport',
      plant: home('initial-scale=1', 'initial-scale=1, user-scalable=no'),
    },
  ],
  [
    'nothing for machines',
    {
      rule: 'site-machine-discovery',
      host: 'bo-khac.gov.vn',
      kind: 'portal',
      plant: pages =>
        Object.fromEntries(Object.entries(pages).filter(([path]) => !/sitemap|robots|feed/.test(path))),
    },
  ],
  [
    'a level without a decision',
    {
      rule: 'site-level-attested',
      also: ['site-monitoring-attested'],
      path: 'registry.security.decisionNo',
      record: {
        ownerName: 'Cục Việc làm',
        security: { level: 3, lastReviewedAt: '2026-10-01', fileHash: `sha256:${'0'.repeat(64)}` },
      },
      plant: pages => pages,
    },
  ],
  [
    'a monitoring record without minutes',
    {
      rule: 'site-monitoring-attested',
      also: ['site-level-attested'],
      path: 'registry.monitoring.minutesNo',
      record: { monitoring: { centre: 'Trung tâm thử' } },
      plant: pages => pages,
    },
  ],

  [
    'an ampersand left bare',
    {
      rule: 'feed-well-formed',
      plant: feed('<description>Tin mới</description>', '<description>Tin & bài</description>'),
    },
  ],
  [
    'a PHP warning before the feed',
    {
      rule: 'feed-well-formed',
      plant: feed(
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<br />\n<b>Warning</b>: Undefined variable in /var/www/x.php\n<?xml version="1.0" encoding="UTF-8"?>',
      ),
    },
  ],
  [
    'a tag that is never closed',
    {
      rule: 'feed-well-formed',
      plant: feed(
        /<\/title>\n<link>[^<]*<\/link>\n<dc:creator>/,
        '\n<link>https://viec-lam.bo.gov.vn/</link>\n<dc:creator>',
      ),
      also: ['feed-item-minimum', 'article-publish-time'],
    },
  ],
  [
    'a document type declaration',
    {
      rule: 'feed-well-formed',
      path: 'document.doctype',
      plant: feed('<rss ', '<!DOCTYPE rss [<!ENTITY cuc "Cục Việc làm">]>\n<rss '),
    },
  ],
  [
    'a declared feed that is a page',
    {
      rule: 'feed-well-formed',
      also: ['article-publish-time'],
      plant: pages => ({
        ...pages,
        [FEED]: {
          type: 'text/html',
          body: '<!doctype html><html><head><title>Lỗi</title></head><body>Không có trang này</body></html>',
        },
      }),
    },
  ],
  [
    'another charset in the header',
    {
      rule: 'feed-utf8',
      path: 'document.charset.http',
      also: ['feed-well-formed'],
      plant: pages => ({
        ...pages,
        [FEED]: { ...(pages[FEED] ?? { body: '' }), type: 'application/rss+xml; charset=ISO-8859-1' },
      }),
    },
  ],
  [
    'text encoded twice',
    {
      rule: 'feed-utf8',
      path: 'document',
      plant: feed(
        '<description>Tin mới</description>',
        `<description>${'Bá»™ Ná»™i vá»¥ '.repeat(8)}</description>`,
      ),
    },
  ],
  [
    'a feed as text/html',
    {
      rule: 'feed-http-hygiene',
      severity: 'should',
      path: 'document.contentType',
      plant: pages => ({
        ...pages,
        [FEED]: { ...(pages[FEED] ?? { body: '' }), type: 'text/html; charset=utf-8' },
      }),
    },
  ],
  [
    'a self link to localhost',
    {
      rule: 'feed-http-hygiene',
      severity: 'should',
      path: 'feed.self',
      plant: feed(/<atom:link href="[^"]*"/, '<atom:link href="http://localhost/feed/"'),
    },
  ],
  [
    'no conditional answers',
    {
      rule: 'feed-http-hygiene',
      severity: 'should',
      path: 'document.notModified',
      plant: pages => ({
        ...pages,
        [FEED]: { ...(pages[FEED] ?? { body: '', type: '' }), unconditional: true },
      }),
    },
  ],
  [
    'an entry without an id',
    {
      rule: 'feed-item-id-stable',
      path: 'entries[0].id',
      plant: feed(/<guid isPermaLink="false">[^<]*<\/guid>\n/, ''),
    },
  ],
  [
    'two entries with one id',
    { rule: 'feed-item-id-stable', path: 'entries[1].id', plant: feed('?p=102', '?p=101') },
  ],
  [
    'a guid that is no link',
    {
      rule: 'feed-item-id-stable',
      path: 'entries[2].id',
      plant: feed(/<guid isPermaLink="false">[^<]*103/, '<guid>103'),
    },
  ],
  [
    'a date for people',
    {
      rule: 'feed-date-valid',
      path: 'entries[0].published',
      also: ['article-publish-time'],
      plant: feed(/<pubDate>[^<]*<\/pubDate>/, '<pubDate>21/11/2026 08:30</pubDate>'),
    },
  ],
  [
    'tomorrow’s news',
    {
      rule: 'feed-date-valid',
      path: 'entries[0].published',
      also: ['article-publish-time'],
      plant: feed(
        /<pubDate>[^<]*<\/pubDate>/,
        `<pubDate>${new Date(Date.now() + 30 * HOUR).toUTCString()}</pubDate>`,
      ),
    },
  ],
  [
    'a relative link',
    {
      rule: 'feed-registered-urls',
      path: 'entries[1].link',
      plant: (pages, { origin }) =>
        planted(pages, FEED, new RegExp(`(<item>[\\s\\S]*?<item>[\\s\\S]*?<link>)${origin}`), '$1'),
    },
  ],
  [
    'a link into a private network',
    {
      rule: 'feed-registered-urls',
      path: 'entries[0].link',
      plant: feed(/(<item>[\s\S]*?<link>)[^<]*/, '$1http://10.20.30.40/tin/1'),
    },
  ],
  [
    'a relative picture in the text',
    {
      rule: 'feed-registered-urls',
      path: 'entries[0].content',
      plant: (pages, { origin }) =>
        planted(pages, FEED, `<img src="${origin}/anh/0.jpg"`, '<img src="/anh/0.jpg"'),
    },
  ],
  [
    'a script in the text',
    {
      rule: 'feed-no-active-content',
      path: 'entries[0].content',
      plant: feed(/<content:encoded><!\[CDATA\[/, '<content:encoded><![CDATA[<script>alert(1)</script>'),
    },
  ],
  [
    'a handler in the text',
    {
      rule: 'feed-no-active-content',
      path: 'entries[0].content',
      plant: feed(/<content:encoded><!\[CDATA\[<p>/, '<content:encoded><![CDATA[<p onclick="x()">'),
    },
  ],
  [
    'an entry without a title',
    {
      rule: 'feed-item-minimum',
      path: 'entries[0].title',
      plant: feed(/<item>\n<title>[^<]*<\/title>/, '<item>'),
    },
  ],
  [
    'a date left out',
    {
      rule: 'feed-item-minimum',
      path: 'entries[0].published',
      also: ['article-publish-time'],
      plant: feed(/<pubDate>[^<]*<\/pubDate>\n/, ''),
    },
  ],
  [
    'a portal’s feed that stopped',
    {
      rule: 'feed-freshness',
      host: 'bo-khac.gov.vn',
      kind: 'portal',
      look: ({ now }) => ({ now: now - 60 * 24 * HOUR }),
      plant: pages => pages,
    },
  ],
  [
    'a window of no time',
    {
      rule: 'feed-archive-window',
      severity: 'should',
      plant: (pages, { now }) =>
        planted(
          planted(pages, FEED, /<pubDate>[^<]*/g, `<pubDate>${new Date(now - HOUR).toUTCString()}`),
          '/',
          '<main>',
          '<main >',
        ),
      also: ['article-publish-time'],
    },
  ],

  [
    'an empty description',
    {
      rule: 'article-dc-mandatory',
      severity: 'should',
      path: 'page.dc.description',
      plant: article(
        /<meta name="DC.description" content="[^"]*">/,
        '<meta name="DC.description" content="">',
      ),
    },
  ],
  [
    'an account as creator',
    {
      rule: 'article-dc-mandatory',
      severity: 'should',
      path: 'page.dc.creator',
      plant: article(/<meta name="DC.creator" content="[^"]*">/, '<meta name="DC.creator" content="admin">'),
    },
  ],
  [
    'no metadata at all',
    {
      rule: 'site-metadata-export',
      severity: 'should',
      plant: pages =>
        Object.keys(pages)
          .filter(path => path.startsWith('/tin/'))
          .reduce((all, path) => planted(all, path, /<meta name="DC\.[\s\S]*?\n(?=<script)/, ''), pages),
    },
  ],
  [
    'no language',
    {
      rule: 'article-dc-recommended',
      severity: 'should',
      path: 'page.dc.language',
      plant: article(/<meta name="DC.language" content="vi">/, ''),
    },
  ],
  [
    'a title in TCVN3',
    {
      rule: 'article-vn-unicode',
      path: 'title',
      plant: feed(
        /<item>\n<title>[^<]*<\/title>/,
        '<item>\n<title>Bé Néi vô c«ng bè kÕt qu¶ ®¸nh gi¸</title>',
      ),
    },
  ],
  [
    'a control character',
    {
      rule: 'article-vn-unicode',
      plant: feed(/(<content:encoded><!\[CDATA\[<p>)/, '$1&#11;\uf0b7 Mục một '),
    },
  ],
  [
    'press without an author',
    {
      rule: 'article-author-and-agency',
      kind: 'press',
      path: 'authors',
      plant: feed(/<dc:creator>[\s\S]*?<\/dc:creator>\n/, ''),
    },
  ],
  [
    'an account as author',
    {
      rule: 'article-author-and-agency',
      kind: 'press',
      path: 'authors',
      plant: feed(/<dc:creator>[\s\S]*?<\/dc:creator>/, '<dc:creator>admin</dc:creator>'),
    },
  ],
  [
    'a page hours off its feed',
    {
      rule: 'article-publish-time',
      path: 'page.datePublished',
      plant: (pages, { now }) =>
        planted(pages, first(pages), /"datePublished":"[^"]*"/, `"datePublished":"${iso(now - 8 * HOUR)}"`),
    },
  ],
  [
    '“Internet” as a source',
    {
      rule: 'article-source-attribution',
      path: 'origin',
      plant: feed(/(<content:encoded><!\[CDATA\[)([\s\S]*?)(\]\]>)/, '$1$2<p>Nguồn: Internet</p>$3'),
    },
  ],
  [
    'a canonical on the staging host',
    {
      rule: 'article-canonical-host',
      path: 'page.canonical',
      plant: article(
        /<link rel="canonical" href="[^"]*">/,
        '<link rel="canonical" href="https://staging.viec-lam.example/tin/1">',
      ),
    },
  ],
  [
    'AI content without a label',
    {
      rule: 'article-ai-label',
      plant: article(
        '<link rel="canonical"',
        '<meta name="digitalSourceType" content="trainedAlgorithmicMedia">\n<link rel="canonical"',
      ),
    },
  ],
  [
    'an identity number',
    {
      rule: 'article-personal-data',
      path: 'content',
      plant: feed(
        /(<content:encoded><!\[CDATA\[<p>)/,
        '$1Ông Trần Văn Bình, CCCD số 001090012345, trú tại Hà Nội. ',
      ),
    },
  ],
  [
    'a secrecy mark',
    {
      rule: 'article-secret-marking',
      path: 'content',
      plant: feed(/(<content:encoded><!\[CDATA\[)/, '$1<p>MẬT</p>'),
    },
  ],
  [
    'a correction that corrects nothing',
    {
      rule: 'article-correction-format',
      kind: 'press',
      plant: feed(/<item>\n<title>[^<]*<\/title>/, '<item>\n<title>Đính chính bài viết về trợ cấp</title>'),
    },
  ],
  [
    'a denied host',
    {
      rule: 'article-blocked-links',
      denyList: ['xau.example'],
      plant: feed(/(<content:encoded><!\[CDATA\[<p>)/, '$1<a href="https://tai.xau.example/x">Tải về</a> '),
    },
  ],
  [
    'broken JSON-LD',
    {
      rule: 'article-jsonld',
      severity: 'should',
      path: 'page.jsonLd',
      plant: article('{"@context"', '{,"@context"'),
    },
  ],

  [
    'a picture without words',
    { rule: 'media-alt', plant: feed(/ alt="Quang cảnh buổi làm việc số 1"/, ' alt=""') },
  ],
  [
    'a file name for words',
    { rule: 'media-alt', plant: feed('Quang cảnh buổi làm việc số 1"', 'IMG_2041.jpg"') },
  ],
  [
    'a picture over http',
    {
      rule: 'media-https-absolute',
      also: ['media-alt'],
      plant: feed(/<enclosure url="[^"]*"/, '<enclosure url="http://anh.cuc-khac.example/0.jpg"'),
    },
  ],
  [
    'a picture that is a page',
    {
      rule: 'media-https-absolute',
      plant: pages => ({ ...pages, '/anh/0.jpg': { type: 'text/html', body: '<html>404</html>' } }),
      also: ['media-enclosure-valid'],
    },
  ],
  [
    'an enclosure of another length',
    { rule: 'media-enclosure-valid', severity: 'should', plant: feed('length="1200"', 'length="90000"') },
  ],
  [
    'an enclosure without length',
    { rule: 'media-enclosure-valid', severity: 'should', plant: feed(' length="1200"', '') },
  ],
  [
    'a picture of a stock agency',
    {
      rule: 'media-credit-rights',
      plant: feed(/<\/figure>/, '<figcaption>Ảnh: Reuters</figcaption></figure>'),
    },
  ],
];

describe('a planted fault', () => {
  it.each(FAULTS)('%s is found by its rule, and by nothing that has no part in it', async (_, fault) => {
    const report = await checked(fault);
    const { rule, path, severity = 'must', also = [] } = fault;
    const found = report.problems.filter(problem => problem.rule === rule);
    expect(found.length).toBeGreaterThan(0);
    expect(found.map(problem => problem.severity)).toContain(severity);
    if (path !== undefined)
      expect(found.flatMap(({ places }) => places.map(place => place.path))).toContain(path);
    const musts = report.problems.filter(problem => problem.severity === 'must').map(problem => problem.rule);
    const innocent = musts.filter(one => one !== rule && !also.includes(one));
    expect(innocent).toEqual([]);
  });

  it('is planted for at least thirty rules', () => {
    expect(new Set(FAULTS.map(([, { rule }]) => rule)).size).toBeGreaterThanOrEqual(30);
  });

  it('in the certificate is told though nothing else can be', async () => {
    const tools = checkTools(pool, [expired.cert]);
    const report = await checkSite(
      { address: new URL(expired.origin), kind: 'unit', withRecord: false },
      tools,
    );
    expect(report.failure?.code).toBe('TLS_FAILED');
    expect(report.problems.map(({ rule }) => rule)).toContain('site-https');
    expect(report.unknown.map(({ rule }) => rule)).toContain('site-emc-snippet');
    expect(report.met.map(({ rule }) => rule)).not.toContain('site-a11y-basics');
  });
});

async function checked(fault: Planted): Promise<CheckReport> {
  const { kind = 'unit', format = 'rss', denyList = [], record } = fault;
  const host =
    fault.host ??
    (kind === 'press' ? 'bao-thu.vn' : kind === 'portal' ? 'bo-khac.gov.vn' : 'viec-lam.bo.gov.vn');
  const [site, portal] = [named(host), named('bo.gov.vn')];
  const usual: Look = {
    kind,
    name: 'Cục Việc làm',
    origin: site.origin,
    now: Date.now(),
    ...(kind === 'unit' && { portal: portal.origin }),
  };
  const look = { ...usual, ...fault.look?.(usual) };
  site.serve(fault.plant(cleanSite(look, format), look));
  const listed = fault.portal ?? `<a href="${site.origin}/">Trang thành phần</a>`;
  portal.serve({
    '/': { type: 'text/html; charset=utf-8', body: `<html lang="vi"><body>${listed}</body></html>` },
  });
  const tools = checkTools(
    pool,
    [...sites.values()].map(({ cert }) => cert),
    federationSites(site, kind, record),
  );
  const { guidelines } = tools.federation;
  const federation = { ...tools.federation, guidelines: { ...guidelines, denyList } };
  const ask = { address: new URL(site.origin), kind, withRecord: record !== undefined };
  return checkSite(ask, { ...tools, federation });
}

function federationSites(site: Named, kind: SiteKind, record: Record<string, unknown> | undefined): Site[] {
  const common = { hosts: [], registry: {} };
  const portal: Site = {
    id: 'cong',
    name: 'Cổng Bộ',
    kind: 'portal',
    homepage: `${named('bo.gov.vn').origin}/`,
    ...common,
  };
  const paper: Site = {
    id: 'bao',
    name: 'Báo Thử',
    kind: 'press',
    homepage: 'https://bao-thu.vn/',
    ...common,
  };
  const own: Site = {
    id: 'cuc',
    name: 'Cục Việc làm',
    kind,
    homepage: `${site.origin}/`,
    ...common,
    registry: record ?? {},
  };
  return [portal, paper, ...(record ? [own] : [])];
}

function named(host: string): Named {
  const site = sites.get(host);
  if (!site) throw new Error(`No site is called ${host}`);
  return site;
}
