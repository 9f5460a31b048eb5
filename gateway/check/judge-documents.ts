import type { Connector } from '../../connectors/connector.ts';
import type { Entry } from '../../schemas/entry.ts';
import type { Federation } from '../../schemas/federation.ts';
import { decode } from '../../schemas/formats/decode.ts';
import type { Instant } from '../../schemas/instant.ts';
import { hostOf, pageKey } from '../../schemas/rules/addresses.ts';
import { applyRule, type ResolvedRule, type Verdict } from '../../schemas/rules/apply-rule.ts';
import type { Facts } from '../../schemas/rules/facts.ts';
import { mediaOf } from '../../schemas/rules/media-of.ts';
import { resolveRules } from '../../schemas/rules/pack.ts';
import { type PageFacts, readPage } from '../../schemas/rules/page-facts.ts';
import { readRegistry } from '../../schemas/rules/registry.ts';
import type { Rule } from '../../schemas/rules/rule.ts';
import type { ItemSubject, JudgedItem } from '../../schemas/rules/subject.ts';
import type { Site } from '../../schemas/site.ts';
import type { Source } from '../../schemas/source.ts';
import { normaliseBatch } from '../normalise/normalise.ts';
import type { StrictSight } from './check-step.ts';
import { documentSight } from './document-sight.ts';
import { type Folded, Folder, type Outcome } from './fold.ts';
import { locateAt, locateFeed, locateInPage, type Spot } from './locate.ts';
import { feedOf, type Received } from './read-document.ts';

/** What judging rests on beside the documents. Crosses to a reading thread. */
export interface CheckContext {
  readonly site: Site;
  readonly guidelines: Pick<Federation['guidelines'], 'pack' | 'overrides' | 'exceptions' | 'denyList'>;
  readonly now: Instant;
  readonly portalHost?: string;
  /** Rules that the fetch of this run could not settle are unknown; those of other scopes are left alone. */
  readonly facts: Partial<Pick<Facts, 'tls' | 'dns' | 'endpoints' | 'longestPollGap' | 'pressReposts'>>;
}

export interface SiteDocuments {
  readonly home?: Received;
  readonly articles: readonly Received[];
  readonly portal: readonly Received[];
}

export interface FeedDocuments {
  readonly feed: Received;
  readonly notModified?: boolean;
  readonly strictReader?: StrictSight;
  readonly articles: readonly Received[];
  /** By address, what asking for a medium came to. */
  readonly media: Readonly<Record<string, Facts['mediaSight']>>;
}

export interface Judgement {
  readonly folded: readonly Folded[];
  readonly outcomes: readonly Outcome[];
}

/** Milliseconds of judging items; those beyond are counted as not judged. */
const LONGEST = 6_000;

/** Rules about the site, on its pages and what was seen of its host. */
export function judgeSite(
  documents: SiteDocuments,
  context: CheckContext,
  rules: readonly Rule[],
): Judgement {
  const { home, articles, portal } = documents;
  const pages = articles.map(pageOf);
  const facts: Partial<Facts> = {
    ...sharedFacts(context),
    ...context.facts,
    ...(home && { homepage: pageOf(home) }),
    ...(pages.length > 0 && { pages, latestPages: pages }),
    ...(portal.length > 0 && { portalPages: portal.map(pageOf) }),
  };
  const folder = new Folder();
  const subject = { site: context.site };
  for (const rule of inForce(context, rules, 'site')) {
    const verdict = applyRule(rule, subject, facts);
    folder.add(verdict, problem => pagePlace(problem.path, documents));
  }
  return folder.finish();
}

function pagePlace(path: string, { home, articles }: SiteDocuments) {
  const number = /^pages\[(\d+)\]/.exec(path)?.[1];
  const page =
    number !== undefined ? articles[Number(number)] : path.startsWith('homepage') ? home : undefined;
  return page ? { document: page.url, ...spotIn(page, path) } : {};
}

/** Rules about one feed, about each of its items, and about each medium of these. */
export function judgeFeed(
  { feed: received, notModified, strictReader, articles, media }: FeedDocuments,
  context: CheckContext,
  rules: readonly Rule[],
  connectors: ReadonlyMap<string, Connector>,
): Judgement {
  const read = feedOf(received, connectors);
  const feed = 'feed' in read ? read.feed : undefined;
  const document = documentSight(received, notModified);
  const locate = locateFeed(document.text);
  const folder = new Folder();
  // It knows RSS and Atom only: that it refuses another format says nothing.
  const isItsOwn = feed !== undefined && /^(?:rss|atom|rdf)$/.test(feed.format);
  const shared: Partial<Facts> = {
    ...sharedFacts(context),
    ...context.facts,
    document,
    ...(strictReader && isItsOwn && { strictReader }),
  };
  const subject = {
    site: context.site,
    url: received.url,
    ...(feed ? { feed } : { failure: 'failure' in read ? read.failure : 'UNREADABLE' }),
  };
  for (const rule of inForce(context, rules, 'feed')) {
    folder.add(applyRule(rule, subject, shared), problem => ({
      document: received.url,
      ...entryOf(feed?.entries, problem.path),
      ...placeIn(document.text, rule.rule.id, problem.path, strictReader),
      ...(/^entries|^feed\.self/.test(problem.path) && locate(problem.path)),
    }));
  }
  if (feed) {
    judgeItems(feed.entries, { articles, media, document: received.url, locate }, context, rules, folder);
  }
  return folder.finish();
}

