import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Entry } from '../../schemas/entry.ts';
import type { Item } from '../../schemas/item.ts';
import type { Site } from '../../schemas/site.ts';
import type { Source } from '../../schemas/source.ts';
import { restore, takeDown } from '../acts/take-down.ts';
import { USUAL } from '../e2e/usual.ts';
import { deletionKeys } from '../normalise/identity.ts';
import { normaliseBatch } from '../normalise/normalise.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import type { Lease } from '../store/work.ts';
import { type BatchToStore, type Stored, storeBatch } from './store-batch.ts';

const NOW = Date.UTC(2026, 10, 22, 8);
const SITE: Site = {
  id: 'bao',
  name: 'Báo',
  kind: 'press',
  homepage: 'https://bao.example/',
  hosts: [],
  registry: {},
};
const FEED = source('rss');
const CMS = source('bai');

function source(id: string): Source {
  const every = { min: 1_000, max: 60_000 };
  return {
    name: `bao/${id}`,
    site: 'bao',
    id,
    connector: id,
    options: {},
    every,
    since: 0,
    dates: {},
    enabled: true,
  };
}

function entry(sourceId: string, link: string, change: Partial<Entry> = {}): Entry {
  return {
    sourceId,
    link: `https://bao.example${link}`,
    title: { type: 'text', value: `Bài ${sourceId}` },
    content: { type: 'html', value: `<p>Nội dung của ${sourceId}</p>` },
    published: '2026-11-22T07:00:00+07:00',
    authors: [],
    categories: [],
    media: [],
    ...change,
  };
}

let folder: string;
let store: Store;
let leases: ReadonlyMap<string, Lease>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lienthong-batch-'));
  store = await openStore({ dataDir: folder, now: () => NOW });
  await store.work.register([FEED, CMS].map(({ name }) => ({ name, interval: 1 })));
  leases = new Map((await store.work.lease(2, 60_000)).map(lease => [lease.source, lease]));
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const NO_RULES = { rules: [], fingerprint: '' };

function store1(
  from: Source,
  entries: readonly Entry[],
  change: Partial<BatchToStore> = {},
): Promise<Stored> {
  const { drafts } = normaliseBatch(entries, { site: SITE, source: from, topics: [], now: NOW });
  const lease = leases.get(from.name);
  if (!lease) throw new Error('no lease');
  const stableIds = from === CMS;
  return storeBatch(store, {
    lease,
    site: SITE,
    connector: from.connector,
    stableIds,
    outranks: other => stableIds && other === FEED.name,
    drafts,
    deletions: [],
    checkpoint: entries.length,
    since: 0,
    connected: 0,
    inForce: NO_RULES,
    press: USUAL.republication.press,
    ...change,
  });
}

const all = (): Promise<readonly Item[]> =>
  store.items.page({ filter: { visibility: ['RELEASED', 'HIDDEN', 'HELD'] }, order: 'PUBLISHED', first: 50 });
const titles = async () => (await all()).map(({ title }) => title).toSorted();

describe('the same item', () => {
  it.each([
    ['http and https', 'http://bao.example/tin/1'],
    ['www.', 'https://www.bao.example/tin/1'],
    ['a mobile host', 'https://m.bao.example/tin/1'],
    ['tracking', 'https://bao.example/tin/1?utm_source=zalo&fbclid=x'],
    ['a trailing slash', 'https://bao.example/tin/1/'],
  ])('by two sources: %s', async (_name, link) => {
    await store1(FEED, [entry('a', '/tin/1')]);
    await store1(CMS, [entry('post:1', '', { link, title: { type: 'text', value: 'Bài a' } })]);
    expect(await all()).toHaveLength(1);
  });

  it('keeps its id over an edit and a changed slug, and writes a version each', async () => {
    await store1(CMS, [entry('post:1', '/cu')]);
    const [before] = await all();
    await store1(CMS, [entry('post:1', '/moi', { title: { type: 'text', value: 'Tên mới' } })]);
    const [after] = await all();
    expect(after).toMatchObject({ id: before?.id, title: 'Tên mới', link: 'https://bao.example/moi' });
    expect((await store.items.versions([after?.id ?? ''])).get(after?.id ?? '')).toHaveLength(2);
    expect((await store.items.byLinks(['bao.example/cu'])).map(({ id }) => id)).toEqual([before?.id]);
  });

  it('is one in a feed that gives a new guid at each request, and grows no keys', async () => {
    await store1(FEED, [
      entry('guid-1', '/tin/1', {
        title: { type: 'text', value: 'Bài' },
        content: { type: 'text', value: 'x' },
      }),
    ]);
    const again = await store1(FEED, [
      entry('guid-2', '/tin/1', {
        title: { type: 'text', value: 'Bài' },
        content: { type: 'text', value: 'x' },
      }),
    ]);
    expect(again).toEqual({ created: 0, updated: 0, withdrawn: 0, doubted: 0, touched: {} });
    expect(await all()).toHaveLength(1);
    expect(await store.revision()).toBe(1);
  });

  it('found to be one after all: the older id stays, the other leads to it', async () => {
    await store1(FEED, [entry('a', '/tin/1')]);
    await store1(CMS, [entry('post:1', '/khac')]);
    const [first, second] = (await all()).toSorted((x, y) => x.n - y.n);
    await store1(CMS, [entry('post:1', '/khac', { otherLinks: ['https://bao.example/tin/1'] })]);
    expect((await all()).map(({ id }) => id)).toEqual([first?.id]);
    expect(await store.changes.ofItems([second?.id ?? ''])).toEqual([
      expect.objectContaining({ kind: 'tombstone', reason: 'merged', replacedBy: first?.id }),
    ]);
  });
});

