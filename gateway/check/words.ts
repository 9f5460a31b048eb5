import type { SiteKind } from '../../schemas/site.ts';
import type { Bilingual } from '../../schemas/text.ts';
import type { SourceKind } from './found-source.ts';

export type Language = keyof Bilingual;

/** What a report says around what the rules say, in the reader's language. */
export interface Words {
  readonly title: string;
  readonly lead: string;
  readonly field: string;
  readonly button: string;
  readonly kindLabel: string;
  readonly guess: string;
  readonly kinds: Readonly<Record<SiteKind, string>>;
  readonly kindFrom: Readonly<Record<'asked' | 'federation' | 'guessed', string>>;
  readonly sourceKinds: Readonly<Record<SourceKind, string>>;
  readonly sources: string;
  readonly noSources: string;
  readonly score: string;
  readonly noScore: string;
  readonly unknownShare: (share: number) => string;
  readonly problems: (must: number, should: number) => string;
  readonly noProblems: string;
  readonly must: string;
  readonly should: string;
  readonly times: (count: number) => string;
  readonly more: (count: number) => string;
  readonly line: (line: number, column: number) => string;
  readonly entry: (entry: number) => string;
  readonly clause: string;
  readonly history: string;
  readonly remedy: string;
  readonly example: string;
  readonly caveat: string;
  readonly strict: (entries: number, of: number) => string;
  readonly strictRefused: string;
  readonly strictAll: (of: number) => string;
  readonly unknown: (count: number) => string;
  readonly met: (count: number) => string;
  readonly failure: string;
  readonly works: string;
  readonly fails: string;
  readonly entries: (entries: number, total: number | undefined) => string;
  readonly newest: string;
  readonly fields: (names: readonly string[]) => string;
  readonly cost: (requests: number, seconds: number) => string;
  readonly note: string;
  readonly block: string;
  readonly noBlock: string;
  readonly other: string;
  readonly sandbox: string;
}

