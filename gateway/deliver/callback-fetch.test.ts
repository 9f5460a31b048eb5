import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Federation } from '../../schemas/federation.ts';
import { USUAL } from '../e2e/usual.ts';
import { type CallbackFetcher, createCallbackFetch } from './callback-fetch.ts';

const servers: Server[] = [];
const fetchers: CallbackFetcher[] = [];
afterEach(async () => {
  await Promise.all(fetchers.splice(0).map(fetcher => fetcher.close()));
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function open(allowNetworks: readonly string[], timeout = 1_000) {
  const fetch: Federation['fetch'] = {
    // What the harvest may reach says nothing of what strangers' callbacks may reach.
    allowNetworks: ['127.0.0.0/8', '::1/128'],
    userAgent: 'LienThong/test',
    perHost: { concurrency: 1 },
    maxBytes: 1e6,
    timeout: 60_000,
  };
  const federation = {
    callbacks: { ...USUAL.callbacks, allowNetworks, timeout },
    fetch,
  };
  const fetcher = createCallbackFetch({ federation, now: Date.now });
  fetchers.push(fetcher);
  return fetcher.fetch;
}

describe('requests to callbacks', () => {
  it.each(['127.0.0.1', 'localhost', '[::1]', '127.1', '0x7f000001', '2130706433'])(
    'never reach a private machine by %s, though the harvest may',
    async host => {
      const asked: string[] = [];
      const port = await serve((request, response) => {
        asked.push(request.url ?? '');
        response.end();
      });
      await expect(open([])({ url: `http://${host}:${port}/`, method: 'GET' })).rejects.toMatchObject({
        code: 'ADDRESS_REFUSED',
      });
      expect(asked).toEqual([]);
    },
  );

  it('go only to the port that was allowed', async () => {
    const [open80, other] = [
      await serve((_, response) => response.end('a')),
      await serve((_, response) => response.end('b')),
    ];
    const fetch = open([`127.0.0.1:${open80}`]);
    expect(await fetch({ url: `http://127.0.0.1:${open80}/`, method: 'GET' })).toEqual({
      status: 200,
      body: 'a',
    });
    await expect(fetch({ url: `http://127.0.0.1:${other}/`, method: 'GET' })).rejects.toMatchObject({
      code: 'ADDRESS_REFUSED',
    });
  });

  it('follow no redirect, ask no robots.txt, and keep nothing of an answer to a POST', async () => {
    const asked: string[] = [];
    const port = await serve((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      if (request.url === '/moved') response.writeHead(307, { location: '/inner' }).end();
      else response.writeHead(429, { 'retry-after': '7' }).end('secret words of an inner machine');
    });
    const fetch = open([`127.0.0.1:${port}`]);
    const url = `http://127.0.0.1:${port}`;
    expect((await fetch({ url: `${url}/moved`, method: 'POST', body: 'x' })).status).toBe(307);
    expect(await fetch({ url: `${url}/busy`, method: 'POST', body: 'x' })).toEqual({
      status: 429,
      body: '',
      retryAfter: 7_000,
    });
    expect(asked).toEqual(['POST /moved', 'POST /busy']);
  });

  it('end in time, whether the answer never comes, drips or is endless', async () => {
    const port = await serve((request, response) => {
      if (request.url === '/never') return;
      response.writeHead(200);
      const drip = setInterval(
        () => response.write('x'.repeat(request.url === '/endless' ? 100_000 : 1)),
        10,
      );
      response.on('close', () => clearInterval(drip));
    });
    const fetch = open([`127.0.0.1:${port}`], 1_000);
    const ask = (path: string) => fetch({ url: `http://127.0.0.1:${port}${path}`, method: 'GET' });
    const began = Date.now();
    const ends = await Promise.allSettled([ask('/never'), ask('/drips'), ask('/endless')]);
    expect(Date.now() - began).toBeLessThan(3_000);
    expect(ends.map(end => (end.status === 'rejected' ? end.reason.code : end.status))).toEqual([
      'TIMED_OUT',
      'TIMED_OUT',
      'RESPONSE_TOO_LARGE',
    ]);
  });

  it('to a machine that holds its places never wait for one another there for ever', async () => {
    let most = 0;
    let active = 0;
    const port = await serve((_, response) => {
      active += 1;
      most = Math.max(most, active);
      setTimeout(() => {
        active -= 1;
        response.end();
      }, 20);
    });
    const fetch = open([`127.0.0.1:${port}`], 5_000);
    const all = Array.from({ length: 100 }, () =>
      fetch({ url: `http://127.0.0.1:${port}/`, method: 'POST', body: '' }),
    );
    expect((await Promise.all(all)).every(({ status }) => status === 200)).toBe(true);
    expect(most).toBeGreaterThan(10);
    expect(most).toBeLessThanOrEqual(32);
  });
});
