import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { connectors } from '../../connectors/index.ts';
import { webPage } from '../../connectors/web-page/index.ts';
import { formats } from '../../schemas/formats/index.ts';
import { rules } from '../../schemas/rules/index.ts';
import type { Site } from '../../schemas/site.ts';
import { compareDue, compareNow } from '../completeness/compare-due.ts';
import { openBooks } from '../harvest/books.ts';
import { runLeased } from '../harvest/scheduler.ts';
import { createHarvester, type Harvester } from '../harvest/thread.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { type FakeSite, startFakeSite } from './fake-site.ts';
import { seededFederation } from './seed.ts';

/** A site whose feed shows ten of what it publishes, and whose sitemap shows all. */
const NAME = 'viec-lam/tin';
const DAY = 24 * 60 * 60_000;
let pages: FakeSite;
let folder: string;
let store: Store;
let harvester: Harvester;
let site: Site;
const never = new AbortController().signal;

beforeEach(async () => {
  pages = await startFakeSite();
  folder = mkdtempSync(join(tmpdir(), 'lienthong-complete-'));
  store = await openStore({ dataDir: folder });
});
afterEach(async () => {
  await harvester.close();
  await store.close();
  await pages.stop();
  rmSync(folder, { recursive: true });
});

async function federate(options: Record<string, unknown> = {}, connector = 'feed'): Promise<void> {
  const seeded = seededFederation();
  const [known] = seeded.sites.filter(({ id }) => id === 'viec-lam');
  const [source] = seeded.sources.filter(({ name }) => name === NAME);
  if (!known || !source) throw new Error('no seed');
  site = { ...known, homepage: `${pages.url}/` };
  const url = `${pages.url}/tin.atom`;
  const federation = {
    ...seeded,
    fetch: { ...seeded.fetch, allowNetworks: ['127.0.0.0/8'] },
    sites: [site],
    sources: [
      {
        ...source,
        connector,
        since: 30 * DAY,
        options:
          connector === 'feed'
            ? { url, reader: 'own', maxEntries: 5000, archives: true, ...options }
            : webPage.options.parse(options),
      },
    ],
  };
  const quiet = () => undefined;
  harvester = createHarvester({
    federation,
    store,
    connectors: connectors(formats),
    rules,
    startReader: () =>
      new Worker(new URL('../main.ts', import.meta.url), { workerData: { role: 'reading' } }),
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  });
  await store.work.register([{ name: NAME, interval: 1000 }]);
}

async function harvest(): Promise<void> {
  const lease = await store.work.leaseOne(NAME, 60_000);
  const done = lease && (await runLeased(lease, never, harvester));
  if (!lease || !done || done.error) throw done?.error ?? new Error('no harvest');
  const books = openBooks(harvester);
  await Promise.all([books.book(lease, done), books.close()]);
}

const compare = () => compareNow(site, harvester, never);
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
const link = (n: number) => `${pages.url}/tin-tuc/mot-tieu-de-dai-cua-bai-so-${1000 + n}.html`;

function feed(numbers: readonly number[], prev = ''): string {
  const entries = numbers.map(
    n =>
      `<entry><id>urn:x:bai-viet-${n}</id><title>Một tiêu đề dài của bài ${n}</title><link href="${link(n)}"/><updated>${hoursAgo(n + 2)}</updated><published>${hoursAgo(n + 2)}</published><author><name>A</name></author><content type="html">Nội dung của bài ${n}, đủ dài để là một bài.</content></entry>`,
  );
  return `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>${pages.url}/</id><title>Tin</title><updated>${hoursAgo(0)}</updated>${prev && `<link rel="prev-archive" href="${pages.url}${prev}"/>`}${entries.join('')}</feed>`;
}