export const WORDS: Readonly<Record<Language, Words>> = {
  vi: {
    title: 'Tự kiểm tra trang',
    lead: 'Nhập địa chỉ trang chủ, một bài hoặc một luồng tin. Chương trình tự tìm các đầu nối, đối chiếu với các quy định về liên kết, tích hợp, và chỉ cách sửa.',
    field: 'Địa chỉ',
    button: 'Kiểm tra',
    kindLabel: 'Loại trang',
    guess: 'tự đoán',
    kinds: { portal: 'Cổng của Bộ', unit: 'trang đơn vị', press: 'báo chí' },
    kindFrom: { asked: 'theo yêu cầu', federation: 'theo tệp liên thông', guessed: 'tự đoán' },
    sourceKinds: {
      feed: 'Luồng tin',
      wordpress: 'WordPress REST API',
      ghost: 'Ghost Content API',
      strapi: 'Strapi API',
      drupal: 'Drupal JSON:API',
      graphql: 'GraphQL',
      sharepoint: 'SharePoint _api',
      json: 'API JSON',
      sitemap: 'Sitemap',
      pages: 'Trang bài',
    },
    sources: 'Đầu nối tìm thấy',
    noSources: 'Không tìm thấy đầu nối nào.',
    score: 'Điểm',
    noScore: 'chưa đủ dữ kiện để chấm',
    unknownShare: share => `${percent(share)} quy tắc (theo trọng số) chưa xác định được`,
    problems: (must, should) => `${must} lỗi phải khắc phục, ${should} điều nên làm`,
    noProblems: 'Không thấy lỗi nào trong những điều kiểm tra được.',
    must: 'PHẢI',
    should: 'NÊN',
    times: count => `${count.toLocaleString('vi-VN')} chỗ`,
    more: count => `và ${count.toLocaleString('vi-VN')} chỗ nữa`,
    line: (line, column) => `dòng ${line}, cột ${column}`,
    entry: entry => `tin thứ ${entry}`,
    clause: 'Căn cứ',
    history: 'đã hết hiệu lực, ghi để đối chiếu',
    remedy: 'Cách sửa',
    example: 'Ví dụ',
    caveat: 'Lưu ý',
    strict: (entries, of) => `Trình đọc thông thường thấy ${entries} trong ${of} tin.`,
    strictRefused: 'Trình đọc thông thường từ chối cả luồng tin:',
    strictAll: of => `Trình đọc thông thường đọc được đủ ${of} tin.`,
    unknown: count => `Chưa xác định được: ${count} quy tắc`,
    met: count => `Đã đạt: ${count} quy tắc`,
    failure: 'Không đọc được trang',
    works: 'dùng được',
    fails: 'chưa dùng được',
    entries: (entries, total) => (total === undefined ? `${entries} tin` : `${entries} tin trong ${total}`),
    newest: 'mới nhất',
    fields: names => `có ${names.map(name => FIELDS[name] ?? name).join(', ')}`,
    cost: (requests, seconds) => `${requests} lượt truy cập, ${seconds} giây.`,
    note: 'Kết quả là của máy, để tham khảo khi khắc phục; không phải kết luận pháp lý.',
    block: 'Khối cho tệp liên thông',
    noBlock:
      'Không có đầu nối nào dùng được ngay: xem ghi chú ở từng đầu nối, hoặc khai bộ kết nối web-page.',
    other: 'English',
    sandbox: 'Đây là bộ giả lập: mọi trang thành phần đều do máy tạo ra.',
  },
  en: {
    title: 'Check your site',
    lead: 'Give the address of a home page, an article or a feed. The program finds the ways into the site by itself, holds it against the guidelines for linking and integration, and says how to mend it.',
    field: 'Address',
    button: 'Check',
    kindLabel: 'Kind of site',
    guess: 'guess',
    kinds: { portal: 'Ministry portal', unit: 'unit site', press: 'press' },
    kindFrom: { asked: 'as asked', federation: 'by the federation file', guessed: 'guessed' },
    sourceKinds: {
      feed: 'Feed',
      wordpress: 'WordPress REST API',
      ghost: 'Ghost Content API',
      strapi: 'Strapi API',
      drupal: 'Drupal JSON:API',
      graphql: 'GraphQL',
      sharepoint: 'SharePoint _api',
      json: 'JSON API',
      sitemap: 'Sitemap',
      pages: 'Article pages',
    },
    sources: 'Ways in',
    noSources: 'No way in was found.',
    score: 'Score',
    noScore: 'too little could be told',
    unknownShare: share => `${percent(share)} of the rules (by weight) could not be told`,
    problems: (must, should) => `${must} to mend, ${should} to improve`,
    noProblems: 'Nothing amiss in what could be checked.',
    must: 'MUST',
    should: 'SHOULD',
    times: count => (count === 1 ? '1 place' : `${count.toLocaleString('en')} places`),
    more: count => `and ${count.toLocaleString('en')} more`,
    line: (line, column) => `line ${line}, column ${column}`,
    entry: entry => `entry ${entry}`,
    clause: 'Clause',
    history: 'no longer in force, kept to explain',
    remedy: 'Remedy',
    example: 'Example',
    caveat: 'Note',
    strict: (entries, of) => `A common reader sees ${entries} of ${of} entries.`,
    strictRefused: 'A common reader refuses the whole feed:',
    strictAll: of => `A common reader sees all ${of} entries.`,
    unknown: count => `Could not be told: ${count} rules`,
    met: count => `Met: ${count} rules`,
    failure: 'The site could not be read',
    works: 'works',
    fails: 'does not work yet',
    entries: (entries, total) =>
      total === undefined
        ? `${entries} ${entries === 1 ? 'entry' : 'entries'}`
        : `${entries} of ${total} entries`,
    newest: 'newest',
    fields: names => `has ${names.join(', ')}`,
    cost: (requests, seconds) => `${requests} requests, ${seconds} seconds.`,
    note: 'A machine says this, to help mend a site; it is no legal finding.',
    block: 'Block for the federation file',
    noBlock: 'No way in can be used at once: see the note of each, or declare the web-page connector.',
    other: 'Tiếng Việt',
    sandbox: 'This is the sandbox ministry: every participating site is made up.',
  },
};

const FIELDS: Readonly<Record<string, string>> = {
  id: 'mã',
  title: 'tiêu đề',
  link: 'liên kết',
  published: 'giờ đăng',
  updated: 'giờ sửa',
  summary: 'tóm tắt',
  content: 'toàn văn',
  authors: 'tác giả',
  categories: 'chuyên mục',
  picture: 'ảnh',
  dublinCore: 'Dublin Core',
};

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
