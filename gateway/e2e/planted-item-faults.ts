import { iso } from './clean-sites.ts';
import { planted } from './made-site.ts';
import { article, feed, first, HOUR, type Planting } from './planting.ts';

export const ITEM_FAULTS: readonly Planting[] = [
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
];
