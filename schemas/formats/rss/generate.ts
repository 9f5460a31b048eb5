import { Feed, type Item as RssItem } from 'feed';
import { withinCalendar } from '../../instant.ts';
import type { Media } from '../../item.ts';
import { escapeAttribute, escapeText, toMediaType, toWebAddress, toXmlText } from '../../markup.ts';
import type { OutgoingFeed, OutgoingItem } from '../format.ts';

type Element = Readonly<Record<string, unknown>>;

const NAMESPACES = {
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  'xmlns:fh': 'http://purl.org/syndication/history/1.0',
  'xmlns:media': 'http://search.yahoo.com/mrss/',
};

/** RSS 2.0 as the `feed` package writes it; what it doesn't know or gets wrong goes in by its extensions. */
export function generateRss(outgoing: OutgoingFeed): string {
  const feed = new Feed({
    title: verbatim(outgoing.title),
    description: verbatim(outgoing.description || outgoing.title),
    link: outgoing.homepage,
    language: outgoing.language,
    updated: new Date(withinCalendar(outgoing.updated)),
    generator: verbatim(outgoing.generator),
    docs: 'https://www.rssboard.org/rss-specification',
  });
  feed.addExtension({ name: '_attributes', objects: NAMESPACES });
  feed.addExtension({ name: 'atom:link', objects: repeated(links(outgoing)) });
  if (outgoing.archive) feed.addExtension({ name: 'fh:archive', objects: {} });
  for (const item of outgoing.items) feed.addItem(rssItem(item));
  return `${feed.rss2()}\n`;
}

function links({ self, links: others }: OutgoingFeed): readonly Element[] {
  return [{ rel: 'self', href: self, type: 'application/rss+xml' }, ...others].flatMap(
    ({ rel, href, type }) => {
      const address = toWebAddress(href);
      return address ? [attributes({ rel, href: address, type: toMediaType(type) })] : [];
    },
  );
}

function rssItem(outgoing: OutgoingItem): RssItem {
  const { item } = outgoing;
  const extensions: Readonly<Record<string, Element | readonly Element[] | undefined>> = {
    // Not by `feed`'s own title and description: those are CDATA, of which only the first `]]>` is split.
    title: item.title ? { _text: verbatim(item.title) } : undefined,
    description: { _text: verbatim(escapeText(item.summary || item.attribution.text)) },
    'dc:creator': creators(outgoing).map(name => ({ _text: verbatim(name) })),
    'dc:source': { _text: verbatim(item.attribution.text) },
    'dc:rights': item.rights ? { _text: verbatim(item.rights) } : undefined,
    source: source(outgoing),
    'atom:link': outgoing.feedback
      ? attributes({ rel: 'related', href: outgoing.feedback, type: 'text/html', title: 'Phản ánh nội dung' })
      : undefined,
    enclosure: enclosure(item.media),
    'media:content': mediaContents(item),
  };
  return {
    title: '',
    guid: item.id,
    // `feed` leaves an empty one out and throws on one that is no address.
    link: toWebAddress(item.link) ?? '',
    date: new Date(withinCalendar(item.published ?? item.listed)),
    content: html(item.content),
    category: categories(outgoing).map(name => ({ name: verbatim(name) })),
    extensions: Object.entries(extensions)
      .flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
      .map(([name, objects]) => ({ name, objects: repeated(objects) })),
  };
}

/** Names, not e-mail addresses: RSS's own `author` asks for an address, which we don't give out. */
function creators({ item, siteName }: OutgoingItem): readonly string[] {
  const named = item.authors.map(author => author.name).filter(name => toXmlText(name).trim() !== '');
  return named.length > 0 ? named : [item.attribution.agency.trim() || siteName];
}

function source({ siteName, siteHomepage }: OutgoingItem): Element | undefined {
  const url = toWebAddress(siteHomepage);
  return url ? { ...attributes({ url }), _text: verbatim(siteName) } : undefined;
}

function categories({ item, topicTitles }: OutgoingItem): readonly string[] {
  return [...new Set([...topicTitles, ...item.categories])].filter(name => name.trim() !== '');
}

/** RSS has room for one; film and sound before pictures. "0" stands for a length that nobody knows. */
function enclosure(media: readonly Media[]): Element | undefined {
  const usable = media.filter(({ url, type }) => toWebAddress(url) && toMediaType(type));
  const chosen = usable.find(({ type }) => !type?.startsWith('image/')) ?? usable[0];
  if (!chosen) return undefined;
  return attributes({
    url: toWebAddress(chosen.url),
    length: String(chosen.length ?? 0),
    type: toMediaType(chosen.type),
  });
}

function mediaContents({ picture, media }: OutgoingItem['item']): readonly Element[] | undefined {
  const others = media.filter(({ url }) => url !== picture?.url);
  const lead = picture ? [{ ...media.find(({ url }) => url === picture.url), ...picture }] : [];
  const contents = [...lead, ...others].flatMap(mediaContent);
  return contents.length > 0 ? contents : undefined;
}

function mediaContent(media: Media): readonly Element[] {
  const url = toWebAddress(media.url);
  if (!url) return [];
  const type = toMediaType(media.type);
  const described = media.alt ?? media.caption;
  return [
    {
      ...attributes({
        url,
        type,
        medium: medium(type),
        fileSize: media.length?.toString(),
        width: media.width?.toString(),
        height: media.height?.toString(),
      }),
      // `plain` is the default too, but Python's feedparser reads what doesn't say so as HTML.
      ...(described
        ? { 'media:description': { ...attributes({ type: 'plain' }), _text: verbatim(described) } }
        : {}),
      ...(media.credit ? { 'media:credit': { _text: verbatim(media.credit) } } : {}),
    },
  ];
}

function medium(type: string | undefined): string | undefined {
  const family = type?.split('/', 1)[0];
  return family === 'image' || family === 'audio' || family === 'video' ? family : undefined;
}

/** `feed` hands extensions on to xml-js, which repeats an element for a list; its type only knows the single one. */
function repeated(elements: Element | readonly Element[]): Record<string, unknown> {
  return elements as Record<string, unknown>;
}

/** `feed` escapes only the quotes of extension attributes. */
function attributes(pairs: Readonly<Record<string, string | undefined>>): Element {
  const given = Object.entries(pairs).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, escapeAttribute(value)] as const],
  );
  return { _attributes: Object.fromEntries(given) };
}

/** `feed` takes one level of `&amp;` away before it escapes: put one more on, so that text stays what it is. */
function verbatim(text: string): string {
  return toXmlText(text).replace(/&/g, '&amp;');
}

/** Goes into one CDATA section. Within HTML text `&gt;` is the same character as `>`. */
function html(content: string): string {
  return toXmlText(content).replaceAll(']]>', ']]&gt;');
}
