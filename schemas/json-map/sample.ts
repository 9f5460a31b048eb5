import { isRecord, type Json } from './json-path.ts';

const MOST_KEYS = 24;
const LONGEST_VALUE = 32;
const LONGEST_SAMPLE = 700;
/** Keys whose values are nobody's business in a message. */
const PRIVATE =
  /mail|phone|tel|mobile|sdt|cccd|cmnd|passw|secret|token|key|auth|session|birth|address|dia_?chi/i;

/** What a site really sends, short and masked: `{ id: 12, tieuDe: "Hội nghị tổng kết…", tacGia: { ten: … } }`. */
export function sampleOf(value: Json): string {
  const text = show(value, 2);
  return text.length > LONGEST_SAMPLE ? `${text.slice(0, LONGEST_SAMPLE)}…` : text;
}

function show(value: Json, depth: number): string {
  if (typeof value === 'string') return JSON.stringify(mask(value));
  if (Array.isArray(value)) {
    const [first] = value;
    if (first === undefined) return '[]';
    return depth === 0
      ? '[…]'
      : `[${show(first, depth - 1)}${value.length > 1 ? `, … (${value.length})` : ''}]`;
  }
  if (!isRecord(value)) return typeof value === 'number' ? mask(String(value)) : String(value);
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  if (depth === 0) return '{…}';
  const shown = entries.slice(0, MOST_KEYS).map(([key, part]) => {
    const name = /^[\w$]{1,60}$/.test(key) ? key : JSON.stringify(key.slice(0, 60));
    return `${name}: ${PRIVATE.test(key) && !isRecord(part) ? '•••' : show(part, depth - 1)}`;
  });
  return `{ ${shown.join(', ')}${entries.length > MOST_KEYS ? ', …' : ''} }`;
}

/** No personal data in a message: addresses of people and long numbers are dotted out. */
function mask(text: string): string {
  const start = text.slice(0, 200).replace(/\s+/g, ' ').trim();
  const masked = start
    .replace(/[^\s@<>"]{1,64}@[^\s@<>"]{1,100}/g, '•••@•••')
    .replace(/\+?\d[\d .-]{7,20}\d/g, digits);
  return masked.length > LONGEST_VALUE ? `${masked.slice(0, LONGEST_VALUE)}…` : masked;
}

/** Dates stay: they are what a map is about. */
function digits(number: string): string {
  return /^\d{4}-\d{2}-\d{2}/.test(number) ? number : '•••';
}
