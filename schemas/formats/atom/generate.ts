import { type Instant, toRfc3339 } from '../../instant.ts';
import type { Media } from '../../item.ts';
import {
  escapeAttribute,
  escapeText,
  toLanguageTag,
  toMediaType,
  toWebAddress,
  toXmlText,
} from '../../markup.ts';
import type { Person } from '../../text.ts';
import type { OutgoingFeed, OutgoingItem } from '../format.ts';

const NAMESPACES = [
  'xmlns="http://www.w3.org/2005/Atom"',
  'xmlns:at="http://purl.org/atompub/tombstones/1.0"',
  'xmlns:fh="http://purl.org/syndication/history/1.0"',
  'xmlns:dc="http://purl.org/dc/elements/1.1/"',
  'xmlns:media="http://search.yahoo.com/mrss/"',
  'xmlns:lt="urn:lien-thong:feed"',
].join(' ');

const FEEDBACK = 'Phản ánh nội dung';

/** Atom 1.0 (RFC 4287) with tombstones (RFC 6721) and the links of paged and archived feeds (RFC 5005). */
export function generateAtom(feed: OutgoingFeed): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed ${NAMESPACES} xml:lang="${toLanguageTag(feed.language) ?? 'vi'}">`,
    text('id', feed.id),
    text('title', feed.title),
    feed.description ? text('subtitle', feed.description) : '',
    text('updated', toRfc3339(feed.updated)),
    link('self', feed.self, 'application/atom+xml'),
    link('alternate', feed.homepage, 'text/html'),
    ...feed.links.map(({ rel, href, type }) => link(rel, href, type)),
    person('author', { name: feed.title }),
    text('generator', feed.generator),
    feed.archive ? '<fh:archive/>' : '',
    ...feed.items.map(entry),
    ...feed.tombstones.map(tombstone),
    '</feed>\n',
  ]
    .filter(Boolean)
    .join('\n');
}

function entry(outgoing: OutgoingItem): string {
  const { item } = outgoing;
  const published = item.published;
  return [
    '<entry>',
    text('id', item.id),
    text('title', item.title),
    link('alternate', item.link, 'text/html'),
    outgoing.feedback ? link('related', outgoing.feedback, 'text/html', { title: FEEDBACK }) : '',
    ...item.media.map(enclosure),
    published === undefined ? '' : text('published', toRfc3339(published)),
    text('updated', toRfc3339(entryUpdated(outgoing))),
    ...authors(outgoing).map(author => person('author', author)),
    ...categories(outgoing),
    item.rights ? text('rights', item.rights) : '',
    item.summary ? text('summary', item.summary) : '',
    content(item),
    source(outgoing),
    text('dc:source', item.attribution.text),
    ...(item.corrects ?? []).map(id => text('lt:replaces', id)),
    picture(item.picture),
    '</entry>',
  ]
    .filter(Boolean)
    .join('\n');
}

/** RFC 4287 4.2.15: "the most recent instant in time when an entry was modified in a way the publisher considers significant". */
function entryUpdated({ item, edited }: OutgoingItem): Instant {
  const never = Number.NEGATIVE_INFINITY;
  return Math.max(item.updated ?? never, edited ?? never, item.published ?? item.listed);
}

/** RFC 4287 4.1.2: an entry has an author; where the site names none, its agency is. */
function authors({ item, siteName }: OutgoingItem): readonly Person[] {
  const named = item.authors.filter(author => toXmlText(author.name).trim() !== '');
  return named.length > 0 ? named : [{ name: item.attribution.agency.trim() || siteName }];
}

function person(name: string, { name: called, email, url }: Person): string {
  const address = toWebAddress(url);
  return [
    `<${name}>`,
    text('name', called),
    address ? text('uri', address) : '',
    email && /^[^\s@<>]+@[^\s@<>]+$/.test(email) ? text('email', email) : '',
    `</${name}>`,
  ].join('');
}

/** Topics first, with their id as `term`; then the site's own categories. */
function categories({ item, topicTitles }: OutgoingItem): readonly string[] {
  const topics = item.topics.map((term, i) => category(term, topicTitles[i] ?? term, 'urn:lien-thong:topic'));
  return [
    ...topics,
    ...item.categories.filter(term => toXmlText(term).trim() !== '').map(term => category(term, term)),
  ];
}

function category(term: string, label: string, scheme?: string): string {
  const of = scheme ? ` scheme="${scheme}"` : '';
  return `<category term="${escapeAttribute(term)}"${of} label="${escapeAttribute(label)}"/>`;
}

function content(item: OutgoingItem['item']): string {
  const tag = toLanguageTag(item.language);
  const language = tag ? ` xml:lang="${tag}"` : '';
  // RFC 4287 4.1.2: an entry without content must have an alternate link.
  return item.content || !toWebAddress(item.link)
    ? `<content type="html"${language}>${escapeText(item.content)}</content>`
    : '';
}

/** RFC 4287 4.2.11: metadata of the feed the entry was copied from, here the site, and the entry's own id there. */
function source(outgoing: OutgoingItem): string {
  const { item, siteName, siteHomepage } = outgoing;
  const home = toWebAddress(siteHomepage);
  return [
    '<source>',
    text('id', home ?? `urn:lien-thong:site:${encodeURIComponent(item.site.toWellFormed())}`),
    text('title', siteName),
    home ? `<link rel="alternate" type="text/html" href="${escapeAttribute(home)}"/>` : '',
    text('updated', toRfc3339(entryUpdated(outgoing))),
    item.sourceId ? text('lt:source-id', item.sourceId) : '',
    '</source>',
  ].join('');
}

function enclosure(media: Media): string {
  return link('enclosure', media.url, media.type, {
    length: media.length === undefined ? undefined : String(media.length),
    title: media.caption ?? media.alt,
  });
}

function picture(lead: OutgoingItem['item']['picture']): string {
  const url = toWebAddress(lead?.url);
  if (!lead || !url) return '';
  const attributes = pairs({ url, width: lead.width?.toString(), height: lead.height?.toString() });
  const inside = [
    // Media RSS's default too, but Python's feedparser reads what doesn't say so as HTML.
    lead.alt ? `<media:description type="plain">${escapeText(lead.alt)}</media:description>` : '',
    lead.credit ? text('media:credit', lead.credit) : '',
  ].join('');
  return `<media:content medium="image"${attributes}>${inside}</media:content>`;
}

function tombstone({ id, at, reason, replacedBy }: OutgoingFeed['tombstones'][number]): string {
  const heir = replacedBy === undefined ? '' : text('lt:replaced-by', replacedBy);
  return `<at:deleted-entry ref="${escapeAttribute(id)}" when="${toRfc3339(at)}">${text('at:comment', reason)}${heir}</at:deleted-entry>`;
}

function link(
  rel: string,
  href: string,
  type?: string,
  more: Readonly<Record<string, string | undefined>> = {},
): string {
  const address = toWebAddress(href);
  return address ? `<link${pairs({ rel, type: toMediaType(type), href: address, ...more })}/>` : '';
}

function pairs(attributes: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${escapeAttribute(value)}"`))
    .join('');
}

function text(name: string, value: string): string {
  return `<${name}>${escapeText(value)}</${name}>`;
}
