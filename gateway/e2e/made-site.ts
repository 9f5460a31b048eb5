import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Worker } from 'node:worker_threads';
import type { Federation } from '../../schemas/federation.ts';
import { rules } from '../../schemas/rules/index.ts';
import type { Site } from '../../schemas/site.ts';
import type { CheckTools } from '../check/check-site.ts';
import { createReadingPool, type ReadingPool } from '../harvest/reading-pool.ts';
import { sampleCertificate } from '../harvest/sample-certificate.ts';
import { exampleFederation } from '../publish/publishing.example.ts';

/** One document of a made-up site. */
export interface MadePage {
  readonly type: string;
  readonly body: string | Buffer;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Answers nothing to conditional requests. */
  readonly unconditional?: true;
}
export type MadePages = Record<string, MadePage>;

export interface MadeSite {
  readonly origin: string;
  readonly asked: string[];
  /** What it serves from now on. */
  serve(pages: MadePages): void;
  stop(): Promise<void>;
}

/** An https site under a name of its own, on loopback; its certificate vouches for itself. */
export async function startMadeSite(
  hostname: string,
  dates = {},
): Promise<MadeSite & { readonly cert: string }> {
  const { key, cert } = sampleCertificate(hostname, dates);
  const asked: string[] = [];
  let pages: MadePages = {};
  const server = createServer({ key, cert }, (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(pages[(request.url ?? '/').split('?')[0] ?? '/'], request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `https://${hostname}:${port}`,
    asked,
    cert,
    serve: some => {
      pages = some;
      asked.length = 0;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function answer(page: MadePage | undefined, request: IncomingMessage, response: ServerResponse): void {
  if (!page) return void response.writeHead(404, { 'content-type': 'text/plain' }).end('404');
  const etag = `"${createHash('sha1').update(page.body).digest('hex')}"`;
  const conditional = page.unconditional ? {} : { etag };
  if (!page.unconditional && request.headers['if-none-match'] === etag)
    return void response.writeHead(304).end();
  const length = { 'content-length': Buffer.byteLength(page.body) };
  response.writeHead(page.status ?? 200, {
    'content-type': page.type,
    ...length,
    ...conditional,
    ...page.headers,
  });
  response.end(page.body);
}

/** Everything a check needs, as the program has it: real threads, real requests, every name on loopback. */
export function checkTools(
  pool: ReadingPool,
  certs: readonly string[],
  sites: readonly Site[] = [],
  changes: Partial<Federation> = {},
): CheckTools {
  const federation = exampleFederation({ sites, ...changes });
  return {
    federation: { ...federation, check: { ...federation.check, allowNetworks: ['127.0.0.0/8'] } },
    rules,
    pool,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    now: Date.now,
    sandbox: false,
    gap: 0,
    resolve: (name, done) =>
      /\.(?:vn|com)$/.test(name)
        ? done(null, [
            { address: '127.0.0.1', family: 4 },
            ...(name.startsWith('chi-v4.') ? [] : [{ address: '2001:db8::1', family: 6 }]),
          ])
        : done(Object.assign(new Error('No such name'), { code: 'ENOTFOUND' }), []),
    ca: certs.join('\n'),
  };
}

export function openPool(): ReadingPool {
  return createReadingPool(
    2,
    () => new Worker(new URL('../main.ts', import.meta.url), { workerData: { role: 'reading' } }),
  );
}

/** The documents with one text in place of another, which must be there. */
export function planted(pages: MadePages, path: string, from: string | RegExp, to: string): MadePages {
  const page = pages[path];
  const body = page?.body.toString() ?? '';
  const changed = typeof from === 'string' ? body.replaceAll(from, to) : body.replace(from, to);
  if (!page || changed === body) throw new Error(`${path} has no ${from} to plant a fault in`);
  return { ...pages, [path]: { ...page, body: changed } };
}
