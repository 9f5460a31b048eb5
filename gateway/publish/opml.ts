import type { Connector } from '../../connectors/connector.ts';
import type { Federation } from '../../schemas/federation.ts';
import { escapeAttribute, escapeText, toWebAddress } from '../../schemas/markup.ts';
import type { Source } from '../../schemas/source.ts';
import { shownUrl } from '../harvest/shown-url.ts';
import type { Document } from './answer.ts';
import { publicUrl } from './outgoing.ts';

/** OPML 2.0: our feeds, and the sources that they are made of. */
export function renderOpml(federation: Federation, connectors: readonly Connector[]): Document {
  const home = publicUrl(federation);
  const ours = federation.feeds.map(({ id, title }) =>
    outline({ type: 'rss', text: title, xmlUrl: `${home}/feeds/${id}.atom`, htmlUrl: `${home}/` }),
  );
  const body = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<opml version="2.0">',
    `<head><title>${escapeText(federation.gateway.title)}</title><docs>http://opml.org/spec2.opml</docs></head>`,
    '<body>',
    group('Luồng tin', ours),
    group(
      'Trang thành phần',
      federation.sites.map(site => siteOutline(federation, connectors, site)),
    ),
    '</body>',
    '</opml>\n',
  ].join('\n');
  return { mediaType: 'text/x-opml; charset=utf-8', body };
}

function siteOutline(
  { sources }: Federation,
  connectors: readonly Connector[],
  { id, name, homepage }: Federation['sites'][number],
): string {
  const own = sources.filter(source => source.site === id && source.enabled);
  return group(
    name,
    own.map(source => sourceOutline(source, connectors, homepage)),
  );
}

/**
 * A source that a reader can subscribe to is a feed. Of another kind only the site is named, as `htmlUrl`: newsboat
 * subscribes to a `url` of whatever type.
 */
function sourceOutline(source: Source, connectors: readonly Connector[], homepage: string): string {
  const connector = connectors.find(({ id }) => id === source.connector);
  const feed = connector?.feedAddress?.(source.options);
  const htmlUrl = toWebAddress(homepage);
  return feed === undefined
    ? outline({ text: source.name, htmlUrl })
    : outline({ type: 'rss', text: source.name, xmlUrl: toWebAddress(shownUrl(feed)), htmlUrl });
}

function group(text: string, outlines: readonly string[]): string {
  return `<outline text="${escapeAttribute(text)}">\n${outlines.join('\n')}\n</outline>`;
}

function outline(attributes: Readonly<Record<string, string | undefined>>): string {
  const pairs = Object.entries(attributes).flatMap(([name, value]) =>
    value === undefined ? [] : [` ${name}="${escapeAttribute(value)}"`],
  );
  return `<outline${pairs.join('')}/>`;
}
