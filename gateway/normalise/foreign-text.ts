import { decodeHTML } from 'entities/decode';
import { marked } from 'marked';
import type { ForeignText } from '../../schemas/text.ts';
import { type Cleaned, cleanHtml } from './clean-html.ts';
import { composed, toMarkup, wanted } from './clean-text.ts';

/** Marked takes the square of a paragraph's emphasis signs: beyond these lengths markdown is read as plain text. */
const MAX_MARKDOWN = 300_000;
const MAX_PARAGRAPH = 20_000;

/** A body as a site wrote it → clean HTML and all that comes with it. */
export function cleanForeign(text: ForeignText | undefined, link: string | undefined): Cleaned {
  if (!text) return cleanHtml('');
  const base = text.base === undefined ? link : (URL.parse(text.base, link)?.href ?? link);
  return cleanHtml(toHtml(text), { base });
}

function toHtml({ type, value }: ForeignText): string {
  if (type === 'markdown' && isBearable(value)) return marked.parse(value, { async: false, gfm: true });
  if (type !== 'html') return paragraphs(value);
  return isEscapedTwice(value) ? decodeHTML(value) : value;
}

function isBearable(markdown: string): boolean {
  if (markdown.length > MAX_MARKDOWN) return false;
  return markdown.split(/\n[ \t]*\n/).every(paragraph => paragraph.length <= MAX_PARAGRAPH);
}

function paragraphs(value: string): string {
  const blocks = value.replace(/\r\n?/g, '\n').split(/\n[ \t]*\n/);
  const kept = blocks.map(block => block.trim()).filter(Boolean);
  return kept.map(block => `<p>${toMarkup(block).replaceAll('\n', '<br>')}</p>`).join('\n');
}

/** HTML without a single tag whose text is full of them was escaped once too often by its CMS. */
function isEscapedTwice(html: string): boolean {
  return !html.includes('<') && /&lt;\/(?:p|div|span|a|strong|table|em|b|h[1-6]|ul)&gt;/i.test(html);
}

/** A name, label or headline: one line of plain text, NFC, nothing invisible, no markup. */
export function plainLine(text: ForeignText | string | undefined): string {
  if (text === undefined) return '';
  const { type, value } = typeof text === 'string' ? { type: 'text', value: text } : text;
  const words = type === 'html' && /[<&]/.test(value) ? cleanHtml(value).text : value;
  return composed(wanted(withoutReferences(words)))
    .replace(/\u00ad/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** `Lao động &amp; Xã hội`: what is still a reference after decoding was encoded twice. `&lt;` may be meant. */
function withoutReferences(text: string): string {
  return REFERENCE.test(text) ? text.replace(REFERENCES, one => decodeHTML(one)) : text;
}

const REFERENCE = /&(?!lt;|gt;|#60;|#62;)(?:#\d{1,6}|#x[\da-f]{1,5}|[a-z][a-z\d]{1,31});/i;
const REFERENCES = new RegExp(REFERENCE.source, 'gi');
