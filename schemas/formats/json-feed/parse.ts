import type { ForeignMedia } from '../../entry.ts';
import { CodedError } from '../../errors.ts';
import type { ForeignText, Person } from '../../text.ts';
import { distinct, MAX_ENTRIES, shortTitle } from '../entries.ts';
import { languageTag } from '../feed-facts.ts';
import { type ForeignRecord, list, natural, record, text } from '../foreign.ts';
import type { DecodedDocument, FeedDocument, FeedEntry } from '../format.ts';
import { looksLikeHtml } from '../markup.ts';
import { optional } from '../media.ts';
import { plainText } from '../plain-text.ts';
import { resolve } from '../resolve.ts';

/**
 * JSON Feed document → feed. Its addresses must be absolute; relative ones are resolved all the same.
 *
 * @throws CodedError UNREADABLE when it isn't JSON.
 */
export function parse(document: DecodedDocument): FeedDocument {
  const { value, repaired } = readJson(document.text);
  const feed = record(value) ?? {};
  const base = document.contentLocation ?? document.url;
  const most = document.maxEntries ?? MAX_ENTRIES;
  const items = list(feed.items);
  const entries = items.slice(0, most).flatMap(item => entryOf(record(item), base) ?? []);
  const title = label(feed.title);
  const description = label(feed.description);
  return {
    format: 'json-feed',
    version: text(feed.version)?.endsWith('/1') ? '1.0' : '1.1',
    ...optional('title', plainText(title)),
    ...optional('link', resolve(text(feed.home_page_url), base)),
    ...optional('id', text(feed.feed_url)),
    ...optional('description', plainText(description)),
    ...optional('language', languageTag(text(feed.language)) ?? languageTag(document.contentLanguage)),
    ...optional('image', resolve(text(feed.icon) ?? text(feed.favicon), base)),
    authors: peopleOf(feed, base),
    categories: [],
    ...optional('hub', hubOf(feed, base)),
    ...optional('self', resolve(text(feed.feed_url), base)),
    ...optional('next', resolve(text(feed.next_url), base)),
    entries,
    deletions: [],
    broken: Math.min(items.length, most) - entries.length,
    repaired: [
      ...document.repaired,
      ...repaired,
      ...(items.length > most ? [`Luồng có ${items.length} mục: chỉ đọc ${most} mục đầu.`] : []),
    ],
    asWritten: { ...optional('title', title), ...optional('description', description) },
  };
}

function readJson(source: string): { value: unknown; repaired: readonly string[] } {
  try {
    return { value: JSON.parse(source), repaired: [] };
  } catch {
    return {
      value: readLoosely(source),
      repaired: ['Sửa JSON viết sai: dấu phẩy thừa hoặc ký tự điều khiển.'],
    };
  }
}

/** Line breaks inside strings, commas before a closing bracket: what a template writes that isn't a JSON writer. */
function readLoosely(source: string): unknown {
  try {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
    return JSON.parse(source.replace(/[\u0000-\u001f]+/g, ' ').replace(/,\s?(?=[}\]])/g, ''));
  } catch (cause) {
    throw new CodedError('UNREADABLE', 'The document is not valid JSON.', { cause });
  }
}

function entryOf(item: ForeignRecord | undefined, base: string | undefined): FeedEntry | undefined {
  if (!item || Object.keys(item).length === 0) return undefined;
  const html = text(item.content_html);
  const plain = text(item.content_text);
  const content: ForeignText | undefined = html ? { type: 'html', value: html } : asText(plain);
  const external = resolve(text(item.external_url), base);
  const id = text(item.id);
  return {
    ...optional('sourceId', id),
    ...optional(
      'link',
      resolve(text(item.url), base) ?? external ?? (id?.startsWith('http') ? resolve(id) : undefined),
    ),
    ...(/^(?![a-z][a-z\d+.-]*:)./i.test(text(item.url) ?? '') && { relativeLink: true as const }),
    ...optional('title', shortTitle(label(item.title))),
    ...optional('summary', asText(text(item.summary))),
    ...optional('content', content),
    ...optional('published', text(item.date_published)),
    ...optional('updated', text(item.date_modified)),
    authors: peopleOf(item, base),
    categories: distinct(list(item.tags).map(text)),
    ...optional('language', languageTag(text(item.language))),
    media: mediaOf(item, base),
    ...(external && text(item.url) && { origin: { link: external } }),
  };
}

function asText(value: string | undefined): ForeignText | undefined {
  return value === undefined ? undefined : { type: 'text', value };
}

/** Titles are plain text by the rule; sites put entities there all the same. */
function label(value: unknown): ForeignText | undefined {
  const written = text(value);
  return written === undefined
    ? undefined
    : { type: looksLikeHtml(written) ? 'html' : 'text', value: written };
}

/** 1.1 has `authors`, 1.0 has `author`. */
function peopleOf(parent: ForeignRecord, base: string | undefined): Person[] {
  const written = Array.isArray(parent.authors) ? list(parent.authors) : [parent.author];
  return written.slice(0, 100).flatMap(value => {
    const author = record(value);
    const url = resolve(text(author?.url), base);
    const name = text(author?.name) ?? text(value) ?? url;
    return name ? [{ name, ...optional('url', url) }] : [];
  });
}

function mediaOf(item: ForeignRecord, base: string | undefined): ForeignMedia[] {
  const media: ForeignMedia[] = [];
  const lead = resolve(text(item.image), base);
  const banner = resolve(text(item.banner_image), base);
  if (lead) media.push({ url: lead, role: 'lead' });
  if (banner && banner !== lead) media.push({ url: banner, role: lead ? 'content' : 'lead' });
  for (const value of list(item.attachments).slice(0, 100)) {
    const attachment = record(value);
    const url = resolve(text(attachment?.url), base);
    if (!attachment || !url) continue;
    media.push({
      url,
      ...optional('type', text(attachment.mime_type)),
      ...optional('length', natural(attachment.size_in_bytes)),
      ...optional('alt', text(attachment.title)),
      role: 'enclosure',
    });
  }
  return media;
}

function hubOf(feed: ForeignRecord, base: string | undefined): string | undefined {
  const hubs = list(feed.hubs).map(record);
  const hub = hubs.find(candidate => text(candidate?.type)?.toLowerCase() === 'websub') ?? hubs[0];
  return resolve(text(hub?.url), base);
}
