import type { Article } from './newsroom.ts';
import type { SandboxSite } from './sites.ts';
import { NOTICE } from './words.ts';

/** Pages of a made-up site, as plain as an old office's: a list, an article, a page that is gone. */
export function homePage(site: SandboxSite, base: string, articles: readonly Article[]): string {
  const rows = articles.filter(({ withdrawn }) => !withdrawn).slice(0, 20);
  const list = rows.map(
    article => `<li><a href="${base}/tin/${article.slug}">${escapeXml(article.title)}</a></li>`,
  );
  const feed = { rss: 'rss', atom: 'atom' }[site.offers as string];
  const alternate = feed
    ? `<link rel="alternate" type="application/${feed}+xml" href="${base}/${feed}.xml">`
    : '';
  return page(site, site.name, `${alternate}`, `<h1>${escapeXml(site.name)}</h1><ul>${list.join('\n')}</ul>`);
}

export function articlePage(site: SandboxSite, base: string, article: Article): string {
  const head = `<link rel="canonical" href="${base}/tin/${article.slug}"><meta property="og:image" content="${pictureOf(base, article)}">`;
  const time = new Date(article.published).toISOString();
  const body = `<article><h1>${escapeXml(article.title)}</h1><p><time datetime="${time}">${time}</time> – ${article.author}</p>${bodyHtml(base, article)}</article>`;
  return page(site, article.title, head, body);
}

export function gonePage(site: SandboxSite): string {
  return page(site, 'Không tìm thấy', '', '<h1>Bài viết đã được gỡ bỏ</h1>');
}

/** The text of an article as its site would write it in a feed. */
export function bodyHtml(base: string, article: Article): string {
  const [first, ...rest] = article.paragraphs.map(text => `<p>${escapeXml(text)}</p>`);
  const caption = `Toàn cảnh hoạt động. Ảnh: ${article.author}`;
  const figure = `<figure><img src="${pictureOf(base, article)}" width="640" height="360" alt="${escapeXml(article.lead)}"><figcaption>${caption}</figcaption></figure>`;
  return [`<p><strong>${escapeXml(article.lead)}</strong></p>`, first, figure, ...rest].join('\n');
}

export function pictureOf(base: string, article: Article): string {
  return `${base}/anh/${article.number}.png`;
}

export function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

function page(site: SandboxSite, title: string, head: string, body: string): string {
  return `<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeXml(title)} | ${escapeXml(site.name)}</title>${head}
<style>body{font:16px/1.5 sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem}img{max-width:100%;height:auto}</style></head>
<body>${body}<hr><p><small>${NOTICE}</small></p></body></html>`;
}
