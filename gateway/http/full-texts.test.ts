import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Republication } from '../../schemas/republication.ts';
import { idOf, newItem, saveItems } from '../e2e/seed.ts';
import { openSeededServices, SEEDED_TOKEN, type SeededServices } from '../e2e/seeded-services.ts';
import { createGraph } from '../graph/graph.ts';
import { createKey } from './access.ts';
import { createGraphqlRoutes } from './graphql.ts';
import { createServer } from './server.ts';

const ID = idOf('bao-a', 'a');
let world: SeededServices;
let server: Server;
let base: string;

beforeEach(async () => {
  world = await openSeededServices();
  const { services, store } = world;
  const app = createServer(services, {
    routers: [await createGraphqlRoutes(services, createGraph(services))],
  });
  server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const republication: Republication = {
    because: 'press',
    mode: 'full-text',
    media: false,
    audience: 'portal',
    agreement: 'TT-1',
    sourceReleased: 1,
    counted: 'declared',
    delay: 3_600_000,
  };
  await saveItems(store, [
    newItem('bao-a', 'a', { content: '', contentText: '', sourceHash: 'h', republication }),
  ]);
  const document = {
    content: '<p>Toàn văn <img src="https://bao-a.example.vn/a.jpg"></p>',
    contentText: 'Toàn văn',
    summary: '',
    media: [{ url: 'https://bao-a.example.vn/a.jpg' }],
    hash: 'h',
  };
  await store.transaction(tx =>
    tx.records.put({ kind: 'full-text', id: ID, item: ID, site: 'bao-a', at: 1, document }),
  );
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await world.close();
});

async function asked(path: string, token?: string): Promise<{ text: string; cache: string | null }> {
  const answer = await fetch(base + path, {
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
  });
  return { text: await answer.text(), cache: answer.headers.get('cache-control') };
}
const GRAPH = `/graphql?query=${encodeURIComponent(`{ item(id: "${ID}") { content contentText media { url } } }`)}`;
const keyFor = async (...scopes: string[]) =>
  (await createKey(world.store.keys, { title: 'x', scopes, created: 1 })).text;

it('a full text that a paper gives to the portal is read by its key and by nobody else, in no cached answer', async () => {
  const portal = await keyFor('read', 'fulltext:bao-a');
  const others = [
    undefined,
    await keyFor('read'),
    await keyFor('read', 'fulltext:viec-lam'),
    await keyFor('site:bao-a'),
    SEEDED_TOKEN,
  ];
  for (const path of ['/changes', GRAPH]) {
    const own = await asked(path, portal);
    expect(own.text).toContain('Toàn văn');
    // The agreement leaves media out.
    expect(own.text).not.toContain('a.jpg');
    expect(own.cache ?? '').not.toContain('public');
    for (const token of others) expect((await asked(path, token)).text).not.toContain('Toàn văn');
  }
  for (const path of ['/feeds/all.json', '/feeds/all.atom', '/feeds/search.json?q=toan+van', `/items/${ID}`])
    expect((await asked(path, portal)).text).not.toContain('Toàn văn');
});

it('no cache on the way gives the portal the page that everybody reads, nor a page for a stream', async () => {
  for (const token of [undefined, await keyFor('read', 'fulltext:bao-a')]) {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const vary = (await fetch(`${base}/changes`, { headers })).headers.get('vary') ?? '';
    expect(vary.split(', ')).toEqual(expect.arrayContaining(['Accept', 'Authorization']));
  }
});

it('reaches the portal as a stream too, until its key is revoked, and nobody else', async () => {
  const { key, text } = await createKey(world.store.keys, {
    title: 'cổng',
    scopes: ['fulltext:bao-a'],
    created: 1,
  });
  const stream = async (token?: string) => {
    const headers = { accept: 'text/event-stream', ...(token && { authorization: `Bearer ${token}` }) };
    const answer = await fetch(`${base}/changes`, { headers });
    return { status: answer.status, reader: answer.body?.pipeThrough(new TextDecoderStream()).getReader() };
  };
  const upTo = async ({ reader }: Awaited<ReturnType<typeof stream>>, word: string) => {
    for (let heard = ''; ; ) {
      const { value, done } = (await reader?.read()) ?? { done: true };
      heard += value ?? '';
      if (done || heard.includes(word)) return heard;
    }
  };
  const [own, other] = [await stream(text), await stream()];
  expect(await upTo(own, 'event: put')).toContain('Toàn văn');
  expect(await upTo(other, 'event: put')).not.toContain('Toàn văn');
  await world.store.keys.revoke(key.id);
  await saveItems(world.store, [newItem('cong', 'b')]);
  const end = await upTo(own, 'never');
  expect(end).toContain('UNAUTHENTICATED');
  expect(end).not.toContain('event: put');
  expect((await stream('lt_no')).status).toBe(401);
  await other.reader?.cancel();
});

it('with the withdrawal of the item the text is gone for its key too', async () => {
  const portal = await keyFor('fulltext:bao-a');
  await world.store.transaction(tx => tx.items.erase([ID]));
  for (const path of ['/changes', GRAPH]) expect((await asked(path, portal)).text).not.toContain('Toàn văn');
  expect((await fetch(`${base}/changes`, { headers: { authorization: 'Bearer lt_no' } })).status).toBe(401);
});
