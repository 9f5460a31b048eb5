import type { OutgoingItem } from './formats/format.ts';
import { toRfc3339 } from './instant.ts';
import type { Media, Picture } from './item.ts';
import { toLanguageTag, toMediaType, toWebAddress, toXmlText } from './markup.ts';

/** One item of JSON Feed 1.1 with `_lienthong`: what feeds and `/changes` carry. */
export function toJsonFeedItem(outgoing: OutgoingItem): Readonly<Record<string, unknown>> {
  const { item } = outgoing;
  const language = toLanguageTag(item.language);
  return {
    id: item.id,
    url: toWebAddress(item.link) ?? item.link,
    ...(item.title ? { title: toXmlText(item.title) } : {}),
    // JSON Feed 1.1: "one or both must be present"; a headline-only item has an empty one.
    content_html: toXmlText(item.content),
    ...(item.summary ? { summary: toXmlText(item.summary) } : {}),
    ...(item.picture ? { image: toWebAddress(item.picture.url) } : {}),
    ...(item.published === undefined ? {} : { date_published: toRfc3339(item.published) }),
    ...(item.updated === undefined ? {} : { date_modified: toRfc3339(item.updated) }),
    authors: authors(outgoing),
    tags: item.categories.map(toXmlText),
    ...(language ? { language } : {}),
    ...(item.media.length > 0 ? { attachments: item.media.flatMap(attachment) } : {}),
    _lienthong: extension(outgoing),
  };
}

function authors({ item, siteName }: OutgoingItem): readonly Readonly<Record<string, unknown>>[] {
  const named = item.authors.filter(author => toXmlText(author.name).trim() !== '');
  if (named.length === 0) return [{ name: toXmlText(item.attribution.agency.trim() || siteName) }];
  return named.map(author => ({ name: toXmlText(author.name), ...address('url', author.url) }));
}

function attachment(media: Media): readonly Readonly<Record<string, unknown>>[] {
  const url = toWebAddress(media.url);
  // JSON Feed 1.1: `mime_type` is required; application/octet-stream says that we don't know.
  if (!url) return [];
  const title = media.caption ?? media.alt;
  return [
    {
      url,
      mime_type: toMediaType(media.type) ?? 'application/octet-stream',
      ...(title ? { title: toXmlText(title) } : {}),
      ...(media.length === undefined ? {} : { size_in_bytes: media.length }),
    },
  ];
}

function extension({ item, siteName, siteHomepage, topicTitles, feedback }: OutgoingItem) {
  const { attribution } = item;
  return {
    site: { id: item.site, name: siteName, kind: item.siteKind, homepage: siteHomepage },
    attribution: {
      text: toXmlText(attribution.text),
      agency: toXmlText(attribution.agency),
      authors: attribution.authors.map(toXmlText),
      ...(attribution.published === undefined ? {} : { published: toRfc3339(attribution.published) }),
      link: attribution.link,
    },
    topics: item.topics.map((id, i) => ({ id, title: topicTitles[i] ?? id })),
    ...(item.released === undefined ? {} : { released: toRfc3339(item.released) }),
    ...(item.rights ? { rights: toXmlText(item.rights) } : {}),
    ...(item.picture ? { picture: picture(item.picture) } : {}),
    ...(item.origin ? { origin: item.origin } : {}),
    ...(item.corrects ? { replaces: item.corrects } : {}),
    ...(feedback ? { feedback } : {}),
    ...(item.own ? { own: item.own } : {}),
  };
}

function picture({ url, width, height, alt, credit }: Picture) {
  return { url: toWebAddress(url), width, height, alt, credit };
}

function address(name: string, value: string | undefined): Readonly<Record<string, string>> {
  const web = toWebAddress(value);
  return web ? { [name]: web } : {};
}
