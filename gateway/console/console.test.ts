import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { complain } from '../acts/complaints.ts';
import { makeContact } from '../acts/withdrawals.ts';
import { idOf, newItem, saveItems } from '../e2e/seed.ts';
import { openSeededServices, SEEDED_TOKEN, type SeededServices } from '../e2e/seeded-services.ts';
import { createServer } from '../http/server.ts';
import { consoleRoutes } from './console-routes.ts';

let world: SeededServices;
let server: Server;
let url: string;
const ID = idOf('viec-lam', 'a');

beforeEach(async () => {
  world = await openSeededServices();
  await saveItems(world.store, [newItem('viec-lam', 'a', { title: 'Tin <b>một</b>' })]);
  const app = createServer(world.services, { routers: [consoleRoutes(world.services)] });
  server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await world.close();
});

function post(path: string, body: Record<string, string>, headers: Record<string, string> = {}) {
  return fetch(url + path, {
    method: 'POST',
    body: new URLSearchParams(body),
    headers: { accept: 'text/html', ...headers },
    redirect: 'manual',
  });
}

async function logIn(): Promise<{ cookie: string; csrf: string }> {
  const answer = await post('/console', { token: SEEDED_TOKEN });
  expect(answer.status).toBe(303);
  const set = answer.headers.get('set-cookie') ?? '';
  expect(set).toMatch(/HttpOnly; SameSite=Strict/);
  const cookie = set.split(';')[0] ?? '';
  const page = await (await fetch(`${url}/console`, { headers: { cookie } })).text();
  return { cookie, csrf: /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? '' };
}

const stateOf = async () => (await world.store.items.byIds([ID]))[0]?.visibility;

describe('the console', () => {
  it('shows open alarms first, with what to do, whatever stands in their sentence', async () => {
    await world.store.transaction(tx =>
      tx.records.put({
        kind: 'alarm',
        id: 'source-failing:viec-lam/tin',
        site: 'viec-lam',
        state: 'open',
        at: 0,
        document: {
          kind: 'source-failing',
          subject: 'viec-lam/tin',
          since: 0,
          step: 0,
          sentence: { vi: 'Đầu nối <script>lỗi</script>; chạy lienthong try.', en: 'x' },
          openings: [0],
          told: [],
        },
      }),
    );
    const { cookie } = await logIn();
    const page = await (await fetch(`${url}/console`, { headers: { cookie } })).text();
    expect(page).toContain('Cảnh báo đang mở (1)');
    expect(page).toContain('Đầu nối &lt;script&gt;lỗi&lt;/script&gt;; chạy lienthong try.');
  });

  it('is closed to who has not shown the token, and gives no hint', async () => {
    expect((await fetch(`${url}/console`)).status).toBe(401);
    expect((await post('/console', { token: 'sai' })).status).toBe(401);
    expect((await post('/console', { act: 'hold', id: ID, reason: 'Thử xem' })).status).toBe(401);
    expect(
      (
        await post(
          '/console',
          { act: 'hold', id: ID, reason: 'Thử xem' },
          { cookie: 'lienthong_console=abc' },
        )
      ).status,
    ).toBe(401);
    expect(await stateOf()).toBe('RELEASED');
  });

  it('refuses guessing after a few tries', async () => {
    for (let tried = 0; tried < 10; tried += 1) await post('/console', { token: `sai${tried}` });
    expect((await post('/console', { token: SEEDED_TOKEN })).status).toBe(429);
  });

  it('acts by its own forms only: not without their word, not from another site', async () => {
    const { cookie, csrf } = await logIn();
    const act = { act: 'hold', id: ID, reason: 'Xem lại nội dung' };
    expect((await post('/console', act, { cookie })).status).toBe(403);
    expect((await post('/console', { ...act, csrf: 'x' }, { cookie })).status).toBe(403);
    expect(
      (await post('/console', { ...act, csrf }, { cookie, 'sec-fetch-site': 'cross-site' })).status,
    ).toBe(403);
    expect(await stateOf()).toBe('RELEASED');
    expect((await post('/console', { ...act, csrf }, { cookie })).status).toBe(200);
    expect(await stateOf()).toBe('HIDDEN');
    const page = await (await fetch(`${url}/console`, { headers: { cookie } })).text();
    expect(page).toContain('Tin &lt;b&gt;một&lt;/b&gt;');
    expect(page).toContain('Người vận hành giữ lại.');
    expect(
      (await post('/console', { act: 'release', id: ID, reason: 'Đã xem xong', csrf }, { cookie })).status,
    ).toBe(200);
    expect(await stateOf()).toBe('RELEASED');
  });

  it('says what is wrong where an act can’t be done, and ends when told', async () => {
    const { cookie, csrf } = await logIn();
    const late = await post('/console', { act: 'release', id: ID, reason: 'Cho ra', csrf }, { cookie });
    expect([late.status, (await late.text()).includes('Tin này đang được phát.')]).toEqual([409, true]);
    await post('/console', { act: 'leave', csrf }, { cookie });
    expect((await fetch(`${url}/console`, { headers: { cookie } })).status).toBe(401);
  });

  it('takes down by an order’s links', async () => {
    const { cookie, csrf } = await logIn();
    const done = await post(
      '/console',
      {
        act: 'order',
        links: ID,
        sender: 'Cục A',
        reference: '1/QĐ',
        reason: 'Sai sự thật',
        urgent: '1',
        csrf,
      },
      { cookie },
    );
    expect(await done.text()).toContain('Đã gỡ 1 tin khỏi mọi kênh.');
    expect(await stateOf()).toBe('WITHDRAWN');
    expect((await fetch(`${url}/items/${ID}`)).status).toBe(410);
  });

  it('has no script, and its cookie opens nothing else', async () => {
    const { cookie } = await logIn();
    const page = await fetch(`${url}/console`, { headers: { cookie } });
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(await page.text()).not.toContain('<script');
  });
});

