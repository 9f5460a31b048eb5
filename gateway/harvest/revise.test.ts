import { describe, expect, it } from '@jest/globals';
import type { Draft, Item } from '../../schemas/item.ts';
import type { Ruling, Verdict } from '../judge/judge.ts';
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

/** What judging makes of a draft that no rule says anything of. */
const ruled = (of: Draft, verdict: Verdict, more: Partial<Ruling> = {}): Ruling => ({
  draft: of,
  verdict,
  judgement: {
    subject: 'item',
    site: of.site,
    source: of.source,
    at: NOW,
    pack: 'p',
    score: { met: 0, known: 0, weight: 0 },
    met: [],
    unknown: [],
    problems: [],
  },
  ...more,
});

function stored(change: Partial<Item> = {}): Item {
  const made = create(ruled(draft(), RELEASED), { id: 'urn:uuid:1', now: NOW - 1000, backfill: false });
  if (!made) throw new Error('nothing was created');
  return { ...made.item, n: 1, ...change };
}

describe('a new draft', () => {
  it('is put when it is released, and keeps the time it was first seen', () => {
    const made = create(ruled(draft({ published: NOW + 5000 }), RELEASED), {
      id: 'urn:uuid:1',
      now: NOW,
      backfill: true,
    });
    expect(made?.item).toMatchObject({ listed: NOW, firstSeen: NOW, released: NOW, visibility: 'RELEASED' });
    expect(made?.change).toEqual({ kind: 'put', item: 'urn:uuid:1', backfill: true });
    expect(made?.version?.kind).toBe('created');
  });

  it('leaves no row while it is held', () => {
    const made = create(ruled(draft(), WITHHELD), { id: 'urn:uuid:1', now: NOW, backfill: false });
    expect(made?.change).toBeUndefined();
    expect(made?.item.released).toBeUndefined();
  });

  it('never comes to be when its publisher has canceled it', () => {
    expect(
      create(ruled(draft(), { visibility: 'WITHDRAWN' }), { id: 'x', now: NOW, backfill: false }),
    ).toBeUndefined();
  });
});

describe('a draft of a known item', () => {
  it('changes nothing when nothing changed', () => {
    expect(revise(stored(), ruled(draft(), RELEASED), { now: NOW })).toBeUndefined();
  });

  it('is a version and a put when the wording changed; id, order and first sight stay', () => {
    const before = stored();
    const revision = revise(before, ruled(draft({ title: 'Sửa', hash: 'h2' }), RELEASED), { now: NOW });
    expect(revision?.version).toMatchObject({ kind: 'updated', changed: ['title'] });
    expect(revision?.change).toEqual({ kind: 'put', item: before.id, backfill: false });
    expect(revision?.item).toMatchObject({
      id: before.id,
      listed: before.listed,
      firstSeen: before.firstSeen,
    });
  });

  it('writes no put when only the sanitiser is newer', () => {
    const revision = revise(stored(), ruled(draft({ cleaner: 2 }), RELEASED), { now: NOW });
    expect(revision?.item.cleaner).toBe(2);
    expect(revision?.change).toBeUndefined();
    expect(revision?.version).toBeUndefined();
  });

  it('hides what its publisher withholds, and brings it back', () => {
    const hidden = revise(stored(), ruled(draft({ pubStatus: 'withheld' }), WITHHELD), { now: NOW });
    expect(hidden?.item.visibility).toBe('HIDDEN');
    expect(hidden?.change).toMatchObject({ kind: 'tombstone', reason: 'hidden' });
    const back = revise({ ...stored(), ...hidden?.item, n: 1 }, ruled(draft(), RELEASED), { now: NOW });
    expect(back?.item.visibility).toBe('RELEASED');
    expect(back?.change?.kind).toBe('put');
  });

  it('stays as a person left it', () => {
    const held = stored({ visibility: 'HIDDEN', visibilityReason: 'operator' });
    const revision = revise(held, ruled(draft({ hash: 'h2', title: 'Sửa' }), RELEASED), { now: NOW });
    expect(revision?.item.visibility).toBe('HIDDEN');
    expect(revision?.change).toBeUndefined();
  });

  it('is kept by the source that notices when it is gone', () => {
    const other = draft({ source: 'viec-lam/bai', sourceId: 'post:9' });
    const revision = revise(stored(), ruled(other, RELEASED), { now: NOW, takesOver: true });
    expect(revision?.item).toMatchObject({ source: 'viec-lam/bai', sourceId: 'post:9' });
    expect(revision?.change).toBeUndefined();
  });

  it('is left alone by another source of the site, unless that one has the text', () => {
    const other = draft({ source: 'viec-lam/rss', hash: 'h2', title: 'Khác' });
    expect(revise(stored(), ruled(other, RELEASED), { now: NOW })).toBeUndefined();
    expect(revise(stored({ content: '' }), ruled(other, RELEASED), { now: NOW })?.item.source).toBe(
      'viec-lam/rss',
    );
  });
});

