import type { Person } from '../text.ts';
import { distinct, readEntries } from './entries.ts';
import { deletionsOf, feedFacts, languageTag } from './feed-facts.ts';
import type { DecodedDocument, FeedDocument } from './format.ts';
import { itunesCategories } from './itunes.ts';
import { alternate, atomLinks } from './links.ts';
import { htmlOf, titleOf } from './markup.ts';
import { imageOf, mediaCategories, optional } from './media.ts';
import { personOf } from './person.ts';
import { plainText } from './plain-text.ts';
import { resolve } from './resolve.ts';
import { itemOf } from './rss-item.ts';
import { all, attribute, childText, first, parseXml, textOf, without, type XmlElement } from './xml.ts';

const RSS = 'rss';

/** A document of the RSS family: one channel with its items in it (RSS) or beside it (RDF). */
export function parseRss(document: DecodedDocument, format: { id: string; version?: string }): FeedDocument {
  const xml = parseXml(document.text, document.contentLocation ?? document.url);
  const whole = first(xml.root, RSS, 'channel') ?? xml.root;
  const { entries, broken, repaired } = readEntries(itemsOf(xml.root, whole), document, itemOf);
  const channel = whole && without(whole, 'item');
  const root = xml.root && without(xml.root, 'item');
  return {
    format: format.id,
    ...optional('version', format.version ?? (xml.root && attribute(xml.root, 'version'))),
    ...(channel && aboutChannel(channel, root, document)),
    authors: channel ? channelAuthors(channel) : [],
    categories: channel ? channelCategories(channel) : [],
    entries,
    deletions: channel ? deletionsOf([channel]) : [],
    broken,
    repaired: [...document.repaired, ...xml.repaired, ...repaired],
  };
}

function itemsOf(root: XmlElement | undefined, channel: XmlElement | undefined): XmlElement[] {
  const places = root === channel ? [channel] : [...all(root, RSS, 'channel'), root];
  // RSS 1.1 puts its items into `items`.
  const lists = places.flatMap(place => (place ? [place, ...all(place, RSS, 'items')] : []));
  return lists.flatMap(list => all(list, RSS, 'item'));
}

function aboutChannel(channel: XmlElement, root: XmlElement | undefined, document: DecodedDocument) {
  const links = atomLinks(channel);
  const title = titleOf(first(channel, RSS, 'title') ?? first(channel, 'dc', 'title'));
  const description = htmlOf(descriptionElement(channel));
  const pictures = [
    ...all(root, RSS, 'image'),
    ...all(channel, RSS, 'image'),
    ...all(channel, 'itunes', 'image'),
  ];
  const rights = htmlOf(
    first(channel, RSS, 'copyright') ?? first(channel, 'dc', 'rights') ?? first(channel, 'dcterms', 'rights'),
  );
  return {
    ...optional('title', plainText(title)),
    ...optional('link', linkOf(channel) ?? alternate(links)),
    ...optional('id', channelId(channel)),
    ...optional('description', plainText(description)),
    ...optional('language', languageOf(channel, document)),
    ...optional('rights', plainText(rights)),
    ...optional('generator', childText(channel, RSS, 'generator')),
    ...optional('image', imageOf(pictures)),
    ...optional('updated', updatedOf(channel)),
    ...optional('published', childText(channel, RSS, 'pubdate') ?? childText(channel, 'dcterms', 'issued')),
    ...feedFacts(channel, links),
    asWritten: {
      ...optional('title', title),
      ...optional('description', description),
      ...optional('rights', rights),
    },
  };
}

function descriptionElement(channel: XmlElement): XmlElement | undefined {
  return (
    first(channel, RSS, 'description') ??
    first(channel, RSS, 'tagline') ??
    first(channel, 'dc', 'description') ??
    first(channel, 'itunes', 'summary') ??
    first(channel, 'itunes', 'subtitle')
  );
}

function linkOf(channel: XmlElement): string | undefined {
  for (const element of all(channel, RSS, 'link')) {
    const link = resolve(textOf(element) ?? attribute(element, 'href'), element.base);
    if (link) return link;
  }
  return undefined;
}

function channelId(channel: XmlElement): string | undefined {
  return (
    childText(channel, RSS, 'id') ?? childText(channel, 'atom', 'id') ?? attribute(channel, 'about', 'rdf')
  );
}

function languageOf(channel: XmlElement, document: DecodedDocument): string | undefined {
  const said = childText(channel, RSS, 'language') ?? childText(channel, 'dc', 'language');
  return languageTag(said) ?? languageTag(channel.language) ?? languageTag(document.contentLanguage);
}

function updatedOf(channel: XmlElement): string | undefined {
  return (
    childText(channel, RSS, 'lastbuilddate') ??
    childText(channel, 'dcterms', 'modified') ??
    childText(channel, 'dc', 'date') ??
    childText(channel, 'atom', 'updated')
  );
}

const AUTHORS: readonly (readonly [string, string])[] = [
  [RSS, 'managingeditor'],
  [RSS, 'author'],
  ['dc', 'creator'],
  ['dc', 'author'],
  ['itunes', 'author'],
  ['atom', 'author'],
];

function channelAuthors(channel: XmlElement): Person[] {
  for (const [ns, name] of AUTHORS) {
    const people = all(channel, ns, name).flatMap(element => personOf(textOf(element)) ?? []);
    if (people.length > 0) return people;
  }
  return [];
}

function channelCategories(channel: XmlElement): string[] {
  const own = all(channel, RSS, 'category').map(textOf);
  const subjects = all(channel, 'dc', 'subject').map(textOf);
  return distinct([...own, ...subjects, ...itunesCategories(channel), ...mediaCategories(channel)]);
}
