import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { openFetch } from '../../gateway/harvest/sample-site.ts';
import type { HeldItem } from '../connector.ts';
import { type FakePage, type FakeSite, fakeSite, framed } from './fake-site.ts';
import { webPage } from './index.ts';
import { NOW, type Ran, type RunInput, run, setting, shown } from './test-run.ts';

const HOUR = 3_600_000;
const open: FakeSite[] = [];

afterEach(async () => {
  for (const site of open.splice(0)) await site.close();
});

async function serve(pages: Readonly<Record<string, string | FakePage>>): Promise<FakeSite> {
  const site = await fakeSite(pages);
  open.push(site);
  return site;
}

const NAMES = [
  'Việc làm mùa cuối năm tăng mạnh',
  'Kiểm tra an toàn tại công trường',
  'Đào tạo nghề cho thanh niên nông thôn',
  'Chi trả bảo hiểm thất nghiệp tháng mười',
];
const titleOf = (n: number) => `${NAMES[n % NAMES.length]} ${n}`;
const path = (n: number) => `/tin/bai-viet-${n}.html`;

function list(numbers: readonly number[], more = ''): string {
  const items = numbers.map(n => `<li><h3><a href="${path(n)}">${titleOf(n)}</a></h3></li>`);
  return framed('<title>Tin tức - Cục Mẫu</title>', `<ul class="ds">${items.join('')}</ul>${more}`);
}

function article(n: number, more = ''): string {
  const ld = JSON.stringify({
    '@type': 'NewsArticle',
    headline: titleOf(n),
    datePublished: `2026-11-2${n % 7}T08:00:00+07:00`,
  });
  return framed(
    `<title>${titleOf(n)} - Cục Mẫu</title><script type="application/ld+json">${ld}</script>${more}`,
    `<h1>${titleOf(n)}</h1>`,
  );
}

const articles = (numbers: readonly number[]) => Object.fromEntries(numbers.map(n => [path(n), article(n)]));
const titles = (ran: Ran) => ran.batches.flatMap(({ entries }) => entries.map(({ title }) => title?.value));
const last = (ran: Ran) => ran.batches.at(-1)?.checkpoint;
const deletions = (ran: Ran) => ran.batches.flatMap(batch => batch.deletions ?? []);
const held = (ran: Ran): HeldItem[] =>
  ran.batches.flatMap(({ entries }) =>
    entries.map(({ link = '', published }) => ({
      id: link,
      link,
      ...(published && { published: Date.parse(published) }),
    })),
  );

/** Runs of one site, each going on from the one before, with the items of all before it held. */
function world(site: FakeSite, options: object) {
  let checkpoint: unknown;
  let known: HeldItem[] = [];
  return async (input: Partial<RunInput> = {}) => {
    site.asked.length = 0;
    const ran = await run({
      options: { list: `${site.origin}/tin`, link: 'h3 a', gap: 0, ...options },
      checkpoint,
      held: known,
      ...input,
    });
    checkpoint = last(ran);
    known = [...known, ...held(ran)];
    return ran;
  };
}

