import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Request, RequestHandler, Response } from 'express';
import { PLAYGROUND_EXAMPLES } from './playground-examples.ts';

interface Asset {
  readonly type: string;
  readonly plain: Buffer;
  readonly gzip: Buffer;
  readonly br: Buffer;
}

interface Page {
  readonly html: string;
  /** Path below `/graphql/playground/` → what lies there. */
  readonly assets: ReadonlyMap<string, Asset>;
}

const ASSETS = '/playground/';

/** Everything comes from here: it works without a network, and says so to the browser. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Stands above every example, where the panel of the schema can only say that it got none. */
const SCHEMA_NOT_SHOWN = `# Cổng này chỉ cho người vận hành xem lược đồ
# (graphql.introspection: false trong tệp liên thông),
# nên bảng tài liệu để trống; truy vấn vẫn chạy.
# Có khoá operate? Ghi vào tab Headers:
# { "Authorization": "Bearer <khoá>" }
`;

/** GraphiQL for a browser at GET `/graphql`; everybody else passes. Made at the first visit, kept as bytes. */
export function playground(
  examples: () => readonly string[] = () => PLAYGROUND_EXAMPLES,
  { introspection = true }: { readonly introspection?: boolean } = {},
): RequestHandler {
  let made: Promise<Page> | undefined;
  const notice = introspection ? '' : SCHEMA_NOT_SHOWN;
  const page = () => (made ??= makePage(examples().map(example => notice + example)));
  return async (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    if (request.path.startsWith(ASSETS)) {
      return sendAsset(request, response, (await page()).assets.get(request.path.slice(ASSETS.length)));
    }
    const wanted = request.accepts(['application/json', 'application/graphql-response+json', 'text/html']);
    if (request.path !== '/' || wanted !== 'text/html') return next();
    response.set('Content-Security-Policy', POLICY).set('Referrer-Policy', 'same-origin').type('html');
    response.send((await page()).html);
  };
}

function sendAsset(request: Request, response: Response, asset: Asset | undefined): void {
  if (!asset) return void response.status(404).end();
  response
    .vary('Accept-Encoding')
    .set('Cache-Control', 'public, max-age=31536000, immutable')
    .type(asset.type);
  const { br, gzip: zipped } = asset;
  if (request.acceptsEncodings('br')) return void response.set('Content-Encoding', 'br').send(br);
  if (request.acceptsEncodings('gzip')) return void response.set('Content-Encoding', 'gzip').send(zipped);
  response.send(asset.plain);
}

interface GraphiqlParts {
  readonly js: string;
  readonly css: string;
  readonly favicon: string;
  readonly editorWorkerService: string;
  readonly jsonWorker: string;
  readonly graphqlWorker: string;
}

/** GraphiQL moves a tab from under the pointer that presses it, so that the press is no click on it. */
const OUR_STYLE = `
.graphiql-tab { transform: none !important; }
`;

async function makePage(examples: readonly string[]): Promise<Page> {
  // 9 MB of text: read when somebody comes, not at start.
  const parts: GraphiqlParts = createRequire(import.meta.url)('@graphql-yoga/render-graphiql/graphiql');
  const texts: readonly (readonly [string, string, string])[] = [
    ['graphiql.js', 'text/javascript', parts.js],
    ['graphiql.css', 'text/css', parts.css + OUR_STYLE],
    ['editorWorkerService.js', 'text/javascript', parts.editorWorkerService],
    ['json.js', 'text/javascript', parts.jsonWorker],
    ['graphql.js', 'text/javascript', parts.graphqlWorker],
    ['start.js', 'text/javascript', startScript(examples)],
  ];
  const version = createHash('sha256')
    .update(texts.map(([, , text]) => text).join('\0'))
    .digest('hex')
    .slice(0, 12);
  const assets = await Promise.all(
    texts.map(async ([name, type, text]) => [`${version}/${name}`, await pack(type, text)] as const),
  );
  return { html: html(version, parts.favicon), assets: new Map(assets) };
}

async function pack(type: string, text: string): Promise<Asset> {
  const plain = Buffer.from(text, 'utf8');
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5 };
  const [br, zipped] = await Promise.all([
    promisify(brotliCompress)(plain, { params }),
    promisify(gzip)(plain),
  ]);
  return { type: `${type}; charset=utf-8`, plain, gzip: zipped, br };
}

function html(version: string, favicon: string): string {
  const base = `/graphql/playground/${version}`;
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Liên Thông – GraphQL</title>
<link rel="icon" href="${favicon}">
<link rel="stylesheet" href="${base}/graphiql.css">
</head>
<body class="no-focus-outline">
<noscript>Trang thử truy vấn này cần JavaScript. API thì không: gửi POST /graphql với content-type application/json.</noscript>
<div id="root"></div>
<script src="${base}/graphiql.js" data-base="${base}"></script>
<script src="${base}/start.js" data-base="${base}"></script>
</body>
</html>
`;
}

/** Runs in the browser. */
const startScript = (examples: readonly string[]) => `
const base = document.currentScript.dataset.base;
self.MonacoEnvironment = { globalAPI: false, getWorkerUrl: (_module, label) => base + '/' + label + '.js' };
YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), {
  endpoint: '/graphql',
  title: 'Liên Thông',
  defaultTabs: ${JSON.stringify(examples.map(query => ({ query })))},
});
`;
