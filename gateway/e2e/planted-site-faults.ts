import { planted } from './made-site.ts';
import { article, everyPage, FEED, home, type Planting } from './planting.ts';

const LONG = `<p>${'Bài dài được đăng lại nguyên văn từ báo khác. '.repeat(30)}</p>`;

export const SITE_FAULTS: readonly Planting[] = [
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
];