function sitemap(addresses: readonly { loc: string; lastmod?: string }[]): string {
  const urls = addresses.map(
    ({ loc, lastmod }) => `<url><loc>${loc}</loc>${lastmod ? `<lastmod>${lastmod}</lastmod>` : ''}</url>`,
  );
  return `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.join('')}</urlset>`;
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const dated = (numbers: readonly number[]) => numbers.map(n => ({ loc: link(n), lastmod: hoursAgo(n + 2) }));

it('says what a sitemap has and the feed never showed, and passes over what are no articles', async () => {
  pages.pages.set('/tin.atom', { body: () => feed(range(0, 10)) });
  pages.pages.set('/robots.txt', { type: 'text/plain', body: `Sitemap: ${pages.url}/index.xml.gz\n` });
  const index = `<sitemapindex><sitemap><loc>${pages.url}/bai.xml</loc></sitemap><sitemap><loc>${pages.url}/trang.xml</loc></sitemap><sitemap><loc>${pages.url}/cu.xml</loc><lastmod>2020-01-01</lastmod></sitemap></sitemapindex>`;
  pages.pages.set('/index.xml.gz', { type: 'application/gzip', body: gzipSync(index) });
  pages.pages.set('/bai.xml', {
    type: 'application/xml',
    body: () =>
      sitemap([
        ...dated(range(2, 14)),
        { loc: `${pages.url}/lien-he`, lastmod: hoursAgo(1) },
        { loc: link(900), lastmod: '2020-01-01' },
        { loc: 'https://elsewhere.example/tin-tuc/mot-tieu-de-dai-cua-bai-so-1.html' },
      ]),
  });
  pages.pages.set('/trang.xml', {
    type: 'application/xml',
    body: sitemap([{ loc: `${pages.url}/gioi-thieu/co-cau-to-chuc-cua-cuc-1234.html` }]),
  });
  await federate();
  await harvest();
  const { claims, failure } = await compare();
  expect(failure).toBeUndefined();
  expect(claims).toHaveLength(1);
  expect(claims[0]).toMatchObject({
    claimedBy: 'sitemap',
    url: `${pages.url}/bai.xml`,
    held: 8,
    missing: 4,
    notTaken: 0,
    extra: 2,
    fetched: 0,
    complete: true,
    missingLinks: range(10, 14).map(link),
  });
  expect([...(claims[0]?.extraLinks ?? [])].sort()).toEqual(range(0, 2).map(link));
  expect(pages.asked).not.toContain('/cu.xml');
});

it('fetches from archives what fell out of the window between two harvests, once', async () => {
  let newest = 20;
  pages.pages.set('/tin.atom', { body: () => feed(range(newest, newest + 10), '/archive') });
  pages.pages.set('/archive', { body: () => feed(range(newest + 10, 60)) });
  await federate();
  await harvest();
  expect(await store.items.counts()).toEqual(new Map([['viec-lam', 40]]));
  // Twenty new ones before the next harvest: the window shows ten of them.
  newest = 0;
  await harvest();
  expect((await store.items.counts()).get('viec-lam')).toBe(50);
  const { claims } = await compare();
  expect(claims).toMatchObject([
    {
      claimedBy: 'list',
      source: NAME,
      held: 60,
      missing: 0,
      notTaken: 0,
      extra: 0,
      fetched: 10,
      complete: true,
    },
  ]);
  expect((await store.items.counts()).get('viec-lam')).toBe(60);
  const again = await compare();
  expect(again.claims[0]).toMatchObject({ held: 60, fetched: 0 });
});

it('asks once for what comes to no item, and says how many those are', async () => {
  pages.pages.set('/tin.atom', { body: () => feed(range(0, 5), '/archive') });
  await federate({ archives: false });
  await harvest();
  // No link and no title: nothing that could be an item.
  const empty = '<entry><id>urn:x:rong-khong-co-gi</id><updated/></entry>';
  pages.pages.set('/archive', { body: () => feed(range(5, 8)).replace('</feed>', `${empty}</feed>`) });
  expect((await compare()).claims[0]).toMatchObject({ held: 8, missing: 0, notTaken: 1, fetched: 3 });
  const before = pages.asked.length;
  expect((await compare()).claims[0]).toMatchObject({ held: 8, missing: 0, notTaken: 1, fetched: 0 });
  const asked = pages.asked.slice(before).filter(path => path === '/archive');
  expect(asked).toHaveLength(1);
});

it('does not take for missing what was withdrawn, nor what came since the last harvest', async () => {
  pages.pages.set('/tin.atom', { body: () => feed(range(0, 5)) });
  pages.pages.set('/sitemap.xml', {
    type: 'application/xml',
    body: () => sitemap([...dated(range(0, 5)), { loc: link(77), lastmod: new Date().toISOString() }]),
  });
  await federate();
  await harvest();
  const gone = `<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="urn:x:bai-viet-0" when="${hoursAgo(0)}"/>`;
  pages.pages.set('/tin.atom', { body: () => feed(range(1, 5)).replace('</feed>', `${gone}</feed>`) });
  await harvest();
  expect((await store.items.counts()).get('viec-lam')).toBe(4);
  await new Promise(resolve => setTimeout(resolve, 20));
  expect((await compare()).claims[0]).toMatchObject({ held: 5, missing: 0, extra: 0 });
});

it('opens the pages that a sitemap names and the list never showed, each once', async () => {
  const page = (n: number) => ({
    type: 'text/html; charset=utf-8',
    body: `<html lang="vi"><head><title>Một tiêu đề dài của bài ${n}</title><meta property="og:type" content="article"><meta property="article:published_time" content="${hoursAgo(n + 2)}"></head><body><h1>Một tiêu đề dài của bài ${n}</h1><p>Nội dung của bài ${n}.</p></body></html>`,
  });
  for (const n of range(0, 8)) pages.pages.set(new URL(link(n)).pathname, page(n));
  const rows = range(0, 4).map(n => `<li><a href="${link(n)}">Một tiêu đề dài của bài ${n}</a></li>`);
  pages.pages.set('/tin-tuc', {
    type: 'text/html',
    body: `<html><body><ul class="tin">${rows.join('')}</ul></body></html>`,
  });
  const gone = { loc: link(8), lastmod: hoursAgo(10) };
  pages.pages.set('/sitemap.xml', {
    type: 'application/xml',
    body: () => sitemap([...dated(range(0, 8)), gone]),
  });
  await federate({ list: `${pages.url}/tin-tuc`, link: 'ul.tin a', gap: 0 }, 'web-page');
  await harvest();
  expect((await store.items.counts()).get('viec-lam')).toBe(4);
  const [claim] = (await compare()).claims;
  expect(claim).toMatchObject({
    claimedBy: 'sitemap',
    held: 8,
    missing: 0,
    notTaken: 1,
    fetched: 4,
    extra: 0,
  });
  const before = pages.asked.length;
  await compare();
  expect(pages.asked.slice(before).filter(path => path.startsWith('/tin-tuc/'))).toEqual([]);
});

it('falls due once a day, for one process of several, and is told to the operator', async () => {
  pages.pages.set('/tin.atom', { body: () => feed(range(0, 3)) });
  await federate();
  await harvest();
  const looks = await Promise.all([compareDue(harvester, never), compareDue(harvester, never)]);
  expect(looks.filter(id => id === 'viec-lam')).toHaveLength(1);
  expect(await compareDue(harvester, never)).toBeUndefined();
  expect((await store.records.get('completeness', 'viec-lam'))?.document.claims).toEqual([]);
});

it('says nothing of a site whose sitemap is cut off, a page, or a bomb, but that it is not all', async () => {
  pages.pages.set('/tin.atom', { body: () => feed(range(0, 3)) });
  pages.pages.set('/robots.txt', {
    type: 'text/plain',
    body: ['bai.xml', 'trang.html', 'bom.xml.gz'].map(name => `Sitemap: ${pages.url}/${name}`).join('\n'),
  });
  pages.pages.set('/bai.xml', {
    type: 'application/xml',
    body: () => sitemap(dated(range(0, 4))).slice(0, -20),
  });
  pages.pages.set('/trang.html', { type: 'text/html', body: '<html><body>Không tìm thấy</body></html>' });
  pages.pages.set('/bom.xml.gz', { type: 'application/gzip', body: gzipSync(Buffer.alloc(64e6, 'x')) });
  await federate();
  await harvest();
  const [claim] = (await compare()).claims;
  expect(claim).toMatchObject({ held: 3, missing: 1, complete: false });
  expect(claim?.extra).toBeUndefined();
});
