// Prints what our reader makes of a set of feed documents, in a neutral shape, so that it can be held against what
// other readers make of them: `npm run -s conformance:feeds -- CASES.json`. CASES.json is an array of
// { id, file, headers, url }, files relative to it; the answer is one JSON object, id → shape or { "error": … }.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { cleanHtml } from '../gateway/normalise/clean-html.ts';
import { readDate } from '../schemas/dates.ts';
import { toCoded } from '../schemas/errors.ts';
import { decode } from '../schemas/formats/decode.ts';
import type { DecodedDocument, FeedDocument, FeedEntry } from '../schemas/formats/format.ts';
import { formats } from '../schemas/formats/index.ts';
import { parseFeed } from '../schemas/formats/read-feed.ts';
import type { ForeignText } from '../schemas/text.ts';
import { sameMarkup } from './same-markup.ts';
import { withEmptyAnchors } from './shown-anchors.ts';

interface Case {
  readonly id: string;
  readonly file: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly url?: string | null;
}

const [casesFile] = process.argv.slice(2);
if (!casesFile) {
  console.error('Usage: npm run -s conformance:feeds -- CASES.json');
  process.exit(2);
}
const cases: readonly Case[] = JSON.parse(readFileSync(casesFile, 'utf8'));
console.log(JSON.stringify(Object.fromEntries(cases.map(one => [one.id, shapeOf(one)]))));

function shapeOf({ file, headers, url }: Case): object {
  try {
    const bytes = readFileSync(resolve(dirname(resolve(String(casesFile))), file));
    const document = decode(bytes, { headers: headers ?? {}, ...(url && { url }) });
    return neutral(parseFeed(document, formats), document);
  } catch (thrown) {
    const { code, message } = toCoded(thrown);
    return { error: { code, message } };
  }
}

function neutral(feed: FeedDocument, document: DecodedDocument): object {
  const zone = zoneFor(document.url);
  const base = document.contentLocation ?? document.url;
  const written = (text: ForeignText | undefined) => shown(text, base);
  return {
    encoding: document.encoding,
    version: `${feed.format} ${feed.version ?? ''}`.trim(),
    feed: {
      title: written(feed.asWritten?.title) ?? feed.title,
      link: feed.link,
      id: feed.id,
      description: written(feed.asWritten?.description) ?? feed.description,
      language: feed.language,
      rights: written(feed.asWritten?.rights) ?? feed.rights,
      generator: feed.generator,
      image: feed.image,
      updated: instant(feed.updated, zone),
      published: instant(feed.published, zone),
      authors: feed.authors,
      categories: feed.categories,
    },
    entries: feed.entries.map(entry => neutralEntry(entry, zone, written)),
  };
}

type Written = (text: ForeignText | undefined) => string | undefined;

function neutralEntry(entry: FeedEntry, zone: string, written: Written): object {
  const media = (role: string) => entry.media.filter(medium => medium.role === role);
  return {
    title: written(entry.title),
    link: entry.link,
    id: entry.sourceId,
    summary: written(entry.summary),
    content: written(entry.content),
    rights: written(entry.asWritten?.rights) ?? entry.rights,
    comments: entry.comments,
    source: entry.origin && { title: written(entry.asWritten?.originTitle) ?? entry.origin.title },
    image: media('lead')[0]?.url,
    updated: instant(entry.updated, zone),
    published: instant(entry.published, zone),
    authors: entry.authors,
    categories: entry.categories,
    enclosures: media('enclosure').map(({ url, type, length }) => ({
      url,
      type,
      length: length?.toString(),
    })),
    media: media('content').map(({ url, type }) => ({ url, type })),
    thumbnails: media('thumbnail').map(({ url }) => ({ url })),
  };
}

/** HTML as our cleaner leaves it; where cleaning changes nothing but the spelling, as the site spelt it. */
function shown(text: ForeignText | undefined, documentBase: string | undefined): string | undefined {
  if (text?.type !== 'html') return text?.value;
  const { value, base = documentBase } = text;
  const cleaned = withEmptyAnchors(value, html => cleanHtml(html, { base }).html);
  return sameMarkup(value, cleaned) ? value.replaceAll(']]>', ']]&gt;') : cleaned;
}

function instant(raw: string | undefined, zone: string): number | undefined {
  return raw === undefined ? undefined : readDate(raw, { zone })?.at;
}

/** A date without a zone is its site's own time; of a site without an address, or from elsewhere, it is taken as UTC. */
function zoneFor(url: string | undefined): string {
  return url && new URL(url).hostname.endsWith('.vn') ? '+07:00' : 'UTC';
}
