import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Federation } from '../../schemas/federation.ts';
import { rules } from '../../schemas/rules/index.ts';
import { endAgreement, except, recordAgreement } from '../acts/agreements.ts';
import { release } from '../acts/hold.ts';
import { seededFederation } from '../e2e/seed.ts';
import { type ItemToJudge, type JudgingContext, judgeItems, judgingOf } from '../judge/judge-items.ts';
import { NOTHING_RECORDED, rulesInForce } from '../judge/rules-in-force.ts';
import { normaliseBatch } from '../normalise/normalise.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import type { HarvestTools } from './harvest-source.ts';
import { type JudgedBy, judgeAgain } from './judge-again.ts';
import { storeBatch } from './store-batch.ts';

const BY = { actor: 'operator', reason: 'Thử nghiệm' };
const HOUR = 3_600_000;
let now: number;
let folder: string;
let store: Store;
let federation: Federation;

beforeEach(async () => {
  now = Date.parse('2026-11-22T09:00:00+07:00');
  folder = mkdtempSync(join(tmpdir(), 'lienthong-again-'));
  store = await openStore({ dataDir: folder, now: () => now });
  const seeded = seededFederation();
  federation = { ...seeded, republication: { ...seeded.republication, agreements: [] } };
  await store.work.register(federation.sources.map(({ name }) => ({ name, interval: 1 })));
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** What a harvest of one entry does, by the same steps. */
async function harvest(siteId: string, text: string): Promise<string> {
  const site = federation.sites.find(({ id }) => id === siteId);
  const source = federation.sources.find(one => one.site === siteId);
  const lease = source && (await store.work.leaseOne(source.name, HOUR));
  if (!site || !source || !lease) throw new Error(`no ${siteId}`);
  const entry = {
    sourceId: '1',
    link: `${site.homepage}tin/1`,
    title: { type: 'text', value: 'Danh sách trúng tuyển' },
    summary: { type: 'text', value: 'Tóm tắt của nơi đăng.' },
    content: { type: 'html', value: text },
    published: '2026-11-22T06:00:00+07:00',
    authors: [],
    categories: [],
    media: [],
  } as const;
  const { drafts } = normaliseBatch([entry], { site, source, topics: [], now });
  const items = drafts.map(item => ({ item, entry }));
  const judged = judgeItems(items, judgingOf(federation, site, NOTHING_RECORDED, now), rules);
  await storeBatch(store, {
    lease,
    site,
    connector: source.connector,
    stableIds: false,
    outranks: () => false,
    drafts: drafts.map((draft, i) => ({ ...draft, ...(judged[i] && { judged: judged[i] }) })),
    deletions: [],
    checkpoint: 1,
    since: 0,
    connected: 0,
    inForce: rulesInForce(federation, rules, siteId, now),
    press: federation.republication.press,
  });
  await store.work.giveBack(lease);
  const [item] = await store.items.held(source.name, 1);
  if (!item) throw new Error('nothing was stored');
  return item.id;
}

function again(
  guidelines: Partial<Federation['guidelines']> = {},
  done: JudgedBy = new Map(),
): Promise<number> {
  const pool: HarvestTools['pool'] = {
    run: async task => {
      const { items, context } = task as { items: readonly ItemToJudge[]; context: JudgingContext };
      return judgeItems(items, context, rules);
    },
    close: async () => undefined,
  };
  const changed = { ...federation, guidelines: { ...federation.guidelines, ...guidelines } };
  return judgeAgain({ store, federation: changed, rules, pool } as unknown as HarvestTools, done);
}

const itemOf = async (id: string) => (await store.items.byIds([id]))[0];
const changeOf = async (id: string) => (await store.changes.ofItems([id]))[0];

it('lets go what a rule held as soon as the rule is off, and writes nothing when nothing changed', async () => {
  const id = await harvest('viec-lam', '<p>Ông Nguyễn Văn A, CCCD số 001085012345.</p>');
  expect(await itemOf(id)).toMatchObject({
    visibility: 'HELD',
    visibilityReason: 'rule:article-personal-data',
  });
  expect(await again()).toBe(0);
  expect(await changeOf(id)).toBeUndefined();
  const off = { overrides: { 'article-personal-data': { enabled: false } } };
  expect(await again(off)).toBe(1);
  expect((await itemOf(id))?.visibility).toBe('RELEASED');
  expect(await changeOf(id)).toMatchObject({ kind: 'put' });
  expect(await again(off)).toBe(0);
  // And on again: what was out is hidden.
  await again();
  expect(await itemOf(id)).toMatchObject({
    visibility: 'HIDDEN',
    visibilityReason: 'rule:article-personal-data',
  });
});

it('heeds an exception that a person recorded, for as long as it holds', async () => {
  const id = await harvest('viec-lam', '<p>Ông Nguyễn Văn A, CCCD số 001085012345.</p>');
  const leave = {
    rule: 'article-personal-data',
    site: 'viec-lam',
    reason: 'Danh sách',
    author: 'A',
    until: now + HOUR,
  };
  await except(store, { federation, rules }, leave, BY);
  await again();
  expect((await itemOf(id))?.visibility).toBe('RELEASED');
  expect(
    (await store.problems.of('item', [id])).get(id)?.problems.find(({ rule }) => rule === leave.rule)
      ?.consequence,
  ).toBe('score');
  now += HOUR + 1;
  await again();
  expect((await itemOf(id))?.visibility).toBe('HIDDEN');
});

it('keeps what a person let pass', async () => {
  const id = await harvest('viec-lam', '<p>Ông Nguyễn Văn A, CCCD số 001085012345.</p>');
  await release(store, id, BY);
  await again({ overrides: { 'media-alt': { severity: 'must' } } });
  expect((await itemOf(id))?.visibility).toBe('RELEASED');
});

it('gives a full text out when an agreement is recorded and takes it back when it ends, without a harvest', async () => {
  const id = await harvest('bao-a', '<p>Toàn văn của báo.</p><img src="https://bao-a.example.vn/a.jpg">');
  expect(await itemOf(id)).toMatchObject({ visibility: 'RELEASED', content: '', contentText: '' });
  expect(await store.items.search({ text: 'toàn văn', filter: {}, first: 5, offset: 0 })).toEqual([]);
  const agreement = {
    id: 'TT-1',
    site: 'bao-a',
    parties: ['Bộ', 'Báo A'],
    mode: 'full-text',
    media: false,
    audience: 'public',
    from: 0,
    until: now + HOUR,
    document: `sha256:${'a'.repeat(64)}`,
  } as const;
  await recordAgreement(store, federation, agreement, BY);
  await again();
  expect(await itemOf(id)).toMatchObject({
    contentText: 'Toàn văn của báo.',
    republication: { mode: 'full-text', agreement: 'TT-1' },
  });
  expect(await store.items.search({ text: 'toàn văn', filter: {}, first: 5, offset: 0 })).toHaveLength(1);
  await endAgreement(store, 'TT-1', BY);
  await again();
  expect(await itemOf(id)).toMatchObject({
    visibility: 'RELEASED',
    content: '',
    republication: { mode: 'headline-link' },
  });
  expect(await store.items.search({ text: 'toàn văn', filter: {}, first: 5, offset: 0 })).toEqual([]);
});

it('knows when there is nothing to look through, and is never wrong about it', async () => {
  const id = await harvest('viec-lam', '<p>Ông Nguyễn Văn A, CCCD số 001085012345.</p>');
  const off = { overrides: { 'article-personal-data': { enabled: false } } };
  const done: JudgedBy = new Map();
  expect([await again({}, done), done.size > 0]).toEqual([0, true]);
  // Changed, and changed back before anybody looked a second time.
  await again(off, done);
  await again({}, done);
  expect((await itemOf(id))?.visibility).toBe('HIDDEN');
});
