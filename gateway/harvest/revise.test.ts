import { describe, expect, it } from '@jest/globals';
import type { Draft, Item } from '../../schemas/item.ts';
import type { Verdict } from '../judge/judge.ts';
import { create, revise, withdraw } from './revise.ts';

const NOW = Date.UTC(2026, 10, 22, 1, 30);
const RELEASED: Verdict = { visibility: 'RELEASED' };
const WITHHELD: Verdict = { visibility: 'HELD', reason: 'withheld' };

const draft = (change: Partial<Draft> = {}): Draft => ({
  site: 'viec-lam',
  siteKind: 'unit',
  source: 'viec-lam/tin',
  sourceId: 'post:1',
  link: 'https://vl.example/tin/1',
  canonicalLink: 'vl.example/tin/1',
  title: 'Phiên giao dịch việc làm',
  summary: 'Tóm tắt',
  content: '<p>Nội dung</p>',
  contentText: 'Nội dung',
  authors: [],
  categories: [],
  topics: [],
  media: [],
  attribution: { text: '', agency: '', authors: [], link: '' },
  pubStatus: 'usable',
  keys: [{ kind: 'native', key: 'post:1' }],
  hash: 'h1',
  cleaner: 1,
  notes: [],
  ...change,
});

function stored(change: Partial<Item> = {}): Item {
  const made = create(draft(), RELEASED, { id: 'urn:uuid:1', now: NOW - 1000, backfill: false });
  if (!made) throw new Error('nothing was created');
  return { ...made.item, n: 1, ...change };
}

describe('a new draft', () => {
  it('is put when it is released, and keeps the time it was first seen', () => {
    const made = create(draft({ published: NOW + 5000 }), RELEASED, {
      id: 'urn:uuid:1',
      now: NOW,
      backfill: true,
    });
    expect(made?.item).toMatchObject({ listed: NOW, firstSeen: NOW, released: NOW, visibility: 'RELEASED' });
    expect(made?.change).toEqual({ kind: 'put', item: 'urn:uuid:1', backfill: true });
    expect(made?.version?.kind).toBe('created');
  });

  it('leaves no row while it is held', () => {
    const made = create(draft(), WITHHELD, { id: 'urn:uuid:1', now: NOW, backfill: false });
    expect(made?.change).toBeUndefined();
    expect(made?.item.released).toBeUndefined();
  });

  it('never comes to be when its publisher has canceled it', () => {
    expect(
      create(draft(), { visibility: 'WITHDRAWN' }, { id: 'x', now: NOW, backfill: false }),
    ).toBeUndefined();
  });
});

describe('a draft of a known item', () => {
  it('changes nothing when nothing changed', () => {
    expect(revise(stored(), draft(), RELEASED, { now: NOW })).toBeUndefined();
  });

  it('is a version and a put when the wording changed; id, order and first sight stay', () => {
    const before = stored();
    const revision = revise(before, draft({ title: 'Sửa', hash: 'h2' }), RELEASED, { now: NOW });
    expect(revision?.version).toMatchObject({ kind: 'updated', changed: ['title'] });
    expect(revision?.change).toEqual({ kind: 'put', item: before.id, backfill: false });
    expect(revision?.item).toMatchObject({
      id: before.id,
      listed: before.listed,
      firstSeen: before.firstSeen,
    });
  });

  it('writes no put when only the sanitiser is newer', () => {
    const revision = revise(stored(), draft({ cleaner: 2 }), RELEASED, { now: NOW });
    expect(revision?.item.cleaner).toBe(2);
    expect(revision?.change).toBeUndefined();
    expect(revision?.version).toBeUndefined();
  });

  it('hides what its publisher withholds, and brings it back', () => {
    const hidden = revise(stored(), draft({ pubStatus: 'withheld' }), WITHHELD, { now: NOW });
    expect(hidden?.item.visibility).toBe('HIDDEN');
    expect(hidden?.change).toMatchObject({ kind: 'tombstone', reason: 'hidden' });
    const back = revise({ ...stored(), ...hidden?.item, n: 1 }, draft(), RELEASED, { now: NOW });
    expect(back?.item.visibility).toBe('RELEASED');
    expect(back?.change?.kind).toBe('put');
  });

  it('stays as a person left it', () => {
    const held = stored({ visibility: 'HIDDEN', visibilityReason: 'operator' });
    const revision = revise(held, draft({ hash: 'h2', title: 'Sửa' }), RELEASED, { now: NOW });
    expect(revision?.item.visibility).toBe('HIDDEN');
    expect(revision?.change).toBeUndefined();
  });

  it('is kept by the source that notices when it is gone', () => {
    const other = draft({ source: 'viec-lam/bai', sourceId: 'post:9' });
    const revision = revise(stored(), other, RELEASED, { now: NOW, takesOver: true });
    expect(revision?.item).toMatchObject({ source: 'viec-lam/bai', sourceId: 'post:9' });
    expect(revision?.change).toBeUndefined();
  });

  it('is left alone by another source of the site, unless that one has the text', () => {
    const other = draft({ source: 'viec-lam/rss', hash: 'h2', title: 'Khác' });
    expect(revise(stored(), other, RELEASED, { now: NOW })).toBeUndefined();
    expect(revise(stored({ content: '' }), other, RELEASED, { now: NOW })?.item.source).toBe('viec-lam/rss');
  });
});

describe('withdrawing', () => {
  it('erases, and leaves a tombstone only where the item was ever out', () => {
    expect(withdraw(stored(), 'withdrawn')).toMatchObject({
      erase: true,
      change: { kind: 'tombstone', reason: 'withdrawn' },
    });
    const { released: _released, ...never } = stored({ visibility: 'HELD' });
    expect(withdraw(never, 'withdrawn').change).toBeUndefined();
  });

  it('is undone by the publisher publishing again, never where an order stands', () => {
    const gone = { ...stored(), ...withdraw(stored(), 'withdrawn').item, n: 1 };
    expect(revise(gone, draft({ hash: 'h3' }), RELEASED, { now: NOW })?.change?.kind).toBe('put');
    expect(
      revise({ ...gone, visibilityReason: 'order' }, draft({ hash: 'h3' }), RELEASED, { now: NOW }),
    ).toBeUndefined();
    expect(revise(gone, draft({ source: 'viec-lam/rss' }), RELEASED, { now: NOW })).toBeUndefined();
  });
});
