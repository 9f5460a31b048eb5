import type { Article } from './newsroom.ts';
import { bodyHtml, escapeXml, pictureOf } from './pages.ts';
import { AUTHORS, SUBJECTS } from './words.ts';

/** An answer of one of the made-up APIs. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A site's own API: pages of articles, newest first, with the fields of its document register. */
export function jsonApi(base: string, query: URLSearchParams, articles: readonly Article[]): ApiAnswer {
  const alive = articles.filter(({ withdrawn }) => !withdrawn);
  const size = Math.min(Number(query.get('size') ?? 20), 50);
  const page = Math.max(Number(query.get('page') ?? 1), 1);
  const data = alive.slice((page - 1) * size, page * size).map(article => ({
    id: article.number,
    slug: article.slug,
    title: article.title,
    lead: article.lead,
    body: bodyHtml(base, article),
    publishedAt: new Date(article.published).toISOString(),
    updatedAt: new Date(article.updated).toISOString(),
    authorName: article.author,
    section: { name: article.category },
    imageUrl: pictureOf(base, article),
    number: `${Math.abs(article.number) + 100}/TB-GL`,
    signedBy: article.author,
  }));
  return {
    status: 200,
    body: { data, meta: { page, pages: Math.ceil(alive.length / size), total: alive.length } },
  };
}

/** The part of WordPress' REST API (wp/v2) that harvesting needs, with its names, paging headers and errors. */
export function wordpressApi(
  base: string,
  path: string,
  query: URLSearchParams,
  articles: readonly Article[],
): ApiAnswer {
  const alive = articles.filter(({ withdrawn }) => !withdrawn);
  const [, room, id] = /^\/wp-json\/wp\/v2\/([a-z]+)(?:\/(-?\d+))?$/.exec(path) ?? [];
  if (path === '/wp-json' || path === '/wp-json/')
    return { status: 200, body: { name: 'WordPress (giả lập)', namespaces: ['wp/v2'] } };
  if (room === 'posts' && id) return onePost(base, Number(id), alive);
  if (room === 'posts') return posts(base, query, alive);
  if (room === 'categories')
    return included(
      query,
      SUBJECTS.map(({ category }, i) => ({ id: i + 1, name: category, taxonomy: 'category' })),
    );
  if (room === 'users')
    return included(
      query,
      AUTHORS.map((name, i) => ({ id: i + 1, name, slug: `tac-gia-${i + 1}` })),
    );
  if (room === 'media')
    return included(
      query,
      alive.map(article => mediaOf(base, article)),
    );
  if (room === 'tags') return included(query, []);
  return {
    status: 404,
    body: { code: 'rest_no_route', message: 'Không tìm thấy tuyến', data: { status: 404 } },
  };
}

function posts(base: string, query: URLSearchParams, alive: readonly Article[]): ApiAnswer {
  const wanted = query.get('include')?.split(',').map(Number);
  const after = Date.parse(query.get('modified_after') ?? '') || 0;
  const published = Date.parse(query.get('after') ?? '') || 0;
  const key = query.get('orderby') === 'modified' ? 'updated' : 'published';
  const direction = query.get('order') === 'asc' ? 1 : -1;
  const rows = alive
    .filter(article => !wanted || wanted.includes(postId(article)))
    .filter(article => article.updated > after && article.published > published)
    .sort((a, b) => direction * (a[key] - b[key]));
  return paged(
    query,
    rows.map(article => postOf(base, article)),
  );
}

function onePost(base: string, id: number, alive: readonly Article[]): ApiAnswer {
  const article = alive.find(one => postId(one) === id);
  if (article) return { status: 200, body: postOf(base, article) };
  return {
    status: 404,
    body: { code: 'rest_post_invalid_id', message: 'ID bài viết không hợp lệ.', data: { status: 404 } },
  };
}

function included(query: URLSearchParams, rows: readonly { readonly id: number }[]): ApiAnswer {
  const wanted = query.get('include')?.split(',').map(Number);
  return paged(query, wanted ? rows.filter(({ id }) => wanted.includes(id)) : rows);
}

function paged(query: URLSearchParams, rows: readonly unknown[]): ApiAnswer {
  const size = Math.min(Number(query.get('per_page') ?? 10), 100);
  const page = Number(query.get('page') ?? 1);
  const pages = Math.ceil(rows.length / size);
  if (page > Math.max(pages, 1)) {
    return {
      status: 400,
      body: { code: 'rest_post_invalid_page_number', message: 'Số trang vượt quá.', data: { status: 400 } },
    };
  }
  const headers = { 'x-wp-total': String(rows.length), 'x-wp-totalpages': String(pages) };
  return { status: 200, headers, body: rows.slice((page - 1) * size, page * size) };
}

/** WordPress numbers are positive. */
const postId = ({ number }: Article): number => (number < 0 ? 1000 - number : 2000 + number);

function postOf(base: string, article: Article) {
  const day = (at: number, zone: number) => new Date(at + zone).toISOString().slice(0, 19);
  const hanoi = 7 * 60 * 60 * 1000;
  return {
    id: postId(article),
    date: day(article.published, hanoi),
    date_gmt: day(article.published, 0),
    modified: day(article.updated, hanoi),
    modified_gmt: day(article.updated, 0),
    slug: article.slug,
    status: 'publish',
    type: 'post',
    link: `${base}/tin/${article.slug}`,
    guid: { rendered: `${base}/?p=${postId(article)}` },
    title: { rendered: escapeXml(article.title).replace(/"/g, '&#8220;') },
    excerpt: { rendered: `<p>${escapeXml(article.lead)}</p>`, protected: false },
    content: { rendered: bodyHtml(base, article), protected: false },
    author: AUTHORS.indexOf(article.author as (typeof AUTHORS)[number]) + 1,
    featured_media: postId(article) + 50_000,
    sticky: false,
    format: 'standard',
    categories: [SUBJECTS.findIndex(({ category }) => category === article.category) + 1],
    tags: [],
  };
}

function mediaOf(base: string, article: Article) {
  return {
    id: postId(article) + 50_000,
    source_url: pictureOf(base, article),
    alt_text: article.lead,
    caption: { rendered: `<p>Ảnh: ${article.author}</p>` },
    mime_type: 'image/png',
    media_details: { width: 640, height: 360 },
  };
}
