import type { ForeignMedia, Origin } from '../entry.ts';
import type { Person } from '../text.ts';
import { distinct, shortTitle } from './entries.ts';
import { languageTag } from './feed-facts.ts';
import type { FeedEntry } from './format.ts';
import { itunesCategories } from './itunes.ts';
import { alternate, atomLinks, linkTo, otherAddresses } from './links.ts';
import { htmlOf, titleOf } from './markup.ts';
import { enclosureOf, leadOf, mediaCategories, mediaRss, optional } from './media.ts';
import { personOf } from './person.ts';
import { plainText } from './plain-text.ts';
import { resolve } from './resolve.ts';
import { bodies, itemTitle } from './rss-texts.ts';
import { all, attribute, childText, elements, first, textOf, type XmlElement } from './xml.ts';

const RSS = 'rss';

/** RSS `item` → entry, whichever modules it speaks. */
export function itemOf(item: XmlElement): FeedEntry {
  const links = atomLinks(item);
  const link = linkOf(item) ?? alternate(links);
  const others = otherAddresses(links, link);
  const rights = htmlOf(
    first(item, RSS, 'copyright') ?? first(item, 'dc', 'rights') ?? first(item, 'dcterms', 'rights'),
  );
  const unread = unreadOf(item);
  return {
    ...optional('sourceId', idOf(item)),
    ...(isNoLink(first(item, RSS, 'guid')) && { idIsNoLink: true as const }),
    ...optional('link', link),
    ...(isRelative(item) && { relativeLink: true as const }),
    ...optional('canonical', linkTo(links, 'canonical')),
    ...(others.length > 0 && { otherLinks: others }),
    ...optional('title', shortTitle(itemTitle(item))),
    ...bodies(item),
    ...optional('published', publishedOf(item)),
    ...optional('updated', updatedOf(item)),
    authors: authorsOf(item),
    categories: categoriesOf(item),
    ...optional('rights', plainText(rights)),
    ...optional('language', languageTag(childText(item, 'dc', 'language') ?? item.language)),
    media: mediaOf(item),
    ...optional('origin', originOf(item)),
    ...optional('comments', commentsOf(item)),
    ...(unread.length > 0 && { unread }),
    asWritten: {
      ...optional('rights', rights),
      ...optional('originTitle', titleOf(first(item, RSS, 'source'))),
    },
  };
}

function idOf(item: XmlElement): string | undefined {
  return (
    childText(item, RSS, 'guid') ??
    childText(item, RSS, 'id') ??
    childText(item, 'atom', 'id') ??
    childText(item, 'dc', 'identifier') ??
    attribute(item, 'about', 'rdf')?.trim()
  );
}

/** FeedBurner rewrites `link` to its own counter and keeps the publisher's in `origLink`. */
function linkOf(item: XmlElement): string | undefined {
  for (const element of [...all(item, 'feedburner', 'origlink'), ...all(item, RSS, 'link')]) {
    const link = resolve(textOf(element) ?? attribute(element, 'href'), element.base);
    if (link) return link;
  }
  const guid = first(item, RSS, 'guid');
  // RSS 2.0: a guid is a permalink unless it says otherwise; a relative one would be a guess.
  const isLink = guid && attribute(guid, 'ispermalink')?.trim().toLowerCase() !== 'false';
  const written = textOf(guid);
  if (isLink && written && /^https?:/i.test(written)) return resolve(written);
  const about = attribute(item, 'about', 'rdf');
  return resolve(about, item.base);
}

/** RSS 2.0: “If the guid element has an attribute named isPermaLink with a value of true … a url that can be opened”. */
function isNoLink(guid: XmlElement | undefined): boolean {
  const written = textOf(guid);
  if (!guid || written === undefined) return false;
  return (
    attribute(guid, 'ispermalink')?.trim().toLowerCase() !== 'false' && !/^https?:\/\/[^\s]/i.test(written)
  );
}

/** RSS 2.0: a link begins with an IANA-registered scheme. */
function isRelative(item: XmlElement): boolean {
  const element = first(item, RSS, 'link');
  const written = textOf(element);
  return written !== undefined && element?.saidBase === undefined && !/^[a-z][a-z\d+.-]*:/i.test(written);
}

