import type { Instant } from './instant.ts';
import type { Bilingual } from './text.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What a kind of alarm can be tuned by: `after` and `within` in milliseconds, `free` in bytes. */
export const THRESHOLDS = ['after', 'within', 'free'] as const;
export type Threshold = (typeof THRESHOLDS)[number];

/** One kind of trouble that the operator hears of. */
export interface AlarmKind {
  readonly id: string;
  readonly title: Bilingual;
  /** When it comes on. */
  readonly about: Bilingual;
  /** Passes the quiet hours: waiting until the morning would make it worse. */
  readonly urgent: boolean;
  readonly threshold?: { readonly by: Threshold; readonly usual: number };
}

/** Every kind of alarm there is, in the order in which they are listed. The list only grows. */
export const ALARM_KINDS = [
  {
    id: 'store-failing',
    title: { vi: 'Kho dữ liệu không ghi được', en: 'The store can’t be written' },
    about: {
      vi: 'Đĩa đầy, tệp hỏng, hoặc cơ sở dữ liệu không trả lời; báo thẳng, không qua kho.',
      en: 'Disk full, file damaged, or the database does not answer; told directly, not through the store.',
    },
    urgent: true,
  },
  {
    id: 'disk-low',
    title: { vi: 'Đĩa sắp đầy', en: 'Disk nearly full' },
    about: {
      vi: 'Ổ đĩa của thư mục dữ liệu còn trống dưới ngưỡng.',
      en: 'The data folder’s disk has less free than this.',
    },
    urgent: true,
    threshold: { by: 'free', usual: 1024 ** 3 },
  },
  {
    id: 'ledger-broken',
    title: { vi: 'Sổ cái không khớp', en: 'The ledger does not fit' },
    about: {
      vi: 'Có dòng sổ cái bị sửa, bị cắt, hoặc không khớp dấu ký của ngày.',
      en: 'A row was changed or cut, or does not fit a day’s signed root.',
    },
    urgent: true,
  },
  {
    id: 'ledger-unsigned',
    title: { vi: 'Sổ cái chưa được ký', en: 'The ledger is not signed' },
    about: {
      vi: 'Hết ngày đã lâu mà chưa có dấu ký của ngày.',
      en: 'A day is over and has no signed root.',
    },
    urgent: false,
    threshold: { by: 'after', usual: 2 * HOUR },
  },
  {
    id: 'takedown-slow',
    title: { vi: 'Việc gỡ chậm', en: 'A take-down is slow' },
    about: {
      vi: 'Bên nhận chưa xác nhận gỡ, đề nghị gỡ chưa được quyết định, hoặc bài mất ở nguồn mà còn đang phát; báo thêm lần nữa khi quá hạn cuối.',
      en: 'A receiver has not confirmed, a call to withdraw is undecided, or an item gone at its source is still out; told again at the final deadline.',
    },
    urgent: true,
    threshold: { by: 'after', usual: 90 * MINUTE },
  },
  {
    id: 'mass-change',
    title: { vi: 'Lượt thu đụng tới quá nhiều tin', en: 'A harvest touches too much' },
    about: {
      vi: 'Quá nhiều tin của một đầu nối mất hoặc mới cùng lúc; chưa gỡ tin nào.',
      en: 'Too many items of a source are gone, or new, at once; nothing was withdrawn.',
    },
    urgent: true,
  },
  {
    id: 'rule-overreach',
    title: { vi: 'Quy tắc đụng tới quá nhiều tin', en: 'A rule touches too much' },
    about: {
      vi: 'Một quy tắc giữ hoặc lược trên 20 % của ít nhất 20 tin mới trong một lượt thu; tự hết khi lượt thu sau bình thường, hoặc sau ngần này.',
      en: 'A rule holds or trims over 20 % of at least 20 new items of one harvest; over when a later one is well, or after this time.',
    },
    urgent: false,
    threshold: { by: 'after', usual: DAY },
  },
  {
    id: 'harvest-stalled',
    title: { vi: 'Việc thu bị dừng', en: 'Harvesting has stopped' },
    about: {
      vi: 'Đầu nối đã đến lượt từ lâu mà không ai thu.',
      en: 'Sources have been due for this long and nobody harvests them.',
    },
    urgent: true,
    threshold: { by: 'after', usual: 30 * MINUTE },
  },
  {
    id: 'source-failing',
    title: { vi: 'Đầu nối lỗi', en: 'A source fails' },
    about: {
      vi: 'Mọi lượt thu của một đầu nối đều lỗi suốt thời gian này.',
      en: 'Every harvest of a source has failed for this long.',
    },
    urgent: false,
    threshold: { by: 'after', usual: 6 * HOUR },
  },
  {
    id: 'source-gone',
    title: { vi: 'Địa chỉ đầu nối không còn', en: 'A source’s address is gone' },
    about: {
      vi: 'Trang trả lời 404 hoặc 410 cho địa chỉ đầu nối suốt thời gian này.',
      en: 'The site has answered 404 or 410 for a source’s address for this long.',
    },
    urgent: false,
    threshold: { by: 'after', usual: HOUR },
  },
  {
    id: 'source-empty',
    title: { vi: 'Đầu nối rỗng', en: 'A source is empty' },
    about: {
      vi: 'Thu được nhưng không có tin: chưa từng có tin nào, hoặc trước có nay không.',
      en: 'It answers but gives nothing: never gave anything, or did and no longer does.',
    },
    urgent: false,
    threshold: { by: 'after', usual: 6 * HOUR },
  },
  {
    id: 'schema-changed',
    title: { vi: 'Lược đồ GraphQL của trang thay đổi', en: 'A site’s GraphQL schema has changed' },
    about: {
      vi: 'Lược đồ mới không còn trường đang dùng; hệ thống vẫn chạy theo lược đồ cũ.',
      en: 'The new schema lacks fields in use; the last good one serves on.',
    },
    urgent: false,
  },
  {
    id: 'hold-waiting',
    title: { vi: 'Tin chờ quyết định quá lâu', en: 'Items wait for a decision' },
    about: {
      vi: 'Tin bị giữ hoặc tạm ẩn, chờ người vận hành quyết định.',
      en: 'Items are held or hidden and wait for the operator.',
    },
    urgent: false,
    threshold: { by: 'after', usual: DAY },
  },
  {
    id: 'complaint-waiting',
    title: { vi: 'Phản ánh chưa trả lời', en: 'Complaints are unanswered' },
    about: {
      vi: 'Phản ánh của người đọc chưa được trả lời.',
      en: 'A reader’s complaint has no answer yet.',
    },
    urgent: false,
    threshold: { by: 'after', usual: DAY },
  },
  {
    id: 'duties-unmet',
    title: { vi: 'Bổn phận của cổng chưa đạt', en: 'A duty of ours is not met' },
    about: {
      vi: 'Hệ thống tự xét mười lăm phút một lần và thấy một bổn phận của chính mình chưa đạt.',
      en: 'Looked at every quarter of an hour, a duty of our own is found wanting.',
    },
    urgent: false,
  },
  {
    id: 'subscriber-given-up',
    title: { vi: 'Ngừng gửi cho bên nhận', en: 'A receiver was given up' },
    about: {
      vi: 'Gửi lỗi liên tục quá callbacks.giveUpAfter nên đã ngừng.',
      en: 'Deliveries failed for longer than callbacks.giveUpAfter.',
    },
    urgent: false,
  },
  {
    id: 'channel-failing',
    title: { vi: 'Kênh cảnh báo hỏng', en: 'An alert channel fails' },
    about: {
      vi: 'Thư hoặc webhook cảnh báo gửi lỗi suốt thời gian này; báo qua các kênh khác.',
      en: 'Notices by a channel have failed for this long; told by the other channels.',
    },
    urgent: false,
    threshold: { by: 'after', usual: 30 * MINUTE },
  },
  {
    id: 'certificate-ending',
    title: { vi: 'Chứng thư sắp hết hạn', en: 'A certificate is about to end' },
    about: {
      vi: 'Chứng thư https của cổng hoặc của trang; báo lại khi còn 7 ngày, 1 ngày và khi đã hết.',
      en: 'The https certificate of a site or of ourselves; told again at 7 days, 1 day and at its end.',
    },
    urgent: false,
    threshold: { by: 'within', usual: 30 * DAY },
  },
  {
    id: 'agreement-ending',
    title: { vi: 'Thỏa thuận sắp hết hạn', en: 'An agreement is about to end' },
    about: {
      vi: 'Thỏa thuận với báo, trong tệp hoặc đã ghi nhận, mà chưa có thỏa thuận nối tiếp.',
      en: 'An agreement with a paper, of the file or recorded, that no other one follows.',
    },
    urgent: false,
    threshold: { by: 'within', usual: 30 * DAY },
  },
  {
    id: 'licence-ending',
    title: { vi: 'Giấy phép sắp hết hạn', en: 'A licence is about to end' },
    about: {
      vi: 'Một ngày hết hạn (expires, validUntil) trong hồ sơ registry của trang.',
      en: 'A date of expiry (expires, validUntil) in a site’s registry.',
    },
    urgent: false,
    threshold: { by: 'within', usual: 30 * DAY },
  },
  {
    id: 'exception-ending',
    title: { vi: 'Miễn quy tắc sắp hết hạn', en: 'An exception is about to end' },
    about: {
      vi: 'Sau ngày đó quy tắc lại có hiệu lực với trang.',
      en: 'From then on the rule acts on the site again.',
    },
    urgent: false,
    threshold: { by: 'within', usual: 7 * DAY },
  },
  {
    id: 'key-ending',
    title: { vi: 'Khoá API sắp hết hạn', en: 'An API key is about to end' },
    about: {
      vi: 'Bên dùng khoá sẽ không hỏi được nữa; báo lại khi còn 7 ngày, 1 ngày và khi đã hết.',
      en: 'Its user will be locked out; told again at 7 days, 1 day and at its end.',
    },
    urgent: false,
    threshold: { by: 'within', usual: 30 * DAY },
  },
  {
    id: 'backup-old',
    title: { vi: 'Bản sao lưu cũ', en: 'The back-up is old' },
    about: {
      vi: 'Bản sao lưu mới nhất của lệnh backup đã cũ quá ngưỡng, hoặc chưa có bản nào.',
      en: 'The newest back-up by the command is older than this, or there is none.',
    },
    urgent: false,
    threshold: { by: 'after', usual: 2 * DAY },
  },
] as const satisfies readonly AlarmKind[];

