import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { DESK, startBrowser, visit } from './browser.ts';
import { atomFeed, type FakeSite, federationOf, startFakeSite } from './fake-site.ts';
import { VECTORS } from './hostile-markup.example.ts';
import { type Gateway, removeFolder, runGateway, until } from './run-gateway.ts';

/** A site sends everything that ever ran in a reader; in Chromium, on every page of ours, nothing runs. */
let site: FakeSite;
let gateway: Gateway;
let browser: Browser;
let items: { id: string; content_html?: string }[];
let gone: string[] = [];

beforeAll(async () => {
  site = await startFakeSite();
  const entries = VECTORS.map((text, n) => ({
    id: `v${n}`,
    title: `Tin ${n} ${text.replace(/[<>&]/g, sign => `&#${sign.charCodeAt(0)};`).replaceAll(']]>', '')}`,
    text: `<p>Tin ${n}</p>${text.replaceAll(']]>', '')}`,
  }));
  site.pages.set('/tin.atom', {
    body: () =>
      atomFeed(
        site.url,
        entries.filter(({ id }) => !gone.includes(id)),
        gone,
      ),
  });
  [gateway, browser] = await Promise.all([
    runGateway({ config: federationOf(site, '{ min: 1s, max: 1s }') }),
    startBrowser(),
  ]);
  items = await until('all vectors', async () => {
    const found = await readItems();
    return found.length === VECTORS.length && found;
  });
}, 90_000);

afterAll(async () => {
  await browser?.close();
  await gateway?.kill('SIGTERM');
  await site.stop();
  removeFolder(gateway.dataDir);
});

async function readItems() {
  const response = await fetch(`${gateway.url}/feeds/all.json?limit=500`);
  return ((await response.json()) as { items: typeof items }).items;
}

/** Every vector calls one of these when it runs. */
const WATCH = `window.ran = []; for (const name of ['alert', 'confirm', 'prompt', 'open']) window[name] = text => window.ran.push(name + ' ' + text);`;

/** Those that need no network, no click and no frame: each runs by itself as soon as it is markup. */
const PLAIN = VECTORS.filter(vector => /^<(?:img|video|audio) src=x o/.test(vector)).slice(0, 4);

describe('what the cleaner leaves', () => {
  // Only the plain ones: all of them together, uncleaned, have taken the browser down.
  it.each(PLAIN)('does run where nobody cleans it: %s', async vector => {
    const { page, close } = await visit(browser, 'about:blank', DESK);
    await page.evaluate(WATCH);
    await page.evaluate(`document.body.innerHTML = ${JSON.stringify(vector)}`);
    await page.waitForFunction('window.ran.length > 0');
    await close();
  });

  it('runs nothing as innerHTML of a page without any policy, hovered and clicked', async () => {
    const { page, complaints, close } = await visit(browser, 'about:blank', DESK);
    await page.evaluate(WATCH);
    for (const { content_html = '' } of items) {
      await page.evaluate(`document.body.innerHTML = ${JSON.stringify(content_html)}`);
      await page.evaluate(
        `for (const element of document.querySelectorAll('body *')) {
          element.addEventListener('click', event => event.preventDefault());
          for (const type of ['mouseover', 'focus', 'click', 'toggle', 'animationend', 'pointerenter']) element.dispatchEvent(new MouseEvent(type, { cancelable: true }));
        }`,
      );
    }
    await page.waitForTimeout(500);
    expect(await page.evaluate('window.ran')).toEqual([]);
    expect(complaints.filter(text => text.startsWith('dialog'))).toEqual([]);
    await close();
  });

  it('has no element, attribute or address that could', async () => {
    const { page, close } = await visit(browser, 'about:blank', DESK);
    for (const { id, content_html = '' } of items) {
      const found = await page.evaluate(
        `(() => { const inert = new DOMParser().parseFromString(${JSON.stringify(content_html)}, 'text/html');
          return [...inert.body.querySelectorAll('*')].flatMap(element => [
            ...(/^(script|style|link|meta|base|object|embed|form|input|button|textarea|select|svg|math|template|noscript|frame|frameset|applet|portal)$/i.test(element.localName) ? [element.localName] : []),
            ...[...element.attributes].filter(({ name, value }) => /^on|^style$|^srcdoc$|^formaction$/i.test(name) || /^[\\s\\u0000-\\u0020]*(javascript|data|vbscript)[\\s]*:/i.test(value)).map(({ name, value }) => name + '=' + value),
          ]); })()`,
      );
      expect({ id, found }).toEqual({ id, found: [] });
    }
    await close();
  });
});

it('item pages run nothing and break no policy', async () => {
  const context = await browser.newContext(DESK);
  await context.addInitScript(WATCH);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', message => {
    if (/Content Security Policy|Refused/.test(message.text())) complaints.push(message.text());
  });
  for (const { id } of items) {
    await page.goto(`${gateway.url}/items/${id}`, { waitUntil: 'domcontentloaded' });
    expect({ id, ran: await page.evaluate('window.ran') }).toEqual({ id, ran: [] });
    expect(await page.locator('article').count()).toBe(1);
  }
  expect(complaints).toEqual([]);
  await context.close();
}, 120_000);

it.each(['/', '/feeds/all.html?limit=500&picture=1'])('%s runs nothing either', async path => {
  const context = await browser.newContext(DESK);
  await context.addInitScript(WATCH);
  const page = await context.newPage();
  await page.goto(gateway.url + path);
  expect(await page.evaluate('window.ran')).toEqual([]);
  expect(await page.locator('script, iframe, object, embed, svg').count()).toBe(0);
  await context.close();
});

it('says of a withdrawn item that it is gone, and nothing of what it was', async () => {
  gone = ['v0'];
  const known = items.map(({ id }) => id);
  const left = await until('the withdrawal', async () => {
    const found = await readItems();
    return found.length < known.length && found.map(({ id }) => id);
  });
  const withdrawn = known.find(id => !left.includes(id)) ?? '';
  const { page, status, complaints, close } = await visit(browser, `${gateway.url}/items/${withdrawn}`);
  expect(status).toBe(410);
  expect(await page.locator('h1').innerText()).toBe('Tin này đã được nơi đăng gỡ.');
  expect(await page.locator('main').innerText()).not.toContain('Tin 0');
  expect(complaints.filter(text => !text.includes('410'))).toEqual([]);
  await close();
});
