import type { Entry } from '../../schemas/entry.ts';
import type { Federation } from '../../schemas/federation.ts';
import { bare, hostOf, siteKeyOf } from '../../schemas/rules/addresses.ts';
import type { EndpointSight, Facts, TlsSight } from '../../schemas/rules/facts.ts';
import { type Looking, type Survey, sameSite, visit } from './discover.ts';
import type { FoundSource } from './found-source.ts';
import type { CheckContext, FeedDocuments } from './judge-documents.ts';
import type { Outing } from './outing.ts';
import type { Received } from './read-document.ts';
import type { PageSummary } from './read-links.ts';
import type { CheckedSite } from './site-of.ts';
import { seeDns, seeTls } from './tls-sight.ts';

export interface GatheringTools {
  readonly federation: Federation;
  readonly sandbox: boolean;
  readonly read: Looking['read'];
}

/** Everything the rules ask for beside the documents that discovery brought. */
export interface Gathered {
  readonly facts: CheckContext['facts'];
  readonly articles: readonly Received[];
  /** What article pages say of themselves, for sites without a feed. */
  readonly entries: readonly Entry[];
  readonly portal: readonly Received[];
  readonly media: FeedDocuments['media'];
  /** By address of the feed: does it answer 304? */
  readonly notModified: ReadonlyMap<string, boolean>;
}

const MOST_ARTICLES = 4;
const MOST_MEDIA = 4;
const MOST_PORTAL = 4;
/** Milliseconds: how long the gateway waits at most for a source that says nothing else. */
const USUAL_POLL = 15 * 60_000;
const MEDIA_BYTES = 3 * 1024 * 1024;

export async function gather(
  survey: Survey,
  checked: CheckedSite,
  outing: Outing,
  tools: GatheringTools,
): Promise<Gathered> {
  const network = Promise.all([seeTls(survey.home, outing), seeDns(survey.home, outing)]);
  const httpLeadsTo = await seeHttp(survey, outing);
  const notModified = await askAgain(survey.feeds, outing);
  const articles = await readArticles(survey, outing, tools);
  const media = await seeMedia(survey, outing);
  const portal = await readPortal(checked, outing, tools);
  const [tls, dns] = await network;
  return {
    facts: {
      // Of a site that was not reached nothing is known, not that it offers nothing.
      ...(!survey.failure && { endpoints: survey.sources.flatMap(endpointOf) }),
      longestPollGap: pollGap(checked, tools),
      ...(tls && { tls: withHttp(tls, httpLeadsTo) }),
      ...(dns && { dns }),
      ...pressReposts(survey, tools),
    },
    articles: articles.filter(({ summary }) => !summary.empty).map(({ received }) => received),
    entries: articles.flatMap(({ received, summary }) => entryOf(received, summary)),
    portal,
    media,
    notModified,
  };
}

interface ReadArticle {
  readonly received: Received;
  readonly summary: PageSummary;
}

async function readArticles(survey: Survey, outing: Outing, tools: GatheringTools): Promise<ReadArticle[]> {
  const articles: ReadArticle[] = [...survey.articles];
  const seen = new Set(articles.map(({ received }) => received.url));
  for (const link of survey.articleLinks.slice(0, MOST_ARTICLES * 2)) {
    if (articles.length >= MOST_ARTICLES || outing.spent()) break;
    if (seen.has(link)) continue;
    seen.add(link);
    const visited = await visit({ url: link }, outing, tools.read);
    if (!('error' in visited) && visited.document.is === 'page')
      articles.push({ received: visited.received, summary: visited.document.page });
  }
  return articles;
}

/** Where `http://` leads. Nothing when port 80 is closed, or may not be asked. */
async function seeHttp({ home }: Survey, outing: Outing): Promise<string | undefined> {
  if (home.protocol === 'http:') return home.port === '' ? home.href : undefined;
  if (home.port !== '') return undefined;
  const answer = await outing.ask({ url: `http://${home.host}/`, offered: true });
  return 'error' in answer ? undefined : answer.response.url;
}

function withHttp(tls: Omit<TlsSight, 'httpLeadsTo'>, httpLeadsTo: string | undefined): TlsSight {
  return { ...tls, ...(httpLeadsTo !== undefined && { httpLeadsTo }) };
}

