import { decodeXML } from 'entities';
import { readDate } from '../../schemas/dates.ts';
import type { Instant } from '../../schemas/instant.ts';

/** What a sitemap offers (sitemaps.org protocol; Google's news extension). */
export interface SitemapSummary {
  readonly kind: 'urls' | 'index' | 'news';
  readonly addresses: number;
  readonly withLastmod: number;
  readonly newest?: Instant;
  /** The newest addresses, or the sitemaps an index names, newest first. */
  readonly first: readonly string[];
}

const MOST = 50_000;
const FIRST = 30;

/** Text → what it offers. Total and linear: looks for `<loc>` and what stands beside it. */
export function readSitemap(text: string): SitemapSummary {
  const isIndex = /<(?:\w{1,20}:)?sitemapindex[\s>]/i.test(text.slice(0, 4_096));
  const found: { readonly loc: string; readonly at?: Instant }[] = [];
  const block = isIndex ? /<(?:\w{1,20}:)?sitemap[\s>]/gi : /<(?:\w{1,20}:)?url[\s>]/gi;
  const starts = [...text.matchAll(block)].slice(0, MOST).map(({ index }) => index);
  for (const [n, start] of starts.entries()) {
    const one = text.slice(start, Math.min(starts[n + 1] ?? text.length, start + 8_000));
    const loc = between(one, 'loc');
    if (loc === undefined) continue;
    const at = readDate(between(one, 'lastmod') ?? between(one, 'publication_date') ?? '')?.at;
    found.push({ loc, ...(at !== undefined && { at }) });
  }
  const times = found.flatMap(({ at }) => at ?? []);
  const newestFirst = found.toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0));
  return {
    kind: isIndex ? 'index' : /<news:news[\s>]/i.test(text.slice(0, 200_000)) ? 'news' : 'urls',
    addresses: found.length,
    withLastmod: times.length,
    ...(times.length > 0 && { newest: times.reduce((a, b) => Math.max(a, b)) }),
    first: newestFirst.slice(0, FIRST).map(({ loc }) => loc),
  };
}

function between(block: string, name: string): string | undefined {
  const start = block.search(new RegExp(`<(?:\\w{1,20}:)?${name}>`, 'i'));
  if (start < 0) return undefined;
  const from = block.indexOf('>', start) + 1;
  const to = block.indexOf('<', from);
  const inner = block.startsWith('<![CDATA[', from)
    ? block.slice(from + 9, block.indexOf(']]>', from))
    : block.slice(from, to < 0 ? undefined : to);
  return decodeXML(inner).trim() || undefined;
}

/** `Sitemap:` lines of a robots.txt. */
export function sitemapsOfRobots(text: string): string[] {
  const lines = text.slice(0, 500_000).split(/\r\n|\r|\n/);
  return lines
    .flatMap(line => /^\s{0,20}sitemap\s{0,20}:\s{0,20}(https?:\/\/\S{1,2000})/i.exec(line)?.[1] ?? [])
    .slice(0, 20);
}
