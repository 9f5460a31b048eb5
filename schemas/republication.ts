import type { Instant } from './instant.ts';
import type { Bilingual } from './text.ts';

/** How much of an item goes out. `summary`: headline, summary and link; `headline-link`: the publisher's own summary only. */
export const REPUBLICATION_MODES = ['full-text', 'summary', 'headline-link'] as const;
export type RepublicationMode = (typeof REPUBLICATION_MODES)[number];

/** Who may read a full text: everybody, or only keys with `fulltext:<site>`. */
export const AUDIENCES = ['public', 'portal'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** No setting, agreement or override goes below this: NĐ 147/2024 Điều 28(1), "không sớm hơn 01 giờ". Milliseconds. */
export const LEAST_PRESS_DELAY = 60 * 60_000;

/** How press items are republished unless an agreement says more. All times in milliseconds. */
export interface PressSettings {
  readonly mode: RepublicationMode;
  readonly minDelay: number;
  /** A headline-link item leaves this long after its release. */
  readonly liveFor: number;
  readonly probeEvery: number;
  /** A full text nobody has seen at its source for this long is hidden. */
  readonly hideAfter: number;
  readonly removeWithin: number;
}

/** A paper's written leave to republish it. */
export interface PressAgreement {
  readonly id: string;
  readonly site: string;
  readonly parties: readonly string[];
  readonly mode: RepublicationMode;
  readonly media: boolean;
  readonly audience: Audience;
  readonly from: Instant;
  readonly until: Instant;
  /** `sha256:…` of the signed file. */
  readonly document: string;
  /** Milliseconds; never shortens the delay below the least. */
  readonly delay?: number;
  /** Corrections may go out before the delay is over. */
  readonly correctionsAtOnce?: boolean;
}

/** What was decided of a press item, or of one that re-posts a paper; stands on the stored item. */
export interface Republication {
  readonly because: 'press' | 're-post';
  readonly mode: RepublicationMode;
  readonly media: boolean;
  readonly audience: Audience;
  readonly agreement?: string;
  /** How like the paper's item a re-post was when it came; absent: it was known by its words. */
  readonly alike?: number;
  /** From when the delay counts, and which time that is (schemas/rules/source-release.ts). */
  readonly sourceReleased: Instant;
  readonly counted: string;
  /** Milliseconds. */
  readonly delay: number;
}

/** A person's leave from one rule for one site. */
export interface RuleException {
  readonly rule: string;
  readonly site: string;
  readonly reason: string;
  readonly author: string;
  readonly until: Instant;
}

/** Why an item is not out, as `Item.visibilityReason`; rules stand as `rule:<id>`. */
export const HOLD_REASONS: Readonly<Record<string, Bilingual>> = {
  'press-delay': {
    vi: 'Chờ đủ thời gian kể từ khi báo đăng.',
    en: 'Waits for its minute after the paper’s release.',
  },
  withheld: { vi: 'Nơi đăng chưa cho công bố.', en: 'Withheld by its publisher.' },
  operator: { vi: 'Người vận hành giữ lại.', en: 'Held by the operator.' },
  doubt: { vi: 'Không thấy bài ở nguồn: tạm ẩn.', en: 'Not seen at its source: hidden for now.' },
  asked: {
    vi: 'Nơi đăng đề nghị gỡ, chờ xác nhận.',
    en: 'Its publisher asked for removal; waits to be confirmed.',
  },
  complaint: { vi: 'Tạm ẩn để giải quyết phản ánh.', en: 'Hidden while a complaint is looked into.' },
  'site-left': { vi: 'Trang đã rời liên thông.', en: 'Its site has left the federation.' },
};
