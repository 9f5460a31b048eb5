import type { Federation } from '../../schemas/federation.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { ResolvedRule } from '../../schemas/rules/apply-rule.ts';
import type { Rule } from '../../schemas/rules/rule.ts';
import { combineScores, type Score } from '../../schemas/score.ts';
import type { Site } from '../../schemas/site.ts';
import type { StoredProblem } from '../store/problems.ts';
import type { RequestTally } from '../store/requests.ts';
import type { Store } from '../store/store.ts';
import { recordedFor } from './recorded.ts';
import { rulesInForce } from './rules-in-force.ts';

/** How a site stands, for its webmaster: what is well, what to mend first, and everything. */
export interface SiteReport {
  readonly site: Site;
  readonly at: Instant;
  readonly items: number;
  readonly score: Score;
  /** Rules that are met wherever they were asked. */
  readonly well: readonly ResolvedRule[];
  /** The most worth mending first; all of them. */
  readonly found: readonly FoundRule[];
  /** Rules about which nothing could be told. */
  readonly unknown: readonly ResolvedRule[];
  readonly politeness: Politeness;
}

export interface FoundRule {
  readonly resolved: ResolvedRule;
  /** How many items, feeds or sites. */
  readonly subjects: number;
  /** Newest of them, as examples. */
  readonly examples: readonly (StoredProblem & { readonly link?: string; readonly title?: string })[];
}

/** What we asked of a site in the last 30 days. */
export interface Politeness {
  readonly days: number;
  readonly requests: number;
  readonly notModified: number;
  readonly bytes: number;
  /** We wanted to and did not, because robots.txt says no. */
  readonly robotsRefused: number;
  /** The site asked us to slow down, and we waited. */
  readonly slowedDown: number;
  readonly failed: number;
}

const DAYS = 30;
const EXAMPLES = 5;

/** `whole`: for the site itself and the operator, whose examples may be items that aren't out. */
export async function siteReport(
  store: Store,
  { federation, rules }: { readonly federation: Federation; readonly rules: readonly Rule[] },
  site: Site,
  { whole = true }: { readonly whole?: boolean } = {},
): Promise<SiteReport> {
  const [at, recorded] = await Promise.all([store.now(), recordedFor(store, site.id)]);
  const inForce = rulesInForce(federation, rules, site.id, at, recorded).rules;
  const byId = new Map(inForce.map(one => [one.rule.id, one]));
  const [scores, spread, counts, audit] = await Promise.all([
    store.problems.scores(),
    store.problems.spread({ sites: [site.id] }),
    store.items.counts(),
    store.problems.of('site', [site.id]),
  ]);
  const own = scores.filter(one => one.site === site.id).map(({ score }) => ({ ...score, unknown: 0 }));
  const found = await Promise.all(
    spread.flatMap(({ rule, subjects }) => {
      const resolved = byId.get(rule);
      return resolved ? [foundRule(store, site, whole, { resolved, subjects })] : [];
    }),
  );
  const outcomes = await outcomesOf(store, site, audit.get(site.id));
  const unmet = new Set(spread.map(({ rule }) => rule));
  const pick = (ids: ReadonlySet<string>) =>
    inForce.filter(({ rule }) => ids.has(rule.id) && !unmet.has(rule.id));
  return {
    site,
    at,
    items: counts.get(site.id) ?? 0,
    score: combineScores(own),
    well: pick(outcomes.met),
    found: found.sort(byWorth),
    unknown: pick(outcomes.unknown).filter(({ rule }) => !outcomes.met.has(rule.id)),
    politeness: await politenessOf(store, federation, site, at),
  };
}

/** A must before a should; within these, what holds items back before what only counts, then the most frequent. */
function byWorth(a: FoundRule, b: FoundRule): number {
  const weight = ({ resolved: { severity, consequence } }: FoundRule) =>
    (severity === 'must' ? 0 : 2) + (consequence === 'score' ? 1 : 0);
  return weight(a) - weight(b) || b.subjects - a.subjects;
}

async function foundRule(
  store: Store,
  site: Site,
  whole: boolean,
  { resolved, subjects }: Omit<FoundRule, 'examples'>,
): Promise<FoundRule> {
  const problems = await store.problems.page({
    filter: { sites: [site.id], rules: [resolved.rule.id] },
    first: EXAMPLES,
  });
  const ids = problems.filter(({ subject }) => subject === 'item').map(({ id }) => id);
  const items = new Map((await store.items.byIds(ids)).map(item => [item.id, item]));
  const examples = problems.flatMap(problem => {
    const item = items.get(problem.id);
    const out = problem.subject !== 'item' || item?.visibility === 'RELEASED';
    return whole || out ? [{ ...problem, ...(item && { link: item.link, title: item.title }) }] : [];
  });
  return { resolved, subjects, examples };
}

/** What the site's audit and its newest items say of the rules that nothing speaks against. */
async function outcomesOf(
  store: Store,
  site: Site,
  audit: { readonly met: readonly string[]; readonly unknown: readonly string[] } | undefined,
) {
  const newest = await store.items.page({ filter: { sites: [site.id] }, order: 'PUBLISHED', first: 50 });
  const judged = [
    ...(
      await store.problems.of(
        'item',
        newest.map(({ id }) => id),
      )
    ).values(),
  ];
  const all = audit ? [...judged, audit] : judged;
  return {
    met: new Set(all.flatMap(({ met }) => met)),
    unknown: new Set(all.flatMap(({ unknown }) => unknown)),
  };
}

async function politenessOf(
  store: Store,
  { sources }: Federation,
  site: Site,
  at: Instant,
): Promise<Politeness> {
  const names = [...sources.filter(one => one.site === site.id).map(({ name }) => name), `${site.id}/audit`];
  const tally = await store.requests.tally(names, at - DAYS * 24 * 60 * 60_000);
  const sum = (of: (row: RequestTally) => number, where: (outcome: string) => boolean = () => true) =>
    tally.filter(({ outcome }) => where(outcome)).reduce((total, row) => total + of(row), 0);
  const requests = ({ requests: count }: RequestTally) => count;
  return {
    days: DAYS,
    requests: sum(requests, outcome => outcome !== 'ROBOTS_REFUSED'),
    notModified: sum(({ notModified }) => notModified),
    bytes: sum(({ bytes }) => bytes),
    robotsRefused: sum(requests, outcome => outcome === 'ROBOTS_REFUSED'),
    slowedDown: sum(requests, outcome => outcome === '429' || outcome === '503'),
    failed: sum(requests, outcome => !/^[23]\d\d$/.test(outcome) && outcome !== 'ROBOTS_REFUSED'),
  };
}