/** Asks each feed once more with what it gave to compare; one that gave nothing can't answer 304. */
async function askAgain(feeds: readonly Received[], outing: Outing): Promise<Map<string, boolean>> {
  const said = new Map<string, boolean>();
  for (const { url, headers } of feeds.slice(0, 3)) {
    const { etag, 'last-modified': lastModified } = headers;
    if (etag === undefined && lastModified === undefined) {
      said.set(url, false);
      continue;
    }
    const validators = {
      ...(etag !== undefined && { etag }),
      ...(lastModified !== undefined && { lastModified }),
    };
    const answer = await outing.ask({ url, validators });
    if (!('error' in answer)) said.set(url, answer.response.notModified);
  }
  return said;
}

async function seeMedia(survey: Survey, outing: Outing): Promise<FeedDocuments['media']> {
  const seen: Record<string, Facts['mediaSight']> = {};
  const wanted = survey.mediaLinks.filter(url => hostOf(url) !== undefined).slice(0, MOST_MEDIA);
  for (const url of wanted) {
    const answer = await outing.ask({ url, method: 'HEAD', maxBytes: MEDIA_BYTES, answers: [404, 403, 410] });
    if ('error' in answer) continue;
    const { status, headers } = answer.response;
    const length = Number(headers['content-length']);
    seen[url] = {
      status,
      ...(headers['content-type'] !== undefined && { type: headers['content-type'] }),
      ...(Number.isFinite(length) && length > 0 && { length }),
    };
  }
  return seen;
}

/**
 * Pages of the portal on which the unit may be listed: its home page and those its words lead to. Only when it is found,
 * or nothing within reach is left unseen, may a rule rest on them; else what it says is unknown.
 */
async function readPortal(
  { site, portalHost }: CheckedSite,
  outing: Outing,
  tools: GatheringTools,
): Promise<Received[]> {
  const portal = tools.federation.sites.find(({ kind }) => kind === 'portal');
  if (site.kind !== 'unit' || portalHost === undefined || !portal || tools.sandbox) return [];
  const pages: Received[] = [];
  const waiting = [portal.homepage];
  const seen = new Set<string>();
  const own = siteKeyOf(site.homepage);
  while (waiting.length > 0 && pages.length < MOST_PORTAL) {
    const url = waiting.shift() ?? '';
    if (seen.has(url)) continue;
    seen.add(url);
    const visited = await visit({ url }, outing, tools.read);
    if ('error' in visited || visited.document.is !== 'page') return [];
    pages.push(visited.received);
    const { sites, near } = visited.document.page.leads;
    if (own !== undefined && sites.includes(own)) return pages;
    if (pages.length === 1) waiting.push(...near.filter(link => sameSite(link, new URL(portal.homepage))));
  }
  return waiting.length === 0 ? pages : [];
}

function endpointOf({ kind, url, works, fields }: FoundSource): EndpointSight[] {
  if (kind === 'pages') return [];
  if (kind === 'sitemap') return [{ kind, url, works, lastmod: fields.includes('updated') }];
  return [{ kind: kind === 'feed' ? 'feed' : 'api', url, works }];
}

/** Full texts of papers that the federation knows; who else is a paper can't be told from outside. */
function pressReposts(
  { feeds, reposts }: Survey,
  { federation }: GatheringTools,
): Pick<CheckContext['facts'], 'pressReposts'> {
  const press = federation.sites.filter(({ kind }) => kind === 'press');
  if (feeds.length === 0 || press.length === 0) return {};
  const hosts = new Set(press.map(({ homepage }) => bare(new URL(homepage).hostname)));
  return { pressReposts: { fullText: reposts.filter(host => hosts.has(bare(host))).length } };
}

function pollGap({ site }: CheckedSite, { federation }: GatheringTools): number {
  const own = federation.sources.filter(source => source.site === site.id).map(({ every }) => every.max);
  return own.length > 0 ? Math.max(...own) : USUAL_POLL;
}

function entryOf({ url }: Received, { article }: PageSummary): Entry[] {
  if (article?.title === undefined) return [];
  return [
    {
      sourceId: url,
      link: url,
      title: { type: 'text', value: article.title },
      ...(article.published !== undefined && { published: article.published }),
      ...(article.updated !== undefined && { updated: article.updated }),
      authors: (article.authors ?? []).map(name => ({ name })),
      categories: [],
      media: [],
    },
  ];
}
