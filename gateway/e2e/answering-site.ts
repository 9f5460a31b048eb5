import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from '@jest/globals';
import { readFederation } from '../../config/federation.ts';
import { connectors } from '../../connectors/index.ts';
import { formats } from '../../schemas/formats/index.ts';
import { rules } from '../../schemas/rules/index.ts';
import { discoverSite } from '../check/check-site.ts';
import { federationBlock } from '../check/federation-block.ts';
import type { ReadingPool } from '../harvest/reading-pool.ts';
import { checkTools } from './made-site.ts';

/** Little sites that answer by a function, and what discovery makes of them. */
const servers: Server[] = [];

export function closeSites(): void {
  for (const server of servers.splice(0)) server.close();
}

export type Answers = (path: string, origin: string) => Reply | undefined;
export interface Reply {
  readonly type?: string;
  readonly status?: number;
  /** A string is a page, bytes are sent as they are, anything else is JSON. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function openAnswering(answers: Answers): Promise<{ origin: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const reply = answers(request.url ?? '/', origin);
    const isPage = typeof reply?.body === 'string';
    const isReady = isPage || reply?.body instanceof Uint8Array;
    const body = isReady ? reply.body : JSON.stringify(reply?.body ?? null);
    const type = reply?.type ?? (isPage ? 'text/html; charset=utf-8' : 'application/json');
    response
      .writeHead(reply ? (reply.status ?? 200) : 404, { 'content-type': type, ...reply?.headers })
      .end(body);
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, asked };
}

export async function discoverIn(pool: ReadingPool, answers: Answers, path = '/') {
  const { origin, asked } = await openAnswering(answers);
  const { survey, site, requests } = await discoverSite(
    { address: new URL(path, origin), withRecord: false },
    checkTools(pool, []),
  );
  // The bound of the contract, robots.txt and redirects counted.
  expect(asked.length).toBeLessThanOrEqual(20);
  expect(requests).toBe(asked.length);
  return { origin, asked, sources: survey.sources, block: federationBlock(site.site, survey.sources) };
}

/** Our own reader takes the block as it is; only private addresses need leave. */
export function readBlock(block: string | undefined) {
  expect(block).toBeDefined();
  const listen = { host: '127.0.0.1', port: 4000 };
  return readFederation({
    text: block ?? '',
    path: 'block',
    env: {},
    connectors: connectors(formats),
    rules,
    listen,
  }).federation;
}

export const page = (head: string, body = '') =>
  `<!doctype html><html lang="vi"><head><title>Trang thử</title>${head}</head><body>${body}</body></html>`;