describe('/feedback', () => {
  it('gives a ticket to a form and to a program, and tells its state', async () => {
    const form = await fetch(`${url}/feedback?item=${ID}`, { headers: { accept: 'text/html' } });
    expect(await form.text()).toContain('Tin &lt;b&gt;một&lt;/b&gt;');
    const sent = await post('/feedback', { item: ID, text: 'Tin này sai sự thật.', contact: 'a@b.vn' });
    expect(sent.status).toBe(201);
    const ticket = /PA-\d{8}-\d{6}/.exec(await sent.text())?.[0] ?? '';
    const state = await fetch(`${url}/feedback/${ticket}`, { headers: { accept: 'application/json' } });
    expect(await state.json()).toMatchObject({ ticket, state: 'open', item: ID });
    const api = await fetch(`${url}/feedback`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'Tin này sai sự thật.' }),
    });
    expect([api.status, ((await api.json()) as { state: string }).state]).toEqual([201, 'open']);
  });

  it('never shows what was written or who wrote it to who has only the ticket', async () => {
    const { id } = await complain(world.store, { text: 'Nội dung bí mật của tôi.', contact: 'a@b.vn' });
    for (const accept of ['application/json', 'text/html']) {
      const body = await (await fetch(`${url}/feedback/${id}`, { headers: { accept } })).text();
      expect(body).not.toMatch(/bí mật|a@b\.vn/);
    }
  });

  it('says what is missing, keeps what was typed, and knows no unknown item', async () => {
    const short = await post('/feedback', { text: 'ngắn', contact: 'x@y.vn' });
    expect(short.status).toBe(400);
    expect(await short.text()).toMatch(/ngắn<\/textarea>[\s\S]*x@y\.vn/);
    expect((await fetch(`${url}/feedback?item=urn:uuid:00000000-0000-5000-8000-000000000000`)).status).toBe(
      404,
    );
    expect((await fetch(`${url}/feedback/PA-1`)).status).toBe(404);
  });

  it('takes so many from one address and no more', async () => {
    const send = () => post('/feedback', { text: 'Tin này sai sự thật, lần nữa.' });
    for (let sent = 0; sent < 6; sent += 1) expect((await send()).status).toBe(201);
    const refused = await send();
    expect([refused.status]).toEqual([429]);
  });
});

describe('/withdraw', () => {
  it('hides at once with the code, and refuses a wrong one', async () => {
    const code = await makeContact(world.store, 'viec-lam', 'Chị Lan', 'operator');
    const links = (await world.store.items.byIds([ID]))[0]?.link ?? '';
    await world.store.transaction(tx =>
      tx.items.addKeys('viec-lam', [{ item: ID, key: { kind: 'link', key: links.replace('https://', '') } }]),
    );
    const given = { site: 'viec-lam', links, reason: 'Đăng nhầm' };
    expect((await post('/withdraw', { ...given, code: 'sai' })).status).toBe(401);
    expect(await stateOf()).toBe('RELEASED');
    const done = await post('/withdraw', { ...given, code });
    expect([done.status, await stateOf()]).toEqual([202, 'HIDDEN']);
    const { cookie, csrf } = await logIn();
    const [asked] = await world.store.records.find('withdrawal', { first: 1 });
    await post(
      '/console',
      { act: 'withdrawal-confirm', id: asked?.id ?? '', reason: 'Đúng là nhầm', csrf },
      { cookie },
    );
    expect(await stateOf()).toBe('WITHDRAWN');
  });
});