describe('asks little', () => {
  it('opens nothing a second time, and only what is new', async () => {
    const site = await serve({ '/tin': list([1, 2]), ...articles([1, 2, 3]) });
    const go = world(site, {});
    expect(titles(await go())).toEqual([titleOf(1), titleOf(2)]);
    expect(titles(await go())).toEqual([]);
    expect(site.asked).toEqual(['GET /tin']);
    site.pages.set('/tin', { body: list([3, 1, 2]) });
    expect(titles(await go())).toEqual([titleOf(3)]);
    expect(site.asked).toEqual(['GET /tin', `GET ${path(3)}`]);
  });

  it('believes a 304 of a list that it has read to the end, and of no other', async () => {
    const site = await serve({
      '/tin': { body: list([1, 2, 3]), headers: { etag: '"a"' } },
      ...articles([1, 2, 3]),
    });
    const go = world(site, { perRun: 2 });
    expect(titles(await go())).toHaveLength(2);
    expect(titles(await go())).toEqual([titleOf(3)]);
    expect(titles(await go())).toEqual([]);
    expect(site.asked).toEqual(['GET /tin']);
  });

  it('goes on where its share ended, on later pages too', async () => {
    const site = await serve({
      '/tin': list([1, 2, 3]),
      '/tin?p=2': list([4, 5, 6]),
      '/tin?p=3': list([6]),
      ...articles([1, 2, 3, 4, 5, 6]),
    });
    const go = world(site, { perRun: 2, paging: { kind: 'page', param: 'p' } });
    const all = [...titles(await go()), ...titles(await go()), ...titles(await go())];
    expect(all.toSorted()).toEqual([1, 2, 3, 4, 5, 6].map(titleOf).toSorted());
  });

  it('reads again what may have been corrected, and gives only what was', async () => {
    const site = await serve({ '/tin': list([1, 2]), ...articles([1, 2]) });
    const go = world(site, {});
    await go();
    expect(titles(await go({ now: NOW + 2 * HOUR }))).toEqual([]);
    expect(site.asked).toEqual(['GET /tin', `GET ${path(1)}`, `GET ${path(2)}`]);
    site.pages.set(path(2), { body: article(2).replaceAll(titleOf(2), `${titleOf(2)} (đính chính)`) });
    expect(titles(await go({ now: NOW + 9 * HOUR }))).toEqual([`${titleOf(2)} (đính chính)`]);
    expect(titles(await go({ now: NOW + 9 * HOUR }))).toEqual([]);
    expect(site.asked).toEqual(['GET /tin']);
  });

  it('opens what its list calls otherwise now', async () => {
    const site = await serve({ '/tin': list([1, 2]), ...articles([1, 2]) });
    const go = world(site, {});
    await go();
    site.pages.set('/tin', { body: list([1, 2]).replace(titleOf(1), `${titleOf(1)}, cập nhật`) });
    site.pages.set(path(1), { body: article(1, '<meta name="description" content="Mới">') });
    expect(titles(await go())).toEqual([titleOf(1)]);
    expect(site.asked).toEqual(['GET /tin', `GET ${path(1)}`]);
  });

  it('doesn’t open what the list says is too old, and doesn’t turn the page after such a page', async () => {
    const dated = (numbers: readonly number[], day: string) =>
      list(numbers).replaceAll('</h3>', `</h3><span class="date">${day}</span>`);
    const site = await serve({
      '/tin': dated([1, 2], '26/11/2026'),
      '/tin?p=2': dated([3], '01/01/2026'),
      '/tin?p=3': dated([4], '02/01/2026'),
      ...articles([1, 2, 3, 4]),
    });
    const go = world(site, { paging: { kind: 'page', param: 'p' } });
    expect(titles(await go({ since: NOW - 30 * 24 * HOUR }))).toEqual([titleOf(1), titleOf(2)]);
    expect(site.asked).not.toContain(`GET ${path(3)}`);
    expect(site.asked).not.toContain('GET /tin?p=3');
  });
});