function publishedOf(item: XmlElement): string | undefined {
  return (
    childText(item, RSS, 'pubdate') ??
    childText(item, RSS, 'published') ??
    childText(item, 'atom', 'published') ??
    childText(item, 'dcterms', 'issued') ??
    childText(item, 'dcterms', 'created') ??
    childText(item, 'dc', 'date') ??
    childText(item, RSS, 'date')
  );
}

function updatedOf(item: XmlElement): string | undefined {
  return (
    childText(item, 'dcterms', 'modified') ??
    childText(item, 'atom', 'updated') ??
    childText(item, RSS, 'updated') ??
    childText(item, RSS, 'lastmod')
  );
}

const AUTHORS: readonly (readonly [string, string])[] = [
  ['dc', 'creator'],
  [RSS, 'author'],
  ['dc', 'author'],
  ['atom', 'author'],
  ['itunes', 'author'],
  ['media', 'credit'],
];

function authorsOf(item: XmlElement): Person[] {
  for (const [ns, name] of AUTHORS) {
    const people = all(item, ns, name).flatMap(element => authorOf(element) ?? []);
    if (people.length > 0) return people;
  }
  return [];
}

function authorOf(element: XmlElement): Person | undefined {
  const name = childText(element, element.ns, 'name');
  const email = childText(element, element.ns, 'email');
  if (!name && !email) return personOf(plainText(titleOf(element)));
  const link = first(element, element.ns, 'uri') ?? first(element, element.ns, 'url');
  return {
    name: name ?? email ?? '',
    ...optional('email', email),
    ...optional('url', link && resolve(textOf(link), link.base)),
  };
}

/** In the order in which they stand, whichever module says them. */
function categoriesOf(item: XmlElement): string[] {
  const own = elements(item).flatMap(element => CATEGORIES[`${element.ns} ${element.name}`]?.(element) ?? []);
  return distinct([...own, ...itunesCategories(item), ...mediaCategories(item)]);
}

const CATEGORIES: Readonly<Record<string, (element: XmlElement) => readonly (string | undefined)[]>> = {
  'rss category': element => [textOf(element) ?? attribute(element, 'term')],
  'atom category': element => [attribute(element, 'label') ?? attribute(element, 'term')],
  'dc subject': element => [textOf(element)],
  'rss tags': tagsOf,
};

function tagsOf(element: XmlElement): (string | undefined)[] {
  const inner = all(element, RSS, 'tag').map(textOf);
  return inner.length > 0 ? inner : (textOf(element) ?? '').split(',');
}

function mediaOf(item: XmlElement): ForeignMedia[] {
  const lead = leadOf(item);
  const enclosures = all(item, RSS, 'enclosure').flatMap(element => enclosureOf(element) ?? []);
  const linked = atomLinks(item).filter(link => link.rel === 'enclosure');
  return [
    ...(lead ? [lead] : []),
    ...enclosures,
    ...linked.flatMap(link => enclosureOf(link.element) ?? []),
    ...mediaRss(item),
  ];
}

/** RSS `source url="…"`, Atom's `source`, `dc:source`, in that order of telling. */
function originOf(item: XmlElement): Origin | undefined {
  const source = first(item, RSS, 'source');
  const atom = first(item, 'atom', 'source');
  const dublin = childText(item, 'dc', 'source');
  const isAddress = dublin !== undefined && /^https?:/i.test(dublin);
  const title =
    plainText(titleOf(source)) ?? childText(atom, 'atom', 'title') ?? (isAddress ? undefined : dublin);
  const link =
    (source && resolve(attribute(source, 'url'), source.base)) ??
    (atom && alternate(atomLinks(atom))) ??
    (isAddress ? resolve(dublin) : undefined);
  const id = childText(atom, 'atom', 'id');
  if (!title && !link && !id) return undefined;
  return { ...optional('title', title), ...optional('link', link), ...optional('id', id) };
}

function commentsOf(item: XmlElement): string | undefined {
  const element = first(item, RSS, 'comments') ?? first(item, 'wfw', 'comment');
  return element && resolve(textOf(element), element.base);
}

/** What stands there and can't be used, for people. */
function unreadOf(item: XmlElement): string[] {
  const link = childText(item, RSS, 'link');
  const enclosures = all(item, RSS, 'enclosure').filter(element => !enclosureOf(element));
  return [
    ...(link && !resolve(link, item.base) ? [`link: "${link.slice(0, 100)}"`] : []),
    ...enclosures
      .map(element => `enclosure: "${(attribute(element, 'url') ?? '').slice(0, 100)}"`)
      .slice(0, 5),
  ];
}
