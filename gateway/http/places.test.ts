import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { openPlaces } from './places.ts';

it('gives a place until the answer is sent, and none to keep to who has gone already', async () => {
  const places = openPlaces({ each: 1, all: 2 });
  const waiting: ServerResponse[] = [];
  const server = createServer((_req, res) => waiting.push(res)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const next = async (signal?: AbortSignal) => {
    const answered = fetch(url, signal ? { signal } : {}).catch(() => undefined);
    while (waiting.length === 0) await new Promise(resolve => setTimeout(resolve, 5));
    return { res: waiting.pop() as ServerResponse, answered };
  };
  const hasty = new AbortController();
  const gone = await next(hasty.signal);
  hasty.abort();
  await once(gone.res, 'close');
  expect(places.enter('a', gone.res)).toBe(true);
  const one = await next();
  expect(places.enter('a', one.res)).toBe(true);
  const two = await next();
  expect(places.enter('a', two.res)).toBe(false);
  expect(places.enter('b', two.res)).toBe(true);
  one.res.end();
  await one.answered;
  const three = await next();
  expect(places.enter('a', three.res)).toBe(true);
  for (const { res, answered } of [two, three]) {
    res.end();
    await answered;
  }
  server.closeAllConnections();
  server.close();
});
