import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What came to one path of a subscriber, in order. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly rawQuery: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Milliseconds of this machine's clock. */
  readonly at: number;
}

export interface Behaviour {
  /** Answer to a POST; 204 unless said. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds before it answers; Infinity: never. */
  readonly delay?: number;
  /** Answer to a verification; repeats the challenge unless said. */
  readonly verify?: (challenge: string) => { readonly status: number; readonly body: string };
}

/** One machine that subscribes; each path is a callback of its own. */
export interface FakeSubscriber {
  readonly url: string;
  readonly host: string;
  /** Path → how it behaves from now on. */
  readonly behaviours: Map<string, Behaviour>;
  readonly received: Received[];
  posts(path: string): Received[];
  gets(path: string): Received[];
  stop(): Promise<void>;
}

export async function startFakeSubscriber(): Promise<FakeSubscriber> {
  const behaviours = new Map<string, Behaviour>();
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', 'http://x');
    received.push({
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      rawQuery: url.search.slice(1),
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
      at: Date.now(),
    });
    const { status = 204, headers = {}, delay = 0, verify } = behaviours.get(url.pathname) ?? {};
    if (delay === Number.POSITIVE_INFINITY) return;
    if (delay > 0) await new Promise(resolve => setTimeout(resolve, delay));
    if (request.method === 'GET') {
      const challenge = url.searchParams.get('hub.challenge') ?? '';
      const answer = verify?.(challenge) ?? { status: 200, body: challenge };
      response.writeHead(answer.status).end(answer.body);
    } else response.writeHead(status, headers).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const of = (method: string) => (path: string) =>
    received.filter(one => one.method === method && one.path === path);
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    behaviours,
    received,
    posts: of('POST'),
    gets: of('GET'),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
