import type { FetchRequest, FetchResponse } from '../../connectors/connector.ts';
import { toCoded } from '../../schemas/errors.ts';
import type { Instant } from '../../schemas/instant.ts';
import { readSitemap, type Sitemap, sitemapsOfRobots } from '../../schemas/sitemap.ts';
import { sitemapText } from '../../schemas/sitemap-text.ts';
import type { Received } from '../check/read-document.ts';

/** Sitemaps read of one site, robots.txt and indexes not counted. */
const MOST = 20;
const DEPTH = 2;
const USUAL = ['/sitemap.xml', '/sitemap_index.xml', '/wp-sitemap.xml', '/news-sitemap.xml'];

export interface SitemapTools {
  readonly fetch: (request: FetchRequest) => Promise<FetchResponse>;
  /** `parseSitemap` in a thread that can be killed. */
  readonly parse: (received: Received) => Promise<Sitemap>;
}

/** One document of addresses. */
export interface ReadSitemap extends Sitemap {
  readonly url: string;
}

export interface SiteSitemaps {
  readonly documents: readonly ReadSitemap[];
  /** None was left out: not for their number, and not for a failure. */
  readonly complete: boolean;
}

/** Foreign bytes → a sitemap. Pure and total but for memory, which is why it runs in a reading thread. */
export function parseSitemap(received: Received): Sitemap {
  return readSitemap(sitemapText(received.body, received));
}

/**
 * The site's sitemaps: those that robots.txt names, else those at the usual places; of an index the parts that were
 * touched since `since`, newest first.
 */
export async function readSitemaps(
  homepage: string,
  since: Instant,
  tools: SitemapTools,
): Promise<SiteSitemaps> {
  const named = await namedInRobots(homepage, tools);
  const walk: Walk = { tools, since, seen: new Set(), documents: [], complete: true };
  for (const url of named) await visit(url, walk, 0);
  if (named.length > 0) return walk;
  for (const path of USUAL) {
    await visit(new URL(path, homepage).href, walk, 0);
    if (walk.documents.length > 0) break;
    // A place where none is says nothing of the others.
    walk.complete = true;
  }
  return walk;
}

interface Walk {
  readonly tools: SitemapTools;
  readonly since: Instant;
  readonly seen: Set<string>;
  readonly documents: ReadSitemap[];
  complete: boolean;
}

async function namedInRobots(homepage: string, { fetch }: SitemapTools): Promise<string[]> {
  try {
    // robots.txt is for robots to read, whatever it forbids (RFC 9309, 2.2.2).
    const { body } = await fetch({
      url: new URL('/robots.txt', homepage).href,
      offered: true,
      maxBytes: 500_000,
    });
    return sitemapsOfRobots(new TextDecoder().decode(body));
  } catch {
    return [];
  }
}

async function visit(url: string, walk: Walk, depth: number): Promise<void> {
  if (walk.seen.has(url)) return;
  if (walk.documents.length >= MOST || walk.seen.size > MOST * 2) {
    walk.complete = false;
    return;
  }
  walk.seen.add(url);
  const sitemap = await ask(url, walk);
  if (!sitemap) return;
  if (sitemap.kind !== 'index') {
    if (sitemap.addresses.length > 0) walk.documents.push({ ...sitemap, url });
    return;
  }
  if (depth === DEPTH) {
    walk.complete = false;
    return;
  }
  const parts = sitemap.addresses.filter(({ modified }) => modified === undefined || modified >= walk.since);
  const newestFirst = parts.toSorted((a, b) => (b.modified ?? 0) - (a.modified ?? 0));
  for (const { loc } of newestFirst) await visit(loc, walk, depth + 1);
}

async function ask(url: string, walk: Walk): Promise<Sitemap | undefined> {
  try {
    const response = await walk.tools.fetch({ url });
    return await walk.tools.parse(response);
  } catch (thrown) {
    if (toCoded(thrown).code === 'UNAVAILABLE') throw thrown;
    walk.complete = false;
    return undefined;
  }
}
