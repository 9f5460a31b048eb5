import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { idOf, newItem, saveItems } from '../e2e/seed.ts';
import { openSeededServices, SEEDED_TOKEN, type SeededServices } from '../e2e/seeded-services.ts';
import { wouldTouch } from '../harvest/would-touch.ts';
import { noteSettings } from '../ledger/note-settings.ts';
import { createKey } from './access.ts';
import { createServer } from './server.ts';

let world: SeededServices;
let server: Server;
let url: string;

beforeEach(async () => {
  world = await openSeededServices();
  await saveItems(world.store, [
    newItem('viec-lam', 'a', { title: '=HYPERLINK("x") <b>' }),
    newItem('bao-hiem', 'b'),
  ]);
  const { store } = world;
  await store.transaction(tx =>
    tx.problems.save([
      {
        subject: 'item',
        id: idOf('viec-lam', 'a'),
        site: 'viec-lam',
        source: 'viec-lam/tin',
        at: 1,
        pack: 'p',
        score: { met: 3, known: 4, weight: 8 },
        met: ['article-vn-unicode'],
        unknown: ['article-canonical-host'],
        problems: [
          {
            rule: 'media-alt',
            severity: 'should',
            consequence: 'score',
            path: 'media[0].alt',
            message: { vi: 'Ảnh thiếu chú thích.', en: 'No alt.' },
          },
          {
            rule: 'article-author-and-agency',
            severity: 'must',
            consequence: 'score',
            path: 'authors',
            message: { vi: 'Không có tác giả.', en: 'No author.' },
          },
        ],
      },
    ]),
  );
  await store.requests.write(
    ['200', '304', '304', '429', 'ROBOTS_REFUSED'].map(outcome => ({
      at: world.services.now(),
      source: 'viec-lam/tin',
      host: 'h',
      method: 'GET',
      url: 'http://h/',
      outcome,
      bytes: 1024,
      milliseconds: 1,
      notModified: outcome === '304',
    })),
  );
  server = createServer(world.services, { routers: [] }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/sites/viec-lam/report`;
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await world.close();
});

const as = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

describe('a site’s report', () => {
  it('is for the site with its key and for the operator', async () => {
    const { store } = world;
    const own = await createKey(store.keys, { title: 'x', scopes: ['site:viec-lam'], created: 1 });
    const other = await createKey(store.keys, { title: 'y', scopes: ['site:bao-hiem'], created: 1 });
    const statuses = await Promise.all([
      fetch(url),
      fetch(url, as(other.text)),
      fetch(url, as(own.text)),
      fetch(url, as(SEEDED_TOKEN)),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([401, 403, 200, 200]);
  });

  it('begins with what is well, then what to mend first, a must before a should, with clause, confidence and remedy', async () => {
    const page = await (await fetch(url, as(SEEDED_TOKEN))).text();
    const order = [
      'Những điều đang tốt',
      'Tin của trang đang có trên cổng: 1 tin.',
      'Nên làm trước',
      'Có tác giả và cơ quan',
      'Tất cả',
      'Không có tác giả.',
      'Ảnh thiếu chú thích.',
      'Chưa biết được',
      'Cổng đã hỏi trang này những gì',
    ];
    const places = order.map(text => page.toLowerCase().indexOf(text.toLowerCase()));
    expect(places.every(place => place > 0)).toBe(true);
    expect(page).toMatch(/đã đọc|đọc qua trích dẫn|nguồn thứ cấp|theo trí nhớ/);
    expect(page).not.toContain('trái pháp luật');
    expect(page).toContain('=HYPERLINK(&quot;x&quot;) &lt;b&gt;');
    expect(page).toContain('4 yêu cầu trong 30 ngày');
    expect(page).toContain('50 % được trả lời');
    expect(page).toContain('1 lần không hỏi vì robots.txt; 1 lần trang bảo chậm lại');
  });

  it('as CSV opens in a spreadsheet and runs nothing there', async () => {
    const answer = await fetch(`${url}.csv`, as(SEEDED_TOKEN));
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const rows = bytes.toString('utf8').trim().split('\r\n');
    expect(rows).toHaveLength(3);
    expect(rows.some(row => /(?:^|,)[=+@]/.test(row))).toBe(false);
  });
});

it('a change of the settings that duties rest on is told to the ledger, once, before and after', async () => {
  const { store, services } = world;
  const { federation } = services;
  expect([await noteSettings(store, federation), await noteSettings(store, federation)]).toEqual([
    true,
    false,
  ]);
  const press = { ...federation.republication.press, minDelay: 7_200_000 };
  const changed = { ...federation, republication: { ...federation.republication, press } };
  expect([await noteSettings(store, changed), await noteSettings(store, changed)]).toEqual([true, false]);
  const told = (await store.ledger.since(0, 9)).map(({ text }) => JSON.parse(text).details);
  expect(told).toHaveLength(2);
  expect([told[1].before.press.minDelay, told[1].after.press.minDelay]).toEqual([3_600_000, 7_200_000]);
});

it('a federation file is tried on the newest items before it is in force', async () => {
  const { store, services } = world;
  const { federation, rules } = services;
  const text = 'Ông Nguyễn Văn A, CCCD số 001085012345, trúng tuyển.';
  await saveItems(store, [newItem('viec-lam', 'c', { content: `<p>${text}</p>`, contentText: text })]);
  const usual = await wouldTouch(store, federation, rules);
  expect([usual.looked, usual.rules]).toEqual([3, [{ rule: 'article-personal-data', items: 1 }]]);
  const off = {
    ...federation,
    guidelines: { ...federation.guidelines, overrides: { 'article-personal-data': { enabled: false } } },
  };
  expect((await wouldTouch(store, off, rules)).rules).toEqual([]);
});