describe('paging', () => {
  it.each([
    ['gives the same page for every number', () => [1, 2]],
    ['goes round in circles', (p: number) => (p % 2 === 1 ? [1, 2] : [3, 4])],
  ])('ends where it %s', async (_name, numbersOf) => {
    const pages = Object.fromEntries(
      Array.from({ length: 30 }, (_, p) => [p === 0 ? '/tin' : `/tin?p=${p + 1}`, list(numbersOf(p + 1))]),
    );
    const site = await serve({ ...pages, ...articles([1, 2, 3, 4]) });
    const ran = await world(site, { paging: { kind: 'page', param: 'p', most: 30 } })();
    expect(new Set(titles(ran)).size).toBe(titles(ran).length);
    expect(site.asked.filter(one => one.startsWith('GET /tin?')).length).toBeLessThanOrEqual(2);
  });

  it('ends at its bound where it never ends by itself', async () => {
    const pages = Object.fromEntries(
      Array.from({ length: 50 }, (_, p) => [p === 0 ? '/tin' : `/tin?p=${p + 1}`, list([p * 2, p * 2 + 1])]),
    );
    const site = await serve({ ...pages, ...articles(Array.from({ length: 100 }, (_, n) => n)) });
    expect(titles(await world(site, { paging: { kind: 'page', param: 'p', most: 4 } })())).toHaveLength(8);
  });

  it('follows links to the next page, declared or worded, and not to another site', async () => {
    const site = await serve({
      '/tin': list([1], '<div class="trang"><a href="/tin/trang-2">Trang sau »</a></div>'),
      '/tin/trang-2': list([2], '<link rel="next" href="/tin/trang-3">'),
      '/tin/trang-3': list([3], '<a rel="next" href="http://127.0.0.1:9/tin">Sau</a>'),
      ...articles([1, 2, 3]),
    });
    expect(titles(await world(site, { paging: { kind: 'next' } })())).toEqual([1, 2, 3].map(titleOf));
  });

  it('counts by items and by address', async () => {
    const site = await serve({
      '/tin': list([1]),
      '/tin?start=10': list([2]),
      '/b/trang-2.html': list([3]),
      ...articles([1, 2, 3]),
    });
    expect(
      titles(await world(site, { paging: { kind: 'page', param: 'start', first: 0, step: 10 } })()),
    ).toEqual([titleOf(1), titleOf(2)]);
    const paging = { kind: 'address', address: `${site.origin}/b/trang-{page}.html` };
    expect(titles(await world(site, { paging })())).toEqual([titleOf(1), titleOf(3)]);
  });
});

const CHECK =
  '<html><head><title>Just a moment...</title></head><body><div class="g-recaptcha"></div>Xác minh bạn không phải người máy</body></html>';
const LOGIN = framed(
  '<title>Đăng nhập hệ thống</title>',
  '<form action="/dang-nhap"><input name=u><input type="password" name=p></form>',
);
const CLOSED =
  '<html><title>Thông báo</title><body><h1>Hệ thống đang bảo trì</h1><p>Vui lòng quay lại sau.</p></body></html>';
const SOFT404 = framed(
  '<title>Cục Mẫu</title>',
  '<h1>Không tìm thấy trang</h1><p>Bài viết không tồn tại hoặc đã bị gỡ bỏ.</p>',
);

describe('what stands in an article’s place with status 200', () => {
  it.each([
    ['a robot check', CHECK],
    ['a sign-in form', LOGIN],
    ['a notice of maintenance', CLOSED],
    ['a soft 404', SOFT404],
  ])('is no item and no removal: %s', async (_name, body) => {
    const site = await serve({ '/tin': list([1, 2]), ...articles([1, 2]) });
    const go = world(site, {});
    await go();
    site.pages.set('/tin', { body: list([3, 1, 2]) });
    site.pages.set(path(3), { body });
    site.pages.set(path(1), { body });
    const ran = await go({ now: NOW + 2 * HOUR });
    expect(titles(ran)).toEqual([]);
    expect(deletions(ran)).toEqual([]);
  });

  it.each([
    ['ROBOT_CHECK', CHECK],
    ['SITE_UNAUTHORISED', LOGIN],
    ['SITE_FAILED', CLOSED],
    ['SITE_NOT_FOUND', SOFT404],
  ])('is told as %s in a list’s place', async (code, body) => {
    const site = await serve({ '/tin': body });
    const ran = await world(site, {})();
    expect(ran.error).toMatchObject({ code, data: { vi: expect.stringContaining('127.0.0.1') } });
    expect(titles(ran)).toEqual([]);
  });

  it('is tried again, and the list with it, though that is unchanged', async () => {
    const site = await serve({
      '/tin': { body: list([1, 2]), headers: { etag: '"a"' } },
      ...articles([1]),
      [path(2)]: { body: CLOSED },
    });
    const go = world(site, {});
    expect(titles(await go())).toEqual([titleOf(1)]);
    site.pages.set(path(2), { body: article(2) });
    expect(titles(await go())).toEqual([]);
    expect(titles(await go({ now: NOW + 2 * HOUR }))).toEqual([titleOf(2)]);
  });

  it('is an article all the same when it speaks of such things', async () => {
    const about = 'Tổng đài bảo trì hệ thống, trang không tồn tại 404 và captcha';
    const site = await serve({
      '/tin': list([1]).replace(titleOf(1), about),
      [path(1)]: framed(
        `<title>${about}</title>`,
        `<h1>${about}</h1><p class="date">26/11/2026</p><p>Ngắn.</p>`,
      ),
    });
    expect(titles(await world(site, {})())).toEqual([about]);
  });
});

