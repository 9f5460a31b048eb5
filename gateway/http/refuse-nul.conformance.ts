import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { SeededServer } from '../e2e/seeded-server.ts';
import { createHubRoutes } from './hub-routes.ts';

type Ask = Awaited<ReturnType<SeededServer['serve']>>;

/** U+0000, which PostgreSQL keeps in no text, is the sender's fault wherever it stands; on either engine. */
export function nulIsRefused(open: () => Promise<SeededServer>): void {
  let server: SeededServer;
  let ask: Ask;
  beforeAll(async () => {
    server = await open();
    ask = await server.serve({ routersOf: services => [createHubRoutes(services, () => {})] });
  });
  afterAll(() => server.close());

  it.each([
    '/items/%00',
    '/items/a%00b',
    '/feeds/all.atom?sites=%00',
    '/feeds/%00.atom',
    '/feeds/search.atom?q=a%00b',
    '/changes?since=%00',
    '/changes?topics=a%00',
    '/feedback?item=%00',
    '/feedback/%00',
    '/ledger/items/%00',
    '/sites/%00/report',
  ])('in the address %s', async path => {
    const response = await ask(path);
    expect([response.status, await response.json()]).toEqual([
      400,
      { error: { code: 'BAD_INPUT', message: expect.stringContaining('U+0000') } },
    ]);
  });

  const FORM = 'application/x-www-form-urlencoded';
  it.each([
    ['/feedback', FORM, 'text=Xin%00chao%20cac%20ban&contact=a@b.vn'],
    ['/feedback', 'application/json', JSON.stringify({ text: 'Xin\0 chào các bạn', contact: 'a@b.vn' })],
    ['/withdraw', FORM, 'site=viec-lam%00&code=x&links=https://a.vn/&reason=nham'],
    ['/withdraw', FORM, 'site=viec-lam&site=%00'],
    ['/hub', FORM, 'hub.mode=subscribe&hub.topic=x&hub.callback=https://a.vn/&hub.secret=%00'],
  ])('in what is sent to %s as %s', async (path, type, body) => {
    const response = await ask(path, { method: 'POST', headers: { 'content-type': type }, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'BAD_INPUT' } });
  });
}
