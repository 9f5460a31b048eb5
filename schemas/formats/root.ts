import { knownNamespace } from './namespaces.ts';
import { FEED_ROOT } from './repair.ts';

/** Name and attributes of a document's first feed-like tag, read without reading the document. */
export interface Root {
  /** Local name in lower case. */
  readonly name: string;
  /** Local name as written. */
  readonly written: string;
  readonly tag: string;
  /** Short name of its namespace, where it declares one that is known. */
  readonly ns: string | undefined;
}

/** The tag a feed begins with, or undefined when the document has none. */
export function rootOf(text: string): Root | undefined {
  const at = text.search(FEED_ROOT);
  if (at < 0) return undefined;
  const tag = text.slice(at, Math.min(text.length, at + 8_192));
  const [, prefix = '', written = ''] = /^<(?:([A-Za-z_][\w.-]{0,63}):)?([A-Za-z\d]{1,20})/.exec(tag) ?? [];
  const end = tag.indexOf('>');
  const own = end < 0 ? tag : tag.slice(0, end);
  const declared = new RegExp(
    `xmlns${prefix && `:${prefix.replace('.', '\\.')}`}\\s*=\\s*["']([^"']{0,200})`,
    'i',
  ).exec(own);
  return {
    name: written.toLowerCase(),
    written,
    tag: own,
    ns: declared?.[1] ? knownNamespace(declared[1]) : undefined,
  };
}
