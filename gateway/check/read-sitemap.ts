import type { Instant } from '../../schemas/instant.ts';
import { readSitemap, type Sitemap } from '../../schemas/sitemap.ts';

/** What a sitemap offers. */
export interface SitemapSummary {
  readonly kind: Sitemap['kind'];
  readonly addresses: number;
  readonly withLastmod: number;
  readonly newest?: Instant;
  /** The newest addresses, or the sitemaps an index names, newest first. */
  readonly first: readonly string[];
}

const FIRST = 30;

export function summariseSitemap(text: string): SitemapSummary {
  const { kind, addresses } = readSitemap(text);
  const dated = addresses.map(({ loc, modified, published }) => ({ loc, at: modified ?? published }));
  const times = dated.flatMap(({ at }) => at ?? []);
  const newestFirst = dated.toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0));
  return {
    kind,
    addresses: addresses.length,
    withLastmod: times.length,
    ...(times.length > 0 && { newest: times.reduce((a, b) => Math.max(a, b)) }),
    first: newestFirst.slice(0, FIRST).map(({ loc }) => loc),
  };
}
