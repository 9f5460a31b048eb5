import { sitemapsOfRobots } from '../../schemas/sitemap.ts';
import { hasRoom, type Looking, visit } from './discover.ts';
import type { SitemapSummary } from './read-sitemap.ts';

const USUAL = ['/sitemap.xml', '/sitemap_index.xml', '/news-sitemap.xml'];
const MOST = 2;

/** Sitemaps that robots.txt names, else those at the usual places; of an index the newest part too. */
export async function findSitemaps(looking: Looking): Promise<void> {
  const named = await namedInRobots(looking);
  const usual = USUAL.map(path => new URL(path, looking.home).href);
  let found = false;
  for (const url of named.slice(0, MOST)) found = (await trySitemap(url, looking, 0)) || found;
  for (const url of usual) found ||= await trySitemap(url, looking, 0);
}

async function namedInRobots(looking: Looking): Promise<string[]> {
  if (!hasRoom(looking)) return [];
  // robots.txt is for robots to read, whatever it forbids (RFC 9309, 2.2.2).
  const answer = await looking.outing.ask({
    url: new URL('/robots.txt', looking.home).href,
    offered: true,
    maxBytes: 500_000,
  });
  return 'error' in answer ? [] : sitemapsOfRobots(new TextDecoder().decode(answer.response.body));
}

async function trySitemap(url: string, looking: Looking, depth: number): Promise<boolean> {
  if (looking.seen.has(url) || !hasRoom(looking)) return false;
  looking.seen.add(url);
  const visited = await visit({ url }, looking.outing, looking.read);
  if ('error' in visited || visited.document.is !== 'sitemap') return false;
  const { sitemap } = visited.document;
  const [child] = sitemap.kind === 'index' ? preferred(sitemap.first) : [];
  const isRead = child !== undefined && depth < 1 && (await trySitemap(child, looking, depth + 1));
  if (sitemap.kind !== 'index') looking.articleLinks.push(...sitemap.first);
  if (!isRead) looking.sources.push(sourceOf(url, sitemap));
  return true;
}

/** Articles before pages, tags and pictures. */
function preferred(addresses: readonly string[]): string[] {
  const weight = (url: string) =>
    /news|post|article|tin|bai/i.test(url)
      ? 0
      : /image|video|tag|categor|author|user|page/i.test(url)
        ? 2
        : 1;
  return addresses.toSorted((a, b) => weight(a) - weight(b));
}

function sourceOf(url: string, sitemap: SitemapSummary) {
  const isFresh = sitemap.withLastmod > 0;
  return {
    kind: 'sitemap' as const,
    url,
    works: sitemap.addresses > 0,
    format: sitemap.kind,
    entries: sitemap.addresses,
    ...(sitemap.newest !== undefined && { newest: sitemap.newest }),
    fields: [
      'link',
      ...(isFresh ? ['updated'] : []),
      ...(sitemap.kind === 'news' ? ['title', 'published'] : []),
    ],
    note: isFresh
      ? {
          vi: `${sitemap.withLastmod}/${sitemap.addresses} địa chỉ có lastmod.`,
          en: `${sitemap.withLastmod} of ${sitemap.addresses} addresses have lastmod.`,
        }
      : { vi: 'Không địa chỉ nào có lastmod.', en: 'No address has lastmod.' },
  };
}
