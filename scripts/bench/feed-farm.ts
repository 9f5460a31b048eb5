// node scripts/bench/feed-farm.ts FEEDS ITEMS: serves /<n>.xml on a free port, prints the port, and ends with its parent.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { madeFeed } from './made-feed.ts';

const [feeds = 200, items = 20, paragraphs = 6] = process.argv.slice(2).map(Number);
const bodies = Array.from({ length: feeds }, (_, feed) => Buffer.from(madeFeed(feed, items, paragraphs)));

const server = createServer((request, response) => {
  const number = /^\/(\d+)\.xml$/.exec(request.url ?? '')?.[1];
  const body = number === undefined ? undefined : bodies[Number(number)];
  if (!body) return response.writeHead(404).end();
  const etag = `"${createHash('sha1').update(body).digest('hex')}"`;
  if (request.headers['if-none-match'] === etag) return response.writeHead(304, { etag }).end();
  return response.writeHead(200, { 'content-type': 'application/rss+xml', etag }).end(body);
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
process.stdin.on('end', () => process.exit(0)).resume();
