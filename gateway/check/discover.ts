import type { FetchRequest } from '../../connectors/connector.ts';
import { CodedError } from '../../schemas/errors.ts';
import { hostOf, registrableDomain } from '../../schemas/rules/addresses.ts';
import { findApis } from './discover-apis.ts';
import { findFeeds } from './discover-feeds.ts';
import { type FoundList, findLists, withList } from './discover-lists.ts';
import { findSitemaps } from './discover-sitemaps.ts';
import { type FoundSource, ranked } from './found-source.ts';
import type { Answer, Outing } from './outing.ts';
import type { ReadDocument, Received } from './read-document.ts';
import type { PageSummary } from './read-links.ts';

/** Requests that finding out what a site offers may cost it, robots.txt and redirects counted. */
export const MOST_DISCOVERY_REQUESTS = 20;

/** What was found of a site, with the documents that judging needs. */
export interface Survey {
  /** Home page of the site, also when a feed or an article was given. */
  readonly home: URL;
  readonly homePage?: { readonly received: Received; readonly summary: PageSummary };
  /** Why the address given gave nothing. */
  readonly failure?: CodedError;
  readonly sources: readonly FoundSource[];
  readonly feeds: readonly Received[];
  readonly articles: readonly { readonly received: Received; readonly summary: PageSummary }[];
  /** More addresses of articles, most trusted first. */
  readonly articleLinks: readonly string[];
  /** Addresses of media that feeds name. */
  readonly mediaLinks: readonly string[];
  /** Hosts that entries with a long text say they come from. */
  readonly reposts: readonly string[];
}

/** What looking around has at hand. */
export interface Looking {
  readonly outing: Outing;
  /** What a document is, read in a thread that can be killed. */
  readonly read: (received: Received) => Promise<ReadDocument>;
  readonly home: URL;
  readonly page: PageSummary | undefined;
  readonly sources: FoundSource[];
  readonly feeds: Received[];
  readonly articleLinks: string[];
  readonly mediaLinks: string[];
  readonly reposts: string[];
  readonly seen: Set<string>;
}

/** Finds what a site offers, from any of its addresses, with at most twenty requests. */
export async function discover(
  address: URL,
  outing: Outing,
  read: (received: Received) => Promise<ReadDocument>,
): Promise<Survey> {
  const given = await visit({ url: address.href }, outing, read);
  const failure = 'error' in given ? given.error : robotCheck(given.document);
  if (failure && isRoot(address) && answered(failure)) return withoutHome(address, failure, outing, read);
  if ('error' in given || failure) return nothingFound(address, failure);
  const { home, homePage } = await findHome(address, given, outing, read);
  const looking = lookingAt(home, homePage?.summary, outing, read);
  looking.seen.add(given.received.url);
  if (given.document.is === 'feed') addFeed(looking, given.received, given.document);
  await findFeeds(looking, given.document.is === 'page' ? given.document.page : undefined);
  await findApis(looking, given);
  await findSitemaps(looking);
  const asked = pageAskedFor(given, homePage?.received.url);
  const list = await findLists(looking, asked);
  looking.articleLinks.push(...(list?.links ?? []));
  const articles = asked ? [{ received: given.received, summary: asked.page }] : [];
  looking.articleLinks.push(...(homePage?.summary.articles ?? []));
  const own = looking.articleLinks.filter(link => sameSite(link, home));
  const first = articles.length === 0 ? await firstArticle(looking, own) : undefined;
  if (first) articles.push(first);
  addPages(looking, articles[0]?.summary ?? homePage?.summary, list);
  addSitemapReaders(looking, articles[0]?.summary);
  return {
    home,
    ...(homePage && { homePage }),
    sources: ranked(looking.sources),
    feeds: looking.feeds,
    articles,
    articleLinks: [...new Set(own)],
    mediaLinks: [...new Set(looking.mediaLinks)],
    reposts: looking.reposts,
  };
}

function lookingAt(home: URL, page: PageSummary | undefined, outing: Outing, read: Looking['read']): Looking {
  return {
    outing,
    read,
    home,
    page,
    sources: [],
    feeds: [],
    articleLinks: [],
    mediaLinks: [],
    reposts: [],
    seen: new Set(),
  };
}

function nothingFound(address: URL, failure: CodedError | undefined): Survey {
  return {
    home: new URL('/', address),
    ...(failure && { failure }),
    sources: [],
    feeds: [],
    articles: [],
    articleLinks: [],
    mediaLinks: [],
    reposts: [],
  };
}

/** The site is there and says that it has no such page, or none for us. */
function answered({ data }: CodedError): boolean {
  return [401, 403, 404, 405].includes(Number(data.status));
}

/** A content system that only answers programs often has nothing at `/`, and its API all the same. */
async function withoutHome(
  address: URL,
  failure: CodedError,
  outing: Outing,
  read: Looking['read'],
): Promise<Survey> {
  const looking = lookingAt(new URL('/', address), undefined, outing, read);
  await findApis(looking);
  const found = nothingFound(address, looking.sources.length === 0 ? failure : undefined);
  const own = looking.articleLinks.filter(link => sameSite(link, looking.home));
  return {
    ...found,
    sources: ranked(looking.sources),
    feeds: looking.feeds,
    articleLinks: [...new Set(own)],
  };
}

