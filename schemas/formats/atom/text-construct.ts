import type { ForeignText } from '../../text.ts';
import { foreign, fromBase64, hasElements, htmlOf, looksLikeHtml, xhtmlOf } from '../markup.ts';
import { attribute, rawTextOf, type XmlElement } from '../xml.ts';

/**
 * A text construct or `content`: RFC 4287, 3.1 and 4.1.3, and Atom 0.3's `type` with `mode`. What an element says of
 * its type is believed, except where its children prove otherwise.
 */
export function constructOf(element: XmlElement | undefined): ForeignText | undefined {
  if (!element) return undefined;
  const type = attribute(element, 'type')?.trim().toLowerCase() || 'text';
  const mode = attribute(element, 'mode')?.trim().toLowerCase();
  if (mode === 'base64') return fromBase64(element);
  if (mode !== 'escaped' && (type === 'xhtml' || type === 'application/xhtml+xml')) return xhtmlOf(element);
  if (type === 'html' || type.startsWith('text/html') || type === 'application/xhtml+xml')
    return htmlOf(element);
  if (hasElements(element)) return xhtmlOf(element);
  if (type === 'text' || type.startsWith('text/') || mode !== undefined) return textual(element, mode);
  if (type.endsWith('xml')) return xhtmlOf(element);
  return type.includes('/') ? fromBase64(element) : textual(element, mode);
}

/** Atom 0.3 sites escape HTML and forget to say so; in Atom 1.0 text is text. */
function textual(element: XmlElement, mode: string | undefined): ForeignText | undefined {
  const value = rawTextOf(element).trim();
  if (!value) return undefined;
  return foreign(mode === 'escaped' && looksLikeHtml(value) ? 'html' : 'text', value, element);
}
