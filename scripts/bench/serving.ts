import { writeFileSync } from 'node:fs';
import type { Gateway } from '../../gateway/e2e/run-gateway.ts';
import { load, startNginx, startScript } from './processes.ts';
import { ms, perSecond, type Row } from './table.ts';

const FEED = '/feeds/all.atom';
const QUERY =
  '{ items(first: 20) { nodes { id link title summary published updated site { id name kind } } pageInfo { hasNextPage endCursor } } }';

/** A republished feed against nginx with the same bytes, and a repeated query against bare node:http. */
export async function benchServing({ url }: Gateway, folder: string): Promise<readonly Row[]> {
  return [...(await benchFeed(url, folder)), ...(await benchQuery(url, folder))];
}

async function benchFeed(url: string, folder: string): Promise<readonly Row[]> {
  const plain = await fetch(url + FEED, { headers: { 'accept-encoding': 'identity' } });
  const etag = plain.headers.get('etag') ?? '';
  const body = Buffer.from(await plain.arrayBuffer());
  const { gzipSync } = await import('node:zlib');
  writeFileSync(`${folder}/feed.atom`, body);
  writeFileSync(`${folder}/feed.atom.gz`, gzipSync(body));
  const nginx = await startNginx(
    folder,
    `root ${folder}; gzip_static on; types { application/atom+xml atom; }`,
  );
  const theirs = `http://127.0.0.1:${nginx.port}/feed.atom`;
  const theirTag = (await fetch(theirs)).headers.get('etag') ?? '';
  const gzip = { 'Accept-Encoding': 'gzip' };
  const ours200 = await load(url + FEED, gzip);
  const nginx200 = await load(theirs, gzip);
  const ours304 = await load(url + FEED, { ...gzip, 'If-None-Match': etag });
  const nginx304 = await load(theirs, { ...gzip, 'If-None-Match': theirTag });
  await nginx.stop();
  const row = (what: string, ours: typeof ours200, other: typeof ours200, budget: string): Row => ({
    what,
    ours: `${perSecond(ours.perSecond)} (p99 ${ms(ours.p99)})`,
    against: `nginx ${perSecond(other.perSecond)}`,
    ratio: ours.perSecond / other.perSecond,
    budget,
  });
  return [
    row(`${FEED}, gzip of ${Math.round(body.length / 1024)} KB`, ours200, nginx200, '≥ 0.45'),
    row('… 304', ours304, nginx304, '≥ 0.4'),
  ];
}

async function benchQuery(url: string, folder: string): Promise<readonly Row[]> {
  const body = JSON.stringify({ query: QUERY });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
  const bytes = await answer.text();
  if (!answer.ok || bytes.includes('"errors"')) throw new Error(bytes);
  writeFileSync(`${folder}/answer.json`, bytes);
  const script = `${folder}/post.lua`;
  writeFileSync(
    script,
    `wrk.method = "POST"\nwrk.body = [==[${body}]==]\nwrk.headers["Content-Type"] = "application/json"\n`,
  );
  const bare = await startScript('bare-http.ts', `${folder}/answer.json`);
  const ours = await load(`${url}/graphql`, {}, script);
  const theirs = await load(`http://127.0.0.1:${bare.port}/graphql`, {}, script);
  await bare.stop();
  return [
    {
      what: `items(first: 20) again and again, ${Math.round(bytes.length / 1024)} KB`,
      ours: `${perSecond(ours.perSecond)} (p99 ${ms(ours.p99)})`,
      against: `node:http ${perSecond(theirs.perSecond)}`,
      ratio: ours.perSecond / theirs.perSecond,
      budget: '≥ 0.6 (fast lane)',
    },
  ];
}
