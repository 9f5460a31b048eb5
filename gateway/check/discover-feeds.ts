import { addFeed, hasRoom, type Looking, sameSite, visit } from './discover.ts';
import type { PageSummary } from './read-links.ts';

/** Where feeds usually are: WordPress, Drupal, Ghost, Joomla, Hugo, SharePoint and Vietnamese portals. */
const USUAL = [
  '/feed/',
  '/rss',
  '/rss.xml',
  '/feed.xml',
  '/atom.xml',
  '/rss/home.rss',
  '/feed.json',
  '/index.xml',
];
const MOST_NAMED = 5;
const MOST_USUAL = 5;

const ACCEPT =
  'application/atom+xml,application/rss+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.5';

/** Feeds a page names; without any, those at the usual places, until one is found. */
export async function findFeeds(looking: Looking, given: PageSummary | undefined): Promise<void> {
  const pages = [looking.page, given].filter(page => page !== undefined);
  const declared = [...new Set(pages.flatMap(({ feeds }) => feeds))];
  const linked = [...new Set(pages.flatMap(({ feedLinks }) => feedLinks))].filter(link =>
    sameSite(link, looking.home),
  );
  const named = [...declared, ...linked.filter(link => !declared.includes(link))];
  for (const url of named.slice(0, MOST_NAMED)) await tryFeed(url, looking, declared.includes(url));
  for (const path of USUAL.slice(0, MOST_USUAL)) {
    if (looking.feeds.length > 0) return;
    await tryFeed(new URL(path, looking.home).href, looking, false);
  }
}

/** A feed that the page declares and that doesn't read is told; a guess that fails is not. */
async function tryFeed(url: string, looking: Looking, declared: boolean): Promise<void> {
  if (looking.seen.has(url) || !hasRoom(looking)) return;
  looking.seen.add(url);
  const visited = await visit({ url, headers: { accept: ACCEPT } }, looking.outing, looking.read);
  if (!('error' in visited) && visited.document.is === 'feed') {
    const known = looking.feeds.some(feed => feed.url === visited.received.url);
    if (!known) addFeed(looking, visited.received, visited.document);
    return;
  }
  // Comments have a feed of their own in WordPress; nobody harvests it.
  if (!declared || /\/comments\//.test(url)) return;
  const code =
    'error' in visited
      ? visited.error.code
      : visited.document.is === 'nothing'
        ? visited.document.code
        : 'NOT_A_FEED';
  if (!('error' in visited)) looking.feeds.push(visited.received);
  looking.sources.push({
    kind: 'feed',
    url,
    works: false,
    fields: [],
    note: {
      vi: `Trang khai luồng tin này nhưng không đọc được (${code}).`,
      en: `The page declares this feed but it can't be read (${code}).`,
    },
  });
}
