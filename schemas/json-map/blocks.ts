import { escapeAttribute, escapeText } from '../markup.ts';
import { isRecord, type Json } from './json-path.ts';
import { addressOf, textOf } from './values.ts';

/** Deeper than any editor nests lists. */
const DEEPEST = 20;

/** What blocks are rendered with: the base of their addresses, and Markdown for the components that hold it. */
export interface BlockRendering {
  readonly base: string;
  readonly markdown: (text: string) => string;
}

/**
 * Strapi's "Rich text (Blocks)": a list of paragraph, heading, list, quote, code and image blocks whose leaves are
 * `{ type: 'text', text, bold?, … }`; and its dynamic zones: lists of components, of which those of its own starter
 * (`shared.rich-text`, `shared.quote`, `shared.media`, `shared.slider`) are known. Unknown blocks give their text.
 */
export function blocksToHtml(value: Json | undefined, rendering: BlockRendering, depth = 0): string {
  if (!Array.isArray(value) || depth > DEEPEST) return '';
  return value.map(block => blockToHtml(block, rendering, depth)).join('');
}

function blockToHtml(block: Json, rendering: BlockRendering, depth: number): string {
  if (!isRecord(block)) return '';
  if (typeof block.__component === 'string') return componentToHtml(block, rendering);
  if (block.type === 'text' || textOf(block.text) !== undefined) return leafToHtml(block);
  const inner = blocksToHtml(block.children, rendering, depth + 1);
  switch (block.type) {
    case 'heading':
      return wrap(`h${[2, 3, 4, 5, 6].find(level => level === block.level) ?? 2}`, inner);
    case 'list':
      return wrap(block.format === 'ordered' ? 'ol' : 'ul', inner);
    case 'list-item':
      return wrap('li', inner);
    case 'quote':
      return wrap('blockquote', inner);
    case 'code':
      return wrap('pre', wrap('code', inner));
    case 'link':
      return linkToHtml(block.url, inner, rendering.base);
    case 'image':
      return imageToHtml(block.image, rendering.base);
    case 'paragraph':
      return inner === '' ? '' : wrap('p', inner);
    default:
      return inner;
  }
}

function componentToHtml(component: { [key: string]: Json }, { base, markdown }: BlockRendering): string {
  const body = textOf(component.body);
  const text = body === undefined ? '' : markdown(body);
  const isQuote = /quote/i.test(String(component.__component));
  const pictures = [component.file, component.files, component.image].flat();
  return (
    (isQuote && text !== '' ? wrap('blockquote', text) : text) +
    pictures.map(file => imageToHtml(file, base)).join('')
  );
}

function leafToHtml(leaf: { [key: string]: Json }): string {
  const text = typeof leaf.text === 'string' ? escapeText(leaf.text).replaceAll('\n', '<br>') : '';
  if (text === '') return '';
  const marks = [
    ['code', leaf.code],
    ['strong', leaf.bold],
    ['em', leaf.italic],
    ['u', leaf.underline],
    ['s', leaf.strikethrough],
  ] as const;
  return marks.reduce((html, [tag, set]) => (set === true ? wrap(tag, html) : html), text);
}

function linkToHtml(url: Json | undefined, inner: string, base: string): string {
  const href = addressOf(url, base);
  return href === undefined ? inner : `<a href="${escapeAttribute(href)}">${inner}</a>`;
}

function imageToHtml(image: Json | undefined, base: string): string {
  const record = isRecord(image) ? image : {};
  const src = addressOf(record.url, base);
  if (src === undefined) return '';
  const alt = escapeAttribute(textOf(record.alternativeText) ?? '');
  const caption = textOf(record.caption);
  const told = caption === undefined ? '' : wrap('figcaption', escapeText(caption));
  return wrap('figure', `<img src="${escapeAttribute(src)}" alt="${alt}">${told}`);
}

function wrap(tag: string, inner: string): string {
  return `<${tag}>${inner}</${tag}>`;
}
