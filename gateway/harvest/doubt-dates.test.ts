import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Entry } from '../../schemas/entry.ts';
import type { Source } from '../../schemas/source.ts';
import { anItem, put } from '../store/conformance/engine.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { doubtDates } from './doubt-dates.ts';

const NOW = Date.UTC(2026, 10, 22, 8);
const SOURCE: Source = {
  name: 's/a',
  site: 's',
  id: 'a',
  connector: 'feed',
  options: {},
  every: { min: 1, max: 2 },
  since: 0,
  dates: {},
  enabled: true,
};
const entry = (id: string, published: string): Entry => ({
  sourceId: id,
  link: `https://s.example/${id}`,
  published,
  authors: [],
  categories: [],
  media: [],
});

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lienthong-doubt-'));
  store = await openStore({ dataDir: folder, now: () => NOW });
  await put(store, anItem('known'));
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

it.each([
  ['local time labelled GMT', 'Sun, 22 Nov 2026 14:50:00 GMT', undefined, '+07:00'],
  ['UTC labelled +0700', 'Sun, 22 Nov 2026 07:50:00 +0700', NOW - 30 * 60_000, 'Z'],
  ['a right clock', 'Sun, 22 Nov 2026 14:50:00 +0700', NOW - 30 * 60_000, undefined],
])('proposes for %s', async (_name, published, lastComplete, force) => {
  const told = await doubtDates(
    [entry('known', 'Sun, 22 Nov 2026 07:50:00 +0700'), entry('new', published)],
    SOURCE,
    store,
    lastComplete,
  );
  if (force === undefined) expect(told).toBeUndefined();
  else expect(told).toContain(`force: "${force}"`);
});

it('says nothing where the setting is there', async () => {
  const source = { ...SOURCE, dates: { force: '+07:00' } };
  expect(
    await doubtDates([entry('new', 'Sun, 22 Nov 2026 14:50:00 GMT')], source, store, undefined),
  ).toBeUndefined();
});
