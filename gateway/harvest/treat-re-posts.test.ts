import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Item } from '../../schemas/item.ts';
import { rules } from '../../schemas/rules/index.ts';
import { ARTICLES } from '../../schemas/stories/articles.example.ts';
import { asPublished, RE_POSTS } from '../../schemas/stories/re-posts.example.ts';
import type { Telling } from '../../schemas/stories/reading.ts';
import { idOf, newItem, saveItems, seededFederation } from '../e2e/seed.ts';
import { type ItemToJudge, type JudgingContext, judgeItems } from '../judge/judge-items.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { joinStories } from '../stories/join-stories.ts';
import type { HarvestTools } from './harvest-source.ts';
import { treatRePosts } from './treat-re-posts.ts';

const NOW = Date.parse('2026-11-22T09:00:00+07:00');
const MINUTE = 60_000;
const [ARTICLE] = ARTICLES as [(typeof ARTICLES)[0]];
const TEXT = asPublished(ARTICLE);
const REPOST = (RE_POSTS['cut and framed under another headline'] ?? asPublished)(ARTICLE);

let folder: string;
let store: Store;
let tools: HarvestTools;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lienthong-re-posts-'));
  store = await openStore({ dataDir: folder, now: () => NOW });
  const pool = {
    run: async (task: { items: readonly ItemToJudge[]; context: JudgingContext }) =>
      judgeItems(task.items, task.context, rules),
  };
  tools = { store, federation: seededFederation(), rules, pool } as unknown as HarvestTools;
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const posted = (site: string, text: Telling, minute: number, change: Partial<Item> = {}) =>
  newItem(site, 'bai', {
    ...text,
    content: `<p>${text.contentText}</p>`,
    published: NOW - 300 * MINUTE + minute * MINUTE,
    listed: NOW - 300 * MINUTE + minute * MINUTE,
    ...change,
  });

async function joinAll(): Promise<void> {
  while ((await joinStories(store, found => treatRePosts(found, tools))) > 0);
}

async function unit(): Promise<Item> {
  const [item] = await store.items.byIds([idOf('viec-lam', 'bai')]);
  if (!item) throw new Error('no unit’s item');
  return item;
}

describe('an item that turns out to be a paper’s text', () => {
  it.each([
    ['whose paper comes in later', ['viec-lam', 'bao-a']],
    ['that comes in after its paper', ['bao-a', 'viec-lam']],
    ['that comes in with its paper', [['viec-lam', 'bao-a']]],
  ])('%s is the paper’s from then on: headline, and the way to it', async (_, order) => {
    const items = { 'bao-a': posted('bao-a', TEXT, 0), 'viec-lam': posted('viec-lam', REPOST, 30) };
    for (const sites of order) {
      await saveItems(
        store,
        [sites].flat().map(site => items[site as keyof typeof items]),
      );
      await joinAll();
    }
    const item = await unit();
    expect(item).toMatchObject({
      content: '',
      contentText: '',
      visibility: 'RELEASED',
      republication: { because: 're-post', mode: 'headline-link' },
      attribution: { agency: 'Báo A', link: 'https://bao-a.example.vn/bai' },
    });
    expect(item.republication?.alike).toBeGreaterThanOrEqual(0.8);
    // It still is in the story, by its whole text.
    expect((await store.stories.ofItems([item.id])).get(item.id)?.first).toBe(idOf('bao-a', 'bai'));
  });

  it('waits, hidden, where the paper’s hour is not over', async () => {
    await saveItems(store, [posted('viec-lam', REPOST, 290), posted('bao-a', TEXT, 280)]);
    await joinAll();
    expect(await unit()).toMatchObject({ visibility: 'HIDDEN', visibilityReason: 'press-delay' });
  });

  it('stays its own where it was first, or only has the form', async () => {
    await saveItems(store, [posted('viec-lam', TEXT, 0), posted('bao-a', TEXT, 30)]);
    await joinAll();
    expect(await unit()).toMatchObject({ contentText: TEXT.contentText });
    expect((await unit()).republication).toBeUndefined();
  });
});
