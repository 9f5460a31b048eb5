import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { DESK, overhang, PHONE, startBrowser, visit } from './browser.ts';
import { cleanSite } from './clean-sites.ts';
import { type FakeSite, federationOf, startFakeSite } from './fake-site.ts';
import { planted } from './made-site.ts';
import { type Gateway, removeFolder, runGateway } from './run-gateway.ts';

/** The self-check, as a webmaster uses it in Chromium. */
let site: FakeSite;
let gateway: Gateway;
let browser: Browser;

beforeAll(async () => {
  site = await startFakeSite();
  const clean = cleanSite({ kind: 'unit', name: 'Cục Việc làm', origin: site.url, now: Date.now() }, 'rss');
  const pages = planted(clean, '/', '<main>', '<main><marquee>x</marquee>');
  for (const [path, page] of Object.entries(planted(pages, '/feed/', /<guid[^>]*>[^<]*<\/guid>\n/g, '')))
    site.pages.set(path, page);
  const config = `${federationOf(site)}check: { allowNetworks: ["${site.host}"] }\n`;
  [gateway, browser] = await Promise.all([runGateway({ config }), startBrowser()]);
}, 90_000);

afterAll(async () => {
  await browser?.close();
  await gateway?.kill('SIGTERM');
  await site?.stop();
  if (gateway) removeFolder(gateway.dataDir);
});

const READERS = [
  ['a phone', PHONE],
  ['a desk', DESK],
  ['a dark phone', { ...PHONE, colorScheme: 'dark' }],
  ['a desk without script', { ...DESK, javaScriptEnabled: false }],
] as const;

describe('the self-check', () => {
  it.each(READERS)('is asked by form and answers on %s', async (_, options) => {
    const seen = await visit(browser, `${gateway.url}/check`, { ...options, locale: 'vi-VN' });
    await seen.page.getByLabel('Địa chỉ').fill(`${site.url}/`);
    await seen.page.getByLabel('Loại trang').selectOption('unit');
    await seen.page.getByRole('button', { name: 'Kiểm tra' }).click();
    await seen.page.waitForURL(/url=/);
    expect(await seen.page.getByRole('heading', { name: 'Mã định danh tin ổn định' }).isVisible()).toBe(true);
    expect(await seen.page.getByText('Tin không có mã định danh.').isVisible()).toBe(true);
    expect(await seen.page.locator('article.problem.must').count()).toBeGreaterThanOrEqual(2);
    // What was asked stays in the form, to be corrected.
    expect(await seen.page.getByLabel('Địa chỉ').inputValue()).toBe(`${site.url}/`);
    await seen.page.getByText('Khối cho tệp liên thông').click();
    expect(await seen.page.locator('pre').first().textContent()).toContain('connector: feed');
    if (!('javaScriptEnabled' in options)) expect(await overhang(seen.page)).toBeLessThanOrEqual(0);
    await seen.page.getByRole('link', { name: 'English' }).click();
    await seen.page.getByRole('heading', { name: 'Check your site' }).waitFor();
    expect(await seen.page.getByText('The entry has no id.').isVisible()).toBe(true);
    expect(seen.complaints).toEqual([]);
    expect(seen.asked.every(url => url.startsWith(gateway.url))).toBe(true);
    await seen.close();
  });

  it('tells in Vietnamese why an address is not checked', async () => {
    const refused = await visit(browser, `${gateway.url}/check?url=http%3A%2F%2F10.0.0.1%2F`);
    expect(refused.status).toBe(403);
    expect(await refused.page.locator('h1').textContent()).toContain('không thuộc Internet công cộng');
    await refused.close();
  });
});