export type AlarmKindId = (typeof ALARM_KINDS)[number]['id'];

export const ALARM_KIND_IDS: readonly AlarmKindId[] = ALARM_KINDS.map(({ id }) => id);

export function alarmKind(id: AlarmKindId): AlarmKind {
  return ALARM_KINDS.find(one => one.id === id) as AlarmKind;
}

/** `alarms` of the federation file: what an operator changed of a kind. */
export interface AlarmChange {
  readonly off?: boolean;
  readonly urgent?: boolean;
  readonly threshold?: number;
}
export type AlarmChanges = { readonly [K in AlarmKindId]?: AlarmChange };

/** Minutes of the day in Hanoi; `from` after `to` spans midnight. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

/** How mail goes out. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** `starttls`: refuses to go on without it. `tls`: from the first byte. `none`: in the clear. */
  readonly tls: 'starttls' | 'tls' | 'none';
  readonly user?: string;
  readonly password?: string;
  /** Path of a PEM file: who else may have signed the server’s certificate. */
  readonly ca?: string;
}

export interface MailTarget {
  readonly to: readonly string[];
  readonly from: string;
  readonly smtp: SmtpSettings;
}

export interface WebhookTarget {
  readonly url: string;
  /** `whsec_` and base64; signed as Standard Webhooks where there is one. */
  readonly secret?: string;
  /** `chat`: nothing but `{ "text": … }`, as chat services take it. */
  readonly format: 'standard' | 'chat';
}

/** One entry of `alerts`: who is told, of what, and when not. */
export interface AlertChannel {
  readonly id: string;
  readonly to: { readonly mail: MailTarget } | { readonly webhook: WebhookTarget };
  /** Empty: all. */
  readonly kinds: readonly AlarmKindId[];
  /** Empty: all, and what is of no site. */
  readonly sites: readonly string[];
  readonly quiet?: QuietHours;
  /** Minute of the day in Hanoi; absent: no digest. */
  readonly digest?: number;
  readonly language: keyof Bilingual;
}

/** What happened to an alarm, as it is told. */
export interface AlarmEvent {
  readonly phase: 'on' | 'worse' | 'over';
  readonly kind: AlarmKindId;
  readonly subject: string;
  readonly site?: string;
  readonly at: Instant;
  readonly since: Instant;
  readonly sentence: Bilingual;
}
