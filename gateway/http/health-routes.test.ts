import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newItems, saveItems } from '../e2e/seed.ts';
import { openSeededServer, type SeededServer } from '../e2e/seeded-server.ts';

let world: SeededServer;

beforeEach(async () => {
  world = await openSeededServer();
});

afterEach(() => world.close());

const down = () => Promise.reject(new Error('down'));

describe('health', () => {
  it('is alive and ready without any harvest', async () => {
    const ask = await world.serve();
    expect((await ask('/healthz')).status).toBe(200);
    expect((await ask('/readyz')).status).toBe(200);
  });

  it('is alive but not ready without its store, also when that hangs', async () => {
    for (const ready of [down, () => new Promise<void>(() => {})]) {
      const ask = await world.serve({ store: { ready } });
      expect((await ask('/healthz')).status).toBe(200);
      const answer = await ask('/readyz');
      expect(answer.status).toBe(503);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });
});

describe('a store that went away', () => {
  it('leaves last answers, marked with their age, and then 503', async () => {
    await saveItems(world.store, newItems(3));
    let gone = false;
    let now = 1_000_000;
    const ask = await world.serve({
      store: { revision: () => (gone ? down() : world.store.revision()) },
      services: { now: () => now },
    });
    expect((await ask('/feeds/all.atom')).headers.get('age')).toBeNull();
    gone = true;
    now += 90_000;
    const stale = await ask('/feeds/all.atom');
    expect([stale.status, stale.headers.get('age')]).toEqual([200, '90']);
    const unknown = await ask('/feeds/all.rss');
    expect([unknown.status, unknown.headers.get('retry-after')]).toEqual([503, '30']);
    now += 300_000;
    expect((await ask('/feeds/all.atom')).status).toBe(503);
  });
});

describe('/metrics', () => {
  it('counts requests by route and status, sources by name, and nothing that readers send', async () => {
    await saveItems(world.store, newItems(8));
    await world.store.work.register([{ name: 'cong/tin', interval: 60_000 }]);
    const ask = await world.serve();
    await ask('/feeds/all.atom');
    await ask('/feeds/nothing.atom?secret=1');
    await ask('/nowhere/secret');
    const text = await (await ask('/metrics')).text();
    expect(text).toContain('lienthong_http_requests_total{route="/feeds/:name",method="GET",status="200"} 1');
    expect(text).toContain('lienthong_http_requests_total{route="/feeds/:name",method="GET",status="404"} 1');
    expect(text).toContain('lienthong_http_requests_total{route="other",method="GET",status="404"} 1');
    expect(text).toContain('lienthong_items{site="bao-a"} 2');
    expect(text).toContain('lienthong_source_failures{source="cong/tin"} 0');
    expect(text).toContain('lienthong_revision 8');
    expect(text).toContain('lienthong_store_up 1');
    expect(text).toContain('process_resident_memory_bytes');
    expect(text).not.toContain('secret');
  });

  it('asks the store at most every ten seconds, and tells when it is down', async () => {
    let asked = 0;
    let now = 1_000_000;
    const ask = await world.serve({
      store: { revision: () => (++asked > 1 ? down() : world.store.revision()) },
      services: { now: () => now },
    });
    for (let i = 0; i < 5; i++) await ask('/metrics');
    expect(asked).toBe(1);
    now += 10_000;
    expect(await (await ask('/metrics')).text()).toContain('lienthong_store_up 0');
  });
});
