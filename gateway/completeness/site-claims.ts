import type { Listed } from '../../connectors/connector.ts';
import type { ClaimedBy } from '../../schemas/completeness.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Site } from '../../schemas/site.ts';
import { canonicalLink, isOwnHost } from '../normalise/canonical-link.ts';
import { articleShape, shapesOf } from './article-shape.ts';
import type { ReadSitemap, SiteSitemaps } from './read-sitemaps.ts';

/** What a site or one of its sources says it has published from `since` on. */
export interface Claim {
  readonly claimedBy: ClaimedBy;
  readonly source?: string;
  readonly url: string;
  readonly since: Instant;
  readonly complete: boolean;
  readonly listed: readonly Listed[];
}

/** Google's rule for news sitemaps: "articles published in the last 2 days". */
const NEWS_AGE = 2 * 24 * 60 * 60_000;

/** What a site's sitemaps claim of articles, told by the addresses of those that are held. */
export function sitemapClaims(
  { documents, complete }: SiteSitemaps,
  site: Pick<Site, 'homepage' | 'hosts'>,
  held: readonly string[],
  { since, until, now }: { readonly since: Instant; readonly until: Instant; readonly now: Instant },
): Claim[] {
  const articles = articlesOf(documents, site, held);
  const ofKind = (kind: ReadSitemap['kind']) => documents.filter(one => one.kind === kind);
  const claim = (claimedBy: ClaimedBy, from: Instant, of: readonly ReadSitemap[]): Claim[] => {
    const [first] = of;
    if (!first) return [];
    const listed = listedIn(of, { from, until }, articles);
    return listed.length > 0
      ? [{ claimedBy, url: first.url, since: from, complete, listed: unique(listed) }]
      : [];
  };
  return [
    ...claim('sitemap', since, ofKind('urls')),
    ...claim('news-sitemap', Math.max(since, now - NEWS_AGE), ofKind('news')),
  ];
}

type IsArticle = (link: string, document: ReadSitemap) => boolean;

/**
 * A news sitemap has nothing but articles. Elsewhere an address is one when it has the shape of those that are held, and stands
 * in a document that has at least one of them: sites keep their pages, tags and sections in documents of their own.
 */
function articlesOf(
  documents: readonly ReadSitemap[],
  site: Pick<Site, 'homepage' | 'hosts'>,
  held: readonly string[],
): IsArticle {
  const shapes = shapesOf(held);
  const known = new Set(held.map(canonicalLink));
  const withArticles = new Set(
    documents.filter(({ addresses }) => addresses.some(({ loc }) => known.has(canonicalLink(loc)))),
  );
  return (link, document) => {
    if (!isOwnHost(link, site)) return false;
    if (document.kind === 'news') return true;
    if (!withArticles.has(document)) return false;
    const shape = articleShape(link);
    return known.has(canonicalLink(link)) || (shape !== undefined && shapes.has(shape));
  };
}

/** What is dated before is left out, and what came since the last harvest; what has no date is taken: asking will tell. */
function listedIn(
  documents: readonly ReadSitemap[],
  { from, until }: { readonly from: Instant; readonly until: Instant },
  isArticle: IsArticle,
): Listed[] {
  return documents.flatMap(document =>
    document.addresses.flatMap(({ loc, modified, published }): Listed[] => {
      const at = published ?? modified;
      if ((at !== undefined && (at < from || at > until)) || !isArticle(loc, document)) return [];
      return [{ link: loc, ...(published !== undefined && { published }) }];
    }),
  );
}

function unique(listed: readonly Listed[]): Listed[] {
  return [...new Map(listed.map(one => [canonicalLink(one.link ?? ''), one])).values()];
}
