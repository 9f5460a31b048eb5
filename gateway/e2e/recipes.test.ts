import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, it } from '@jest/globals';
import { readFederation } from '../../config/federation.ts';
import { RECIPES, type RecipeId } from '../../config/recipes.ts';
import { connectors } from '../../connectors/index.ts';
import { formats } from '../../schemas/formats/index.ts';
import { rules } from '../../schemas/rules/index.ts';
import { openBooks } from '../harvest/books.ts';
import { runLeased } from '../harvest/scheduler.ts';
import { createHarvester } from '../harvest/thread.ts';
import { openStore } from '../store/open-store.ts';
import type { RecipeSample } from './recipes/sample.ts';

/** Each recipe, as an operator writes it, over a site that answers as its product does. */

async function serve(sample: RecipeSample) {
  const faults: unknown[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    try {
      const answer = sample.answer(url, url.origin, headers);
      if (!answer) return response.writeHead(404).end();
      return response.writeHead(200, { 'content-type': answer.type }).end(answer.body);
    } catch (thrown) {
      faults.push(thrown);
      return response.writeHead(500).end();
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, faults, close: () => server.close() && server.closeAllConnections() };
}

async function harvested(id: RecipeId, origin: string, values: Readonly<Record<string, unknown>>) {
  const folder = mkdtempSync(join(tmpdir(), 'lienthong-recipe-'));
  const store = await openStore({ dataDir: folder });
  const known = connectors(formats);
  // One page a second is what a stranger's site may be asked for; this one is ours.
  const pace = id === 'dnn-news' ? ', options: { gap: 0 }' : '';
  const text = `fetch: { allowNetworks: ["127.0.0.0/8"] }
sites:
  - id: trang
    name: Trang
    kind: unit
    homepage: ${origin}/
    sources:
      - { id: tin, extends: recipe/${id}, since: 3650d, with: ${JSON.stringify(values)}${pace} }
`;
  const listen = { host: '127.0.0.1', port: 4000 };
  const { federation } = readFederation({ text, path: 'f.yaml', env: {}, connectors: known, rules, listen });
  const quiet = () => undefined;
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const startReader = () =>
    new Worker(new URL('../main.ts', import.meta.url), { workerData: { role: 'reading' } });
  const harvester = createHarvester({ federation, store, connectors: known, rules, startReader, log });
  try {
    await store.work.register([{ name: 'trang/tin', interval: 1000 }]);
    const lease = await store.work.leaseOne('trang/tin', 120_000);
    const run = lease && (await runLeased(lease, new AbortController().signal, harvester));
    if (!lease || !run) throw new Error('no harvest');
    await openBooks(harvester).close();
    if (run.error) throw run.error;
    return await store.items.held('trang/tin', 100);
  } finally {
    await harvester.close();
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

it.each(RECIPES)('recipe/%s brings what its product shows', async id => {
  const { sample } = (await import(`./recipes/${id}.ts`)) as { sample: RecipeSample };
  const site = await serve(sample);
  try {
    const items = await harvested(id, site.origin, sample.with(site.origin));
    expect(site.faults).toEqual([]);
    const expected = sample.expected(site.origin);
    expect(items.map(({ title }) => title).toSorted()).toEqual(expected.map(({ title }) => title).toSorted());
    for (const want of expected) {
      const item = items.find(({ title }) => title === want.title);
      expect(item).toMatchObject({ link: want.link, published: Date.parse(want.published) });
      if (want.summary !== undefined) expect(item?.summary).toBe(want.summary);
      if (want.content !== undefined) expect(item?.contentText).toContain(want.content);
      if (want.picture !== undefined) expect(item?.picture?.url).toBe(want.picture);
      if (want.authors) expect(item?.authors.map(({ name }) => name)).toEqual(want.authors);
      if (want.categories) expect(item?.categories).toEqual(want.categories);
    }
  } finally {
    site.close();
  }
});
