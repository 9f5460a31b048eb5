import { CodedError } from '../../schemas/errors.ts';
import { type HubLinks, hubLinks } from '../../schemas/hub-links.ts';
import { sampleOf } from '../../schemas/json-map/sample.ts';
import { articleFactsOf } from '../../schemas/pages/article-facts.ts';
import { pictureIn } from '../../schemas/pages/image.ts';
import { selectIn } from '../../schemas/pages/select.ts';
import { type StandIn, standInOf } from '../../schemas/pages/standing-before.ts';
import { nextLink } from './next-page.ts';
import type { WebPageOptions } from './options.ts';
import { openPage, type Page } from './page.ts';
import type { Input, ListReading, Row } from './reading.ts';
import { rowsOf } from './rows.ts';
import { type Marks, markOf } from './site-marks.ts';
import { segmentsOf } from './title.ts';

/**
 * A list page → its items.
 *
 * @throws CodedError ROBOT_CHECK, SITE_UNAUTHORISED, SITE_FAILED, SITE_NOT_FOUND for what stands in its place;
 * MAP_MISMATCH where the operator's selectors find nothing; EMPTY_DOCUMENT.
 */
export function readList(input: Extract<Input, { kind: 'list' }>, options: WebPageOptions): ListReading {
  if (input.body.length === 0) throw refused('EMPTY_DOCUMENT', input.url, 'sent nothing.', 'trả lời rỗng.');
  const page = openPage(input, options);
  const found = rowsOf(page, input, options);
  if (found.seen === 0) throw nothingFound(page, input, options);
  const next = options.paging?.kind === 'next' ? nextLink(page.tree, options.paging, page.base) : undefined;
  return {
    rows: found.rows,
    broken: found.broken,
    marks: marksOf(page, found.rows),
    hub: hubOf(page),
    ...(next !== undefined && { next }),
    ...(found.guessed !== undefined && { guessed: found.guessed }),
  };
}

function hubOf({ tree, base }: Page): HubLinks {
  const links = selectIn(tree, 'link[rel][href]');
  const of = (rel: string) =>
    links.flatMap(({ attribs }) => {
      const rels = (attribs.rel ?? '').toLowerCase().split(/\s+/);
      return rels.includes(rel) && attribs.href !== undefined ? [attribs.href.trim()] : [];
    });
  return hubLinks(undefined, { hubs: of('hub'), self: of('self')[0] }, base);
}

/** What of a list or home page belongs to the site and not to any article; a picture of its items is theirs. */
export function marksOf({ tree, url, base }: Page, rows: readonly Row[]): Marks {
  const facts = articleFactsOf(tree, url, base);
  const frame = selectIn(tree, 'header img, footer img, [class*=logo] img, img[class*=logo]').slice(0, 50);
  const logos = frame.flatMap(element => pictureIn(element, base)?.url ?? []);
  const items = new Set(rows.flatMap(row => row.parts.pictures.map(one => one.url)));
  const pictures = [...facts.pictures.map(one => one.url), ...facts.notPictures, ...logos].filter(
    one => !items.has(one),
  );
  return {
    names: [
      ...new Set([...(facts.siteName === undefined ? [] : [facts.siteName]), ...segmentsOf(facts.title)]),
    ],
    pictures: [...new Set(pictures.map(markOf))],
    summaries: facts.summary === undefined ? [] : [markOf(facts.summary)],
  };
}

const STANDS: Readonly<
  Record<
    StandIn,
    readonly ['ROBOT_CHECK' | 'SITE_UNAUTHORISED' | 'SITE_FAILED' | 'SITE_NOT_FOUND', string, string]
  >
> = {
  'robot-check': [
    'ROBOT_CHECK',
    'asked for a proof of being human.',
    'trả về trang kiểm tra người máy: đề nghị quản trị trang cho phép cổng liên thông.',
  ],
  login: [
    'SITE_UNAUTHORISED',
    'asked to sign in.',
    'đòi đăng nhập: hãy dùng trang danh sách mở cho mọi người.',
  ],
  maintenance: ['SITE_FAILED', 'is being maintained.', 'đang bảo trì: lượt thu sau sẽ thử lại.'],
  'not-found': [
    'SITE_NOT_FOUND',
    'says that the page does not exist.',
    'báo trang danh sách không tồn tại: kiểm tra địa chỉ ở list.',
  ],
};

function nothingFound(page: Page, input: Input, options: WebPageOptions): CodedError {
  const stands = standInOf(page.tree, { url: page.url, isArticle: false });
  if (stands !== undefined) {
    const [code, en, vi] = STANDS[stands];
    return refused(code, page.url, en, vi);
  }
  const written = options.items ?? options.link;
  if (written === undefined) return nothingRepeats(page);
  const name = options.items === undefined ? 'link' : 'items';
  if (!written.startsWith('$')) return mismatch(page.url, name, written, hintOf(page, input, options));
  const data = page.data();
  return mismatch(
    page.url,
    name,
    written,
    data === undefined ? ' Trang không có dữ liệu nhúng nào đọc được.' : ` Dữ liệu nhúng: ${sampleOf(data)}.`,
  );
}

function nothingRepeats(page: Page): CodedError {
  const data = page.data();
  const hint = data === undefined ? '' : ` Trang mang dữ liệu nhúng: ${sampleOf(data)}.`;
  return refused(
    'MAP_MISMATCH',
    page.url,
    'shows no repeated links to articles.',
    `không có những liên kết bài lặp lại mà máy nhận ra: hãy ghi link (bộ chọn CSS). Trang dựng bằng JavaScript thì đọc dữ liệu nhúng (items: $…) hoặc dùng json-api.${hint}`,
  );
}

/** Classes of the links that repeat, so that the right selector is near. */
function hintOf(page: Page, input: Input, options: WebPageOptions): string {
  const unsaid = { items: undefined, link: undefined, match: undefined, skip: undefined };
  const guess = rowsOf(page, input, { ...options, ...unsaid });
  return guess.guessed === undefined
    ? ''
    : ` Có ${guess.rows.length} liên kết lặp lại theo: ${guess.guessed}`;
}

function mismatch(url: string, name: string, written: string, hint: string): CodedError {
  const shown = shownUrl(url);
  return new CodedError('MAP_MISMATCH', `${name}: ${written} matches nothing in ${shown}.`, {
    data: {
      field: name,
      path: written,
      url: shown,
      vi: `${name}: ${written} không khớp gì trên ${shown}.${hint}`,
    },
  });
}

function refused(
  code:
    | 'EMPTY_DOCUMENT'
    | 'MAP_MISMATCH'
    | 'ROBOT_CHECK'
    | 'SITE_UNAUTHORISED'
    | 'SITE_FAILED'
    | 'SITE_NOT_FOUND',
  url: string,
  en: string,
  vi: string,
): CodedError {
  const shown = shownUrl(url);
  return new CodedError(code, `${shown} ${en}`, { data: { url: shown, vi: `${shown} ${vi}` } });
}

function shownUrl(address: string): string {
  const url = URL.parse(address);
  return url ? url.origin + url.pathname : address;
}
