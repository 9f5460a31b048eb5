import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** An article of the fake, as its editors left it. */
export interface FakeArticle {
  readonly documentId: string;
  readonly title: string;
  readonly slug: string;
  readonly lead?: string | null;
  readonly body: string;
  readonly number?: string;
  readonly signer?: string;
  readonly authorName?: string;
  readonly section?: string;
  readonly cover?: string;
  readonly updatedAt: string;
  readonly publishedAt: string | null;
}

export interface FakeStrapi {
  readonly server: Server;
  /** Editors at work: change the list while it runs. */
  readonly articles: FakeArticle[];
  /** Path and query of each request, decoded. */
  readonly asked: string[];
}

const TOKEN = 'Bearer strapi-token';
const KNOWN =
  /^(?:populate|sort|fields|locale|status|pagination\[(?:page|pageSize|withCount)\]|filters\[\w+\]\[\$\w+\])/;

/** What Strapi 5 answers at `/api/articles`, for the tests of the example: rights, paging, filters, populate, errors. */
export function fakeStrapi(articles: FakeArticle[]): FakeStrapi {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(decodeURIComponent(request.url ?? ''));
    answer(request, response, articles);
  });
  return { server, articles, asked };
}

function answer(request: IncomingMessage, response: ServerResponse, articles: readonly FakeArticle[]): void {
  const { status, body } = decide(request, articles);
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

function decide({ url: path = '/', headers }: IncomingMessage, articles: readonly FakeArticle[]): Answer {
  const url = new URL(path, 'http://strapi.example');
  if (url.pathname === '/robots.txt') return { status: 404, body: {} };
  if (headers.authorization !== TOKEN)
    return failure(401, 'UnauthorizedError', 'Missing or invalid credentials');
  const visible = articles.filter(({ publishedAt }) => publishedAt !== null);
  const one = /^\/api\/articles\/([^/]+)$/.exec(url.pathname)?.[1];
  if (one !== undefined) {
    const found = visible.find(({ documentId }) => documentId === one);
    if (!found) return failure(404, 'NotFoundError', 'Not Found');
    return { status: 200, body: { data: shown(found, 1, url), meta: {} } };
  }
  if (url.pathname !== '/api/articles') return failure(404, 'NotFoundError', 'Not Found');
  const strange = [...url.searchParams.keys()].find(key => !KNOWN.test(key));
  if (strange !== undefined) return failure(400, 'ValidationError', `Invalid key ${strange}`);
  return { status: 200, body: list(url, visible) };
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

function failure(status: number, name: string, message: string): Answer {
  return { status, body: { data: null, error: { status, name, message, details: {} } } };
}

function list(url: URL, visible: readonly FakeArticle[]) {
  const after = url.searchParams.get('filters[updatedAt][$gt]');
  const chosen = visible
    .filter(({ updatedAt }) => after === null || Date.parse(updatedAt) > Date.parse(after))
    .toSorted((a, b) => String(b.publishedAt).localeCompare(String(a.publishedAt)));
  const page = Number(url.searchParams.get('pagination[page]') ?? 1);
  const pageSize = Math.min(Number(url.searchParams.get('pagination[pageSize]') ?? 25), 100);
  const data = chosen
    .slice((page - 1) * pageSize, page * pageSize)
    .map((one, index) => shown(one, index + 1, url));
  const pageCount = Math.ceil(chosen.length / pageSize);
  return { data, meta: { pagination: { page, pageSize, pageCount, total: chosen.length } } };
}

/** Relations and media are only there when they are asked for. */
function shown({ section, cover, ...article }: FakeArticle, id: number, url: URL) {
  const populated = [...url.searchParams]
    .filter(([key]) => key.startsWith('populate'))
    .flatMap(([, value]) => value.split(','));
  const asks = (name: string) => populated.includes(name) || populated.includes('*');
  const picture = cover && {
    id: 7,
    url: cover,
    alternativeText: 'Toàn cảnh',
    width: 1200,
    height: 800,
    mime: 'image/jpeg',
    size: 81.2,
  };
  return {
    id,
    ...article,
    createdAt: article.updatedAt,
    locale: null,
    ...(asks('section') && { section: section ? { id: 3, documentId: 's', name: section } : null }),
    ...(asks('cover') && { cover: picture ?? null }),
  };
}
