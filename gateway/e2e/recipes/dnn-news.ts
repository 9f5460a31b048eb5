import { html, type RecipeSample } from './sample.ts';

const row = (n: number) => `<div class="edn_article edn_clearFix">
  <a class="edn_articleImage" href="/tin-tuc/bai-viet-so-${n}"><img alt="Ảnh" src="/Portals/0/EasyDNNnews/${n}/thumb.jpg" /></a>
  <h2 class="edn_articleTitle"><a href="/tin-tuc/bai-viet-so-${n}" target="_self">Bài viết số ${n}</a></h2>
  <div class="edn_metaDetails"><time class="edn_publishDate">0${n}/11/2026 08:30</time></div>
  <p class="edn_articleSummary">Tóm tắt của bài ${n}.</p>
</div>`;

const list = (
  rows: string,
  next: string,
) => `<!DOCTYPE html><html lang="vi-VN"><head><title>Tin tức</title></head><body id="Body">
<form method="post" id="Form"><input type="hidden" name="__VIEWSTATE" value="x" />
<ul class="menu"><li><a href="/gioi-thieu">Giới thiệu</a></li></ul>
<div class="DnnModule DnnModule-EasyDNNnews DnnModule-456"><div class="edn_mainWrapper">${rows}</div>${next}</div>
</form></body></html>`;

const article = (n: number) => `<!DOCTYPE html><html lang="vi-VN"><head><title>Bài viết số ${n} - Cục</title>
<meta property="og:title" content="Bài viết số ${n}" /><meta property="og:type" content="article" />
<meta property="og:image" content="/Portals/0/EasyDNNnews/${n}/img.jpg" /></head><body>
<div class="DnnModule"><h1>Bài viết số ${n}</h1><time class="edn_publishDate">0${n}/11/2026 08:30</time><p>Toàn văn.</p></div></body></html>`;

export const sample: RecipeSample = {
  with: origin => ({ list: `${origin}/tin-tuc` }),
  answer(url) {
    if (url.pathname === '/tin-tuc' && url.searchParams.get('PageNo') === '2') return html(list(row(3), ''));
    if (url.pathname === '/tin-tuc')
      return html(
        list(
          row(1) + row(2),
          '<div class="article_pager"><a class="next" rel="next" href="/tin-tuc?PageNo=2">Sau</a></div>',
        ),
      );
    const n = /^\/tin-tuc\/bai-viet-so-(\d)$/.exec(url.pathname)?.[1];
    return n ? html(article(Number(n))) : undefined;
  },
  expected: origin =>
    [1, 2, 3].map(n => ({
      title: `Bài viết số ${n}`,
      link: `${origin}/tin-tuc/bai-viet-so-${n}`,
      published: `2026-11-0${n}T08:30:00+07:00`,
      summary: `Tóm tắt của bài ${n}.`,
      picture: `${origin}/Portals/0/EasyDNNnews/${n}/img.jpg`,
    })),
};
