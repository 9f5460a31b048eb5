import { excerpt } from './excerpt.ts';

const EXCERPT = 300;
const MAX_SUMMARY = 5_000;

/** What feeds' makers append: `[…]`, `Continue reading …`, `The post … appeared first on …`. */
const TAILS: readonly RegExp[] = [
  /\s*The post [^\n]{0,600} (?:appeared first on|first appeared on) [^\n]{0,200}$/,
  /\s*(?:Bài viết|Bài đăng) [^\n]{0,600} xuất hiện (?:đầu tiên|lần đầu) (?:trên|tại) [^\n]{0,200}$/,
  /\s*(?:Continue reading|Read more|Đọc tiếp|Xem tiếp|Xem thêm|Chi tiết)(?: [^\n]{0,300})?\s*(?:→|»|>>|…|\.\.\.)\s*$/i,
];
const CUT = /\s*(?:\[\s*(?:…|\.\.\.|&hellip;|&#8230;)\s*\]|\(\s*(?:…|\.\.\.)\s*\))\s*$/;

/**
 * The publisher's own summary as plain text, never reworded: only what its software appended goes. Where there is none, or
 * only the sign that something was left out, or the whole text over again, an excerpt of the text.
 */
export function summaryOf(given: string, content: string): string {
  const own = withoutTails(given.replace(/\s+/g, ' ').trim());
  const isWhole = own.length > EXCERPT && repeats(own, content);
  if (!/[\p{L}\p{N}]/u.test(own) || isWhole) return excerpt(content, EXCERPT);
  return own.length > MAX_SUMMARY ? excerpt(own, MAX_SUMMARY) : own;
}

/** The text itself in the summary's place, or a long stretch of it. */
function repeats(own: string, content: string): boolean {
  const text = content
    .slice(0, own.length + 1_000)
    .replace(/\s+/g, ' ')
    .trim();
  return text === own || (own.length > EXCERPT * 2 && text.startsWith(own.slice(0, EXCERPT * 2)));
}

function withoutTails(text: string): string {
  let kept = text;
  for (const tail of TAILS) kept = trimEnd(kept, tail, '');
  return trimEnd(kept, CUT, '…').replace(/^…$/, '');
}

/** Tails stand at the end: looking only there keeps the patterns cheap on any text. */
function trimEnd(text: string, tail: RegExp, sign: string): string {
  const from = Math.max(0, text.length - 1_000);
  return text.slice(0, from) + text.slice(from).replace(tail, sign);
}
