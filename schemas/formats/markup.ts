import { decodeHTMLStrict } from 'entities';
import type { ForeignText } from '../text.ts';
import { resolve } from './resolve.ts';
import { attribute, elements, rawTextOf, textOf, type XmlElement } from './xml.ts';

/** Text whose type is what the format says it is: content of an element that holds HTML, escaped or bare. */
export function htmlOf(element: XmlElement | undefined): ForeignText | undefined {
  if (!element) return undefined;
  const value = hasElements(element) ? serialise(element, false) : withoutWrapping(rawTextOf(element).trim());
  return value.trim() ? foreign('html', value.trim(), element) : undefined;
}

/** A CDATA section that was escaped, or put into another one, is still only a wrapping. */
function withoutWrapping(value: string): string {
  return value.startsWith('<![CDATA[') ? value.slice(9).replace(/\]\]>\s{0,20}$/, '') : value;
}

/**
 * A title as RSS has it: nobody says whether it is text or HTML, so what it looks like decides. References without
 * tags are text that was escaped once too often.
 */
export function titleOf(element: XmlElement | undefined): ForeignText | undefined {
  const read = htmlOf(element);
  if (!read || !element) return undefined;
  if (hasElements(element) || looksTagged(read.value)) return read;
  return foreign('text', looksLikeHtml(read.value) ? decodeHTMLStrict(read.value) : read.value, element);
}

export function plainOf(element: XmlElement | undefined): ForeignText | undefined {
  const value = textOf(element);
  return value && element ? foreign('text', value, element) : undefined;
}

/** XHTML in an element, in document order; one `div` around it all is not part of it (RFC 4287, 3.1.1.3). */
export function xhtmlOf(element: XmlElement): ForeignText | undefined {
  const inner = elements(element);
  const [div] = inner;
  const alone = inner.length === 1 && div?.name === 'div' && !element.children.some(isVisibleText);
  const value = serialise(alone && div ? div : element, true).trim();
  return value ? foreign('html', value, alone && div ? div : element) : undefined;
}

export function foreign(type: ForeignText['type'], value: string, element: XmlElement): ForeignText {
  return {
    type,
    value,
    ...(type === 'html' && element.saidBase !== undefined && { base: element.saidBase }),
  };
}

export function hasElements(element: XmlElement): boolean {
  return element.children.some(child => typeof child !== 'string');
}

const TAG =
  /<\/?(?:a|abbr|b|big|blockquote|br|cite|code|del|div|em|font|h[1-6]|hr|i|img|ins|li|mark|ol|p|pre|q|s|small|span|strike|strong|sub|sup|tt|u|ul)(?:\s[^<>]{0,2000})?\/?>/i;
const REFERENCE = /&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});/;

/** Known tags or references to characters: text that is not meant as HTML has neither. */
export function looksLikeHtml(value: string): boolean {
  return looksTagged(value) || (value.includes('&') && REFERENCE.test(value));
}

function looksTagged(value: string): boolean {
  return value.includes('<') && TAG.test(value);
}

function isVisibleText(child: XmlElement | string): boolean {
  return typeof child === 'string' && child.trim() !== '';
}

const VOID = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'param',
  'source',
  'track',
  'wbr',
]);

/** The inside of an element as HTML. `isText`: its text is text; otherwise its text is HTML already. */
function serialise(element: XmlElement, isText: boolean): string {
  const parts: string[] = [];
  for (const child of element.children) {
    if (typeof child === 'string') parts.push(isText ? escapeText(child) : child);
    else parts.push(tagOf(child, element.base, isText));
  }
  return parts.join('');
}

function tagOf(element: XmlElement, base: string | undefined, isText: boolean): string {
  const colon = element.written.indexOf(':');
  const name = element.written.slice(colon + 1);
  const attributes = element.attributes.filter(isKept).map(entry => ` ${attributeOf(element, entry, base)}`);
  const open = `<${name}${attributes.join('')}`;
  if (VOID.has(element.name) && element.children.length === 0) return `${open} />`;
  return `${open}>${serialise(element, isText)}</${name}>`;
}

function isKept(entry: XmlElement['attributes'][number]): boolean {
  return entry.ns === '' && /^[A-Za-z][\w-]*$/.test(entry.written);
}

/** Where `xml:base` changes inside the markup, its references are made absolute: HTML has no such attribute. */
function attributeOf(
  element: XmlElement,
  entry: XmlElement['attributes'][number],
  base: string | undefined,
): string {
  const isReference = entry.name === 'href' || entry.name === 'src';
  const own = isReference && element.base !== base ? resolve(entry.value, element.base) : undefined;
  return `${entry.written}="${escapeText(own ?? entry.value).replaceAll('"', '&quot;')}"`;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Base64 as Atom 0.3 and Atom 1.0 allow it; absent when it is something other than text. */
export function fromBase64(element: XmlElement): ForeignText | undefined {
  const bytes = Uint8Array.from(atobOrEmpty(rawTextOf(element)), char => char.charCodeAt(0));
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim();
    if (!text || text.includes('\u0000')) return undefined;
    const type = attribute(element, 'type') === 'text/plain' ? 'text' : 'html';
    return foreign(type, text.normalize('NFC'), element);
  } catch {
    return undefined;
  }
}

function atobOrEmpty(value: string): string {
  try {
    return atob(value.replace(/\s/g, ''));
  } catch {
    return '';
  }
}