describe('two items', () => {
  it('stay two when a slug changes hands between posts of a CMS', async () => {
    await store1(CMS, [entry('post:1', '/tin')]);
    await store1(CMS, [entry('post:2', '/tin')]);
    expect(await titles()).toEqual(['Bài post:1', 'Bài post:2']);
    await store1(CMS, [entry('post:1', '/tin-cu')]);
    expect(await titles()).toEqual(['Bài post:1', 'Bài post:2']);
  });

  it('stay two when a whole feed links to the home page', async () => {
    await store1(FEED, [entry('a', '/'), entry('b', '/')]);
    expect(await titles()).toEqual(['Bài a', 'Bài b']);
    await store1(FEED, [entry('a', '/'), entry('b', '/')]);
    expect(await all()).toHaveLength(2);
  });
});

describe('taking back', () => {
  const gone = (from: Source, sourceId: string) => ({
    deletions: [deletionKeys({ sourceId, basis: 'said' as const }, from)],
  });

  it('withdraws, erases, and comes back under its id when it is published again', async () => {
    await store1(CMS, [entry('post:1', '/tin')]);
    const [before] = await all();
    expect(await store1(CMS, [], gone(CMS, 'post:1'))).toMatchObject({ withdrawn: 1 });
    expect(await all()).toEqual([]);
    expect((await store.items.byIds([before?.id ?? '']))[0]).toMatchObject({
      visibility: 'WITHDRAWN',
      content: '',
    });
    await store1(CMS, [entry('post:1', '/tin')]);
    expect((await all())[0]?.id).toBe(before?.id);
    expect((await store.changes.since(0, 9)).map(({ kind }) => kind)).toEqual(['put']);
  });

  it('is not undone by another source that still lists it', async () => {
    await store1(FEED, [entry('a', '/tin/1')]);
    await store1(CMS, [entry('post:1', '/tin/1', { title: { type: 'text', value: 'Bài a' } })]);
    expect((await all())[0]?.source).toBe(CMS.name);
    await store1(CMS, [], gone(CMS, 'post:1'));
    await store1(FEED, [entry('a', '/tin/1')]);
    expect(await all()).toEqual([]);
  });

  it('wins over an entry of the same batch', async () => {
    await store1(FEED, [entry('a', '/tin/1')]);
    await store1(FEED, [entry('a', '/tin/1', { title: { type: 'text', value: 'Sửa' } })], gone(FEED, 'a'));
    expect(await all()).toEqual([]);
  });
});

describe('a batch', () => {
  it('stores nothing when its lease has passed on', async () => {
    const lost = { ...leases.get(FEED.name), token: 'another' } as Lease;
    await expect(store1(FEED, [entry('a', '/tin/1')], { lease: lost })).rejects.toThrow('passed on');
    expect(await all()).toEqual([]);
    expect(await store.revision()).toBe(0);
  });

  it('that brings nothing new writes nothing to items, versions, changes or search', async () => {
    await store1(FEED, [entry('a', '/tin/1'), entry('b', '/tin/2')]);
    const before = [await all(), await store.revision()];
    expect(await store1(FEED, [entry('a', '/tin/1'), entry('b', '/tin/2')])).toEqual({
      created: 0,
      updated: 0,
      withdrawn: 0,
      doubted: 0,
      touched: {},
    });
    expect([await all(), await store.revision()]).toEqual(before);
    const [a] = await all();
    expect((await store.items.versions([a?.id ?? ''])).get(a?.id ?? '')).toHaveLength(1);
  });

  it('takes no item older than wanted, and marks what is older than the connection', async () => {
    const connected = Date.UTC(2026, 10, 22);
    const old = entry('old', '/1', { published: '2020-01-01T00:00:00Z' });
    const before = entry('before', '/2', { published: '2026-11-21T00:00:00Z' });
    await store1(FEED, [old, before, entry('new', '/3', { published: '2026-11-22T01:00:00Z' })], {
      since: Date.UTC(2026, 0, 1),
      connected,
    });
    expect((await all()).map(({ sourceId, backfill }) => [sourceId, backfill]).toSorted()).toEqual([
      ['before', true],
      ['new', false],
    ]);
  });

  it('never brings back what an order took down: not under its id, not its text under another, and says so', async () => {
    const text =
      '<p>Một đoạn văn đủ dài để nhận ra, dù được đăng lại dưới mã khác, địa chỉ khác hay bởi một đầu nối khác.</p>';
    const wrong = (sourceId: string, link: string, value = text) =>
      entry(sourceId, link, { title: { type: 'text', value: 'Tin sai' }, content: { type: 'html', value } });
    await store1(FEED, [wrong('a', '/tin/1'), entry('b', '/tin/2')]);
    const [item] = (await all()).filter(({ title }) => title === 'Tin sai');
    await takeDown(store, {
      actor: 'operator',
      reason: 'Theo lệnh',
      items: [item?.id ?? ''],
      links: [],
      urgent: true,
    });
    await store1(FEED, [wrong('a', '/tin/1'), wrong('c', '/tin/3'), entry('b', '/tin/2')]);
    await store1(CMS, [wrong('post:9', '/bai/9', text.toUpperCase().replaceAll('P>', 'p>'))]);
    expect(await titles()).toEqual(['Bài b']);
    const blocked = (await store.ledger.since(0, 50)).filter(({ text: row }) =>
      row.includes('order.blocked'),
    );
    expect(blocked).toHaveLength(2);
    // Lifted, it comes back with its source.
    await restore(store, item?.id ?? '', { actor: 'operator', reason: 'Bỏ lệnh' });
    await store1(FEED, [wrong('a', '/tin/1'), entry('b', '/tin/2')]);
    expect(await titles()).toEqual(['Bài b', 'Tin sai']);
  });
});
