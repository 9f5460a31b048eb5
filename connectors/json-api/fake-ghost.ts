import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** A post of the fake, as its editors left it. */
export interface FakePost {
  readonly id: string;
  readonly title: string;
  readonly slug: string;
  readonly html: string;
  readonly excerpt: string;
  readonly tags: readonly { readonly name: string; readonly visibility: 'public' | 'internal' }[];
  readonly authors: readonly string[];
  readonly picture?: string;
  readonly publishedAt: string;
  readonly updatedAt: string;
}

export interface FakeGhost {
  readonly server: Server;
  /** Editors at work: change the list while it runs. */
  readonly posts: FakePost[];
  readonly asked: string[];
}

const KEY = '22444f78447824223cefc48062';

/** What Ghost 5 and 6 answer: the Content API's posts, and the pages where people read them. */
export function fakeGhost(posts: FakePost[]): FakeGhost {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${decodeURIComponent(request.url ?? '')}`);
    answer(request, response, posts);
  });
  return { server, posts, asked };
}

function answer(request: IncomingMessage, response: ServerResponse, posts: readonly FakePost[]): void {
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
  if (url.pathname === '/ghost/api/content/posts/') {
    const known = url.searchParams.get('key') === KEY;
    const body = known
      ? list(url, posts)
      : { errors: [{ message: 'Unknown Content API Key', type: 'UnauthorizedError' }] };
    response.writeHead(known ? 200 : 401, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(body));
  } else if (url.pathname === '/robots.txt') {
    response.end('User-agent: *\nDisallow: /ghost/\nDisallow: /p/\n');
  } else {
    const status = posts.some(({ slug }) => url.pathname === `/${slug}/`) ? 200 : 404;
    response.writeHead(status, { 'content-type': 'text/html' }).end('<!doctype html><title>Trang</title>');
  }
}

function list({ searchParams: query, origin }: URL, posts: readonly FakePost[]) {
  // NQL compares with the database's own form: UTC, no T.
  const after = /updated_at:>'(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)'/.exec(query.get('filter') ?? '')?.[1];
  const chosen = posts
    .filter(({ updatedAt }) => after === undefined || Date.parse(updatedAt) > Date.parse(`${after}Z`))
    .toSorted((a, b) => b.publishedAt.localeCompare(a.publishedAt));
  const limit = Math.min(Number(query.get('limit') ?? 15), 100);
  const page = Number(query.get('page') ?? 1);
  const pages = Math.max(1, Math.ceil(chosen.length / limit));
  const pagination = {
    page,
    limit,
    pages,
    total: chosen.length,
    next: page < pages ? page + 1 : null,
    prev: page > 1 ? page - 1 : null,
  };
  const include = (query.get('include') ?? '').split(',');
  const shown = chosen.slice((page - 1) * limit, page * limit).map(post => show(post, include, origin));
  return { posts: shown, meta: { pagination } };
}

function show(post: FakePost, include: readonly string[], origin: string) {
  return {
    id: post.id,
    uuid: `uuid-${post.id}`,
    title: post.title,
    slug: post.slug,
    html: post.html,
    comment_id: post.id,
    feature_image: post.picture ?? null,
    feature_image_alt: post.picture ? 'Ảnh bìa' : null,
    feature_image_caption: post.picture ? '<span>Ảnh: <b>Minh Hà</b></span>' : null,
    visibility: 'public',
    published_at: post.publishedAt,
    updated_at: post.updatedAt,
    custom_excerpt: null,
    canonical_url: null,
    url: `${origin}/${post.slug}/`,
    excerpt: post.excerpt,
    reading_time: 1,
    ...(include.includes('tags') && {
      tags: post.tags.map((tag, index) => ({ id: index, slug: `t${index}`, ...tag })),
    }),
    ...(include.includes('authors') && {
      authors: post.authors.map(name => ({ name, slug: name, url: `${origin}/author/x/` })),
    }),
  };
}
