import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { startBrowser, visit } from '../../gateway/e2e/browser.ts';
import { idOf, newItem, saveItems, takeAway } from '../../gateway/e2e/seed.ts';
import { openSeededServer, type SeededServer } from '../../gateway/e2e/seeded-server.ts';
import { startWaywardWay, type WaywardWay } from '../consumer/wayward-way.ts';

/** The files that README gives to portals, as they stand; only the gateway's address is another one here. */
let browser: Browser;
let world: SeededServer;
let way: WaywardWay;
let folder: string;
let page: string;
let portal: Server;

const HOSTILE = `<img src=x onerror="window.ran=1">" ' & <script>window.ran=1</script>`;
const read = (name: string) =>
  readFileSync(new URL(name, import.meta.url), 'utf8').replaceAll('https://tin.example.gov.vn', way.url);

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lienthong-home-'));
  world = await openSeededServer();
  await saveItems(world.store, [
    newItem('cong', 'mot', { title: HOSTILE }),
    newItem('viec-lam', 'hai', { title: 'Lương tối thiểu năm 2026' }),
  ]);
  way = await startWaywardWay(await world.serve());
  portal = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<!doctype html>${page}`),
  ).listen(0, '127.0.0.1');
  await once(portal, 'listening');
});

afterEach(async () => {
  portal.closeAllConnections();
  portal.close();
  await way.stop();
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const home = () => `http://127.0.0.1:${(portal.address() as AddressInfo).port}/`;
const away = () => {
  for (let left = 0; left < 5; left += 1)
    way.mishaps.push(response => void response.writeHead(503).end('<h1>Bảo trì</h1>'));
};

describe('plain HTML', () => {
  it('shows the list in a frame, runs nothing of it, and its links open in the whole window', async () => {
    page = read('plain.html');
    const { page: tab, asked, close } = await visit(browser, home());
    const frame = tab.frameLocator('iframe');
    await frame.locator('li').first().waitFor();
    expect(await frame.locator('li').count()).toBe(2);
    expect(await frame.locator('li', { hasText: '<script>' }).count()).toBe(1);
    await tab.route('https://viec-lam.example.vn/**', route => route.fulfill({ body: 'bài gốc' }));
    await frame.getByText('Lương tối thiểu').click();
    await tab.waitForURL('https://viec-lam.example.vn/hai');
    expect(asked.filter(url => !url.startsWith('http://127.0.0.1') && !url.includes('/hai'))).toEqual([]);
    await close();
  });
});

describe('JavaScript', () => {
  it('shows texts as texts, keeps the last list while the gateway is away, and lets it go in time', async () => {
    page = read('news.js.html');
    const { page: tab, complaints, close } = await visit(browser, home());
    await tab.locator('#tin li', { hasText: 'Lương tối thiểu' }).waitFor();
    expect(await tab.locator('#tin li').count()).toBe(2);
    expect(await tab.locator('#tin', { hasText: HOSTILE }).count()).toBe(1);
    expect(
      await tab.evaluate('[window.ran, document.querySelectorAll("#tin img, #tin script").length]'),
    ).toEqual([undefined, 0]);
    expect(await tab.locator('#tin a').first().getAttribute('href')).toMatch(/^https:\/\//);
    expect(complaints).toEqual([]);
    // Past the browser's own cache, which may answer for a minute.
    await tab.route(`${way.url}/**`, route => route.abort());
    await tab.reload();
    expect(await tab.locator('#tin li').count()).toBe(2);
    await tab.evaluate(
      `for (const [key, text] of Object.entries(localStorage)) localStorage.setItem(key, JSON.stringify({ ...JSON.parse(text), at: Date.now() - 3 * 3600000 }))`,
    );
    await tab.reload();
    expect(await tab.locator('#tin').innerText()).toBe('Tất cả tin');
    await close();
  });
});

const run = promisify(execFile);

/** The list that the portal's server has kept, made so old. */
function age(seconds: number): void {
  const at = Date.now() / 1000 - seconds;
  for (const name of readdirSync(folder).filter(name => /lien-thong/.test(name)))
    utimesSync(join(folder, name), at, at);
}

describe('PHP', () => {
  const show = async () => {
    const file = join(folder, 'news.php');
    writeFileSync(file, read('news.php'));
    const { stdout, stderr } = await run(
      'php',
      ['-d', 'error_reporting=-1', '-d', 'display_errors=stderr', file],
      {
        env: { ...process.env, TMPDIR: folder },
      },
    );
    expect(stderr).toBe('');
    return stdout;
  };

  it('escapes what is shown, asks once a minute, and follows a withdrawal', async () => {
    const first = await show();
    expect(first.match(/<li>/g)).toHaveLength(2);
    expect(first).toContain('Lương tối thiểu năm 2026');
    expect(first).toContain('&lt;script&gt;');
    expect(first).not.toMatch(/<script|<img/);
    await show();
    expect(way.asked).toHaveLength(1);
    await takeAway(world.store, idOf('viec-lam', 'hai'), 'withdrawn');
    age(61);
    expect(await show()).not.toContain('Lương tối thiểu');
  });

  it('shows the last list while the gateway is away, and lets it go in time', async () => {
    const first = await show();
    away();
    age(90);
    expect(await show()).toBe(first);
    age(3 * 3600);
    expect(await show()).toBe(`<ul>\n</ul>\n<p><a href="${way.url}/">Tất cả tin</a></p>\n`);
  });
});

describe('C#', () => {
  const MAIN = `static class Page { static void Main() {
    System.Console.OutputEncoding = System.Text.Encoding.UTF8;
    LienThong.News(); System.Console.Write(LienThong.News()); } }`;
  const show = async () => {
    const file = join(folder, 'News.cs');
    writeFileSync(file, read('News.cs'));
    writeFileSync(join(folder, 'Page.cs'), MAIN);
    await run('mcs', ['-r:System.Net.Http', `-out:${folder}/page.exe`, file, join(folder, 'Page.cs')]);
    const { stdout } = await run('mono', [`${folder}/page.exe`], { env: { ...process.env, TMPDIR: folder } });
    return stdout.replace(/^\uFEFF/, '');
  };

  it('shows the finished list, asks once, keeps the last one while the gateway is away, and lets it go in time', async () => {
    const first = await show();
    expect(way.asked).toHaveLength(1);
    expect(first).toContain('Lương tối thiểu năm 2026');
    expect(first).not.toMatch(/<script|<img/);
    away();
    expect(await show()).toBe(first);
    age(3 * 3600);
    expect(await show()).toBe(`<p><a href="${way.url}/">Tất cả tin</a></p>`);
  }, 60_000);
});