describe('terms and trimming', () => {
  const FULL = { content: '<p>Toàn văn</p>', contentText: 'Toàn văn', summary: '', media: [], hash: 'full' };

  it('keep what was taken beside the item, and tell when it is no more', () => {
    const made = create(ruled(draft(), RELEASED, { full: FULL }), { id: 'x', now: NOW, backfill: false });
    expect([made?.item.sourceHash, made?.full]).toEqual(['full', FULL]);
    const back = revise(stored({ sourceHash: 'full' }), ruled(draft(), RELEASED), { now: NOW });
    expect([back?.item.sourceHash, back?.full, back?.change]).toEqual([undefined, null, undefined]);
  });

  it('write no put when only what nobody may see was edited', () => {
    const before = stored({ sourceHash: 'old' });
    const revision = revise(before, ruled(draft(), RELEASED, { full: FULL }), { now: NOW });
    expect([revision?.item.sourceHash, revision?.full, revision?.change, revision?.version]).toEqual([
      'full',
      FULL,
      undefined,
      undefined,
    ]);
  });

  it('hold a new press item to its minute, and hide a released one that is dated anew', () => {
    const waits: Verdict = { visibility: 'HELD', reason: 'press-delay', releaseAt: NOW + 1 };
    const made = create(ruled(draft(), waits), { id: 'x', now: NOW, backfill: false });
    expect(made?.item).toMatchObject({ visibility: 'HELD', releaseAt: NOW + 1 });
    expect(made?.change).toBeUndefined();
    const revision = revise(stored(), ruled(draft({ published: NOW, hash: 'h2' }), waits), { now: NOW });
    expect(revision?.item).toMatchObject({ visibility: 'HIDDEN', releaseAt: NOW + 1 });
    expect(revision?.change).toMatchObject({ kind: 'tombstone', reason: 'hidden' });
  });

  it('let go what a rule held as soon as the rule has nothing to say, and keep what a person let pass', () => {
    const held = stored({
      visibility: 'HELD',
      visibilityReason: 'rule:article-secret-marking',
      approved: { x: 2 },
    });
    const revision = revise(held, ruled(draft({ hash: 'h2' }), RELEASED), { now: NOW });
    expect(revision?.item).toMatchObject({ visibility: 'RELEASED', approved: { x: 2 } });
    expect(revision?.item.visibilityReason).toBeUndefined();
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
    expect(revise(gone, ruled(draft({ hash: 'h3' }), RELEASED), { now: NOW })?.change?.kind).toBe('put');
    expect(
      revise({ ...gone, visibilityReason: 'order' }, ruled(draft({ hash: 'h3' }), RELEASED), { now: NOW }),
    ).toBeUndefined();
    expect(revise(gone, ruled(draft({ source: 'viec-lam/rss' }), RELEASED), { now: NOW })).toBeUndefined();
  });
});
