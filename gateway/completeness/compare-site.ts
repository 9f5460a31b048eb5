import type { Listed } from '../../connectors/connector.ts';
import type { Completeness } from '../../schemas/completeness.ts';
import { toCoded } from '../../schemas/errors.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { SiteCompleteness } from '../../schemas/records.ts';
import type { Site } from '../../schemas/site.ts';
import type { Sitemap } from '../../schemas/sitemap.ts';
import { type HarvestTools, prepareTurn } from '../harvest/harvest-source.ts';
import type { ReadingTask } from '../harvest/reading-thread.ts';
import type { Store } from '../store/store.ts';
import { collectMissing, type Fetched } from './collect-missing.ts';
import { absentOf, afterFetching, compareClaim, type InView, listedKey } from './compare-claim.ts';
import { readSitemaps, type SitemapTools } from './read-sitemaps.ts';
import { type Claim, sitemapClaims } from './site-claims.ts';

const READING_TIMEOUT = 10_000;
/** Items of one site that a claim is held against, the newest. */
const MOST_IN_VIEW = 20_000;
const PAGE = 500;
/** What was asked for in vain, remembered of one site. */
const MOST_PASSED_OVER = 10_000;

/** All claims of one site against what is held; what is missing is fetched, and counted again. */
export async function compareSite(
  site: Site,
  before: SiteCompleteness,
  tools: HarvestTools,
  signal: AbortSignal,
): Promise<SiteCompleteness> {
  const { store } = tools;
  const passedOver = new Set(before.passedOver);
  const inView = await itemsInView(store, site.id);
  const claims = [
    ...(await listClaims(site, tools, signal)),
    ...(await claimsOfSitemaps(site, inView, tools, signal)),
  ];
  const results: Completeness[] = [];
  for (const claim of claims) {
    const compared = await compareClaim(claim, {
      store,
      site: site.id,
      inView,
      passedOver,
      now: await store.now(),
    });
    const absent = () => absentOf(compared.missing, claim, store, site.id);
    const { created, answered } = await fetchMissing(compared.missing, absent, {
      claim,
      site,
      tools,
      signal,
    });
    // What was asked for and still is none of ours is no item: it is not asked for every day.
    const still = answered.length > 0 ? await absent() : compared.missing;
    const asked = new Set(answered.map(listedKey));
    const passed = new Set(still.map(listedKey).filter(key => asked.has(key)));
    for (const key of passed) passedOver.add(key);
    results.push(afterFetching(compared, still, passed, created));
  }
  return { claims: results, passedOver: [...passedOver].slice(-MOST_PASSED_OVER) };
}

/** What each source lists by itself. A source that fails to says nothing; its harvest tells why. */
async function listClaims(site: Site, tools: HarvestTools, signal: AbortSignal): Promise<Claim[]> {
  const claims: Claim[] = [];
  for (const { name } of sourcesOf(site, tools)) {
    try {
      const { connector, job, tools: own } = await prepareTurn(name, signal, tools);
      const listing = await connector.list?.(job, own);
      if (listing) claims.push({ claimedBy: 'list', source: name, since: job.since, ...listing });
    } catch (thrown) {
      signal.throwIfAborted();
      tools.log.debug({ source: name, code: toCoded(thrown).code }, `${name} could not be listed.`);
    }
  }
  return claims;
}

async function claimsOfSitemaps(
  site: Site,
  inView: readonly InView[],
  tools: HarvestTools,
  signal: AbortSignal,
): Promise<Claim[]> {
  const sources = sourcesOf(site, tools);
  // Without one article's address there is no telling articles from other pages.
  if (sources.length === 0 || inView.length === 0) return [];
  const now = await tools.store.now();
  const { since, until } = await timeOf(sources, tools.store, now);
  const fetch = tools.fetchFor(`${site.id}/sitemap`);
  const sitemapTools: SitemapTools = {
    fetch: request => fetch(request, signal),
    parse: received => {
      const task: ReadingTask = { kind: 'sitemap', received };
      return tools.pool.run(task, READING_TIMEOUT, signal) as Promise<Sitemap>;
    },
  };
  const sitemaps = await readSitemaps(site.homepage, since, sitemapTools);
  const links = inView.map(({ link }) => link);
  return sitemapClaims(sitemaps, site, links, { since, until, now });
}

/**
 * From when on each source was to bring everything, and up to when it had its turn: the latest beginning and the earliest
 * harvest speak for the site.
 */
async function timeOf(
  sources: HarvestTools['federation']['sources'],
  store: Store,
  now: Instant,
): Promise<{ readonly since: Instant; readonly until: Instant }> {
  const states = await Promise.all(sources.map(({ name }) => store.work.state(name)));
  return {
    since: Math.max(...sources.map(({ since }, index) => (states[index]?.connected ?? now) - since)),
    until: Math.min(...states.map(state => state?.lastSucceeded ?? 0)),
  };
}

function sourcesOf(site: Site, { federation }: HarvestTools) {
  return federation.sources.filter(source => source.site === site.id && source.enabled);
}

async function itemsInView(store: Store, site: string): Promise<InView[]> {
  const found: InView[] = [];
  let after: { readonly at: Instant; readonly n: number } | undefined;
  for (;;) {
    const page = await store.items.page({
      filter: { sites: [site] },
      order: 'PUBLISHED',
      first: PAGE,
      ...(after && { after }),
    });
    found.push(...page.map(({ id, source, link, listed }) => ({ id, source, link, listed })));
    const last = page.at(-1);
    if (!last || page.length < PAGE || found.length >= MOST_IN_VIEW) return found;
    after = { at: last.listed, n: last.n };
  }
}

interface Fetching {
  readonly claim: Claim;
  readonly site: Site;
  readonly tools: HarvestTools;
  readonly signal: AbortSignal;
}

/** By the source whose list it is; for a sitemap by each source that can, as long as anything is wanting. */
async function fetchMissing(
  missing: readonly Listed[],
  stillMissing: () => Promise<readonly Listed[]>,
  { claim, site, tools, signal }: Fetching,
): Promise<Fetched> {
  let created = 0;
  let left = missing;
  const answered: Listed[] = [];
  for (const { name, connector } of sourcesOf(site, tools)) {
    const speaks = claim.source === undefined || claim.source === name;
    if (left.length === 0 || !speaks || !tools.connectors.get(connector)?.collect) continue;
    const fetched = await attempt(name, left, tools, signal);
    created += fetched.created;
    answered.push(...fetched.answered);
    left = await stillMissing();
  }
  return { created, answered };
}

const NOTHING: Fetched = { created: 0, answered: [] };

async function attempt(
  source: string,
  missing: readonly Listed[],
  tools: HarvestTools,
  signal: AbortSignal,
): Promise<Fetched> {
  try {
    return (await collectMissing(source, missing, tools, signal)) ?? NOTHING;
  } catch (thrown) {
    signal.throwIfAborted();
    const { code, message } = toCoded(thrown);
    tools.log.warn({ source, code }, `${source}: thiếu ${missing.length} tin và chưa lấy được: ${message}`);
    return NOTHING;
  }
}