describe('removal and return', () => {
  it('a list is a window; 410 is the site’s word; 404 is left to the probes', async () => {
    const site = await serve({ '/tin': list([1, 2, 3]), ...articles([1, 2, 3]) });
    const go = world(site, {});
    await go();
    site.pages.set('/tin', { body: list([1, 2]) });
    site.pages.set(path(1), { status: 410, body: 'gone' });
    site.pages.delete(path(2));
    const ran = await go({ now: NOW + 2 * HOUR });
    expect(deletions(ran)).toEqual([
      expect.objectContaining({ link: `${site.origin}${path(1)}`, basis: 'said' }),
    ]);
    expect(ran.error).toBeUndefined();
  });

  it('what was withdrawn and stands on its list again is read again', async () => {
    const site = await serve({ '/tin': list([1, 2]), ...articles([1, 2]) });
    const go = world(site, {});
    const first = await go();
    const kept = held(first).filter(({ link }) => !link.endsWith(path(1)));
    expect(titles(await go({ held: kept }))).toEqual([]);
    expect(titles(await go({ held: kept, now: NOW + 25 * HOUR }))).toEqual([titleOf(1)]);
  });
});

describe('one article is one item', () => {
  it('under two lists, and by two addresses', async () => {
    const site = await serve({
      '/tin': list([1, 2]),
      '/nong': list([2]).replace('bai-viet-2.html', 'bai-viet-2.html?utm_source=nong'),
      ...articles([1, 2]),
    });
    const ran = await run({
      options: { list: [`${site.origin}/tin`, `${site.origin}/nong`], link: 'h3 a', gap: 0 },
    });
    expect(titles(ran)).toEqual([titleOf(1), titleOf(2)]);
  });

  it('that moved is known by its old address too; one that leads home is none', async () => {
    const moved = { status: 301, headers: { location: '/moi/bai-1.html' }, body: '' };
    const home = { status: 302, headers: { location: '/' }, body: '' };
    const site = await serve({
      '/': list([1]),
      '/tin': list([1, 2]),
      [path(1)]: moved,
      [path(2)]: home,
      '/moi/bai-1.html': article(1),
    });
    const ran = await world(site, {})();
    expect(shown(ran, site.origin)).toEqual([
      expect.objectContaining({ title: titleOf(1), link: '/moi/bai-1.html' }),
    ]);
    expect(ran.batches[0]?.entries[0]?.otherLinks).toEqual([`${site.origin}${path(1)}`]);
  });
});

