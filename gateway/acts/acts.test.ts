import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Item } from '../../schemas/item.ts';
import type { LedgerEvent } from '../../schemas/ledger.ts';
import type { Republication } from '../../schemas/republication.ts';
import { seededFederation } from '../e2e/seed.ts';
import { anItem, put } from '../store/conformance/engine.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { endAgreement, except, recordAgreement } from './agreements.ts';
import { answerComplaint, complain } from './complaints.ts';
import { correct } from './correct.ts';
import { hold, release } from './hold.ts';
import { bodyKeys, restore, takeDown } from './take-down.ts';
import { askWithdrawal, decideWithdrawal, makeContact } from './withdrawals.ts';

const BY = { actor: 'operator', reason: 'Theo yêu cầu' };
const HOUR = 3_600_000;
let now = 1_000_000_000_000;
let folder: string;
let store: Store;

beforeEach(async () => {
  now = 1_000_000_000_000;
  folder = mkdtempSync(join(tmpdir(), 'lienthong-acts-'));
  store = await openStore({ dataDir: folder, now: () => now });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const stateOf = async (id: string) => (await store.items.byIds([id]))[0];
const lastChange = async (id: string) => (await store.changes.ofItems([id]))[0];
async function ledger(): Promise<LedgerEvent[]> {
  return (await store.ledger.since(0, 500)).map(({ text }) => JSON.parse(text) as LedgerEvent);
}
const types = async () => (await ledger()).map(({ type }) => type);

const TERMS: Republication = {
  because: 'press',
  mode: 'headline-link',
  media: false,
  audience: 'public',
  sourceReleased: now,
  counted: 'declared',
  delay: HOUR,
};

describe('holding and releasing', () => {
  it('takes an item out at once and brings it back, both in the ledger with the reason', async () => {
    await put(store, anItem('i'));
    expect((await hold(store, 'i', BY)).visibility).toBe('HIDDEN');
    expect(await lastChange('i')).toMatchObject({ kind: 'tombstone', reason: 'hidden' });
    expect((await release(store, 'i', BY)).visibility).toBe('RELEASED');
    expect(await lastChange('i')).toMatchObject({ kind: 'put' });
    expect(await types()).toEqual(['item.hidden', 'item.released']);
    expect((await ledger())[0]).toMatchObject({
      actor: 'operator',
      item: 'i',
      details: { reasonGiven: 'Theo yêu cầu' },
    });
  });

  it('never lets a press item out before its minute, whoever asks', async () => {
    const waits: Partial<Item> = {
      visibility: 'HELD',
      visibilityReason: 'press-delay',
      republication: TERMS,
      releaseAt: now + HOUR,
    };
    const { released: _released, ...item } = anItem('i', waits);
    await put(store, item);
    await expect(release(store, 'i', BY)).rejects.toMatchObject({ code: 'CONFLICT' });
    await hold(store, 'i', BY);
    expect(await release(store, 'i', BY)).toMatchObject({
      visibility: 'HELD',
      visibilityReason: 'press-delay',
      releaseAt: now + HOUR,
    });
    now += HOUR;
    expect((await release(store, 'i', BY)).visibility).toBe('RELEASED');
  });

  it('lets nobody publish what its publisher withholds, nor act without a reason', async () => {
    await put(store, anItem('i', { visibility: 'HELD', visibilityReason: 'withheld' }));
    await expect(release(store, 'i', BY)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(hold(store, 'i', { ...BY, reason: ' ' })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(hold(store, 'nobody', BY)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await types()).toEqual([]);
  });

  it('remembers what a person let pass, and how much of it', async () => {
    await put(store, anItem('i', { visibility: 'HELD', visibilityReason: 'rule:article-personal-data' }));
    const problem = {
      rule: 'article-personal-data',
      severity: 'must',
      consequence: 'hold',
      path: 'content',
      message: { vi: '', en: '' },
      data: { count: 3 },
    } as const;
    await store.transaction(tx =>
      tx.problems.save([
        {
          subject: 'item',
          id: 'i',
          site: 's',
          at: now,
          pack: 'p',
          score: { met: 0, known: 1, weight: 1 },
          met: [],
          unknown: [],
          problems: [problem],
        },
      ]),
    );
    expect((await release(store, 'i', BY)).approved).toEqual({ 'article-personal-data': 3 });
  });
});

describe('a take-down', () => {
  const TEXT = 'Nội dung dài đủ để nhận ra ở bất cứ đâu, dù đăng lại dưới một mã khác hay từ một trang khác.';

  it('erases by id and by any form of the link, blocks item and text, and counts its minutes', async () => {
    await put(store, anItem('i', { contentText: TEXT }), anItem('j'));
    await store.transaction(tx =>
      tx.items.addKeys('s', [{ item: 'j', key: { kind: 'link', key: 's.example/j' } }]),
    );
    const done = await takeDown(store, {
      ...BY,
      items: ['i'],
      links: ['http://www.s.example/j?utm_source=x'],
      sender: 'Cục PTTH&TTĐT',
      reference: '12/QĐ',
      urgent: true,
      receivedAt: now - 90_000,
    });
    expect(done.document).toMatchObject({
      items: ['i', 'j'],
      urgent: true,
      receivedAt: now - 90_000,
      dueAt: now - 90_000 + 6 * HOUR,
      removedAt: now,
    });
    for (const id of ['i', 'j']) {
      expect(await stateOf(id)).toMatchObject({
        visibility: 'WITHDRAWN',
        visibilityReason: 'order',
        title: '',
        content: '',
      });
      expect(await lastChange(id)).toMatchObject({ kind: 'tombstone', reason: 'order' });
    }
    expect(await types()).toEqual([
      'order.received',
      'takedown.started',
      'item.removed',
      'item.removed',
      'takedown.done',
    ]);
    expect((await ledger()).at(-1)?.details).toMatchObject({ minutes: 2 });
    const [key = ''] = bodyKeys({ title: 'TIN  I', contentText: TEXT.toUpperCase().replaceAll(',', '') });
    expect(await store.records.get('block', key)).toBeDefined();
  });

  it('knows no item: nothing is done at all', async () => {
    await put(store, anItem('i'));
    await expect(
      takeDown(store, { ...BY, items: ['i', 'x'], links: [], urgent: false }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect([(await stateOf('i'))?.visibility, await types()]).toEqual(['RELEASED', []]);
  });

  it('is lifted by restore alone, which asks the source again', async () => {
    await store.work.register([{ name: 's/a', interval: 600_000 }]);
    await put(store, anItem('i', { contentText: TEXT }));
    await takeDown(store, { ...BY, items: ['i'], links: [], urgent: false });
    await expect(release(store, 'i', BY)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await restore(store, 'i', BY)).toMatchObject({
      visibility: 'WITHDRAWN',
      visibilityReason: 'withdrawn',
    });
    expect(await store.records.count('block', {})).toBe(0);
  });
});

it('a correction takes the false version back and names it', async () => {
  await put(store, anItem('wrong'), anItem('right'));
  expect((await correct(store, 'wrong', 'right', BY)).corrects).toEqual(['wrong']);
  expect(await lastChange('wrong')).toMatchObject({ kind: 'tombstone', replacedBy: 'right' });
  expect(await types()).toEqual(['item.removed', 'item.corrected']);
});

describe('agreements and exceptions', () => {
  const agreement = {
    id: 'TT-1',
    site: 'bao-a',
    parties: ['Bộ', 'Báo A'],
    mode: 'full-text',
    media: true,
    audience: 'public',
    from: 0,
    until: 2_000_000_000_000,
    document: `sha256:${'a'.repeat(64)}`,
  } as const;

  it('are recorded once and ended, in the ledger', async () => {
    await recordAgreement(store, seededFederation(), agreement, BY);
    await expect(recordAgreement(store, seededFederation(), agreement, BY)).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await endAgreement(store, 'TT-1', BY);
    await expect(endAgreement(store, 'TT-1', BY)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await types()).toEqual(['agreement.recorded', 'agreement.ended']);
  });

  it.each([
    ['a site that is no paper', { site: 'viec-lam' }],
    ['a hash that is none', { document: 'sha256:00' }],
    ['a delay under an hour', { delay: HOUR - 1 }],
    ['an end before the beginning', { from: 5, until: 4 }],
  ])('are refused for %s', async (_what, change) => {
    await expect(
      recordAgreement(store, seededFederation(), { ...agreement, ...change }, BY),
    ).rejects.toMatchObject({ code: 'BAD_INPUT' });
    expect(await types()).toEqual([]);
  });

  it('an exception names a site, a rule and a day to come', async () => {
    const known = { federation: seededFederation(), rules: [{ id: 'media-alt' }] };
    const given = { rule: 'media-alt', site: 'viec-lam', reason: 'Đang sửa', author: 'A', until: now + 1 };
    await except(store, known, given, BY);
    expect((await store.records.get('exception', 'viec-lam/media-alt'))?.document).toEqual(given);
    await expect(except(store, known, { ...given, until: now }, BY)).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
    await expect(except(store, known, { ...given, rule: 'x' }, BY)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('complaints', () => {
  it('have a ticket and an answer; the contact goes with it, and never into the ledger', async () => {
    await put(store, anItem('i'));
    const { id } = await complain(store, { item: 'i', text: 'Tin này sai sự thật.', contact: 'a@b.vn' });
    expect(id).toMatch(/^PA-\d{8}-\d{6}$/);
    const answered = await answerComplaint(store, id, true, BY);
    expect([answered.state, answered.document.contact, answered.document.decision]).toEqual([
      'upheld',
      undefined,
      BY.reason,
    ]);
    await expect(answerComplaint(store, id, true, BY)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(JSON.stringify(await ledger())).not.toContain('a@b.vn');
    await expect(complain(store, { item: 'x', text: 'Tin này sai sự thật.' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(complain(store, { text: 'ngắn' })).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});

describe('a publisher’s call', () => {
  it('hides at once with the site’s code, and is confirmed or undone by the operator', async () => {
    await put(store, anItem('i'), anItem('j'), anItem('k', { site: 't' }));
    await store.transaction(async tx => {
      for (const item of ['i', 'j'])
        await tx.items.addKeys('s', [{ item, key: { kind: 'link', key: `s.example/${item}` } }]);
      await tx.items.addKeys('t', [{ item: 'k', key: { kind: 'link', key: 's.example/k' } }]);
    });
    const code = await makeContact(store, 's', 'Chị Lan', 'operator');
    const ask = (link: string, with_ = code) =>
      askWithdrawal(store, { site: 's', code: with_, links: [link], reason: 'Đăng nhầm' });
    await expect(ask('https://s.example/i', 'sai')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(ask('https://s.example/k')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const one = await ask('https://s.example/i');
    const two = await ask('http://www.s.example/j');
    expect([(await stateOf('i'))?.visibility, (await stateOf('j'))?.visibilityReason]).toEqual([
      'HIDDEN',
      'asked',
    ]);
    await decideWithdrawal(store, one.id, true, BY);
    await decideWithdrawal(store, two.id, false, BY);
    expect([
      (await stateOf('i'))?.visibility,
      (await stateOf('j'))?.visibility,
      (await stateOf('k'))?.visibility,
    ]).toEqual(['WITHDRAWN', 'RELEASED', 'RELEASED']);
    expect(await lastChange('i')).toMatchObject({ reason: 'withdrawn' });
    expect(JSON.stringify(await ledger())).not.toContain(code);
  });
});
