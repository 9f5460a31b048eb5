import { decodeHTML } from 'entities';
import type { Entry } from '../entry.ts';
import type { ForeignText } from '../text.ts';
import { fromLegacyText } from './from-legacy-text.ts';
import { isWrittenIn } from './signs.ts';
import type { LegacyText } from './tables.ts';

/**
 * An entry of a source that is said to write in an old charset, as Unicode. A site that has moved on writes its newer entries in
 * Unicode: such an entry stays as it is, told by all of its words together.
 */
export function legacyEntry(entry: Entry, charset: LegacyText): Entry {
  const { title, summary, content, authors, categories, media } = entry;
  const written = [title, summary, content].map(text => (text ? plainOf(text) : '')).join('\n');
  if (!isWrittenIn(written, charset)) return entry;
  const plain = (text: string) => fromLegacyText(text, charset);
  const foreign = (text: ForeignText): ForeignText => ({
    ...text,
    value: text.type === 'html' ? fromLegacyHtml(text.value, charset) : plain(text.value),
  });
  return {
    ...entry,
    ...(title && { title: foreign(title) }),
    ...(summary && { summary: foreign(summary) }),
    ...(content && { content: foreign(content) }),
    ...(entry.rights !== undefined && { rights: plain(entry.rights) }),
    authors: authors.map(author => ({ ...author, name: plain(author.name) })),
    categories: categories.map(plain),
    media: media.map(({ alt, caption, credit, rights, ...rest }) => ({
      ...rest,
      ...(alt !== undefined && { alt: plain(alt) }),
      ...(caption !== undefined && { caption: plain(caption) }),
      ...(credit !== undefined && { credit: plain(credit) }),
      ...(rights !== undefined && { rights: plain(rights) }),
    })),
    ...(entry.own && { own: { ...entry.own, fields: ownOf(entry.own.fields, plain) } }),
  };
}

function plainOf({ type, value }: ForeignText): string {
  return type === 'html' ? withLetters(value.slice(0, 50_000).replace(/<[^<>]*>/g, ' ')) : value;
}

/** Only what people read: text, and the attributes that are text. Addresses keep their bytes. */
function fromLegacyHtml(html: string, charset: LegacyText): string {
  const read = (text: string) => fromLegacyText(withLetters(text), charset);
  return html.replace(/<[^<>]*>|[^<]+/g, part =>
    part.startsWith('<')
      ? part.replace(
          /(\s(?:alt|title)\s*=\s*)("[^"]*"|'[^']*')/gi,
          (_, name: string, value: string) => name + read(value),
        )
      : read(part),
  );
}

/** `&laquo;`, `&#171;`: letters of an old charset, as editors wrote them. What markup is made of stays a reference. */
function withLetters(text: string): string {
  return text.replace(/&(?:#\d{2,5}|#x[\da-f]{2,4}|[a-z]{2,8}\d?);/gi, reference => {
    const letter = decodeHTML(reference);
    return letter.length === 1 && letter.charCodeAt(0) > 0x7f ? letter : reference;
  });
}

function ownOf(
  fields: Readonly<Record<string, unknown>>,
  plain: (text: string) => string,
): Record<string, unknown> {
  const read = (value: unknown): unknown =>
    typeof value === 'string' ? plain(value) : Array.isArray(value) ? value.map(read) : value;
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, read(value)]));
}
