import { readEntries } from '../entries.ts';
import { deletionsOf, feedFacts, languageTag } from '../feed-facts.ts';
import type { DecodedDocument, FeedDocument } from '../format.ts';
import { alternate, atomLinks } from '../links.ts';
import { optional } from '../media.ts';
import { plainText } from '../plain-text.ts';
import { resolve } from '../resolve.ts';
import { all, attribute, childText, first, parseXml, textOf, without, type XmlElement } from '../xml.ts';
import { categoriesOf, entryOf, idOf } from './entry.ts';
import { peopleOf } from './people.ts';
import { constructOf } from './text-construct.ts';

const ATOM = 'atom';

/** Atom document → feed. */
export function parse(document: DecodedDocument): FeedDocument {
  const xml = parseXml(document.text, document.contentLocation ?? document.url);
  const whole = xml.root;
  const found = whole?.name === 'entry' ? [whole] : all(whole, ATOM, 'entry');
  const feed = whole && without(whole, 'entry');
  const { entries, broken, repaired } = readEntries(found, document, entryOf);
  return {
    format: 'atom',
    version: versionOf(feed),
    ...(feed && aboutFeed(feed, document)),
    authors: feed ? peopleOf(feed) : [],
    categories: feed ? categoriesOf(feed) : [],
    entries,
    deletions: feed ? deletionsOf([feed]) : [],
    broken,
    repaired: [...document.repaired, ...xml.repaired, ...repaired],
  };
}

function versionOf(feed: XmlElement | undefined): string {
  return feed && (attribute(feed, 'version') || first(feed, ATOM, 'tagline') || first(feed, ATOM, 'modified'))
    ? '0.3'
    : '1.0';
}

function aboutFeed(feed: XmlElement, document: DecodedDocument) {
  if (feed.name === 'entry') return {};
  const links = atomLinks(feed);
  const title = constructOf(first(feed, ATOM, 'title'));
  const subtitle = first(feed, ATOM, 'subtitle') ?? first(feed, ATOM, 'tagline') ?? first(feed, ATOM, 'info');
  const description = constructOf(subtitle);
  const rights = constructOf(first(feed, ATOM, 'rights') ?? first(feed, ATOM, 'copyright'));
  const picture = first(feed, ATOM, 'logo') ?? first(feed, ATOM, 'icon');
  return {
    ...optional('title', plainText(title)),
    ...optional('link', alternate(links)),
    ...optional('id', idOf(feed)),
    ...optional('description', plainText(description)),
    ...optional('language', languageTag(feed.language) ?? languageTag(document.contentLanguage)),
    ...optional('rights', plainText(rights)),
    ...optional('generator', textOf(first(feed, ATOM, 'generator'))),
    ...optional('image', picture && resolve(textOf(picture), picture.base)),
    ...optional('updated', childText(feed, ATOM, 'updated') ?? childText(feed, ATOM, 'modified')),
    ...optional('published', childText(feed, ATOM, 'published')),
    ...feedFacts(feed, links),
    asWritten: {
      ...optional('title', title),
      ...optional('description', description),
      ...optional('rights', rights),
    },
  };
}
