import { CodedError } from '../../schemas/errors.ts';

/** What the site answered, as far as reading it takes. */
export interface Answer {
  readonly url: string;
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
}

export interface RestError {
  readonly code: string;
  readonly message: string;
}

export interface JsonRead {
  readonly value: unknown;
  /** What had to be repaired, for people. */
  readonly repaired: readonly string[];
}

/**
 * The JSON of an answer. Throws a CodedError for a page, a robot check, nothing at all, or WordPress' own error
 * object (`{ code, message, data: { status } }`, whatever the status it came with).
 */
export function jsonOf(answer: Answer): JsonRead {
  const text = textOf(answer);
  const read = parse(text) ?? afterNotices(text);
  if (!read) throw notJson(answer, text);
  const refusal = restErrorOf(read.value);
  if (refusal || answer.status >= 400) throw refused(answer, refusal);
  return read;
}

/** WordPress' own error object, or undefined. */
export function restErrorOf(value: unknown): RestError | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  if (!('code' in value) || !('message' in value)) return undefined;
  const { code, message } = value;
  return typeof code === 'string' && typeof message === 'string' ? { code, message } : undefined;
}

/** Is the page there to keep programs out? Looks at its head only. */
export function isRobotCheck(text: string): boolean {
  const head = text.slice(0, 65_536).toLowerCase();
  return ROBOT_CHECKS.some(mark => head.includes(mark));
}

/** Words of the checks met most, the Vietnamese hosters' cookie script among them. */
const ROBOT_CHECKS = [
  'captcha',
  'cf-challenge',
  'cf_chl_',
  'challenge-platform',
  'just a moment',
  'checking your browser',
  'verify you are human',
  'are you a robot',
  'ddos protection',
  '_incapsula_',
  'sucuri_cloudproxy',
  'không phải là robot',
  'không phải là người máy',
  'xác minh bạn là',
  'kiểm tra trình duyệt',
  'd1n=',
] as const;

export function textOf(answer: Answer): string {
  // TextDecoder drops a byte order mark; WordPress itself only ever sends UTF-8.
  return new TextDecoder().decode(answer.body).trim();
}

function parse(text: string): JsonRead | undefined {
  try {
    return { value: JSON.parse(text) as unknown, repaired: [] };
  } catch {
    return undefined;
  }
}

/** PHP notices printed before the answer, and what a cache plugin adds behind it. Never a page. */
function afterNotices(text: string): JsonRead | undefined {
  const start = text.search(/\[\{"|\{"|\[\]/);
  const end = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']')) + 1;
  if (start < 0 || end <= start) return undefined;
  const around = text.slice(0, start) + text.slice(end);
  if (around.length > 65_536 || /<(?:!doctype|html|head|body|script)/i.test(around)) return undefined;
  if (!/\b(?:warning|notice|deprecated)\b|<!--/i.test(around)) return undefined;
  const read = parse(text.slice(start, end));
  return read && { ...read, repaired: ['text around the JSON was cut off'] };
}

function notJson(answer: Answer, text: string): CodedError {
  if (isRobotCheck(text)) return failure('ROBOT_CHECK', answer);
  if (answer.status >= 400) return refused(answer, undefined);
  if (text === '') return failure('EMPTY_DOCUMENT', answer);
  return failure(text.startsWith('<') ? 'HTML_PAGE' : 'UNREADABLE', answer);
}

function refused(answer: Answer, error: RestError | undefined): CodedError {
  const code = codeOf(answer.status, error?.code ?? '');
  return failure(
    code,
    answer,
    error && { restCode: error.code.slice(0, 100), said: error.message.slice(0, 300) },
  );
}

/** Plugins that close the API use codes of their own and not always the status that belongs to them. */
function codeOf(status: number, restCode: string): keyof typeof SENTENCES {
  if (status === 401 || /not_logged_in|login_required|incorrect_password|invalid_username/.test(restCode)) {
    return 'SITE_UNAUTHORISED';
  }
  if (status === 403 || /disabled|forbidden|cannot|not_allowed|unauthori[sz]ed/.test(restCode))
    return 'SITE_FORBIDDEN';
  if (status === 410) return 'SITE_GONE';
  if (status === 404 || restCode === 'rest_no_route') return 'SITE_NOT_FOUND';
  return status >= 500 ? 'SITE_FAILED' : 'SITE_UNEXPECTED';
}

/** A named error about one answer, in both languages. */
export function failure(
  code: keyof typeof SENTENCES,
  { url, status }: Pick<Answer, 'url' | 'status'>,
  more: Readonly<Record<string, unknown>> = {},
): CodedError {
  const host = URL.canParse(url) ? new URL(url).host : url.slice(0, 100);
  const { en, vi } = SENTENCES[code];
  return new CodedError(code, `${host} ${en}`, { data: { host, url, status, ...more, vi: `${host} ${vi}` } });
}

const SENTENCES = {
  SITE_UNAUTHORISED: {
    en: 'lets nobody but its users read the WordPress API.',
    vi: 'chỉ cho người dùng đã đăng nhập đọc REST API: hãy cấp mật khẩu ứng dụng (application password).',
  },
  SITE_FORBIDDEN: {
    en: 'has its WordPress API closed.',
    vi: 'đã khóa REST API của WordPress: hãy mở /wp-json/wp/v2 trong phần mềm bảo mật, hoặc dùng bộ kết nối feed.',
  },
  SITE_NOT_FOUND: {
    en: 'has no such WordPress API, or no such post type.',
    vi: 'không có REST API của WordPress hoặc loại bài này ở địa chỉ đã nêu: kiểm tra url và types.',
  },
  SITE_GONE: { en: 'says that its API is gone.', vi: 'báo rằng REST API không còn nữa.' },
  SITE_FAILED: {
    en: 'has an error of its own in the WordPress API.',
    vi: 'gặp lỗi bên trong REST API của WordPress: xem nhật ký lỗi PHP của trang.',
  },
  SITE_UNEXPECTED: {
    en: 'refused the question put to its WordPress API.',
    vi: 'từ chối câu hỏi gửi tới REST API của WordPress.',
  },
  ROBOT_CHECK: {
    en: 'asked for a proof of being human.',
    vi: 'trả về trang kiểm tra người máy: đề nghị quản trị trang cho phép cổng liên thông.',
  },
  EMPTY_DOCUMENT: { en: 'sent nothing.', vi: 'trả lời rỗng.' },
  HTML_PAGE: {
    en: 'sent a page instead of its API’s answer.',
    vi: 'trả về một trang HTML thay cho REST API.',
  },
  UNREADABLE: {
    en: 'sent something that is not what a WordPress API sends.',
    vi: 'gửi nội dung không phải của REST API WordPress.',
  },
} as const;
