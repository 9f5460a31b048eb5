import type { SiteKind } from '../../schemas/site.ts';
import type { MadePage, MadePages } from './made-site.ts';

/** Made-up news of made-up offices: no fault in it that a rule names. */
interface Article {
  readonly path: string;
  readonly title: string;
  readonly summary: string;
  readonly paragraphs: string;
  readonly author: string;
  readonly at: number;
}

const HOUR = 3_600_000;
const SUBJECTS = [
  'Khai trương sàn giao dịch việc làm trực tuyến',
  'Tập huấn an toàn lao động cho thợ xây',
  'Hướng dẫn nộp hồ sơ trợ cấp thất nghiệp',
  'Lịch tiếp công dân tháng này',
  'Kết quả khảo sát nhu cầu tuyển dụng quý bốn',
  'Mở lớp dạy nghề cho lao động nông thôn',
];

export function articles(now: number): Article[] {
  return SUBJECTS.map((title, n) => ({
    path: `/tin/${title
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .replace(/đ/g, 'd')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')}-10${n}`,
    title,
    summary: `Tóm tắt: ${title.toLowerCase()}, có chỉ dẫn cho người dân và doanh nghiệp.`,
    paragraphs: `<p>${title} đã được thông báo tới các địa phương trong buổi làm việc sáng nay.</p><p>Cán bộ phụ trách trả lời câu hỏi của người lao động tại quầy số ${n + 1}.</p>`,
    author: 'Trần Minh Châu',
    at: Math.floor((now - (n + 1) * HOUR) / 1_000) * 1_000,
  }));
}

export interface Look {
  readonly kind: SiteKind;
  readonly name: string;
  readonly origin: string;
  /** Of the portal, linked from the home page. */
  readonly portal?: string;
  readonly feed?: { readonly path: string; readonly type: string };
  readonly now: number;
}

const EMC = `<script>var _govaq=window._govaq||[];_govaq.push(['trackPageView']);(function(){var u='https://f-emc.ngsp.gov.vn/tracking/';_govaq.push(['setSiteId','8123']);var s=document.createElement('script');s.src='https://f-emc.ngsp.gov.vn/embed/gov-tracking.min.js';document.head.appendChild(s)})();</script>`;

const STATE_FOOTER = `<footer><img src="/anh/emc.png" alt="Đã kết nối EMC" width="80" height="30"><p>Cơ quan quản lý: Cục Việc làm, Bộ Nội vụ. Địa chỉ: 12 phố Thử Nghiệm, Hà Nội. Điện thoại: (024) 3936 4567. Email: lienhe@bo.gov.vn. Chịu trách nhiệm nội dung: Ông Nguyễn Văn Minh, Cục trưởng.</p></footer>`;
const PRESS_FOOTER = `<footer><p>Cơ quan chủ quản: Hội Nghề nghiệp Thử Nghiệm. Giấy phép số 123/GP-BTTTT ngày 05/03/2024 do cơ quan có thẩm quyền cấp. Tổng biên tập: Lê Thị Hồng Vân. Địa chỉ: 34 phố Giả Định, Hà Nội. Điện thoại: (024) 3825 1234. Email: toasoan@bao-thu.vn.</p></footer>`;

function html(look: Look, title: string, head: string, body: string): MadePage {
  const isState = look.kind !== 'press';
  return {
    type: 'text/html; charset=utf-8',
    body: `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta property="og:site_name" content="${look.name}">
${head}
${isState ? EMC : ''}
</head>
<body>
<header><a href="/">${look.name}</a>${isState ? '' : '<p>Cơ quan của Hội Nghề nghiệp Thử Nghiệm</p>'}</header>
${body}
${isState ? STATE_FOOTER : PRESS_FOOTER}
</body>
</html>
`,
  };
}

/** Home page, article pages and their pictures. */
export function cleanPages(look: Look): MadePages {
  const { origin, feed, now, name, portal } = look;
  const all = articles(now);
  const declared = feed
    ? `<link rel="alternate" type="${feed.type}" title="Tin mới" href="${feed.path}">`
    : '';
  const list = all.map(
    ({ path, title, summary }) => `<li><a href="${path}">${title}, tin trong ngày</a> <p>${summary}</p></li>`,
  );
  const link = portal ? `<p><a href="${portal}/">Cổng Thông tin điện tử của Bộ</a></p>` : '';
  const pages: MadePages = {
    '/': html(
      look,
      `${name} - Trang chủ`,
      declared,
      `<main><h1>${name}</h1><ul>${list.join('\n')}</ul>${link}</main>`,
    ),
  };
  for (const article of all) pages[article.path] = articlePage(look, article);
  for (const n of all.keys()) pages[`/anh/${n}.jpg`] = { type: 'image/jpeg', body: Buffer.alloc(1_200, n) };
  return {
    ...pages,
    '/anh/emc.png': { type: 'image/png', body: Buffer.alloc(300) },
    '/robots.txt': { type: 'text/plain', body: `User-agent: *\nAllow: /\nSitemap: ${origin}/sitemap.xml\n` },
    '/sitemap.xml': sitemap(look),
  };
}

