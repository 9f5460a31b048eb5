import type { ForeignMedia, Origin } from '../../entry.ts';
import type { Person } from '../../text.ts';
import { distinct, shortTitle } from '../entries.ts';
import { languageTag } from '../feed-facts.ts';
import type { FeedEntry } from '../format.ts';
import { type AtomLink, alternate, atomLinks, linkTo, otherAddresses } from '../links.ts';
import { htmlOf } from '../markup.ts';
import { enclosureOf, leadOf, mediaCategories, mediaRss, optional } from '../media.ts';
import { personOf } from '../person.ts';
import { plainText } from '../plain-text.ts';
import { resolve } from '../resolve.ts';
import { all, attribute, childText, first, lastText, textOf, type XmlElement } from '../xml.ts';
import { peopleOf } from './people.ts';
import { constructOf } from './text-construct.ts';

const ATOM = 'atom';

/** Atom `entry` → entry. */
export function entryOf(entry: XmlElement): FeedEntry {
  const links = atomLinks(entry);
  const content = first(entry, ATOM, 'content');
  const source = first(entry, ATOM, 'source');
  const rights = constructOf(
    first(entry, ATOM, 'rights') ?? first(entry, ATOM, 'copyright') ?? first(entry, 'dc', 'rights'),
  );
  const link = linkOf(entry, links, content);
  const others = otherAddresses(links, link);
  const originTitle = source && constructOf(first(source, ATOM, 'title'));
  return {
    ...optional('sourceId', idOf(entry)),
    ...optional('link', link),
    ...(isRelative(entry) && { relativeLink: true as const }),
    ...optional('canonical', linkTo(links, 'canonical')),
    ...(others.length > 0 && { otherLinks: others }),
    ...optional(
      'title',
      shortTitle(constructOf(first(entry, ATOM, 'title')) ?? htmlOf(first(entry, 'dc', 'title'))),
    ),
    ...optional('summary', constructOf(first(entry, ATOM, 'summary'))),
    ...optional('content', content && constructOf(content)),
    ...optional('published', publishedOf(entry)),
    ...optional('updated', updatedOf(entry)),
    authors: authorsOf(entry, source),
    categories: categoriesOf(entry),
    ...optional('rights', plainText(rights)),
    ...optional('language', languageTag(entry.language)),
    media: mediaOf(entry, links, content),
    ...optional('origin', source && originOf(source)),
    ...optional('comments', commentsOf(links)),
    asWritten: { ...optional('rights', rights), ...optional('originTitle', originTitle) },
  };
}

/** Allowed by RFC 4287, but without `xml:base` whoever reads the feed elsewhere has to guess. */
function isRelative(entry: XmlElement): boolean {
  const link = all(entry, ATOM, 'link').find(
    one => (attribute(one, 'rel')?.trim() || 'alternate') === 'alternate',
  );
  const href = link && attribute(link, 'href')?.trim();
  return Boolean(href) && link?.saidBase === undefined && !/^[a-z][a-z\d+.-]*:/i.test(href ?? '');
}

/** A relative id is against the rule (RFC 4287, 4.2.6), but it is all some entries have; an absolute one is never changed. */
export function idOf(parent: XmlElement): string | undefined {
  const element = first(parent, ATOM, 'id') ?? first(parent, ATOM, 'guid');
  const id = textOf(element);
  if (!id || !element) return undefined;
  return id.startsWith('/') ? (resolve(id, element.base) ?? id) : id;
}

export function categoriesOf(parent: XmlElement): string[] {
  const own = all(parent, ATOM, 'category').map(
    element => attribute(element, 'label')?.trim() || attribute(element, 'term') || textOf(element),
  );
  const dublin = all(parent, 'dc', 'subject').map(textOf);
  return distinct([...own, ...dublin, ...mediaCategories(parent)]);
}

function linkOf(
  entry: XmlElement,
  links: readonly AtomLink[],
  content: XmlElement | undefined,
): string | undefined {
  const original = first(entry, 'feedburner', 'origlink');
  const own = original && resolve(textOf(original), original.base);
  const src = content && resolve(attribute(content, 'src'), content.base);
  return own ?? alternate(links) ?? src ?? idAsLink(entry);
}

function idAsLink(entry: XmlElement): string | undefined {
  const id = childText(entry, ATOM, 'id');
  return id?.startsWith('http') ? resolve(id) : undefined;
}

function publishedOf(entry: XmlElement): string | undefined {
  return (
    childText(entry, ATOM, 'published') ??
    childText(entry, ATOM, 'issued') ??
    childText(entry, ATOM, 'created') ??
    childText(entry, 'dcterms', 'issued') ??
    childText(entry, 'dc', 'date')
  );
}

function updatedOf(entry: XmlElement): string | undefined {
  return (
    lastText(entry, ATOM, 'updated') ??
    lastText(entry, ATOM, 'modified') ??
    childText(entry, 'dcterms', 'modified')
  );
}

/** RFC 4287, 4.2.1: an entry without authors has those of its source. */
function authorsOf(entry: XmlElement, source: XmlElement | undefined): readonly Person[] {
  const own = peopleOf(entry);
  if (own.length > 0) return own;
  const dublin = all(entry, 'dc', 'creator').flatMap(creator => personOf(textOf(creator)) ?? []);
  return dublin.length > 0 || !source ? dublin : peopleOf(source);
}

function mediaOf(
  entry: XmlElement,
  links: readonly AtomLink[],
  content: XmlElement | undefined,
): readonly ForeignMedia[] {
  const lead = leadOf(entry);
  const enclosures = links
    .filter(link => link.rel === 'enclosure')
    .flatMap(link => enclosureOf(link.element) ?? []);
  const src = content && resolve(attribute(content, 'src'), content.base);
  const type = content && attribute(content, 'type')?.toLowerCase();
  const shown: ForeignMedia[] =
    src && type && /^(?:image|audio|video)\//.test(type) ? [{ url: src, type, role: 'content' }] : [];
  return [...(lead ? [lead] : []), ...enclosures, ...mediaRss(entry), ...shown];
}

function originOf(source: XmlElement): Origin {
  return {
    ...optional('title', plainText(constructOf(first(source, ATOM, 'title')))),
    ...optional('link', alternate(atomLinks(source))),
    ...optional('id', idOf(source)),
    ...optional('published', childText(source, ATOM, 'published') ?? childText(source, ATOM, 'updated')),
  };
}

function commentsOf(links: readonly AtomLink[]): string | undefined {
  return links.find(link => link.rel === 'replies' && link.type?.startsWith('text/html'))?.href;
}
