import { toWindows1258 } from '../../schemas/formats/windows-1258.example.ts';
import { type FakePage, framed } from './fake-site.ts';

/** A family of sites: its pages, how the federation file describes it, and what must come of it; `undefined` is absent. */
export interface Family {
  readonly name: string;
  readonly pages: Readonly<Record<string, string | FakePage>>;
  /** Options without `gap`; `{origin}` in texts is the site's own. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly source?: object;
  readonly items: readonly {
    readonly title: string;
    readonly link: string;
    readonly published?: string;
    readonly updated?: string;
    readonly picture?: string;
    readonly summary?: string;
  }[];
}

const ld = (value: unknown) => `<script type="application/ld+json">${JSON.stringify(value)}</script>`;

const JSON_LD: Family = {
  name: 'a paper with JSON-LD in a graph, beside blocks of other articles and the publisher’s logo',
  options: { list: '{origin}/thoi-su', link: 'h3 a', match: '*.html' },
  pages: {
    '/thoi-su': framed(
      '<title>Thời sự | Báo Mẫu</title><meta property="og:image" content="/img/chia-se.jpg"><meta property="og:site_name" content="Báo Mẫu">',
      `<h3><a href="bai-mot-100001.html?utm_source=trang-chu">Bài một của báo</a></h3><h3><a href="//127.0.0.1:1/bai-ngoai.html">Bài ở máy khác</a></h3>
       <h3><a href="/thoi-su/bai-hai-100002.html">Bài hai của báo</a></h3><h3><a href="javascript:void(0)">Không đi đâu</a></h3>`,
    ),
    '/bai-mot-100001.html?utm_source=trang-chu': framed(
      `<title>Bài một của báo - Báo Mẫu</title><meta property="og:title" content="Bài một của báo - Báo Mẫu"><meta property="og:image" content="{origin}/img/chia-se.jpg">
      <link rel="canonical" href="{origin}/">${ld({
        '@context': 'https://schema.org',
        '@graph': [
          { '@type': 'Organization', name: 'Báo Mẫu', logo: { url: '{origin}/img/logo-lon.png' } },
          {
            '@type': 'NewsArticle',
            headline: 'Bài khác hẳn',
            url: '{origin}/khac.html',
            datePublished: '2020-01-01',
          },
          {
            '@type': 'NewsArticle',
            headline: 'Bài một của báo',
            mainEntityOfPage: { '@id': '{origin}/bai-mot-100001.html' },
            image: ['{origin}/img/bai-mot.jpg'],
            datePublished: '2026-11-23T08:30:00+07:00',
            dateModified: '2026-11-23T10:00:00+07:00',
            description: 'Tóm tắt bài một.',
          },
        ],
      })}`,
      '<h1>Bài một của báo</h1><p>Chữ.</p>',
    ),
    '/thoi-su/bai-hai-100002.html': framed(
      `<title>Bài hai của báo - Báo Mẫu</title>${ld({ '@type': 'NewsArticle', headline: 'Bài hai của báo', image: { '@type': 'ImageObject', url: '/img/bai-hai.jpg', width: '800' }, datePublished: '2026-11-22T01:00:00Z', publisher: { '@type': 'Organization', logo: { url: '/img/logo-lon.png' } } }).replace('</script>', '\n</script>')}`,
      '<h1>Bài hai của báo</h1>',
    ),
  },
  items: [
    {
      title: 'Bài một của báo',
      link: '/bai-mot-100001.html?utm_source=trang-chu',
      published: '2026-11-23T08:30:00+07:00',
      updated: '2026-11-23T10:00:00+07:00',
      picture: '/img/bai-mot.jpg',
      summary: 'Tóm tắt bài một.',
    },
    {
      title: 'Bài hai của báo',
      link: '/thoi-su/bai-hai-100002.html',
      published: '2026-11-22T01:00:00Z',
      picture: '/img/bai-hai.jpg',
    },
  ],
};

const DOCUMENTS: Family = {
  name: 'a table of documents: rows are items, columns by heading, spanning cells, a table inside a cell',
  options: {
    list: '{origin}/van-ban',
    items: 'table#ds',
    open: false,
    row: {
      title: { column: 'Trích yếu' },
      published: { column: 'Ngày ban hành' },
      categories: { column: 'Loại' },
      id: { column: 2, match: String.raw`\d+/\S+` },
    },
  },
  pages: {
    '/van-ban': framed(
      '<title>Văn bản</title>',
      `<table id="ds"><tr><th>STT<th>Số hiệu<th>Trích yếu<th>Loại<th>Ngày ban hành</tr>
      <tr><td>1<td>Số: 12/2026/TT-BM<td><a href="/vb/12">Thông tư về bảo hiểm thất nghiệp</a><td rowspan=2>Thông tư<td>03/11/2026
      <tr><td>2<td>13/2026/TT-BM<td><a href="vb/13.pdf">Thông tư về tiền lương</a><table><tr><td><a href="/tep/1.doc">Tệp</a></table><td>23/11/2026</tr>
      <tr><td>3<td>44/QĐ-BM<td><a href="/vb/44">Quyết định kiện toàn</a><td>Quyết định<td></tr></table>`,
    ),
  },
  items: [
    { title: 'Thông tư về bảo hiểm thất nghiệp', link: '/vb/12', published: '03/11/2026' },
    { title: 'Thông tư về tiền lương Tệp', link: '/vb/13.pdf', published: '23/11/2026' },
    { title: 'Quyết định kiện toàn', link: '/vb/44' },
  ],
};

const SHAREPOINT: Family = {
  name: 'a SharePoint list: onetidDoclibViewTbl0, month first, a pager that posts',
  options: {
    list: '{origin}/tintuc/Lists/TinTuc/AllItems.aspx',
    items: 'table[id^=onetidDoclibViewTbl], table.ms-listviewtable',
    link: 'a.ms-listlink, a[onfocus]',
    row: { published: { column: 'Ngày đăng' } },
    open: false,
  },
  source: { dates: { order: 'mdy' } },
  pages: {
    '/tintuc/Lists/TinTuc/AllItems.aspx': framed(
      '<title>Tin tức - Tất cả</title>',
      `<table class="ms-listviewtable" id="onetidDoclibViewTbl0"><tr class="ms-viewheadertr"><th><input type=checkbox></th><th><a href="javascript:sort()">Tiêu đề</a></th><th>Ngày đăng</th></tr>
      <tr class="ms-itmhover"><td><input type=checkbox><td><a onfocus="OnLink(this)" href="/tintuc/Lists/TinTuc/DispForm.aspx?ID=7&amp;Source=x" class="ms-listlink">Hội nghị tổng kết năm</a><td><nobr>11/3/2026 2:30 PM</nobr></tr>
      <tr class="ms-alternating"><td><td><a class="ms-listlink" href="/tintuc/Lists/TinTuc/DispForm.aspx?ID=8&amp;Source=x">Lễ phát động tháng an toàn</a><td><nobr>11/4/2026</nobr></tr></table>
      <a href="javascript:__doPostBack('ctl00','Next')">Tiếp</a>`,
    ),
  },
  items: [
    {
      title: 'Hội nghị tổng kết năm',
      link: '/tintuc/Lists/TinTuc/DispForm.aspx?ID=7&Source=x',
      published: '11/3/2026 2:30 PM',
    },
    {
      title: 'Lễ phát động tháng an toàn',
      link: '/tintuc/Lists/TinTuc/DispForm.aspx?ID=8&Source=x',
      published: '11/4/2026',
    },
  ],
};

const MICRODATA: Family = {
  name: 'microdata: comments and breadcrumbs have dates and names of their own',
  options: { list: '{origin}/tin', link: '.title a' },
  pages: {
    '/tin': framed(
      '<title>Tin - Sở Mẫu</title>',
      '<div class="title"><a href="/tin/1">Triển khai nghị định mới về việc làm</a></div>',
    ),
    '/tin/1': framed(
      '<title>Triển khai nghị định mới về việc làm - Sở Mẫu</title>',
      `<ol itemscope itemtype="https://schema.org/BreadcrumbList"><li itemprop="itemListElement" itemscope itemtype="https://schema.org/ListItem"><span itemprop="name">Tin</span></li></ol>
      <article itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop="headline">Triển khai nghị định mới về việc làm</h1>
      <meta itemprop="datePublished" content="2026-11-20T14:05:00+07:00"><div itemprop="image" itemscope itemtype="https://schema.org/ImageObject"><img src="/anh/1.jpg"></div>
      <p itemprop="description">Sapo của tin.</p><div itemprop="comment" itemscope itemtype="https://schema.org/Comment"><time itemprop="datePublished" datetime="2026-11-26">26/11</time></div></article>`,
    ),
  },
  items: [
    {
      title: 'Triển khai nghị định mới về việc làm',
      link: '/tin/1',
      published: '2026-11-20T14:05:00+07:00',
      picture: '/anh/1.jpg',
      summary: 'Sapo của tin.',
    },
  ],
};

const STATE: Family = {
  name: 'a single-page portal: window.__INITIAL_STATE__ on the list, the same on the article',
  options: {
    list: '{origin}/',
    items: '$.news.items',
    link: '{origin}/bai/{slug}',
    row: { id: '$.id', title: '$.title', published: '$.createdAt', picture: '$.thumb' },
    fields: {
      title: '$.detail.title',
      summary: '$.detail.sapo',
      published: '$.detail.createdAt',
      picture: '$.detail.cover.url',
    },
    content: '$.detail.body',
  },
  pages: {
    '/': `<!doctype html><title>Cổng</title><div id=app></div><script>window.__INITIAL_STATE__={"news":{"items":[{"id":41,"slug":"hop-bao","title":"Họp báo quý IV \\u003c2026\\u003e","createdAt":1763881800000,"thumb":"/t/41.jpg"},{"id":42,"slug":"tuyen-dung","title":"Tuyển dụng","createdAt":undefined,"thumb":null}]},"user":undefined};(function(){var s;(s=document.currentScript).remove()}());</script>`,
    '/bai/hop-bao':
      '<!doctype html><title>Cổng</title><div id=app></div><script>window.__INITIAL_STATE__={"detail":{"title":"Họp báo quý IV <2026>","sapo":"Sapo.","createdAt":"2025-11-23T07:10:00.000Z","cover":{"url":"/c/41.jpg"},"body":"<p>Chữ <b>đậm</b></p>"}}</script>',
    '/bai/tuyen-dung':
      '<!doctype html><title>Cổng</title><div id=app></div><script>window.__INITIAL_STATE__={"detail":{"title":"Tuyển dụng","sapo":null,"body":null}}</script>',
  },
  items: [
    {
      title: 'Họp báo quý IV <2026>',
      link: '/bai/hop-bao',
      published: '2025-11-23T07:10:00.000Z',
      picture: '/c/41.jpg',
      summary: 'Sapo.',
    },
    { title: 'Tuyển dụng', link: '/bai/tuyen-dung' },
  ],
};

const RELATIVE: Family = {
  name: 'relative dates and lazy pictures, nobody said where anything is',
  options: { list: '{origin}/tin-moi' },
  pages: {
    '/tin-moi': framed(
      '<title>Tin mới nhất :: Trang Mẫu</title><base href="{origin}/goc/">',
      [
        'Hỗ trợ người lao động mất việc làm cuối năm',
        'Tăng cường kiểm tra an toàn lao động xây dựng',
        'Khai mạc phiên giao dịch việc làm trực tuyến',
        'Đào tạo nghề cho lao động nông thôn năm tới',
      ]
        .map(
          (
            title,
            n,
          ) => `<div class="card"><a href="tin/bai-so-${n}-${2000 + n}"><img class="lazy" src="data:image/gif;base64,R0" data-srcset="/a/${n}-320.jpg 320w, /a/${n}-960.jpg 960w"></a>
          <div class="body"><a class="ten" href="tin/bai-so-${n}-${2000 + n}">${title.slice(0, 30)}...</a><small>${['5 phút trước', '2 giờ trước', 'Hôm qua', ''][n]}</small></div></div>`,
        )
        .join(''),
    ),
    ...Object.fromEntries(
      [
        'Hỗ trợ người lao động mất việc làm cuối năm',
        'Tăng cường kiểm tra an toàn lao động xây dựng',
        'Khai mạc phiên giao dịch việc làm trực tuyến',
        'Đào tạo nghề cho lao động nông thôn năm tới',
      ].map((title, n) => [
        `/goc/tin/bai-so-${n}-${2000 + n}`,
        framed(
          `<title>${title} :: Trang Mẫu</title><meta property="og:image" content="/img/mac-dinh-chung.jpg"><meta property="og:title" content="${title} :: Trang Mẫu">`,
          `<h2>${title}</h2><p>Chữ của bài.</p>`,
        ),
      ]),
    ),
  },
  items: [
    {
      title: 'Hỗ trợ người lao động mất việc làm cuối năm',
      link: '/goc/tin/bai-so-0-2000',
      published: '2026-11-27T09:55:00+07:00',
      picture: '/a/0-960.jpg',
    },
    {
      title: 'Tăng cường kiểm tra an toàn lao động xây dựng',
      link: '/goc/tin/bai-so-1-2001',
      published: '2026-11-27T08:00:00+07:00',
      picture: '/a/1-960.jpg',
    },
    {
      title: 'Khai mạc phiên giao dịch việc làm trực tuyến',
      link: '/goc/tin/bai-so-2-2002',
      published: '2026-11-26',
      picture: '/a/2-960.jpg',
    },
    {
      title: 'Đào tạo nghề cho lao động nông thôn năm tới',
      link: '/goc/tin/bai-so-3-2003',
      picture: '/a/3-960.jpg',
    },
  ],
};

const PLAIN_TITLES = [
  undefined,
  ['Khai mạc tháng hành động vì việc làm', 'khai-mac-thang-hanh-dong'],
  ['Sơ kết công tác quý ba của ngành', 'so-ket-cong-tac-quy-ba'],
  ['Đoàn công tác thăm khu công nghiệp', 'doan-cong-tac-tham-khu'],
  ['Thông báo tuyển dụng viên chức', 'thong-bao-tuyen-dung'],
] as const;

const OLD_LAYOUT: Family = {
  name: 'windows-1258 in old mark-up: tables in tables, nothing quoted, nothing closed, scripts with tags in texts',
  options: { list: '{origin}/', link: 'a.tieude', row: { summary: 'font' } },
  pages: {
    '/': {
      type: 'text/html',
      body: toWindows1258(`<html><head><meta http-equiv=Content-Type content="text/html; charset=windows-1258"><title>Trang tin - Sở Lao động</title>
<script>document.write("<div><a class=tieude href=/sai.htm>Sai</a></div>")</script></head><body bgcolor=white><table width=100%><tr><td>
<table><tr><td><img src=images/1.jpg width=120 height=90><td><a class=tieude href=tin/1.htm>Hỗ trợ người lao động trở lại làm việc</a><br><font size=2>Đợt một bắt đầu từ tháng tới.<br>
<tr><td><td><a class=tieude href='tin/2.htm'>Kiểm tra liên ngành về an toàn</a><br><font size=2></table></table>`),
    },
    '/tin/1.htm': {
      type: 'text/html',
      body: toWindows1258(
        '<meta charset=windows-1258><title>Hỗ trợ người lao động trở lại làm việc - Sở Lao động</title><table><tr><td><b class=t>Hỗ trợ người lao động trở lại làm việc</b><br><i>(Ngày 23/11/2026, 08:30)</i><p>Chữ<p>Chữ nữa',
      ),
    },
    '/tin/2.htm': {
      type: 'text/html',
      body: toWindows1258(
        '<meta charset=windows-1258><title>Sở Lao động - Kiểm tra liên ngành về an toàn</title><table><tr><td><h3>Kiểm tra liên ngành về an toàn<p>Chữ',
      ),
    },
  },
  items: [
    {
      title: 'Hỗ trợ người lao động trở lại làm việc',
      link: '/tin/1.htm',
      published: 'Ngày 23/11/2026, 08:30',
      picture: '/images/1.jpg',
      summary: 'Đợt một bắt đầu từ tháng tới.',
    },
    { title: 'Kiểm tra liên ngành về an toàn', link: '/tin/2.htm' },
  ],
};

const PLAIN: Family = {
  name: 'pages without any declaration: a logo in h1, a clock in the header, counters, dates of other articles, pictures in the text',
  options: { list: '{origin}/tin-tuc' },
  pages: {
    '/tin-tuc': framed(
      '<title>Tin tức | Cổng thông tin Mẫu</title>',
      [1, 2, 3, 4]
        .map(
          n =>
            `<div class="item"><a class="link" href="/tin-tuc/${PLAIN_TITLES[n]?.[1]}-${n}000.html">${PLAIN_TITLES[n]?.[0]}</a></div>`,
        )
        .join(''),
    ),
    ...Object.fromEntries(
      [1, 2, 3, 4].map(n => [
        `/tin-tuc/${PLAIN_TITLES[n]?.[1]}-${n}000.html`,
        framed(
          '<title>Cổng thông tin Mẫu</title><meta name="description" content="Cổng thông tin điện tử Mẫu: tin tức, văn bản."><meta property="og:image" content="/img/share.png">',
          `<h1 class="logo"><a href="/">Cổng thông tin Mẫu</a></h1><div class="chi-tiet"><h2>${PLAIN_TITLES[n]?.[0]}</h2>
          ${n === 4 ? '' : `<div class="info"><span>Thứ Hai, 2${n}/11/2026 | 08:30 GMT+7</span> <span>Lượt xem: 1.23${n}</span></div>`}
          <div class="noi-dung"><p><img src="/img/loading.gif" data-original="/anh/bai-${n}.jpg"></p><p>Hội nghị ngày 01/02/2026 đã thống nhất.</p></div>
          <div class="tin-lien-quan"><h3>Tin liên quan</h3><ul><li><a href="/tin-tuc/cu-9000.html">Bài cũ</a> <span class="date">05/05/2025</span><img src="/anh/cu.jpg"></li></ul></div></div>`,
        ),
      ]),
    ),
  },
  items: [1, 2, 3, 4].map(n => ({
    title: PLAIN_TITLES[n]?.[0] ?? '',
    link: `/tin-tuc/${PLAIN_TITLES[n]?.[1]}-${n}000.html`,
    ...(n !== 4 && { published: `2${n}/11/2026 | 08:30 GMT+7` }),
    picture: `/anh/bai-${n}.jpg`,
  })),
};

const OPEN_GRAPH: Family = {
  name: 'Open Graph and Dublin Core: names behind titles that nothing else tells, a default picture, a date that is none',
  options: { list: '{origin}/bai', link: '.b a', items: '.b' },
  pages: {
    '/bai': framed(
      '',
      [1, 2, 3, 4]
        .map(n => `<div class="b"><a href="/bai/${n}"><img src="/nho/${n}.jpg"></a></div>`)
        .join(''),
    ),
    ...Object.fromEntries(
      [1, 2, 3, 4].map(n => [
        `/bai/${n}`,
        framed(
          n < 4
            ? `<meta property="og:title" content="Bài viết thứ ${n} trong năm - Tạp chí Mẫu"><meta property="og:type" content="article"><meta property="article:published_time" content="2026-11-2${n}T08:00:00+0700"><meta property="og:updated_time" content="{{updated}}"><meta property="og:image" content="/lon/${n}.jpg"><meta property="og:description" content="Sapo ${n} &amp; chữ">`
            : '<meta name="DC.title" content="Bài viết thứ 4 trong năm - Tạp chí Mẫu"><meta name="DC.date.issued" content="20/11/2026"><meta name="DC.description" content="Sapo 4"><meta property="og:image" content="/img/no-image.png">',
          '<p>Chữ</p>',
        ),
      ]),
    ),
  },
  items: [
    ...[1, 2, 3].map(n => ({
      title: `Bài viết thứ ${n} trong năm`,
      link: `/bai/${n}`,
      published: `2026-11-2${n}T08:00:00+0700`,
      picture: `/lon/${n}.jpg`,
      summary: `Sapo ${n} & chữ`,
    })),
    {
      title: 'Bài viết thứ 4 trong năm',
      link: '/bai/4',
      published: '20/11/2026',
      picture: '/nho/4.jpg',
      summary: 'Sapo 4',
    },
  ],
};

const NUXT: Family = {
  name: 'Nuxt 3: a flattened payload on the list; JSON-LD with escapes, line breaks and a list of types on the article',
  options: {
    list: '{origin}/tin',
    items: '$.data.news[*]',
    link: '$.path',
    row: { title: '$.name', published: '$.at' },
  },
  pages: {
    '/tin':
      '<div id="__nuxt"></div><script type="application/json" id="__NUXT_DATA__">[["ShallowReactive",1],{"data":2},{"news":3},[4,8],{"name":5,"path":6,"at":7},"Tin một","/tin/mot","2026-11-20T01:00:00.000Z",{"name":9,"path":10,"at":11},"Tin hai","/tin/hai",null]</script>',
    '/tin/mot':
      '<title>x</title><script type="application/ld+json">//<![CDATA[\n{"@context":"https://schema.org","@type":["NewsArticle","Thing"],"headline":"Tin &quot;một&quot;","description":"dòng\nhai","datePublished":"","dateCreated":"2026-11-19","image":{"@list":[]},}\n//]]></script><meta itemprop="datePublished" content="2026-11-20T08:00:00+07:00"><div id="__nuxt"></div>',
    '/tin/hai': '<title>Tin hai</title><div id="__nuxt">Chữ của tin hai.</div>',
  },
  items: [
    { title: 'Tin "một"', link: '/tin/mot', published: '2026-11-20T08:00:00+07:00', summary: 'dòng hai' },
    { title: 'Tin hai', link: '/tin/hai' },
  ],
};

export const FAMILIES: readonly Family[] = [
  JSON_LD,
  DOCUMENTS,
  SHAREPOINT,
  MICRODATA,
  STATE,
  RELATIVE,
  OLD_LAYOUT,
  PLAIN,
  OPEN_GRAPH,
  NUXT,
];
