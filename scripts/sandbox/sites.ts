import type { SiteKind } from '../../schemas/site.ts';

/** How a made-up site offers its news, and what is wrong with it. */
export interface SandboxSite {
  readonly id: string;
  readonly name: string;
  readonly kind: SiteKind;
  readonly offers: 'wordpress' | 'rss' | 'atom' | 'json-api' | 'graphql' | 'pages';
  /** `slow` answers after seconds; `breaks` now and then; `clock` labels Hanoi's time as GMT; `robot-check` asks who you are. */
  readonly fault?: 'slow' | 'breaks' | 'clock' | 'robot-check';
}

export const SITES: readonly SandboxSite[] = [
  { id: 'cong-bo', name: 'Cổng Thông tin Bộ Lao động (giả lập)', kind: 'portal', offers: 'graphql' },
  { id: 'viec-lam', name: 'Cục Việc làm (giả lập)', kind: 'unit', offers: 'wordpress' },
  { id: 'bao-hiem', name: 'Vụ Bảo hiểm xã hội (giả lập)', kind: 'unit', offers: 'rss', fault: 'breaks' },
  { id: 'an-toan', name: 'Cục An toàn lao động (giả lập)', kind: 'unit', offers: 'rss', fault: 'slow' },
  {
    id: 'ngoai-nuoc',
    name: 'Cục Quản lý lao động ngoài nước (giả lập)',
    kind: 'unit',
    offers: 'rss',
    fault: 'clock',
  },
  {
    id: 'nguoi-co-cong',
    name: 'Cục Người có công (giả lập, chưa có đầu nối)',
    kind: 'unit',
    offers: 'pages',
  },
  { id: 'bao-moi', name: 'Báo Lao động Mới (giả lập)', kind: 'press', offers: 'rss', fault: 'robot-check' },
  { id: 'an-sinh', name: 'Tạp chí An sinh (giả lập)', kind: 'press', offers: 'atom' },
  {
    id: 'tien-luong',
    name: 'Cục Quan hệ lao động và Tiền lương (giả lập)',
    kind: 'unit',
    offers: 'json-api',
  },
];
