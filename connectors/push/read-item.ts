import { z } from 'zod';
import { readDate } from '../../schemas/dates.ts';
import type { Entry } from '../../schemas/entry.ts';
import { CodedError } from '../../schemas/errors.ts';
import type { Format } from '../../schemas/formats/format.ts';
import { parseFeed } from '../../schemas/formats/read-feed.ts';

export interface PushInput {
  /** JSON of one JSON Feed item. */
  readonly body: Uint8Array;
  readonly url: string;
}

/** What is wrong with a pushed item: where, what, and how to mend it, in Vietnamese for the site's webmaster. */
export interface PushProblem {
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
}

const REMEDIES: Readonly<Record<string, string>> = {
  url: 'ghi địa chỉ đầy đủ của bài trên trang: https://…',
  title: 'ghi tiêu đề bài, là chữ thường không có mã HTML.',
  content_html: 'ghi nội dung HTML của bài trong một chuỗi.',
  date_published: 'ghi theo RFC 3339: 2026-11-22T08:30:00+07:00.',
  date_modified: 'ghi theo RFC 3339: 2026-11-22T08:30:00+07:00.',
  authors: 'ghi danh sách: [{ "name": "…" }].',
  attachments: 'ghi danh sách: [{ "url": "https://…", "mime_type": "…" }].',
  image: 'ghi địa chỉ đầy đủ của ảnh: https://…',
};
const USUAL_REMEDY = 'xem JSON Feed 1.1: https://www.jsonfeed.org/version/1.1/';

const text = (most: number) => z.string('phải là một chuỗi.').max(most, `dài hơn ${most} ký tự.`);
const address = text(4_000).refine(isWebAddress, 'không phải địa chỉ http:// hoặc https:// đầy đủ.');
const moment = text(100).refine(
  value => readDate(value, {}) !== undefined,
  'không đọc được là ngày giờ nào.',
);
const list = <T extends z.ZodType>(of: T) => z.array(of, 'phải là một danh sách.').max(100, 'nhiều hơn 100.');

const shape = z.object(
  {
    id: text(2_000).optional(),
    url: address,
    title: text(2_000).refine(value => value.trim() !== '', 'để trống.'),
    content_html: text(2_000_000).optional(),
    content_text: text(2_000_000).optional(),
    summary: text(20_000).optional(),
    image: address.optional(),
    date_published: moment.optional(),
    date_modified: moment.optional(),
    authors: list(
      z.looseObject({ name: text(500), url: address.optional() }, 'phải là { "name": "…" }.'),
    ).optional(),
    tags: list(text(500)).optional(),
    language: text(40).optional(),
    attachments: list(z.looseObject({ url: address }, 'phải là { "url": "…" }.')).optional(),
  },
  'phải là một đối tượng JSON.',
);

/**
 * A pushed item as an entry. Stricter than reading feeds: who programs a push can mend it, and is told how.
 *
 * @throws CodedError INVALID_ITEM with `data.problems`: {@link PushProblem}s
 */
export function readItem({ body, url }: PushInput, formats: readonly Format[]): Entry {
  const written = new TextDecoder().decode(body);
  const { data, error } = shape.safeParse(jsonOf(written));
  if (!data) throw invalidItem(error.issues.map(problemOf));
  const document = JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items: [data] });
  const feed = parseFeed({ text: document, url, encoding: 'utf-8', repaired: [] }, formats);
  const [entry] = feed.entries;
  if (!entry) throw invalidItem([{ path: 'item', message: 'trống.', remedy: USUAL_REMEDY }]);
  const { asWritten: _asWritten, comments: _comments, ...rest } = entry;
  return rest;
}

function problemOf({ path, message, code }: z.core.$ZodIssue): PushProblem {
  const [first] = path;
  const missing = code === 'invalid_type' && path.length === 1 && /undefined/.test(message);
  return {
    path: ['item', ...path].reduce<string>(
      (at, step) =>
        typeof step === 'number' ? `${at}[${step}]` : at === '' ? String(step) : `${at}.${String(step)}`,
      '',
    ),
    message: missing ? 'còn thiếu.' : message,
    remedy: REMEDIES[String(first)] ?? USUAL_REMEDY,
  };
}

function invalidItem(problems: readonly PushProblem[]): CodedError {
  return new CodedError('INVALID_ITEM', 'The item is not in order; see problems.', { data: { problems } });
}

function jsonOf(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}

function isWebAddress(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}
