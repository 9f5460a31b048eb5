import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSeededServices, type SeededServices } from '../e2e/seeded-services.ts';
import { pingRoutes } from './ping-routes.ts';
import { readPing } from './read-ping.ts';
import { createServer } from './server.ts';

let world: SeededServices;
let server: Server;
let url: string;
let woken = 0;
let clock = 1_000_000;

beforeEach(async () => {
  world = await openSeededServices();
  woken = 0;
  clock = 1_000_000;
  const services = { ...world.services, now: () => clock };
  await world.store.work.register(
    services.federation.sources.map(({ name }) => ({ name, interval: 600_000 })),
  );
  for (const lease of await world.store.work.lease(50, 1_000_000))
    await world.store.work.finish([
      { lease, outcome: { next: 9_999_999_999_999, interval: 600_000, succeeded: true, changed: false } },
    ]);
  const routers = [
    pingRoutes(services, () => {
      woken += 1;
    }),
  ];
  server = createServer(services, { routers }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ping`;
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await world.close();
});

const call = (method: string, ...params: string[]) =>
  `<?xml version="1.0"?><methodCall><methodName>${method}</methodName><params>${params.map(param => `<param><value>${param}</value></param>`).join('')}</params></methodCall>`;
const ping = async (body: string) => {
  const answer = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'text/xml' } });
  return { status: answer.status, text: await answer.text() };
};
const due = async () => (await world.store.work.lease(50, 1_000)).map(({ source }) => source).toSorted();

describe('a ping', () => {
  it('as WordPress sends it makes all sources of its site due at once, and wakes the harvest', async () => {
    const { status, text } = await ping(
      call(
        'weblogUpdates.extendedPing',
        '<string>Cục Việc làm</string>',
        'https://viec-lam.example.vn/',
        'https://viec-lam.example.vn/',
        'https://viec-lam.example.vn/feed/',
      ),
    );
    expect([status, text.includes('<boolean>0</boolean>'), woken]).toEqual([200, true, 1]);
    const own = world.services.federation.sources
      .filter(({ site }) => site === 'viec-lam')
      .map(({ name }) => name);
    expect(await due()).toEqual(own.toSorted());
  });

  it('and many more of the same within ten seconds are one more harvest', async () => {
    const body = call('weblogUpdates.ping', 'x', 'https://www.viec-lam.example.vn/bai/1');
    for (let sent = 0; sent < 20; sent += 1) await ping(body);
    expect(woken).toBe(1);
    clock += 10_001;
    await ping(body);
    expect(woken).toBe(2);
  });

  it.each([
    ['a site of nobody', call('weblogUpdates.ping', 'x', 'https://nobody.example/')],
    ['another method', call('system.listMethods', 'x', 'https://viec-lam.example.vn/')],
    ['a name alone', call('weblogUpdates.ping', 'https://viec-lam.example.vn/')],
    [
      'an entity',
      `<!DOCTYPE a [<!ENTITY b "https://viec-lam.example.vn/">]>${call('weblogUpdates.ping', 'x', '&b;')}`,
    ],
    ['nothing', ''],
    ['no XML', '{"url":"https://viec-lam.example.vn/"}'],
  ])('of %s is refused in XML-RPC’s way and does nothing', async (_what, body) => {
    const { status, text } = await ping(body);
    expect([status, text.includes('<boolean>1</boolean>'), woken, await due()]).toEqual([200, true, 0, []]);
    expect(text).not.toContain('nobody.example');
  });

  it('too large is no ping, and a flood from one address is turned away', async () => {
    expect((await ping('x'.repeat(20_000))).status).toBe(413);
    let last = '';
    for (let sent = 0; sent < 61; sent += 1)
      last = (await ping(call('weblogUpdates.ping', 'x', 'https://nobody.example/'))).text;
    expect(last).toContain('Too many pings');
  });
});

it('reads typed and untyped values, and no more of them than a ping has', () => {
  const many = call(
    'weblogUpdates.ping',
    ...Array.from({ length: 50 }, (_, i) => `<string>p${i} &amp; x</string>`),
  );
  expect(readPing(many).params).toEqual(['p0 & x', 'p1 & x', 'p2 & x', 'p3 & x', 'p4 & x']);
});
