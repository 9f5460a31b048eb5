import type { Log } from '../../connectors/connector.ts';
import { CodedError } from '../../schemas/errors.ts';
import type { Federation } from '../../schemas/federation.ts';
import { type Instant, toRfc3339 } from '../../schemas/instant.ts';
import { resolveRules } from '../../schemas/rules/pack.ts';
import type { Rule } from '../../schemas/rules/rule.ts';
import type { SiteKind } from '../../schemas/site.ts';
import type { Resolve } from '../harvest/connect.ts';
import type { ReadingPool } from '../harvest/reading-pool.ts';
import { unlessStopped } from '../harvest/waits.ts';
import type { RequestRow } from '../store/requests.ts';
import { buildReport } from './build-report.ts';
import type { CheckStep, StrictSight } from './check-step.ts';
import { discover, type Looking, MOST_DISCOVERY_REQUESTS, type Survey } from './discover.ts';
import type { FoundSource } from './found-source.ts';
import { type Gathered, gather } from './gather.ts';
import type { CheckContext, Judgement } from './judge-documents.ts';
import { type Outing, openOuting } from './outing.ts';
import type { ReadDocument, Received } from './read-document.ts';
import type { CheckReport, StrictReaderSight } from './report.ts';
import { siteOf } from './site-of.ts';

/** Milliseconds a whole check may take; what is left then is unknown. */
export const CHECK_TIME = 30_000;
/** Kept of these for judging and answering. */
const JUDGING = 7_000;
const READING = 5_000;
const STRICT = 2_000;
const MOST_REQUESTS = 40;
const MOST_BYTES = 48 * 1024 * 1024;
const GAP = 100;

export interface CheckTools {
  readonly federation: Federation;
  readonly rules: readonly Rule[];
  readonly pool: ReadingPool;
  readonly log: Log;
  readonly now: () => Instant;
  /** Every site here is made up: its portal is nobody's. */
  readonly sandbox: boolean;
  /** Milliseconds between two requests; tests only. */
  readonly gap?: number;
  readonly resolve?: Resolve;
  readonly ca?: string;
  readonly time?: number;
  /** Requests in all; fewer where nobody waits for the answer. */
  readonly most?: number;
  /** Under which name requests are made, and who else is told of each. */
  readonly source?: string;
  readonly onRequest?: (row: RequestRow) => void;
}

export interface CheckAsk {
  readonly address: URL;
  readonly kind?: SiteKind;
  /** May findings rest on the hand-kept record of the federation file? */
  readonly withRecord: boolean;
}

/** Finds what a site offers, gathers what the rules ask for, judges, and reports. Throws ADDRESS_REFUSED only. */
export async function checkSite(
  ask: CheckAsk,
  tools: CheckTools,
  signal?: AbortSignal,
): Promise<CheckReport> {
  const started = tools.now();
  const time = tools.time ?? CHECK_TIME;
  const end = started + time;
  const outing = openVisit(tools, time - JUDGING, tools.most ?? MOST_REQUESTS, signal);
  const read = readerIn(tools, outing.deadline);
  try {
    const survey = await discover(ask.address, outing, read);
    if (survey.failure?.code === 'ADDRESS_REFUSED') throw refused(survey.failure);
    const links = survey.articleLinks;
    const checked = siteOf(survey.home, survey.homePage?.summary, tools.federation, {
      ...ask,
      sandbox: tools.sandbox,
      links,
    });
    const gathered = await gather(survey, checked, outing, { ...tools, read });
    const context: CheckContext = {
      site: checked.site,
      guidelines: tools.federation.guidelines,
      now: tools.now(),
      ...(checked.portalHost !== undefined && { portalHost: checked.portalHost }),
      facts: gathered.facts,
    };
    const judged = await judgeAll(survey, gathered, context, tools, end - tools.now());
    const inForce = resolveRules(
      tools.federation.guidelines,
      tools.rules,
      checked.site.id,
      context.now,
    ).filter(
      ({ rule }) => rule.scope !== 'republication' && rule.appliesTo.kinds.includes(checked.site.kind),
    );
    return {
      url: ask.address.href,
      homepage: checked.site.homepage,
      name: checked.site.name,
      kind: checked.site.kind,
      kindFrom: checked.kindFrom,
      checkedAt: toRfc3339(started),
      milliseconds: tools.now() - started,
      requests: outing.requests(),
      ...failureOf(survey),
      sources: judged.sources,
      ...buildReport(judged.judgements, inForce),
      strictReader: judged.strict[0] ?? null,
      ...(gathered.facts.tls?.validTo !== undefined && {
        certificateUntil: toRfc3339(gathered.facts.tls.validTo),
      }),
    };
  } finally {
    await outing.close();
  }
}

/** What a site offers, without judging it. Throws why it could not be asked. */
export async function discoverSite(
  ask: CheckAsk,
  tools: CheckTools,
): Promise<{ readonly survey: Survey; readonly site: ReturnType<typeof siteOf>; readonly requests: number }> {
  const outing = openVisit(
    tools,
    tools.time ?? CHECK_TIME,
    MOST_DISCOVERY_REQUESTS,
    undefined,
    MOST_DISCOVERY_REQUESTS,
  );
  try {
    const survey = await discover(ask.address, outing, readerIn(tools, outing.deadline));
    if (survey.failure) throw survey.failure;
    const site = siteOf(survey.home, survey.homePage?.summary, tools.federation, {
      ...ask,
      sandbox: tools.sandbox,
      links: survey.articleLinks,
    });
    return { survey, site, requests: outing.requests() };
  } finally {
    await outing.close();
  }
}

