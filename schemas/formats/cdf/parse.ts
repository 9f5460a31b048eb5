import { readEntries, shortTitle } from '../entries.ts';
import type { DecodedDocument, FeedDocument, FeedEntry } from '../format.ts';
import { htmlOf, titleOf } from '../markup.ts';
import { optional } from '../media.ts';
import { plainText } from '../plain-text.ts';
import { resolve } from '../resolve.ts';
import { all, attribute, first, parseXml, type XmlElement } from '../xml.ts';

/** CDF document → feed. */
export function parse(document: DecodedDocument): FeedDocument {
  const xml = parseXml(document.text, document.contentLocation ?? document.url);
  const channel = xml.root;
  const described = htmlOf(first(channel, 'rss', 'abstract'));
  const title = titleOf(first(channel, 'rss', 'title'));
  const { entries, broken, repaired } = readEntries(all(channel, 'rss', 'item'), document, entryOf);
  return {
    format: 'cdf',
    ...optional('title', plainText(title)),
    ...optional('link', channel && resolve(attribute(channel, 'href'), channel.base)),
    ...optional('description', plainText(described)),
    ...optional('updated', channel && attribute(channel, 'lastmod')),
    authors: [],
    categories: [],
    entries,
    deletions: [],
    broken,
    repaired: [...document.repaired, ...xml.repaired, ...repaired],
    asWritten: { ...optional('title', title), ...optional('description', described) },
  };
}

function entryOf(item: XmlElement): FeedEntry {
  return {
    ...optional('link', resolve(attribute(item, 'href'), item.base)),
    ...optional('title', shortTitle(titleOf(first(item, 'rss', 'title')))),
    ...optional('summary', htmlOf(first(item, 'rss', 'abstract'))),
    ...optional('updated', attribute(item, 'lastmod')),
    authors: [],
    categories: [],
    media: [],
  };
}
