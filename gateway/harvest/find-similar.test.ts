import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Draft } from '../../schemas/item.ts';
import { anItem, put } from '../store/conformance/engine.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { joinStories } from '../stories/join-stories.ts';
import { findSimilar } from './find-similar.ts';

const TITLE = 'Hàng nghìn lao động tìm được việc qua phiên giao dịch';
const TEXT =
  'Sáng nay tại nhà thi đấu thành phố, hơn bốn nghìn lao động đã tới phiên giao dịch việc làm lớn nhất năm. Ban tổ chức cho biết có một trăm hai mươi doanh nghiệp tham gia với gần sáu nghìn vị trí. Nhiều người được nhận ngay tại chỗ sau khi phỏng vấn, trong đó có không ít lao động lớn tuổi. Phiên tiếp theo dự kiến diễn ra vào đầu tháng sau.';

const NOW = Date.parse('2026-11-22T09:00:00+07:00');
const MINUTE = 60_000;

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lienthong-similar-'));
  store = await openStore({ dataDir: folder, now: () => NOW });
  const paper = anItem('p', {
    site: 'bao-a',
    siteKind: 'press',
    source: 'bao-a/tin',
    title: TITLE,
    summary: 'Tóm tắt.',
    content: '',
    contentText: '',
    visibility: 'HELD',
    listed: NOW - 60 * MINUTE,
    sourceHash: 'h',
    attribution: { text: '', agency: 'Báo A', authors: [], link: '' },
  });
  await put(store, paper, anItem('u', { title: TITLE, contentText: TEXT }));
  const document = {
    content: `<p>${TEXT}</p>`,
    contentText: TEXT,
    summary: 'Tóm tắt.',
    media: [],
    hash: 'h',
  };
  await store.transaction(tx =>
    tx.records.put({ kind: 'full-text', id: 'p', item: 'p', site: 'bao-a', at: 1, document }),
  );
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const joined = async () => {
  while ((await joinStories(store)) > 0);
};

const look = async (change: Partial<Draft>, lastAbsent?: number) => {
  const { id: _id, ...item } = anItem('x', {
    site: 'viec-lam',
    title: TITLE,
    contentText: TEXT,
    canonicalLink: 'viec-lam/x',
  });
  const draft = { ...item, keys: [], notes: [], ...change } as unknown as Draft;
  return (await findSimilar([draft], store, lastAbsent)).get('viec-lam/x');
};

describe('the press item that a new item is most like', () => {
  it('is found by its headline and told by its text, though it is held and trimmed', async () => {
    expect(await look({})).toMatchObject({ item: 'p', site: 'bao-a', kind: 'press', agency: 'Báo A' });
    expect((await look({}))?.score).toBeGreaterThanOrEqual(0.95);
  });

  it('is found by its headline though other papers took that up after the unit did', async () => {
    const later = ['b', 'c', 'd'].map(site =>
      anItem(site, { site, siteKind: 'press', title: TITLE, contentText: TEXT, listed: NOW - MINUTE }),
    );
    await put(store, ...later);
    expect(await look({ published: NOW - 30 * MINUTE })).toMatchObject({ item: 'p' });
  });

  it('is found in a re-post that was cut, framed and accented otherwise', async () => {
    const cut = `Trung tâm thông báo. ${TEXT.slice(0, 230).replace('hoà', 'hòa')} Mời bà con theo dõi.`;
    expect((await look({ title: TITLE.toUpperCase(), contentText: cut }))?.score).toBeGreaterThanOrEqual(0.8);
  });

  it('is found under another headline too, once it is sketched', async () => {
    const change = { title: 'Ngày hội của người tìm việc', published: NOW };
    expect(await look(change)).toBeUndefined();
    await joined();
    expect(await look(change)).toMatchObject({ item: 'p', score: 1 });
  });

  it('is nobody where the unit published first; what only tells its day, or can not be, is no proof', async () => {
    await joined();
    const paper = NOW - 60 * MINUTE;
    const at = async (published: number, lastAbsent?: number) =>
      (await look({ published }, lastAbsent))?.item;
    expect(await at(paper - MINUTE)).toBeUndefined();
    expect(await at(paper + MINUTE)).toBe('p');
    expect(await at(Date.parse('2026-11-22T00:00:00+07:00'))).toBe('p');
    expect(await at(Date.parse('2026-11-21T00:00:00+07:00'))).toBeUndefined();
    expect(await at(paper - MINUTE, paper - 2 * MINUTE)).toBeUndefined();
    expect(await at(paper - MINUTE, paper + MINUTE)).toBe('p');
  });

  it('is nobody for a form that is filled in otherwise', async () => {
    await joined();
    const filled = TEXT.replace('bốn nghìn', 'ba nghìn')
      .replace('một trăm hai mươi', '64')
      .replace('gần sáu nghìn', '1.200')
      .replace('đầu tháng sau', '12/12');
    const other = `Ngày 9/1, ${filled} Chi nhánh Bình Sơn, ngày 12/12/2026.`;
    expect(
      (await look({ title: 'Phiên giao dịch ở Bình Sơn', contentText: other }))?.score ?? 0,
    ).toBeLessThan(0.8);
  });

  it('is nobody for another text under the same headline, for a short one, and for what is known', async () => {
    const other =
      'Đơn vị chúng tôi xin thông báo lịch nghỉ lễ của bộ phận một cửa như sau, kính mong quý khách hàng thông cảm và sắp xếp thời gian liên hệ công tác cho phù hợp với lịch làm việc mới.';
    expect(await look({ contentText: other })).toBeUndefined();
    expect(await look({ contentText: 'Ngắn.', summary: '' })).toBeUndefined();
    expect(await look({ siteKind: 'press' })).toBeUndefined();
  });
});
