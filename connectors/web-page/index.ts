import type { Connector } from '../connector.ts';
import { collectPages } from './collect.ts';
import { harvest } from './harvest.ts';
import { options, type WebPageOptions } from './options.ts';
import type { Input, Reading } from './reading.ts';

/** Any site that has nothing but pages: declared in the federation file, not programmed. */
export const webPage: Connector<WebPageOptions, Input, Reading> = {
  id: 'web-page',
  title: { vi: 'Trang web không có luồng tin', en: 'Web pages without a feed' },
  summary: {
    vi: 'Đọc trang danh sách hoặc sitemap rồi mở từng bài mới: JSON-LD, thẻ meta, microdata, bộ chọn CSS, bảng, dữ liệu nhúng.',
    en: 'Reads list pages or sitemaps and opens each new article: JSON-LD, meta elements, microdata, CSS selectors, tables, embedded data.',
  },
  options,
  example: {
    list: 'https://don-vi.example/tin-tuc',
    items: 'div.danh-sach li',
    link: 'h3 a',
    row: { published: 'span.ngay' },
    fields: { title: 'h1', published: ['auto', '.thoi-gian'], picture: 'article img' },
    content: 'auto',
    remove: ['.tin-lien-quan'],
    paging: { kind: 'page', param: 'trang', most: 5 },
    match: '/tin-tuc/*',
  },
  // Loaded when a page is first read: every reading thread starts sooner without it.
  read: async (input, given) => (await import('./read.ts')).read(input, given),
  harvest,
  collect: collectPages,
};
