import { decodeXML } from 'entities';
import { readDate } from './dates.ts';
import type { Instant } from './instant.ts';

/** One address of a sitemap, or one sitemap that an index names. */
export interface SitemapAddress {
  readonly loc: string;
  /** `lastmod`, in an index that of the sitemap it names. */
  readonly modified?: Instant;
  /** Of Google's news extension. */
  readonly published?: Instant;
  readonly title?: string;
  /** First `image:loc` (Google's image extension). */
  readonly picture?: string;
}

/** A sitemap as it came (sitemaps.org protocol 0.9; Google's news extension). */
export interface Sitemap {
  readonly kind: 'urls' | 'index' | 'news';
  /** In the document's order. */
  readonly addresses: readonly SitemapAddress[];
}

/** "each Sitemap file that you provide must have no more than 50,000 URLs" (sitemaps.org). */
const MOST = 50_000;
/** Characters of one address' block: more is no sitemap's. */
const BLOCK = 8_000;

/** Text → the addresses it names. Total and linear: looks for `<loc>` and what stands beside it. */
export function readSitemap(text: string): Sitemap {
  const isIndex = /<(?:\w{1,20}:)?sitemapindex[\s>]/i.test(text.slice(0, 4_096));
  const block = isIndex ? /<(?:\w{1,20}:)?sitemap[\s>]/gi : /<(?:\w{1,20}:)?url[\s>]/gi;
  const starts: number[] = [];
  for (const { index } of text.matchAll(block)) if (starts.push(index) === MOST) break;
  const addresses = starts.flatMap((start, n) => {
    const one = text.slice(start, Math.min(starts[n + 1] ?? text.length, start + BLOCK));
    return readAddress(one) ?? [];
  });
  const isNews = !isIndex && /<news:news[\s>]/i.test(text.slice(0, 200_000));
  return { kind: isIndex ? 'index' : isNews ? 'news' : 'urls', addresses };
}

function readAddress(block: string): SitemapAddress | undefined {
  const loc = after(block, OPENS.loc);
  if (loc === undefined) return undefined;
  const modified = readDate(after(block, OPENS.modified) ?? '')?.at;
  const published = readDate(after(block, OPENS.published) ?? '')?.at;
  const title = after(block, OPENS.title);
  const picture = after(block, OPENS.picture);
  return {
    loc,
    ...(modified !== undefined && { modified }),
    ...(published !== undefined && { published }),
    ...(title !== undefined && { title }),
    ...(picture !== undefined && { picture }),
  };
}

/** Under any prefix but those of the pictures and films of a page, whose titles and places are not the page's. */
const PREFIX = '(?:(?!image:|video:)\\w{1,20}:)?';
/** Start tags, made once: a sitemap has fifty thousand addresses. */
const OPENS = {
  loc: new RegExp(`<${PREFIX}loc>`, 'i'),
  modified: new RegExp(`<${PREFIX}lastmod>`, 'i'),
  published: new RegExp(`<${PREFIX}publication_date>`, 'i'),
  title: new RegExp(`<${PREFIX}title>`, 'i'),
  picture: /<image:loc>/i,
} as const;

/** The text that stands after a start tag. */
function after(block: string, opens: RegExp): string | undefined {
  const start = block.search(opens);
  if (start < 0) return undefined;
  const from = block.indexOf('>', start) + 1;
  const to = block.indexOf('<', from);
  const inner = block.startsWith('<![CDATA[', from)
    ? block.slice(from + 9, block.indexOf(']]>', from))
    : block.slice(from, to < 0 ? undefined : to);
  return decodeXML(inner).trim() || undefined;
}

/** `Sitemap:` lines of a robots.txt (sitemaps.org; RFC 9309, 2.2.4, lets them stand anywhere). */
export function sitemapsOfRobots(text: string): string[] {
  const lines = text.slice(0, 500_000).split(/\r\n|\r|\n/);
  return lines
    .flatMap(line => /^\s{0,20}sitemap\s{0,20}:\s{0,20}(https?:\/\/\S{1,2000})/i.exec(line)?.[1] ?? [])
    .slice(0, 20);
}
