import { testConnector } from '../connector.conformance.ts';
import { fakeSite, framed } from './fake-site.ts';
import { webPage } from './index.ts';

const TITLES = Array.from({ length: 65 }, (_, n) => `Bài viết số ${n} về việc làm và an toàn lao động`);

function listPage(page: number): string {
  const items = TITLES.slice((page - 1) * 25, page * 25).map((title, index) => {
    const n = (page - 1) * 25 + index;
    return `<li class="item item-${n}"><a href="/tin/bai-viet-so-${n}-${1000 + n}.html"><img data-src="/anh/${n}.jpg" src="/img/blank.gif"></a>
      <h3><a href="/tin/bai-viet-so-${n}-${1000 + n}.html">${title}</a></h3><span class="ngay">2${n % 7}/11/2026</span></li>`;
  });
  return framed('<title>Tin tức - Cục Mẫu</title>', `<ul class="ds-tin">${items.join('')}</ul>`);
}

testConnector(webPage, async () => {
  const articles = TITLES.map((title, n) => [
    `/tin/bai-viet-so-${n}-${1000 + n}.html`,
    framed(
      `<title>${title} - Cục Mẫu</title>`,
      `<h1>${title}</h1><p class="date">2${n % 7}/11/2026 08:30</p><p>Nội dung.</p>`,
    ),
  ]);
  const site = await fakeSite({
    '/tin-tuc': listPage(1),
    '/tin-tuc?trang=2': listPage(2),
    '/tin-tuc?trang=3': listPage(3),
    '/tin-tuc?trang=4': listPage(3),
    ...Object.fromEntries(articles),
  });
  const options = { list: `${site.origin}/tin-tuc`, paging: { kind: 'page', param: 'trang' }, gap: 0 };
  return { options, entries: TITLES.length, close: site.close };
});
