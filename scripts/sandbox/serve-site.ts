import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { jsonApi, wordpressApi } from './apis.ts';
import { writeFeed } from './feeds.ts';
import type { Article, Newsroom } from './newsroom.ts';
import { articlePage, gonePage, homePage } from './pages.ts';
import { drawPicture } from './picture.ts';
import { answerGraphql } from './portal-graphql.ts';
import type { SandboxSite } from './sites.ts';

/** Articles of a list page or feed, and of an API, which must not lose old ones: what it lacks counts as gone. */
const LISTED = 60;
const ARCHIVE = 5_000;

interface Page {
  readonly status?: number;
  readonly type: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Serves one made-up site on loopback; port 0 takes a free one. */
export function serveSite(
  site: SandboxSite,
  newsroom: Newsroom,
  port: number,
  now: () => number,
): Promise<Server> {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    const wait = site.fault === 'slow' ? 1500 + (asked % 4) * 700 : 0;
    setTimeout(() => respond(site, newsroom, now(), asked, request, response), wait);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

function respond(
  site: SandboxSite,
  newsroom: Newsroom,
  now: number,
  asked: number,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const base = `http://${request.headers.host}`;
  const address = new URL(request.url ?? '/', base);
  const articles = newsroom.articles(
    site.id,
    now,
    /^\/(?:api\/|wp-json\/|tin\/|graphql$)/.test(address.pathname) ? ARCHIVE : LISTED,
  );
  if (site.offers === 'graphql' && address.pathname === '/graphql' && request.method === 'POST') {
    answerGraphql(request, response, articles, now);
    return;
  }
  const page = faultOf(site, asked, address.pathname) ?? pageAt(site, base, address, articles);
  const etag = `"${hashOf(page.body)}"`;
  if (page.status === undefined && request.headers['if-none-match'] === etag) {
    response.writeHead(304, { etag }).end();
    return;
  }
  const body = Buffer.from(page.body);
  response.writeHead(page.status ?? 200, {
    'content-type': page.type,
    'content-length': body.length,
    etag,
    ...page.headers,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Only the machine's doors fail: a newcomer who clicks an original must see it. */
function faultOf(site: SandboxSite, asked: number, path: string): Page | undefined {
  const feed = path.endsWith('.xml');
  if (!feed) return undefined;
  if (site.fault === 'breaks' && asked % 3 === 0) {
    return {
      status: 503,
      type: 'text/html; charset=utf-8',
      body: '<h1>503 Dịch vụ tạm ngưng</h1>',
      headers: { 'retry-after': '5' },
    };
  }
  if (site.fault === 'robot-check' && asked % 5 === 0) {
    const body =
      '<!doctype html><title>Just a moment...</title><h1>Xác nhận bạn không phải là người máy</h1><script>document.cookie="check=1";location.reload()</script>';
    return { type: 'text/html; charset=utf-8', body };
  }
  return undefined;
}

function pageAt(site: SandboxSite, base: string, address: URL, articles: readonly Article[]): Page {
  const path = decodeURIComponent(address.pathname);
  const html = 'text/html; charset=utf-8';
  if (path === '/') return { type: html, body: homePage(site, base, articles) };
  if (path === '/rss.xml' && site.offers === 'rss')
    return { type: 'application/rss+xml; charset=utf-8', body: writeFeed(site, base, articles) };
  if (path === '/atom.xml' && site.offers === 'atom')
    return { type: 'application/atom+xml; charset=utf-8', body: writeFeed(site, base, articles) };
  if (path.startsWith('/anh/'))
    return { type: 'image/png', body: drawPicture(Number.parseInt(path.slice(5), 10) || 0) };
  if (path.startsWith('/tin/')) return articleAt(site, base, path.slice(5), articles);
  if (path === '/api/articles' && site.offers === 'json-api')
    return json(jsonApi(base, address.searchParams, articles));
  if (path.startsWith('/wp-json') && site.offers === 'wordpress')
    return json(wordpressApi(base, path, address.searchParams, articles));
  return { status: 404, type: html, body: gonePage(site) };
}

function articleAt(site: SandboxSite, base: string, slug: string, articles: readonly Article[]): Page {
  const type = 'text/html; charset=utf-8';
  const article = articles.find(one => one.slug === slug);
  if (!article) return { status: 404, type, body: gonePage(site) };
  if (article.withdrawn) return { status: 410, type, body: gonePage(site) };
  return { type, body: articlePage(site, base, article) };
}

function json(answer: ReturnType<typeof jsonApi>): Page {
  const { status, headers, body } = answer;
  const type = 'application/json; charset=utf-8';
  return {
    ...(status === 200 ? {} : { status }),
    type,
    body: JSON.stringify(body),
    ...(headers ? { headers } : {}),
  };
}

/** FNV-1a: enough to tell that a page changed. */
function hashOf(body: string | Buffer): string {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(body)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16);
}