describe('times that are counted back', () => {
  it('stand as they were first read', async () => {
    const at = (text: string) => list([1]).replace('</h3>', `</h3><span class="date">${text}</span>`);
    const site = await serve({
      '/tin': at('2 giờ trước'),
      [path(1)]: framed('<title>x</title>', `<h1>${titleOf(1)}</h1>`),
    });
    const go = world(site, { open: false });
    const first = shown(await go(), site.origin);
    expect(first).toEqual([expect.objectContaining({ published: '2026-11-27T08:00:00+07:00' })]);
    site.pages.set('/tin', { body: at('3 giờ trước') });
    expect(titles(await go({ now: NOW + HOUR + 60_000 }))).toEqual([]);
    site.pages.set('/tin', { body: at('4 giờ trước').replace(titleOf(1), `${titleOf(1)} mới`) });
    const again = shown(await go({ now: NOW + 2 * HOUR + 60_000 }), site.origin);
    expect(again).toEqual([
      expect.objectContaining({ title: `${titleOf(1)} mới`, published: '2026-11-27T01:00:00.000Z' }),
    ]);
  });
});

describe('the site’s own picture', () => {
  it('leads no article, though nothing but its repetition tells', async () => {
    const pages = Object.fromEntries(
      [1, 2, 3, 4].map(n => [path(n), article(n, '<meta property="og:image" content="/chung.jpg">')]),
    );
    const own = { [path(5)]: article(5, '<meta property="og:image" content="/rieng.jpg">') };
    const site = await serve({
      '/tin': list([1, 2, 3, 4, 5]),
      ...pages,
      ...own,
      [path(6)]: article(6, '<meta property="og:image" content="/chung.jpg">'),
    });
    const go = world(site, {});
    const pictures = shown(await go(), site.origin).map(item =>
      'picture' in item ? item.picture : undefined,
    );
    expect(pictures).toEqual([undefined, undefined, undefined, undefined, '/rieng.jpg']);
    site.pages.set('/tin', { body: list([6, 1, 2]) });
    expect(shown(await go(), site.origin)).toEqual([expect.not.objectContaining({ picture: '/chung.jpg' })]);
  });

  it('is none that a text shows from where the page says its references begin', async () => {
    const ld = JSON.stringify({ '@type': 'NewsArticle', headline: titleOf(1) });
    const text = `<p>${'Người lao động được hỗ trợ học nghề và giới thiệu việc làm. '.repeat(8)}</p>`;
    const page = framed(
      `<base href="/cong/"><script type="application/ld+json">${ld}</script>`,
      `<article>${text}<p><img src="anh/1.jpg" width="600" height="400"></p>${text}</article>`,
    );
    const site = await serve({ '/tin': list([1]), [path(1)]: page });
    const [entry] = (await world(site, { content: 'auto' })()).batches.flatMap(({ entries }) => entries);
    expect(entry?.content?.value).toContain('hỗ trợ học nghề');
    expect(entry?.media[0]?.url).toBe(`${site.origin}/cong/anh/1.jpg`);
  });
});