/** A page that asks whether we are human says nothing of the site behind it. */
function robotCheck(document: ReadDocument): CodedError | undefined {
  if (document.is !== 'nothing' || document.code !== 'ROBOT_CHECK') return undefined;
  return new CodedError('ROBOT_CHECK', 'A page that checks for robots stands before the site.', {
    data: { vi: 'Trước trang có lớp kiểm tra người máy: đề nghị quản trị trang cho phép LienThong.' },
  });
}

export interface Visited {
  readonly received: Received;
  readonly document: ReadDocument;
}

/** Asks, and reads what comes. */
export async function visit(
  request: FetchRequest,
  outing: Outing,
  read: Looking['read'],
): Promise<Visited | { readonly error: CodedError }> {
  const answer: Answer = await outing.ask(request);
  if ('error' in answer) return answer;
  const { url, status, headers, body } = answer.response;
  const received: Received = { url, status, headers, body };
  return { received, document: await read(received) };
}

async function findHome(address: URL, given: Visited, outing: Outing, read: Looking['read']) {
  const at = new URL(given.received.url);
  if (given.document.is === 'page' && (isRoot(at) || isRoot(address)))
    return { home: at, homePage: { received: given.received, summary: given.document.page } };
  const named = given.document.is === 'feed' ? given.document.feed.link : undefined;
  const home =
    named !== undefined && hostOf(named) !== undefined && sameSite(named, at)
      ? new URL('/', named)
      : new URL('/', at);
  const visited = await visit({ url: home.href }, outing, read);
  if ('error' in visited || visited.document.is !== 'page') return { home };
  return {
    home: new URL(visited.received.url),
    homePage: { received: visited.received, summary: visited.document.page },
  };
}

function isRoot({ pathname }: URL): boolean {
  return (
    pathname === '/' ||
    /^\/(?:index|home|default|trang-chu|vi|pages\/default)?(?:\.\w{2,5})?\/?$/i.test(pathname)
  );
}

export function sameSite(address: string, home: URL): boolean {
  const host = hostOf(address);
  return host !== undefined && registrableDomain(host) === registrableDomain(home.hostname);
}

/** A feed that answered. */
export function addFeed(
  looking: Looking,
  received: Received,
  document: Extract<ReadDocument, { is: 'feed' }>,
): void {
  const { feed } = document;
  looking.feeds.push(received);
  looking.articleLinks.push(...feed.links);
  looking.mediaLinks.push(...feed.media);
  looking.reposts.push(...feed.reposts);
  looking.sources.push({
    kind: 'feed',
    url: received.url,
    works: true,
    format: feed.format,
    ...(feed.title !== undefined && { title: feed.title }),
    entries: feed.entries,
    ...(feed.newest !== undefined && { newest: feed.newest }),
    fields: Object.entries(feed.fields)
      .filter(([, share]) => share >= 0.5)
      .map(([name]) => name),
    connector: { id: 'feed', options: { url: received.url } },
  });
}

/** Is there room for another request of discovery? */
export function hasRoom({ outing }: Looking, requests = 1): boolean {
  return !outing.spent() && outing.requests() + requests <= outing.discovery;
}

async function firstArticle(looking: Looking, links: readonly string[]) {
  const link = links.find(one => !looking.seen.has(one));
  if (link === undefined || !hasRoom(looking)) return undefined;
  const visited = await visit({ url: link }, looking.outing, looking.read);
  if ('error' in visited || visited.document.is !== 'page') return undefined;
  return { received: visited.received, summary: visited.document.page };
}

/** Pages are always there; they say what they say in JSON-LD, in state embedded for scripts, or only to people. */
function addPages(looking: Looking, page: PageSummary | undefined, list: FoundList | undefined): void {
  if (!page) return;
  const structured = page.types.filter(type => /Article|Posting/.test(type));
  const source: FoundSource = {
    kind: 'pages',
    url: looking.home.href,
    works: !page.shell || page.state.length > 0 || page.article !== undefined,
    entries: looking.page?.articles.length ?? 0,
    fields: [
      ...(page.article?.title !== undefined ? ['title'] : []),
      ...(page.article?.published !== undefined ? ['published'] : []),
      ...(page.article?.updated !== undefined ? ['updated'] : []),
      ...(page.dublinCore ? ['dublinCore'] : []),
    ],
    note: pagesNote(structured, page),
  };
  looking.sources.push(withList(source, list));
}

/** The page that was asked about, when it is another than the home page: an article, or a list. */
function pageAskedFor({ received, document }: Visited, home: string | undefined) {
  return document.is === 'page' && received.url !== home
    ? { url: received.url, page: document.page }
    : undefined;
}

/** A sitemap that tells when its addresses changed is a way in where the pages say that they are articles. */
function addSitemapReaders(looking: Looking, article: PageSummary | undefined): void {
  for (const [at, source] of looking.sources.entries()) {
    if (source.kind !== 'sitemap' || !source.fields.includes('updated') || article?.article === undefined)
      continue;
    looking.sources[at] = { ...source, connector: { id: 'web-page', options: { sitemap: source.url } } };
  }
}

function pagesNote(structured: readonly string[], page: PageSummary) {
  if (structured.length > 0)
    return {
      vi: `Trang bài có JSON-LD ${structured.join(', ')}.`,
      en: `Article pages carry JSON-LD ${structured.join(', ')}.`,
    };
  if (page.state.length > 0)
    return {
      vi: `Trang nhúng sẵn dữ liệu trong ${page.state.join(', ')}.`,
      en: `Pages embed their data in ${page.state.join(', ')}.`,
    };
  return { vi: 'Trang bài không có JSON-LD.', en: 'Article pages carry no JSON-LD.' };
}
