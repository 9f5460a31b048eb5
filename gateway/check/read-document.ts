import type { Connector } from '../../connectors/connector.ts';
import { readDate } from '../../schemas/dates.ts';
import { toCoded } from '../../schemas/errors.ts';
import { decode } from '../../schemas/formats/decode.ts';
import type { FeedDocument } from '../../schemas/formats/format.ts';
import type { Instant } from '../../schemas/instant.ts';
import { hostOf } from '../../schemas/rules/addresses.ts';
import { readPage } from '../../schemas/rules/page-facts.ts';
import { sitemapText } from '../../schemas/sitemap-text.ts';
import { type JsonSummary, readJson } from './read-json.ts';
import { type PageSummary, summarisePage } from './read-links.ts';
import { type SitemapSummary, summariseSitemap } from './read-sitemap.ts';

/** A document as it came, with what was said of it. Crosses to a reading thread. */
export interface Received {
  /** Address after redirects. */
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** What a document is, and what it says that leads further. */
export type ReadDocument =
  | { readonly is: 'page'; readonly page: PageSummary }
  | { readonly is: 'feed'; readonly feed: FeedSummary }
  | { readonly is: 'sitemap'; readonly sitemap: SitemapSummary }
  | { readonly is: 'json'; readonly json: JsonSummary }
  | { readonly is: 'nothing'; readonly code: string };

export interface FeedSummary {
  readonly format: string;
  readonly title?: string;
  readonly link?: string;
  readonly entries: number;
  readonly newest?: Instant;
  readonly repaired: number;
  /** Field → share of entries that have it, 0 to 1. */
  readonly fields: Readonly<Record<string, number>>;
  readonly links: readonly string[];
  readonly media: readonly string[];
  /** Hosts that entries with a long text say they come from. */
  readonly reposts: readonly string[];
}

/** Entries read of one feed: enough that ten thousand faults are counted, and one document still ends. */
export const MOST_ENTRIES = 20_000;
const LINKS = 30;
/** Characters from which a re-posted text is more than an excerpt. */
const FULL_TEXT = 800;

/** Says what a document is. Total. */
export function readDocument(received: Received, connectors: ReadonlyMap<string, Connector>): ReadDocument {
  const text = textOf(received);
  const head = text.slice(0, 4_096);
  if (
    /^\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*|<\?[^>]{0,300}\?>\s*)*<(?:\w{1,20}:)?(?:urlset|sitemapindex)[\s>]/i.test(
      head,
    )
  )
    return { is: 'sitemap', sitemap: summariseSitemap(text) };
  const feed = feedOf(received, connectors);
  if ('feed' in feed && (feed.feed.entries.length > 0 || !/^\s*[[{]/.test(head)))
    return { is: 'feed', feed: summariseFeed(feed.feed) };
  if (/^\s*[[{]/.test(head)) return { is: 'json', json: readJson(text) };
  if (isHtmlDocument(received, head)) {
    const page = readPage(text, received.url);
    // A page of its own may speak of captchas; one that has next to nothing else to say is what stands before a site.
    const stands =
      'failure' in feed &&
      feed.failure === 'ROBOT_CHECK' &&
      page.text.length < 1_500 &&
      page.anchors.length < 10;
    return stands
      ? { is: 'nothing', code: 'ROBOT_CHECK' }
      : { is: 'page', page: summarisePage(page, text, received.headers.link) };
  }
  return { is: 'nothing', code: 'failure' in feed ? feed.failure : 'NOT_A_FEED' };
}

/** `sitemap.xml.gz` comes packed as a file; what can't be unpacked is read as it stands, and is nothing. */
function textOf(received: Received): string {
  try {
    return sitemapText(received.body, received);
  } catch {
    return decode(received.body, received).text;
  }
}

function isHtmlDocument({ headers }: Received, head: string): boolean {
  return (
    /^\s{0,20}(?:text\/html|application\/xhtml)/i.test(headers['content-type'] ?? '') ||
    /<(?:!doctype\s+html|html|head|body|meta|title|div|script|p|h1)[\s>]/i.test(head)
  );
}

/** The feed as the `feed` connector reads it, or the code of why not. */
export function feedOf(
  { body, url, headers }: Received,
  connectors: ReadonlyMap<string, Connector>,
): { readonly feed: FeedDocument } | { readonly failure: string } {
  try {
    const input = { kind: 'own', body, delivery: { url, headers, maxEntries: MOST_ENTRIES } };
    const read = connectors.get('feed')?.read(input, {});
    return isFeedReading(read) ? { feed: read.feed } : { failure: 'NOT_A_FEED' };
  } catch (thrown) {
    return { failure: toCoded(thrown).code };
  }
}

function isFeedReading(value: unknown): value is { readonly feed: FeedDocument } {
  return typeof value === 'object' && value !== null && 'feed' in value;
}

function summariseFeed(feed: FeedDocument): FeedSummary {
  const { entries } = feed;
  const share = (has: (entry: (typeof entries)[number]) => boolean) =>
    entries.length === 0 ? 0 : entries.filter(has).length / entries.length;
  const times = entries.flatMap(({ published, updated }) => readDate(published ?? updated ?? '')?.at ?? []);
  return {
    format: feed.format,
    ...(feed.title !== undefined && { title: feed.title.slice(0, 200) }),
    ...(feed.link !== undefined && { link: feed.link }),
    entries: entries.length,
    ...(times.length > 0 && { newest: times.reduce((a, b) => Math.max(a, b)) }),
    repaired: feed.repaired.length,
    fields: {
      id: share(({ sourceId }) => Boolean(sourceId)),
      title: share(({ title }) => Boolean(title?.value.trim())),
      link: share(({ link }) => Boolean(link)),
      published: share(({ published }) => Boolean(published)),
      updated: share(({ updated }) => Boolean(updated)),
      summary: share(({ summary }) => Boolean(summary?.value.trim())),
      content: share(({ content }) => Boolean(content?.value.trim())),
      authors: share(({ authors }) => authors.length > 0),
      categories: share(({ categories }) => categories.length > 0),
      picture: share(({ media }) => media.length > 0),
    },
    links: entries.slice(0, LINKS).flatMap(({ link }) => link ?? []),
    reposts: entries.flatMap(({ origin, content }) => {
      const host = (content?.value.length ?? 0) >= FULL_TEXT ? hostOf(origin?.link) : undefined;
      return host === undefined ? [] : [host];
    }),
    media: entries.slice(0, LINKS).flatMap(({ media }) => media.slice(0, 2).map(({ url }) => url)),
  };
}