describe('sitemaps', () => {
  const sitemap = (urls: readonly string[]) =>
    `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.join('')}</urlset>`;
  const url = (n: number, lastmod?: string) =>
    `<url><loc>{origin}${path(n)}</loc>${lastmod === undefined ? '' : `<lastmod>${lastmod}</lastmod>`}</url>`;
  const XML = 'application/xml';

  it('an index, a packed one, and one that is too old to be asked for', async () => {
    const index = `<sitemapindex><sitemap><loc>{origin}/a.xml</loc><lastmod>2026-11-26</lastmod></sitemap><sitemap><loc>{origin}/b.xml.gz</loc></sitemap><sitemap><loc>{origin}/cu.xml</loc><lastmod>2020-01-01</lastmod></sitemap></sitemapindex>`;
    const site = await serve({
      '/': framed('<title>Cục Mẫu</title>', ''),
      '/sitemap.xml': { body: index, type: XML },
      '/a.xml': { body: sitemap([url(1, '2026-11-25T08:00:00+07:00'), url(2, '2019-01-01')]), type: XML },
      ...articles([1, 2, 3]),
    });
    site.pages.set('/b.xml.gz', {
      body: gzipSync(
        sitemap([url(3, '2026-11-26'), '<url><loc>{origin}/</loc></url>']).replaceAll(
          '{origin}',
          site.origin,
        ),
      ),
      type: 'application/octet-stream',
    });
    const go = world(site, { list: undefined, link: undefined, sitemap: `${site.origin}/sitemap.xml` });
    expect(titles(await go({ since: NOW - 30 * 24 * HOUR }))).toEqual([titleOf(3), titleOf(1)]);
    expect(site.asked).not.toContain('GET /cu.xml');
    expect(titles(await go({ since: NOW - 30 * 24 * HOUR }))).toEqual([]);
    expect(site.asked.filter(one => one.includes('/tin/'))).toEqual([]);
  });

  it('opens again what has another lastmod, and only gives what changed', async () => {
    const site = await serve({
      '/': '<title>Cục Mẫu</title>',
      '/s.xml': { body: sitemap([url(1, '2026-11-25'), url(2, '2026-11-25')]), type: XML },
      ...articles([1, 2]),
    });
    const go = world(site, { list: undefined, link: undefined, sitemap: `${site.origin}/s.xml` });
    await go();
    site.pages.set('/s.xml', { body: sitemap([url(1, '2026-11-26'), url(2, '2026-11-26')]), type: XML });
    site.pages.set(path(2), { body: article(2, '<meta name="description" content="Thêm">') });
    expect(titles(await go())).toEqual([titleOf(2)]);
  });

  it('pages that are no articles are opened once and are none', async () => {
    const site = await serve({
      '/': '<title>Cục Mẫu</title>',
      '/s.xml': { body: sitemap(['<url><loc>{origin}/gioi-thieu</loc></url>', url(1)]), type: XML },
      '/gioi-thieu': framed('<title>Giới thiệu</title>', '<h1>Giới thiệu chung</h1>'),
      ...articles([1]),
    });
    const go = world(site, { list: undefined, link: undefined, sitemap: `${site.origin}/s.xml` });
    expect(titles(await go())).toEqual([titleOf(1)]);
    await go();
    expect(site.asked).toEqual(['GET /s.xml']);
  });

  it('a news sitemap alone tells title, time and picture', async () => {
    const news = `<url><loc>{origin}${path(1)}</loc><news:news><news:publication_date>2026-11-25T07:00:00+07:00</news:publication_date><news:title>Tít &amp; bài</news:title></news:news><image:image><image:loc>{origin}/a.jpg</image:loc><image:title>Ảnh</image:title></image:image></url>`;
    const site = await serve({ '/n.xml': { body: sitemap([news]), type: XML } });
    const ran = await world(site, {
      list: undefined,
      link: undefined,
      sitemap: `${site.origin}/n.xml`,
      open: false,
    })();
    expect(shown(ran, site.origin)).toEqual([
      { title: 'Tít & bài', link: path(1), published: '2026-11-25T00:00:00.000Z', picture: '/a.jpg' },
    ]);
  });

  it('a bomb and a page in its place are refused by name', async () => {
    const site = await serve({
      '/bom.gz': { body: gzipSync(Buffer.alloc(40_000_000)), type: 'application/gzip' },
      '/trang': framed('', 'x'),
    });
    const options = { list: undefined, link: undefined };
    expect((await world(site, { ...options, sitemap: `${site.origin}/bom.gz` })()).error).toMatchObject({
      code: 'RESPONSE_TOO_LARGE',
    });
    expect((await world(site, { ...options, sitemap: `${site.origin}/trang` })()).error).toMatchObject({
      code: 'HTML_PAGE',
    });
  });
});