/** The list that opens private networks to a check is one of its own. */
function refused({ message, data }: CodedError): CodedError {
  const own = (text: unknown) => String(text).replace('fetch.allowNetworks', 'check.allowNetworks');
  return new CodedError('ADDRESS_REFUSED', own(message), { data: { ...data, vi: own(data.vi ?? message) } });
}

function openVisit(
  tools: CheckTools,
  time: number,
  most: number,
  signal: AbortSignal | undefined,
  discovery = Math.floor(most / 2),
): Outing {
  const { federation, log, now, gap = GAP, resolve, ca } = tools;
  const over = AbortSignal.timeout(Math.max(time, 1_000));
  const { fetch, check } = federation;
  return openOuting({
    fetch: {
      ...fetch,
      allowNetworks: check.allowNetworks,
      perHost: { concurrency: 2 },
      timeout: Math.min(fetch.timeout, 8_000),
    },
    log,
    now,
    most,
    // A look with few requests keeps most of them for what it came to see.
    discovery: Math.min(discovery, MOST_DISCOVERY_REQUESTS),
    bytes: MOST_BYTES,
    gap,
    signal: signal ? AbortSignal.any([over, signal]) : over,
    ...(resolve && { resolve }),
    ...(ca !== undefined && { ca }),
    ...(tools.source !== undefined && { source: tools.source }),
    ...(tools.onRequest && { onRequest: tools.onRequest }),
  });
}

/** A document that breaks its thread is nothing we can read; it costs itself only, and never more than is left. */
function readerIn({ pool }: CheckTools, signal: AbortSignal): Looking['read'] {
  const nothing: ReadDocument = { is: 'nothing', code: 'READING_TIMED_OUT' };
  return async received => {
    const task = { kind: 'check', step: { step: 'read', received } satisfies CheckStep };
    const document = pool.run(task, READING).then(value => value as ReadDocument);
    return unlessStopped(document, signal).catch(() => nothing);
  };
}

async function judgeAll(
  survey: Survey,
  gathered: Gathered,
  context: CheckContext,
  tools: CheckTools,
  left: number,
) {
  // A thread may be busy with another's check: what is not done in time is unknown, and nobody waits for it.
  const over = AbortSignal.timeout(Math.max(left, 1_000));
  const run = async <T>(step: CheckStep, timeout: number): Promise<T | undefined> =>
    unlessStopped(tools.pool.run({ kind: 'check', step }, timeout), over).then(
      value => value as T,
      () => undefined,
    );
  const { articles, portal, media, notModified } = gathered;
  const home = survey.homePage?.summary.empty ? undefined : survey.homePage?.received;
  const site = run<Judgement>(
    { step: 'judge-site', documents: { ...(home && { home }), articles, portal }, context },
    JUDGING,
  );
  const feeds = survey.feeds.map(async feed => {
    const strictReader = await run<StrictSight>({ step: 'strict', received: feed }, STRICT);
    const known = notModified.get(feed.url);
    const documents = {
      feed,
      articles,
      media,
      ...(known !== undefined && { notModified: known }),
      ...(strictReader && { strictReader }),
    };
    return {
      feed,
      strictReader,
      judgement: await run<Judgement>({ step: 'judge-feed', documents, context }, JUDGING),
    };
  });
  const alone = survey.feeds.length === 0 ? gathered.entries : [];
  const pages =
    alone.length > 0
      ? [run<Judgement>({ step: 'judge-pages', entries: alone, articles, context }, JUDGING)]
      : [];
  const read = await Promise.all(feeds);
  const judgements = [...(await Promise.all([site, ...pages])), ...read.map(({ judgement }) => judgement)];
  return { judgements: judgements.filter(one => one !== undefined), ...withStrict(survey.sources, read) };
}

function withStrict(
  sources: readonly FoundSource[],
  read: readonly { readonly feed: Received; readonly strictReader: StrictSight | undefined }[],
): { sources: FoundSource[]; strict: StrictReaderSight[] } {
  const byUrl = new Map(read.map(({ feed, strictReader }) => [feed.url, strictReader]));
  const seen = sources.map(source => {
    const sight = byUrl.get(source.url);
    return sight && source.format !== 'json-feed' ? { ...source, strictReader: sight } : source;
  });
  return {
    sources: seen,
    strict: seen.flatMap(({ url, strictReader, entries = 0 }) =>
      strictReader ? [{ url, of: entries, ...strictReader, ...spotOf(strictReader.refusedAt) }] : [],
    ),
  };
}

/** The strict reader tells its place in words: `dòng 3, cột 17: …`. */
function spotOf(refusedAt: string | undefined): { line?: number; column?: number } {
  const place = /dòng (\d+), cột (\d+)/.exec(refusedAt ?? '');
  return place ? { line: Number(place[1]), column: Number(place[2]) } : {};
}

function failureOf({ failure }: Survey): Pick<CheckReport, 'failure'> {
  if (!failure) return {};
  const vi = typeof failure.data.vi === 'string' ? failure.data.vi : failure.message;
  return { failure: { code: failure.code, message: { vi, en: failure.message } } };
}
