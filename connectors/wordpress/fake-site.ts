import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A site that answers as WordPress 6 does to what this connector asks; the real one is in `scripts/wordpress/`. */
export interface FakeSite {
  readonly url: string;
  readonly posts: Map<number, FakePost>;
  /** Answers instead of the API's own, when it gives one. */
  intercept: ((request: URL, headers: IncomingMessage['headers']) => Given | undefined) | undefined;
  add(post?: Partial<FakePost>): FakePost;
  /** As an editor's save: the modification time moves. */
  edit(id: number, change: Partial<FakePost>): void;
  /** Seconds since 1970 that the site's clock shows; moves a second with each change. */
  clock: number;
  close(): Promise<void>;
}

export interface FakePost {
  readonly id: number;
  readonly status: string;
  readonly title: string;
  readonly content: string;
  readonly password: string;
  readonly slug: string;
  /** Seconds since 1970. */
  readonly date: number;
  readonly modified: number;
  readonly categories: readonly number[];
  readonly tags: readonly number[];
  readonly featured_media: number;
}

export interface Given {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface FakeSetting {
  /** False: only `?rest_route=` is answered, and the page names nothing. */
  readonly pretty?: boolean;
  /** False: `modified_after` is ignored, as before 5.7. */
  readonly modifiedAfter?: boolean;
  /** False: a cache on the way drops the headers that count. */
  readonly counts?: boolean;
}

export async function startFakeSite(setting: FakeSetting = {}): Promise<FakeSite> {
  const server = createServer((request, response) => answer(site, setting, request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  const site: FakeSite = {
    url: `http://127.0.0.1:${address.port}/`,
    posts: new Map(),
    intercept: undefined,
    clock: Date.UTC(2026, 10, 20) / 1000,
    add(post = {}) {
      const id = post.id ?? Math.max(0, ...site.posts.keys()) + 1;
      site.clock += 1;
      const times = { date: site.clock, modified: site.clock };
      const added: FakePost = { ...blank(id), ...times, ...post };
      site.posts.set(id, added);
      return added;
    },
    edit(id, change) {
      const post = site.posts.get(id);
      if (!post) throw new Error(`no post ${id}`);
      site.clock += 1;
      site.posts.set(id, { ...post, modified: site.clock, ...change });
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return site;
}

function blank(id: number): Omit<FakePost, 'date' | 'modified'> {
  return {
    id,
    status: 'publish',
    title: `Tin số ${id}`,
    content: `<p>Nội dung tin số ${id}.</p>`,
    password: '',
    slug: `tin-so-${id}`,
    categories: [2],
    tags: [],
    featured_media: 0,
  };
}

function answer(
  site: FakeSite,
  setting: FakeSetting,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const url = new URL(request.url ?? '/', site.url);
  const given = site.intercept?.(url, request.headers) ?? route(site, setting, url);
  response.writeHead(given.status ?? 200, {
    'content-type': given.type ?? 'application/json',
    ...given.headers,
  });
  response.end(given.body);
}

function route(site: FakeSite, setting: FakeSetting, url: URL): Given {
  const { pretty = true } = setting;
  const rest = url.searchParams.get('rest_route');
  const path = rest ?? (pretty && url.pathname.startsWith('/wp-json') ? url.pathname.slice(8) : undefined);
  if (path === undefined) return url.pathname === '/' ? homePage(site, pretty) : notFoundPage();
  if (path === '' || path === '/') return json({ name: 'Cục Thử', namespaces: ['oembed/1.0', 'wp/v2'] });
  const [, kind = '', id] = /^\/wp\/v2\/([a-z-]+)(?:\/(\d+))?$/.exec(path) ?? [];
  if (kind === 'posts' && id !== undefined) return onePost(site, Number(id));
  if (kind === 'posts') return listPosts(site, url.searchParams, setting);
  const named = NAMED[kind];
  return named ? json(named.filter(one => listed(url, one.id))) : restError('rest_no_route', 404);
}

function homePage(site: FakeSite, pretty: boolean): Given {
  const link = pretty ? { link: `<${site.url}wp-json/>; rel="https://api.w.org/"` } : {};
  return {
    type: 'text/html',
    headers: link,
    body: '<!doctype html><html lang="vi"><title>Cục Thử</title></html>',
  };
}

function notFoundPage(): Given {
  return { status: 404, type: 'text/html', body: '<!doctype html><title>Không tìm thấy</title>' };
}

const NAMED: Readonly<Record<string, readonly { id: number }[]>> = {
  users: [{ id: 1, name: 'Ban Biên tập' } as { id: number }],
  categories: [
    { id: 1, name: 'Uncategorized', slug: 'uncategorized' } as { id: number },
    { id: 2, name: 'Việc làm &amp; tiền lương', slug: 'viec-lam' } as { id: number },
  ],
  tags: [{ id: 7, name: 'bảo hiểm', slug: 'bao-hiem' } as { id: number }],
  media: [
    {
      id: 9,
      source_url: 'https://cuc.example.vn/anh.jpg',
      mime_type: 'image/jpeg',
      alt_text: 'Sàn việc làm',
      caption: { rendered: '<p>Ảnh: TTXVN</p>' },
      media_details: {
        width: 1200,
        height: 630,
        filesize: 91234,
        image_meta: { credit: 'Lê An', copyright: '' },
      },
    } as { id: number },
  ],
};

function listed(url: URL, id: number): boolean {
  return (url.searchParams.get('include') ?? '').split(',').includes(String(id));
}

function onePost(site: FakeSite, id: number): Given {
  const post = site.posts.get(id);
  if (!post) return restError('rest_post_invalid_id', 404);
  return post.status === 'publish' ? json(toWire(site, post)) : restError('rest_forbidden', 401);
}

function listPosts(
  site: FakeSite,
  asked: URLSearchParams,
  { modifiedAfter = true, counts = true }: FakeSetting,
): Given {
  const number = (name: string, otherwise: number) => Number(asked.get(name) ?? otherwise);
  const time = (name: string) => Date.parse(asked.get(name) ?? '1970-01-01T00:00:00Z') / 1000;
  const include = asked.get('include')?.split(',').map(Number);
  const slugs = asked.get('slug')?.split(',');
  const key = { modified: 'modified', date: 'date', id: 'id' }[asked.get('orderby') ?? 'date'] as 'id';
  const sign = asked.get('order') === 'asc' ? 1 : -1;
  const posts = [...site.posts.values()]
    .filter(({ status }) => status === 'publish')
    .filter(({ id }) => !include || include.includes(id))
    .filter(({ slug }) => !slugs || slugs.includes(slug))
    .filter(({ date }) => date > time('after'))
    .filter(({ modified }) => !modifiedAfter || modified > time('modified_after'))
    .sort((one, other) => sign * (one[key] - other[key]));
  const perPage = number('per_page', 10);
  const [page, pages] = [number('page', 1), Math.ceil(posts.length / perPage)];
  if (page > 1 && page > pages) return restError('rest_post_invalid_page_number', 400);
  const some = posts.slice((page - 1) * perPage, page * perPage).map(post => toWire(site, post));
  const counted = { 'x-wp-total': String(posts.length), 'x-wp-totalpages': String(pages) };
  return { ...json(some), headers: counts ? counted : {} };
}

function toWire(site: FakeSite, post: FakePost) {
  const { id, status, slug, title, password, categories, tags, featured_media } = post;
  const hidden = password !== '';
  const gmt = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 19);
  return {
    id,
    type: 'post',
    status,
    slug,
    link: `${site.url}2026/11/${slug}/`,
    guid: { rendered: `${site.url}?p=${id}` },
    date: gmt(post.date + 7 * 3600),
    date_gmt: gmt(post.date),
    modified_gmt: gmt(post.modified),
    title: { rendered: title },
    excerpt: { rendered: hidden ? '' : '<p>Tóm tắt [&hellip;]</p>', protected: hidden },
    content: { rendered: hidden ? '' : post.content, protected: hidden },
    author: 1,
    categories,
    tags,
    featured_media,
    sticky: false,
    format: 'standard',
    comment_status: 'closed',
  };
}

export function json(value: unknown, status = 200): Given {
  return { status, body: JSON.stringify(value) };
}

export function restError(code: string, status: number): Given {
  return json({ code, message: 'Xin lỗi, bạn không được phép làm điều đó.', data: { status } }, status);
}
