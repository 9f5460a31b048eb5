import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';

type Ask = (path: string, init?: RequestInit) => Promise<Response>;
export type Mishap = (response: ServerResponse, request: IncomingMessage) => void;

/** What lies between a portal and the gateway: passes everything on, but for the mishaps that are put in its way. */
export interface WaywardWay {
  readonly url: string;
  /** Each befalls one request, in this order. */
  readonly mishaps: Mishap[];
  readonly asked: IncomingMessage[];
  /** Leads to another gateway from now on. */
  leadTo(ask: Ask): void;
  /** Cuts whatever is open. */
  cut(): void;
  stop(): Promise<void>;
}

export async function startWaywardWay(first: Ask): Promise<WaywardWay> {
  const mishaps: Mishap[] = [];
  const asked: IncomingMessage[] = [];
  let ask = first;
  const server = createServer((request, response) => {
    asked.push(request);
    const mishap = mishaps.shift();
    if (mishap) mishap(response, request);
    else void passOn(ask, request, response).catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mishaps,
    asked,
    leadTo: other => {
      ask = other;
    },
    cut: () => server.closeAllConnections(),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const PASSED = [
  'content-type',
  'retry-after',
  'cache-control',
  'access-control-allow-origin',
  'content-security-policy',
];

async function passOn(ask: Ask, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { accept, authorization, 'last-event-id': last } = request.headers;
  const given = { accept, authorization, 'last-event-id': last };
  const headers = Object.entries(given).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as [string, string]] : [],
  );
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const answer = await ask(request.url ?? '/', { headers, signal: gone.signal });
  for (const name of PASSED) {
    const value = answer.headers.get(name);
    if (value !== null) response.setHeader(name, value);
  }
  response.writeHead(answer.status);
  if (answer.body)
    Readable.fromWeb(answer.body)
      .on('error', () => response.destroy())
      .pipe(response);
  else response.end();
}
