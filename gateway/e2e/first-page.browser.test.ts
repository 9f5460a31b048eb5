import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { DESK, overhang, PHONE, startBrowser, visit } from './browser.ts';
import { type Gateway, removeFolder, runGateway, until } from './run-gateway.ts';

/** The sandbox ministry, as a person sees it in Chromium. */
let gateway: Gateway;
let browser: Browser;
let ids: string[];

beforeAll(async () => {
  [gateway, browser] = await Promise.all([runGateway(), startBrowser()]);
  ids = await until('enough items', async () => {
    const found = await itemIds();
    return found.length > 20 && found;
  });
}, 90_000);

afterAll(async () => {
  await browser?.close();
  await gateway?.kill('SIGTERM');
  removeFolder(gateway.dataDir);
});

async function itemIds(): Promise<string[]> {
  const response = await fetch(`${gateway.url}/feeds/all.json`);
  const { items } = (await response.json()) as { items: { id: string }[] };
  return items.map(({ id }) => id);
}

const READERS = [
  ['a phone', PHONE],
  ['a desk', DESK],
  ['a dark phone', { ...PHONE, colorScheme: 'dark' }],
  ['a desk without script', { ...DESK, javaScriptEnabled: false }],
] as const;

describe.each(READERS)('on %s', (_, options) => {
  it.each(['/', '/en'])('%s shows the latest items with links to their originals', async path => {
    const { page, status, complaints, asked, close } = await visit(browser, gateway.url + path, options);
    expect(status).toBe(200);
    const links = page.locator('.items h3 a');
    expect(await links.count()).toBe(20);
    const hrefs = await Promise.all((await links.all()).map(link => link.getAttribute('href')));
    expect(hrefs.filter(href => !href || new URL(href).origin === gateway.url)).toEqual([]);
    const [first = ''] = hrefs;
    expect((await fetch(first ?? '')).status).toBe(200);
    expect(complaints).toEqual([]);
    expect(asked.filter(address => new URL(address).hostname !== '127.0.0.1')).toEqual([]);
    await close();
  });
});

describe.each([
  ['a phone', PHONE],
  ['a desk', DESK],
] as const)('nothing sticks out on %s', (_, options) => {
  it.each([
    ['the first page', () => '/'],
    ['an item', () => `/items/${ids[0]}`],
    ['what is not there', () => '/khong-co'],
    ['a fragment with pictures', () => '/feeds/all.html?picture=1'],
  ])('%s', async (_name, path) => {
    const { page, close } = await visit(browser, gateway.url + path(), options);
    expect(await overhang(page)).toBeLessThanOrEqual(0);
    await close();
  });
});

it('an item stands on its page with who wrote it, when, and the way to the original', async () => {
  const { page, status, complaints, close } = await visit(browser, `${gateway.url}/items/${ids[0]}`, PHONE);
  expect(status).toBe(200);
  expect((await page.locator('h1').innerText()).length).toBeGreaterThan(10);
  expect(await page.locator('.by time').first().innerText()).toMatch(/^\d\d:\d\d, \d\d\/\d\d\/\d{4}$/);
  const original = await page.locator('.original a').getAttribute('href');
  expect(await page.locator('link[rel=canonical]').getAttribute('href')).toBe(original);
  expect(complaints).toEqual([]);
  await close();
});

it('says in Vietnamese what is not there, and leads home', async () => {
  const { page, status, close } = await visit(browser, `${gateway.url}/items/khong-co`);
  expect(status).toBe(404);
  expect(await page.locator('h1').innerText()).toBe('Không có tin này.');
  await page.getByText('Về trang đầu').click();
  expect(page.url()).toBe(`${gateway.url}/`);
  await close();
});

it('opens a playground that asks portal, units and press, while the world is out of reach', async () => {
  const context = await browser.newContext(DESK);
  const outside: string[] = [];
  await context.route(
    address => address.origin !== gateway.url && address.protocol.startsWith('http'),
    route => {
      outside.push(route.request().url());
      return route.abort();
    },
  );
  const page = await context.newPage();
  await page.goto(`${gateway.url}/graphql`);
  const answered = page.waitForResponse(response =>
    Boolean(response.request().postData()?.includes('BaLoaiTrang')),
  );
  await page.click('button[aria-label^="Execute"]');
  const answer = await (await answered).text();
  for (const own of ['"section":"', '"agencyCode":"', '"agency":"']) expect(answer.includes(own)).toBe(true);
  expect(answer).not.toContain('"errors"');
  // The editor draws only the lines that can be seen.
  await page.locator('.result-window').getByText('"data"').first().waitFor();
  expect(outside).toEqual([]);
  await context.close();
}, 60_000);

describe('the fragment in another page', () => {
  let cms: Server;
  let address: string;

  beforeAll(async () => {
    const fragment = await (await fetch(`${gateway.url}/feeds/all.html?limit=5&picture=1`)).text();
    cms = createServer((request, response) => {
      const frame = `<iframe src="${gateway.url}/feeds/all.html?limit=5" width="360" height="300"></iframe>`;
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(
        `<!doctype html><link rel="icon" href="data:,"><h1>Trang khác</h1>${request.url === '/frame' ? frame : fragment}`,
      );
    }).listen(0, '127.0.0.1');
    await once(cms, 'listening');
    address = `http://127.0.0.1:${(cms.address() as AddressInfo).port}`;
  });

  afterAll(async () => {
    cms.closeAllConnections();
    cms.close();
    await once(cms, 'close');
  });

  it('is a list of its own inside it', async () => {
    const { page, complaints, close } = await visit(browser, `${address}/`, PHONE);
    expect(await page.locator('ul.lien-thong > li > a').count()).toBe(5);
    expect(await overhang(page)).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
    await close();
  });

  it('may be framed', async () => {
    const { page, complaints, close } = await visit(browser, `${address}/frame`, PHONE);
    expect(await page.frameLocator('iframe').locator('ul.lien-thong > li > a').count()).toBe(5);
    expect(complaints).toEqual([]);
    await close();
  });

  it('no other page may be', async () => {
    const response = await fetch(`${gateway.url}/`);
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });
});
