import type { SiteKind } from '../../schemas/site.ts';
import type { SiteState } from './first-page.ts';

export type Language = 'vi' | 'en';

export interface Words {
  readonly otherLanguage: Language;
  readonly otherName: string;
  readonly otherPath: string;
  readonly lead: (sites: number, items: number) => string;
  readonly sandbox: string;
  readonly doors: readonly { readonly href: string; readonly name: string; readonly text: string }[];
  readonly latest: string;
  readonly sites: string;
  readonly siteColumns: readonly [string, string, string];
  readonly feeds: string;
  readonly feedsMore: string;
  readonly empty: string;
  readonly kinds: Readonly<Record<SiteKind, string>>;
  readonly states: Readonly<Record<SiteState, string>>;
  readonly footer: string;
  /** Link to the self-check. */
  readonly check: string;
  readonly feedback: string;
}

/** Everything the first page says, in the two languages that people here read. */
export const FIRST_PAGE_WORDS: Readonly<Record<Language, Words>> = {
  vi: {
    otherLanguage: 'en',
    otherName: 'English',
    otherPath: '/en',
    lead: (sites, items) =>
      `Tin của ${sites} trang thành phần trong một nguồn: không sót, không trùng, gỡ ngay khi nơi đăng gỡ. Hiện có ${items.toLocaleString('vi')} tin.`,
    sandbox: 'Đây là bộ giả lập: mọi trang và mọi tin dưới đây do máy tạo ra, không phải tin thật.',
    doors: [
      { href: '/graphql', name: 'GraphQL', text: 'Hỏi mọi điều bằng một API; mở ra là thử được ngay' },
      {
        href: '/feeds/all.atom',
        name: 'Luồng tin',
        text: 'Atom, RSS, JSON Feed, hoặc mảnh HTML cho trang chủ',
      },
      { href: '/changes', name: 'Nhật ký thay đổi', text: 'Mọi tin phát và tin gỡ theo thứ tự, có con trỏ' },
    ],
    latest: 'Tin mới',
    sites: 'Trang thành phần',
    siteColumns: ['Trang', 'Thu thập', 'Tin'],
    feeds: 'Luồng tin',
    feedsMore: 'Chọn riêng bằng ?sites=, ?topics=, ?kinds=. Tất cả:',
    empty: 'Chưa có tin nào. Lượt thu đầu tiên đang chạy, hãy tải lại sau vài giây.',
    kinds: { portal: 'Cổng', unit: 'Đơn vị', press: 'Báo chí' },
    states: {
      good: 'Tốt',
      failing: 'Đang lỗi',
      paused: 'Tạm dừng',
      waiting: 'Đang chờ',
      none: 'Chưa có đầu nối',
    },
    footer: 'Bản quyền tin, bài thuộc về nơi đăng; mỗi tin đều dẫn về bài gốc.',
    check: 'Tự kiểm tra trang của bạn',
    feedback: 'Phản ánh nội dung',
  },
  en: {
    otherLanguage: 'vi',
    otherName: 'Tiếng Việt',
    otherPath: '/',
    lead: (sites, items) =>
      `News of ${sites} sites as one source: nothing missed, nothing doubled, taken back when its publisher takes it back. ${items.toLocaleString('en')} items now.`,
    sandbox: 'This is the sandbox ministry: every site and every item below is made up.',
    doors: [
      { href: '/graphql', name: 'GraphQL', text: 'Ask anything by one API; open it to try' },
      {
        href: '/feeds/all.atom',
        name: 'Feeds',
        text: 'Atom, RSS, JSON Feed, or an HTML fragment for a home page',
      },
      {
        href: '/changes',
        name: 'Change feed',
        text: 'Every put and every withdrawal, in order, with a cursor',
      },
    ],
    latest: 'Latest',
    sites: 'Sites',
    siteColumns: ['Site', 'Harvest', 'Items'],
    feeds: 'Feeds',
    feedsMore: 'Select with ?sites=, ?topics=, ?kinds=. All of them:',
    empty: 'Nothing yet. The first harvest is running; reload in a few seconds.',
    kinds: { portal: 'Portal', unit: 'Unit', press: 'Press' },
    states: { good: 'Good', failing: 'Failing', paused: 'Paused', waiting: 'Waiting', none: 'No source' },
    footer: 'Items belong to their publishers; each leads to its original.',
    check: 'Check your site',
    feedback: 'Report an item',
  },
};