describe('trouble', () => {
  it('of one list leaves the others', async () => {
    const site = await serve({ '/b': list([1]), ...articles([1]) });
    const ran = await run({
      options: { list: [`${site.origin}/khong-co`, `${site.origin}/b`], link: 'h3 a', gap: 0 },
    });
    expect(titles(ran)).toEqual([titleOf(1)]);
    expect(ran.error).toMatchObject({ code: 'SITE_NOT_FOUND' });
  });

  it('of the whole site ends the run; what was read is given', async () => {
    const broken = Object.fromEntries([2, 3, 4, 5, 6, 7].map(n => [path(n), { status: 500, body: '' }]));
    const site = await serve({ '/tin': list([1, 2, 3, 4, 5, 6, 7]), ...articles([1]), ...broken });
    const ran = await world(site, {})();
    expect(titles(ran)).toEqual([titleOf(1)]);
    expect(ran.error).toMatchObject({ code: 'SITE_FAILED' });
    expect(site.asked).toHaveLength(6);
  });

  it.each([
    ['link', { link: '.khong-co a' }, /h3|li|ds/],
    ['items', { link: '$.url', items: '$.khong[*]' }, /dữ liệu nhúng/],
  ])('of a %s that finds nothing is told with what is there', async (field, options, hint) => {
    const site = await serve({ '/tin': list([1, 2, 3]) });
    const { error } = await world(site, options)();
    expect(error).toMatchObject({ code: 'MAP_MISMATCH', data: { field } });
    expect(error?.data.vi).toMatch(hint);
  });
});

it('leaves alone what robots.txt shuts, and reads the rest', async () => {
  const numbers = [1, 2, 3, 4, 5, 6];
  const rules = numbers.slice(0, 5).map(n => `Disallow: ${path(n)}`);
  const site = await serve({
    '/tin': list(numbers),
    ...articles(numbers),
    '/robots.txt': { type: 'text/plain', body: `User-agent: *\n${rules.join('\n')}` },
  });
  const fetcher = openFetch({});
  const { job, tools } = setting({ options: { list: `${site.origin}/tin`, link: 'h3 a', gap: 0 } });
  const fetch = fetcher.forSource('trang/tin');
  const batches = [];
  for await (const batch of webPage.harvest(job, { ...tools, fetch: request => fetch(request) }))
    batches.push(batch);
  await fetcher.close();
  expect(titles({ batches })).toEqual([titleOf(6)]);
  expect(site.asked).toEqual(['GET /robots.txt', 'GET /tin', `GET ${path(6)}`]);
});

it('fetches what the site’s sitemap has and no list of ours showed', async () => {
  const site = await serve({
    '/tin': list([1]),
    ...articles([1, 2]),
    '/gioi-thieu': framed('<title>A</title>', 'B'),
  });
  const options = webPage.options.parse({
    list: `${site.origin}/tin`,
    link: 'h3 a',
    gap: 0,
    skip: '/tin/bo-qua*',
  });
  const { job, tools } = setting({ options });
  const links = [path(2), '/gioi-thieu', '/tin/bo-qua-1.html', '/tin/mat-roi.html'].map(
    one => site.origin + one,
  );
  const collected = [];
  for await (const one of webPage.collect?.(
    links.map(link => ({ link })),
    job,
    tools,
  ) ?? [])
    collected.push(one);
  expect(collected.flatMap(({ entries }) => entries.map(({ title }) => title?.value))).toEqual([titleOf(2)]);
  expect(collected.flatMap(({ answered }) => answered.map(({ link }) => link))).toEqual(links);
});

it('tells which places gave nothing, and where', async () => {
  const site = await serve({
    '/tin': list([1, 2, 3]),
    ...articles([1, 2]),
    [path(3)]: article(3).replace('</h1>', '</h1><i class="ngay">03/11/2026</i>'),
  });
  const ran = await world(site, { fields: { published: '.ngay', picture: '.anh img' } })();
  expect(ran.batches.flatMap(({ lacks = [] }) => lacks)).toEqual([
    { part: 'published', place: '.ngay', missing: 2, of: 3, example: `${site.origin}${path(1)}` },
    { part: 'picture', place: '.anh img', missing: 3, of: 3, example: `${site.origin}${path(1)}` },
  ]);
});
