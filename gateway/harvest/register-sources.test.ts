import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { seededFederation } from '../e2e/seed.ts';
import { anItem, put } from '../store/conformance/engine.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { registerSources } from './register-sources.ts';

const federation = seededFederation();
const [first] = federation.sources;
if (!first) throw new Error('the seeded federation has sources');

let folder: string;
let store: Store;
const warnings: string[] = [];
const log = {
  debug() {},
  info() {},
  error() {},
  warn: (_: object, message: string) => void warnings.push(message),
};
beforeEach(async () => {
  warnings.length = 0;
  folder = mkdtempSync(join(tmpdir(), 'lienthong-register-'));
  store = await openStore({ dataDir: folder });
  await registerSources(store, federation, log);
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const state = async () => (await store.work.states()).find(({ source }) => source === first.name);
const withFirst = (change: object) => ({
  ...federation,
  sources: federation.sources.map(one => (one === first ? { ...one, ...change } : one)),
});

it('lets a source that is switched off rest, without calling it gone', async () => {
  await registerSources(store, withFirst({ enabled: false }), log);
  expect(await state()).toMatchObject({ paused: { reason: 'disabled' } });
  expect((await state())?.left).toBeUndefined();
  await registerSources(store, federation, log);
  expect((await state())?.paused).toBeUndefined();
});

it('keeps a pause that a person ordered', async () => {
  await store.work.pause(first.name, { reason: 'operator' });
  await registerSources(store, withFirst({ enabled: false }), log);
  await registerSources(store, federation, log);
  expect((await state())?.paused?.reason).toBe('operator');
});

it('warns of a site that looks renamed, naming the old id', async () => {
  const site = federation.sites.find(({ id }) => id === first.site);
  if (!site) throw new Error('no site');
  await put(
    store,
    anItem('a', { site: site.id, source: first.name, link: new URL('/tin/1', site.homepage).href }),
  );
  const renamed = {
    ...federation,
    sites: federation.sites.map(one => (one === site ? { ...one, id: 'ten-moi' } : one)),
    sources: federation.sources.filter(one => one.site !== site.id),
  };
  await registerSources(store, renamed, log);
  expect(warnings.join()).toContain(`ten-moi: trang mới này có cùng địa chỉ với ${site.id}`);
  warnings.length = 0;
  await registerSources(store, federation, log);
  expect(warnings).toEqual([]);
});
