import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { anItem, put } from '../store/conformance/engine.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { cleanAgain } from './clean-again.ts';
import { tendLeftSources } from './left-sources.ts';

const HOUR = 60 * 60 * 1000;
let folder: string;
let store: Store;
let now = Date.UTC(2026, 10, 22);
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lienthong-left-'));
  store = await openStore({ dataDir: folder, now: () => now });
  await store.work.register(['s/a', 's/b'].map(name => ({ name, interval: 1 })));
  await put(store, anItem('a'), anItem('b', { source: 's/b' }), anItem('held', { visibility: 'HELD' }));
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const shown = async () =>
  (await store.items.page({ filter: {}, order: 'PUBLISHED', first: 9 })).map(({ id }) => id).toSorted();

it('hides what a source brought a day after it left the file, and shows it again when it comes back', async () => {
  await store.work.register([{ name: 's/b', interval: 1 }]);
  now += 23 * HOUR;
  await tendLeftSources(store, ['s/b']);
  expect(await shown()).toEqual(['a', 'b']);
  now += 2 * HOUR;
  await tendLeftSources(store, ['s/b']);
  expect(await shown()).toEqual(['b']);
  expect(await store.changes.ofItems(['a', 'held'])).toEqual([
    expect.objectContaining({ item: 'a', kind: 'tombstone', reason: 'site-left' }),
  ]);
  const quiet = await store.revision();
  await tendLeftSources(store, ['s/b']);
  expect(await store.revision()).toBe(quiet);

  await store.work.register(['s/a', 's/b'].map(name => ({ name, interval: 1 })));
  await tendLeftSources(store, ['s/a', 's/b']);
  expect(await shown()).toEqual(expect.arrayContaining(['a', 'b']));
  expect((await store.changes.ofItems(['a']))[0]?.kind).toBe('put');
});

it('leaves alone what a person hid', async () => {
  await put(store, anItem('p', { visibility: 'HIDDEN', visibilityReason: 'operator' }));
  await tendLeftSources(store, ['s/a', 's/b']);
  expect(await shown()).not.toContain('p');
});

it('cleans again what an older cleaner let through; a put only where something changed', async () => {
  const pool = {
    // The thread's own work is tested where it stands; here it is the store that matters.
    run: async (task: unknown) =>
      (task as { texts: { html: string }[] }).texts.map(({ html }) => ({
        html: html.replace('xấu', ''),
        text: 'sạch',
      })),
    close: async () => undefined,
  };
  await put(store, anItem('bad', { content: '<p>xấu</p>' }));
  const trimmed = { content: '<p>xấu, và dài</p>', contentText: '', summary: '', media: [], hash: 'h' };
  await store.transaction(tx =>
    tx.records.put({ kind: 'full-text', id: 'a', item: 'a', site: 's', at: 1, document: trimmed }),
  );
  const before = await store.revision();
  expect(await cleanAgain(store, pool, 2)).toBe(4);
  expect((await store.items.byIds(['bad', 'a'])).map(({ content, cleaner }) => [content, cleaner])).toEqual([
    ['<p></p>', 2],
    ['<p>Nội dung</p>', 2],
  ]);
  expect(await store.revision()).toBe(before + 1);
  // What was taken from an item is cleaned beside it.
  expect((await store.records.get('full-text', 'a'))?.document).toEqual({
    ...trimmed,
    content: '<p>, và dài</p>',
    contentText: 'sạch',
  });
  expect(await cleanAgain(store, pool, 2)).toBe(0);
});