function articlePage(look: Look, { path, title, summary, paragraphs, author, at }: Article): MadePage {
  const { origin, name } = look;
  const time = iso(at);
  const data = {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: title,
    datePublished: time,
    dateModified: time,
    author: { '@type': 'Person', name: author },
    image: [`${origin}/anh/0.jpg`],
  };
  const core = {
    title,
    creator: author,
    date: time,
    description: summary,
    publisher: name,
    identifier: `${origin}${path}`,
    language: 'vi',
    subject: 'Việc làm',
  };
  const metas = Object.entries(core).map(
    ([element, value]) => `<meta name="DC.${element}" content="${value}">`,
  );
  const head = `<link rel="canonical" href="${origin}${path}">
${metas.join('\n')}
<script type="application/ld+json">${JSON.stringify(data)}</script>`;
  return html(
    look,
    `${title} - ${name}`,
    head,
    `<main><h1>${title}</h1><p>${summary}</p>${paragraphs}</main>`,
  );
}

function sitemap({ origin, now }: Look): MadePage {
  const rows = articles(now).map(
    ({ path, at }) => `<url><loc>${origin}${path}</loc><lastmod>${iso(at)}</lastmod></url>`,
  );
  return {
    type: 'application/xml',
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${rows.join('\n')}\n</urlset>\n`,
  };
}

/** As WordPress writes it. */
export function rss(look: Look, path: string): MadePage {
  const { origin, name, now } = look;
  const rows = articles(now).map(
    (article, n) => `<item>
<title>${article.title}</title>
<link>${origin}${article.path}</link>
<dc:creator><![CDATA[${article.author}]]></dc:creator>
<pubDate>${new Date(article.at).toUTCString().replace('GMT', '+0000')}</pubDate>
<category><![CDATA[Việc làm]]></category>
<guid isPermaLink="false">${origin}/?p=${n + 101}</guid>
<description><![CDATA[${article.summary}]]></description>
<content:encoded><![CDATA[${article.paragraphs}${look.kind === 'press' ? '' : `<figure><img src="${origin}/anh/${n}.jpg" alt="Quang cảnh buổi làm việc số ${n + 1}"></figure>`}]]></content:encoded>
${look.kind === 'press' ? '' : `<enclosure url="${origin}/anh/${n}.jpg" length="1200" type="image/jpeg"/>`}
</item>`,
  );
  return {
    type: 'application/rss+xml; charset=UTF-8',
    body: `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>${name}</title>
<atom:link href="${origin}${path}" rel="self" type="application/rss+xml"/>
<link>${origin}/</link>
<description>Tin mới</description>
<language>vi</language>
${rows.join('\n')}
</channel>
</rss>
`,
  };
}

export function atom(look: Look, path: string): MadePage {
  const { origin, name, now } = look;
  const all = articles(now);
  const rows = all.map(
    article => `<entry>
<title>${article.title}</title>
<id>${origin}${article.path}</id>
<link rel="alternate" type="text/html" href="${origin}${article.path}"/>
<published>${iso(article.at)}</published>
<updated>${iso(article.at)}</updated>
<author><name>${article.author}</name></author>
<summary>${article.summary}</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">${article.paragraphs}</div></content>
</entry>`,
  );
  return {
    type: 'application/atom+xml; charset=utf-8',
    body: `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi">
<title>${name}</title>
<id>${origin}/</id>
<link rel="self" type="application/atom+xml" href="${origin}${path}"/>
<link rel="alternate" type="text/html" href="${origin}/"/>
<updated>${iso(all[0]?.at ?? now)}</updated>
${rows.join('\n')}
</feed>
`,
  };
}

export function jsonFeed(look: Look, path: string): MadePage {
  const { origin, name, now } = look;
  const items = articles(now).map(article => ({
    id: `${origin}${article.path}`,
    url: `${origin}${article.path}`,
    title: article.title,
    summary: article.summary,
    content_html: article.paragraphs,
    date_published: iso(article.at),
    date_modified: iso(article.at),
    authors: [{ name: article.author }],
    tags: ['Việc làm'],
  }));
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: name,
    home_page_url: `${origin}/`,
    feed_url: `${origin}${path}`,
    language: 'vi',
    items,
  };
  return { type: 'application/feed+json', body: `${JSON.stringify(feed, null, 2)}\n` };
}

export function iso(at: number): string {
  return new Date(at + 7 * HOUR).toISOString().replace(/\.\d+Z$/, '+07:00');
}

export const FEEDS = {
  rss: { path: '/feed/', type: 'application/rss+xml', write: rss },
  atom: { path: '/tin.atom', type: 'application/atom+xml', write: atom },
  'json-feed': { path: '/feed.json', type: 'application/feed+json', write: jsonFeed },
} as const;

/** A whole site with one feed, or with none. */
export function cleanSite(look: Omit<Look, 'feed'>, format?: keyof typeof FEEDS): MadePages {
  if (format === undefined) return cleanPages(look);
  const feed = FEEDS[format];
  return { ...cleanPages({ ...look, feed }), [feed.path]: feed.write({ ...look, feed }, feed.path) };
}
