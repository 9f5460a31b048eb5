import { execFile } from 'node:child_process';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newItems, saveItems } from '../../gateway/e2e/seed.ts';
import { openSeededServices, type SeededServices } from '../../gateway/e2e/seeded-services.ts';
import { createKey } from '../../gateway/http/access.ts';
import { createGraphqlRoutes } from '../../gateway/http/graphql.ts';
import { createServer } from '../../gateway/http/server.ts';
import { clientTypes, writtenTypes } from '../client-types.ts';
import { createClient, GatewayError, type Operation } from './client.ts';
import * as operations from './operations.ts';

it('its types are those of schemas/operations and schemas/schema.graphql: run `npm run client:types`', async () => {
  expect(writtenTypes()).toBe(await clientTypes());
});

describe('against a real server', () => {
  let world: SeededServices;
  let server: Server;
  let origin: string;
  const asked: string[] = [];

  beforeAll(async () => {
    world = await openSeededServices();
    await saveItems(world.store, newItems(12));
    server = createServer(world.services, { routers: [await createGraphqlRoutes(world.services)] });
    server.on('request', ({ method, url }) => asked.push(`${method} ${url?.replace(/\?.*/, '')}`));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await world.close();
  });

  it.each(Object.values(operations))('$name: the text once, then by hash alone', async operation => {
    const client = createClient(origin);
    asked.length = 0;
    const { data, errors } = await client.ask(operation as Operation<object, object>, {});
    expect(errors).toEqual([]);
    expect(Object.values(data).every(value => value !== null)).toBe(true);
    expect((await client.ask(operation as Operation<object, object>, {})).data).toEqual(data);
    expect(asked).toEqual(['GET /graphql', 'POST /graphql', 'GET /graphql']);
  });

  it('pages, with what the compiler knows of the answer', async () => {
    const client = createClient(origin);
    const titles: string[] = [];
    for (let sau: string | null = null, more = true; more; ) {
      const { data }: { data: operations.TinMoiQuery } = await client.ask(operations.TinMoi, {
        soTin: 5,
        sau,
      });
      titles.push(...data.items.nodes.map(({ title, site }) => `${site?.kind} ${title}`));
      sau = data.items.pageInfo.endCursor;
      more = data.items.pageInfo.hasNextPage;
    }
    expect([titles.length, new Set(titles).size]).toEqual([12, 12]);
  });

  it('tells why nothing was answered, and what would be allowed', async () => {
    const asking = createClient(origin).ask(operations.TinMoi, { soTin: 101 });
    await expect(asking).rejects.toBeInstanceOf(GatewayError);
    await expect(asking).rejects.toMatchObject({
      errors: [{ extensions: { code: 'BAD_INPUT', allowed: [1, 100] } }],
    });
  });

  it('shows its key', async () => {
    const { text } = await createKey(world.store.keys, {
      title: 'Cổng Bộ',
      scopes: ['read', 'site:viec-lam'],
      created: world.services.now(),
    });
    const held = { loc: { sites: ['viec-lam'], visibility: ['HELD' as const] } };
    const nobody = createClient(origin).ask(operations.TinMoi, held);
    await expect(nobody).rejects.toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    const { data } = await createClient(origin, { key: text }).ask(operations.TinMoi, held);
    expect(data.items.nodes).toEqual([]);
    const unknown = createClient(origin, { key: 'lt_nobody' }).ask(operations.TinMoi, {});
    await expect(unknown).rejects.toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  it('the example runs as it is written', async () => {
    const example = fileURLToPath(new URL('example.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [example, origin, 'tin bai']);
    expect(stdout).toMatch(/Tin bai-\d+ của/);
    expect(stdout).toMatch(/^cong: \d+$/m);
  });
});
