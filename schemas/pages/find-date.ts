import { relativeDate } from '../dates/relative.ts';
import type { Known } from '../dates/written.ts';
import { readDate } from '../dates.ts';

/** A date found in a text, as a text that `readDate` reads without knowing the time of reading. */
export interface FoundDate {
  readonly written: string;
  /** It was told from the time of reading: `2 giờ trước`. */
  readonly relative: boolean;
  /** The words that say it. */
  readonly said: string;
}

const CLOCK = String.raw`\d{1,2} ?(?::|h|g|giờ) ?\d{2}(?: ?(?::|p|phút) ?\d{2})?(?: ?(?:am|pm|sa|ch|sáng|chiều|tối)(?!\p{L}))?`;
const ZONE = String.raw`(?: ?\(? ?(?:(?:GMT|UTC) ?)?[+−-] ?\d{1,2}(?::?\d{2})?(?!\d)\)?| ?\(?(?:GMT|UTC|ICT)(?!\p{L})\)?)?`;
const GAP = String.raw`[\s,;|·•()–-]{0,6}`;
const WEEKDAY = String.raw`(?:(?:thứ \p{L}{2,4}|thứ [2-7]|chủ nhật|cn|t[2-7])[\s,;|-]{0,4})?`;
const DAY = String.raw`(?:ngày )?(?:\d{4} ?[/.-] ?\d{1,2} ?[/.-] ?\d{1,2}|\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?(?:\d{4}|\d{2})|\d{1,2}(?: tháng | ?th(?:g)?\.? ?)\d{1,2},?(?: năm)? \d{4})`;
const MONTHS = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
const NAMED = String.raw`(?:\d{1,2}(?:st|nd|rd|th)?[ -](?:${MONTHS})\p{L}{0,6}\.?,?[ -]\d{4}|(?:${MONTHS})\p{L}{0,6}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4})`;
const LINK = `(?:${GAP}(?:lúc|vào lúc|at|,)? ?)`;

/** Ways of writing, the more telling first; each matched from its own first digit on, so none backtracks far. */
const WAYS = [
  String.raw`(?<!\d)\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?(?!\d)`,
  String.raw`(?<![\d/.:-])${DAY}(?![\d/])${LINK}${CLOCK}${ZONE}`,
  String.raw`(?<![\d:])${CLOCK}${ZONE}${GAP}${WEEKDAY}${DAY}(?![\d/])${ZONE}`,
  String.raw`(?<!\d)${NAMED}${LINK}${CLOCK}${ZONE}`,
  String.raw`(?<![\d/.:-])${DAY}(?![\d/:])`,
  String.raw`(?<!\d)${NAMED}`,
].map(way => new RegExp(way, 'iu'));

/** Texts longer than this are prose; a date in them is what they tell of. */
const LONGEST = 300;

/** The first date that a short text tells: `Đăng ngày: Thứ Hai, 23/11/2026 | 08:30 GMT+7 - 1.234 lượt xem`. */
export function findDate(text: string, known: Known): FoundDate | undefined {
  const tidy = text.slice(0, LONGEST).normalize('NFC').replace(/\s+/g, ' ').trim();
  if (tidy === '') return undefined;
  const { now, ...settings } = known;
  for (const way of WAYS) {
    const written = way.exec(tidy)?.[0].trim();
    if (written !== undefined && readDate(written, settings))
      return { written, relative: false, said: written };
  }
  if (readDate(tidy, settings)) return { written: tidy, relative: false, said: tidy };
  const relative = now === undefined ? undefined : relativeDate(tidy, now);
  return relative && { ...relative, relative: true };
}

const LABELS =
  /(?<![\p{L}\d])(?:ngày|giờ|lúc|vào|đăng|tải|xuất bản|ban hành|cập nhật|cập|nhật|tạo|gửi|posted|published|updated|date|on|at|thứ|hai|ba|tư|năm|sáu|bảy|chủ|cn|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun|gmt|utc|ict|lượt|xem|views?|đọc|bình luận|am|pm|sa|ch|t[2-7])(?![\p{L}])/giu;

/** Does the text say the date and next to nothing else? A sentence that tells of a day is no date line. */
export function isDateLine(text: string, { said }: FoundDate): boolean {
  const rest = text.normalize('NFC').replace(/\s+/g, ' ').replace(said, ' ').replace(LABELS, ' ');
  return rest.replace(/[^\p{L}]+/gu, '').length <= 3;
}
