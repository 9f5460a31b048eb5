import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import {
  type AddressInfo,
  createServer as createSocketServer,
  type Socket,
  type Server as SocketServer,
} from 'node:net';
import type { RequestRow } from '../store/requests.ts';
import { createFetch, type Fetcher, type FetchOptions } from './fetch.ts';

/** Real servers and a real fetch for tests; whatever was opened is closed by `closeAll`. */
const open: Array<() => unknown> = [];

export async function closeAll(): Promise<void> {
  for (const close of open.splice(0).reverse()) await close();
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface SampleSite {
  readonly origin: string;
  readonly port: number;
  /** `GET /path` of every request, robots.txt too. */
  readonly asked: string[];
}

/** An HTTP site on a free port. Without `robots` there is no robots.txt. */
export async function openSite(
  handler: Handler,
  {
    robots,
    tls,
    host = '127.0.0.1',
  }: { robots?: Handler; tls?: { key: string; cert: string }; host?: string } = {},
): Promise<SampleSite> {
  const asked: string[] = [];
  const answer: Handler = (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (request.url !== '/robots.txt') handler(request, response);
    else if (robots) robots(request, response);
    else response.writeHead(404).end();
  };
  const server: Server = tls ? createTlsServer(tls, answer) : createServer(answer);
  const port = await listen(server, host);
  open.push(() => server.closeAllConnections());
  const shown = host.includes(':') ? `[${host}]` : host;
  return { origin: `${tls ? 'https' : 'http'}://${shown}:${port}`, port, asked };
}

/** A server that speaks in raw bytes. robots.txt is answered for it. */
export async function openSocket(speak: (socket: Socket) => void): Promise<SampleSite> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createSocketServer(socket => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', first => {
      const line = first.toString('latin1').split('\r\n', 1)[0] ?? '';
      asked.push(line);
      if (line.startsWith('GET /robots.txt ')) {
        socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
      } else speak(socket);
    });
  });
  const port = await listen(server, '127.0.0.1');
  open.push(() => {
    for (const socket of sockets) socket.destroy();
  });
  return { origin: `http://127.0.0.1:${port}`, port, asked };
}

async function listen(server: Server | SocketServer, host: string): Promise<number> {
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, host, done));
  open.push(() => new Promise(done => server.close(done)));
  return (server.address() as AddressInfo).port;
}

export type FetchSettings = FetchOptions['settings'];

/** The fetch under test, allowed to loopback unless told otherwise, and the rows it wrote. */
export function openFetch(
  settings: Partial<FetchSettings> = {},
  options: Partial<FetchOptions> = {},
): Fetcher & { readonly rows: RequestRow[]; readonly said: string[] } {
  const rows: RequestRow[] = [];
  const said: string[] = [];
  const say = (_: object, message: string) => said.push(message);
  const fetcher = createFetch({
    settings: {
      allowNetworks: ['127.0.0.0/8'],
      userAgent: 'LienThong/0.1 (+https://example.org)',
      perHost: { concurrency: 2 },
      maxBytes: 1024 * 1024,
      timeout: 2_000,
      ...settings,
    },
    log: { debug: say, info: say, warn: say, error: say },
    now: Date.now,
    onRequest: row => rows.push(row),
    ...options,
  });
  open.push(() => fetcher.close());
  return { ...fetcher, rows, said };
}

export function textOf({ body }: { readonly body: Uint8Array }): string {
  return new TextDecoder().decode(body);
}