interface ItemDocuments {
  readonly articles: readonly Received[];
  readonly media: FeedDocuments['media'];
  readonly document: string;
  readonly locate?: (path: string) => Spot | undefined;
}

/** Articles that no feed has, as their own pages tell of them. */
export function judgePages(
  entries: readonly Entry[],
  articles: readonly Received[],
  context: CheckContext,
  rules: readonly Rule[],
): Judgement {
  const folder = new Folder();
  judgeItems(entries, { articles, media: {}, document: articles[0]?.url ?? '' }, context, rules, folder);
  return folder.finish();
}

function judgeItems(
  entries: readonly Entry[],
  documents: ItemDocuments,
  context: CheckContext,
  rules: readonly Rule[],
  folder: Folder,
): void {
  const ofItems = inForce(context, rules, 'item');
  const ofMedia = inForce(context, rules, 'media');
  const { site, now } = context;
  const made = normaliseBatch(entries, { site, source: sourceOf(site), topics: [], now });
  const places = new Map(entries.map((entry, index) => [entry, index]));
  const pages = new Map(documents.articles.map(article => [pageKey(article.url), article]));
  const knownLinks = Object.fromEntries(made.drafts.map(({ link, keys }) => [link, keys[0]?.key ?? link]));
  const shared: Partial<Facts> = { ...sharedFacts(context), knownLinks };
  const end = performance.now() + LONGEST;
  folder.leftOut(made.refused.length);
  for (const [n, item] of made.drafts.entries()) {
    if (performance.now() > end) {
      folder.leftOut(made.drafts.length - n);
      break;
    }
    const entry = made.entries[n];
    const at = entry === undefined ? undefined : places.get(entry);
    const article = pages.get(pageKey(item.link)) ?? pages.get(pageKey(entry?.link ?? ''));
    const facts: Partial<Facts> = {
      ...shared,
      ...(entry && { entry }),
      ...(article && { page: pageOf(article) }),
    };
    const subject: ItemSubject = { site, item };
    const place = placeOf(item, at, article, documents);
    for (const rule of ofItems) folder.add(applyRule(rule, subject, facts), ({ path }) => place(path));
    judgeMedia(subject, ofMedia, facts, documents.media, (verdict, at) =>
      folder.add(verdict, ({ path }) => place(path.startsWith(at) ? path : `${at}.${path}`)),
    );
  }
}

function judgeMedia(
  subject: ItemSubject,
  rules: readonly ResolvedRule[],
  facts: Partial<Facts>,
  seen: FeedDocuments['media'],
  tell: (verdict: Verdict, at: string) => void,
): void {
  for (const medium of mediaOf(subject)) {
    const sight = seen[medium.medium.url];
    const given = sight ? { ...facts, mediaSight: sight } : facts;
    for (const rule of rules) tell(applyRule(rule, medium, given), medium.medium.at);
  }
}

function placeOf(
  item: JudgedItem,
  at: number | undefined,
  article: Received | undefined,
  { document, locate }: ItemDocuments,
) {
  return (path: string) => {
    if (path.startsWith('page') && article)
      return { document: article.url, ...spotIn(article, path), link: item.link };
    return {
      document: locate ? document : item.link,
      link: item.link,
      ...(locate && at !== undefined && { entry: at + 1, ...locate(`entries[${at}].${path}`) }),
    };
  };
}

function entryOf(entries: readonly Entry[] | undefined, path: string) {
  const number = /^entries\[(\d+)\]/.exec(path)?.[1];
  if (number === undefined) return {};
  const link = entries?.[Number(number)]?.link;
  return { entry: Number(number) + 1, ...(hostOf(link) !== undefined && link !== undefined && { link }) };
}

/** What is amiss with the document as a whole: where it begins to be, as far as somebody knows. */
function placeIn(text: string, rule: string, path: string, strict: StrictSight | undefined): Partial<Spot> {
  if (rule === 'feed-utf8' && path === 'document') {
    const at = text.search(/\ufffd|[ÃÄÅÆ][\u0080-\u00bf]|á[º»]/);
    return at < 0 ? {} : locateAt(text, at);
  }
  if (rule === 'feed-well-formed' && path === 'document.doctype')
    return locateAt(text, Math.max(0, text.search(/<!doctype/i)));
  const said = rule === 'feed-well-formed' ? /dòng (\d+), cột (\d+)/.exec(strict?.refusedAt ?? '') : null;
  return said ? { line: Number(said[1]), column: Number(said[2]) } : {};
}

function spotIn(received: Received, path: string): Partial<Spot> {
  return locateInPage(decode(received.body, received).text)(path) ?? {};
}

function pageOf(received: Received): PageFacts {
  return readPage(decode(received.body, received).text, received.url);
}

function inForce(
  { guidelines, site, now }: CheckContext,
  rules: readonly Rule[],
  scope: string,
): ResolvedRule[] {
  return resolveRules(guidelines, rules, site.id, now).filter(({ rule }) => rule.scope === scope);
}

function sharedFacts({ now, portalHost, guidelines, site }: CheckContext): Partial<Facts> {
  const registry = readRegistry(site.registry);
  return {
    now,
    denyList: guidelines.denyList,
    ...(portalHost !== undefined && { portalHost }),
    ...(registry && { registry }),
  };
}

/** A source that nobody declared: as the usual options have it. */
function sourceOf(site: Site): Source {
  return {
    name: `${site.id}/check`,
    site: site.id,
    id: 'check',
    connector: 'feed',
    options: {},
    every: { min: 60_000, max: 900_000 },
    since: Number.MAX_SAFE_INTEGER,
    dates: {},
    enabled: true,
  };
}
