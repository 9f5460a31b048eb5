import type { Completeness } from '../../../schemas/completeness.ts';
import { fromBase64url, toBase64url } from '../../../schemas/cursor.ts';
import { CodedError } from '../../../schemas/errors.ts';
import type { Item } from '../../../schemas/item.ts';
import type { ResolvedRule } from '../../../schemas/rules/apply-rule.ts';
import type { Clause } from '../../../schemas/rules/rule.ts';
import { CONFIDENCES } from '../../../schemas/rules/words.ts';
import { combineScores } from '../../../schemas/score.ts';
import { SITE_KINDS, type Site } from '../../../schemas/site.ts';
import type { Bilingual } from '../../../schemas/text.ts';
import { mayOversee, type Rights } from '../../http/access.ts';
import { rulesInForce } from '../../judge/rules-in-force.ts';
import type { Judgement, ProblemFilter, StoredProblem } from '../../store/problems.ts';
import type { GraphContext } from '../context.ts';
import { fromEnum, toEnum } from '../enum-names.ts';
import { requireShort } from '../item-filter.ts';
import { requirePageSize } from '../limits.ts';
import type { Resolvers } from '../subschema.ts';
import { itemsById } from './items.ts';

type Language = { readonly language: 'VI' | 'EN' };
const inLanguage = (text: Bilingual, { language }: Language) => (language === 'EN' ? text.en : text.vi);

export const GUIDELINES_RESOLVERS: Resolvers = {
  Query: {
    rules: rulesOf,
    problems,
    complianceByKind,
    _guidelinesItemsById: itemsById,
    _guidelinesSitesById: sitesById,
  },
  Rule: {
    id: ({ rule }: ResolvedRule) => rule.id,
    number: ({ rule }: ResolvedRule) => rule.number,
    title: ({ rule }: ResolvedRule, args: Language) => inLanguage(rule.title, args),
    scope: ({ rule }: ResolvedRule) => toEnum(rule.scope),
    severity: ({ severity }: ResolvedRule) => toEnum(severity),
    consequence: ({ consequence }: ResolvedRule) => toEnum(consequence),
    remedy: ({ rule }: ResolvedRule, args: Language) => inLanguage(rule.remedy, args),
    caveat: ({ rule }: ResolvedRule, args: Language) => rule.caveat && inLanguage(rule.caveat, args),
  },
  Clause: {
    confidenceText: ({ confidence }: Clause, args: Language) => inLanguage(CONFIDENCES[confidence], args),
    history: ({ history }: Clause) => history === true,
  },
  Problem: {
    rule: ({ rule }: StoredProblem, _args: unknown, context: GraphContext) => ruleById(rule, context),
    ruleId: ({ rule }: StoredProblem) => rule,
    subject: ({ subject }: StoredProblem) => toEnum(subject),
    subjectId: ({ id }: StoredProblem) => id,
    site: ({ subject, site }: StoredProblem) => (subject === 'gateway' ? null : site),
    item: ({ subject, id }: StoredProblem, _args: unknown, { reads }: GraphContext) =>
      subject === 'item' ? reads.item(id) : null,
    message: ({ message }: StoredProblem, args: Language) => inLanguage(message, args),
    severity: ({ severity }: StoredProblem) => toEnum(severity),
    consequence: ({ consequence }: StoredProblem) => toEnum(consequence),
    data: ({ data }: StoredProblem) => (data === undefined ? null : JSON.stringify(data)),
  },
  Item: {
    problems: async (item: Item, _args: unknown, context: GraphContext) =>
      maySeeProblems(context, item.site) ? ((await context.reads.judgement(item.id))?.problems ?? []) : null,
    score: async (item: Item, _args: unknown, context: GraphContext) => {
      const judged = maySeeScores(context, item.site) ? await context.reads.judgement(item.id) : undefined;
      return judged ? scoreOf([judged.score]) : null;
    },
  },
  Site: {
    compliance: (site: Site, _args: unknown, context: GraphContext) => compliance(site, context),
    completeness: (site: Site, _args: unknown, context: GraphContext) => completeness(site, context),
  },
  Completeness: { claimedBy: ({ claimedBy }: Completeness) => toEnum(claimedBy) },
  RuleCount: {
    rule: ({ ruleId }: { ruleId: string }, _args: unknown, context: GraphContext) =>
      ruleById(ruleId, context),
  },
};

function rulesOf(_parent: unknown, _args: unknown, { services }: GraphContext): readonly ResolvedRule[] {
  // Without a site: what holds for all, exceptions aside.
  return rulesInForce(services.federation, services.rules, '', services.now()).rules;
}

function ruleById(id: string, context: GraphContext): ResolvedRule | null {
  return rulesOf(undefined, undefined, context).find(({ rule }) => rule.id === id) ?? null;
}

interface ProblemsArguments {
  readonly filter?: Readonly<Record<string, readonly string[] | null>> | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

async function problems(
  _parent: unknown,
  { filter, first, after }: ProblemsArguments,
  { services, rights, budget, reads }: GraphContext,
) {
  const size = requirePageSize(first);
  budget.spend(size);
  const wanted = toProblemFilter(filter ?? {});
  const sites = visibleSites(wanted.sites ?? [], rights, services.federation.guidelines.public);
  const place = after ? placeOf(after) : undefined;
  const found = await services.store.problems.page({
    filter: sites === 'all' ? wanted : { ...wanted, sites },
    first: size + 1,
    ...(place !== undefined && { after: place }),
  });
  const page = found.slice(0, size);
  const last = page.at(-1);
  // Where the federation opens problems to all, those of an item that isn't out would still tell that there is one.
  const shown = await Promise.all(
    page.map(
      async one =>
        rights.scopes.has('operate') || one.subject !== 'item' || (await reads.item(one.id)) !== null,
    ),
  );
  return {
    nodes: page.filter((_problem, index) => shown[index]),
    pageInfo: { hasNextPage: found.length > size, endCursor: last ? toBase64url(['PROBLEM', last.n]) : null },
  };
}

/** Whose problems who asks may see; throws where it is nobody's. */
function visibleSites(
  asked: readonly string[],
  rights: Rights,
  open: 'none' | 'score' | 'all',
): readonly string[] | 'all' {
  if (rights.scopes.has('operate') || open === 'all') return asked.length > 0 ? asked : 'all';
  const own = [...rights.scopes].flatMap(scope =>
    scope.startsWith('site:') ? [scope.slice('site:'.length)] : [],
  );
  const sites = asked.length > 0 ? asked.filter(site => own.includes(site)) : own;
  if (sites.length > 0) return sites;
  if (!rights.known)
    throw new CodedError(
      'UNAUTHENTICATED',
      'Problems are shown to the operator and to each site with its own key.',
    );
  throw new CodedError('FORBIDDEN', 'This key sees the problems of its own site only.');
}

function toProblemFilter(given: NonNullable<ProblemsArguments['filter']>): ProblemFilter {
  requireShort(given);
  const told = Object.entries(given).filter(([, list]) => list !== null);
  const { items, subjects, severities, consequences, ...rest }: typeof given = Object.fromEntries(told);
  const words = (list: readonly string[] | null | undefined) => (list ?? []).map(fromEnum);
  return {
    ...(rest as ProblemFilter),
    ...(items && { ids: items }),
    ...(subjects && { subjects: words(subjects) as NonNullable<ProblemFilter['subjects']> }),
    ...(severities && { severities: words(severities) as NonNullable<ProblemFilter['severities']> }),
    ...(consequences && { consequences: words(consequences) as NonNullable<ProblemFilter['consequences']> }),
  };
}

function placeOf(cursor: string): number {
  const [kind, n] = fromBase64url(cursor) ?? [];
  if (kind === 'PROBLEM' && typeof n === 'number' && Number.isSafeInteger(n)) return n;
  throw new CodedError('BAD_CURSOR', '`after` must be an endCursor of this list.');
}

function maySeeProblems({ services, rights }: GraphContext, site: string): boolean {
  return services.federation.guidelines.public === 'all' || mayOversee(rights, site);
}

function maySeeScores({ services, rights }: GraphContext, site: string): boolean {
  return services.federation.guidelines.public !== 'none' || mayOversee(rights, site);
}

function sitesById(
  _parent: unknown,
  { ids }: { readonly ids: readonly string[] },
  { services }: GraphContext,
) {
  return ids.map(id => services.federation.sites.find(site => site.id === id) ?? null);
}

async function completeness(site: Site, context: GraphContext) {
  if (!maySeeProblems(context, site.id)) return null;
  return (await context.services.store.records.get('completeness', site.id))?.document.claims ?? [];
}

async function compliance(site: Site, context: GraphContext) {
  if (!maySeeScores(context, site.id)) return null;
  const scores = (await context.reads.scores()).filter(one => one.site === site.id);
  const of = (subject: Judgement['subject']) =>
    scores.filter(one => one.subject === subject).map(({ score }) => score);
  return {
    total: scoreOf(scores.map(({ score }) => score)),
    items: scoreOf(of('item')),
    sources: sourceScores(scores),
    site: scoreOf(of('site')),
    problems: async () => {
      if (!maySeeProblems(context, site.id)) return null;
      const spread = await context.reads.spread(site.id);
      return spread.map(({ rule, subjects }) => ({ ruleId: rule, subjects }));
    },
    history: ({ days }: { readonly days: number }) => context.reads.history(site.id, knownDays(days)),
  };
}

/** As many days as are kept. */
const MOST_DAYS = 400;

function knownDays(days: number): number {
  if (days >= 1 && days <= MOST_DAYS) return days;
  throw new CodedError('BAD_INPUT', `\`days\` must be 1 to ${MOST_DAYS}, not ${days}.`, {
    data: { argument: 'days', allowed: [1, MOST_DAYS] },
  });
}

type Added = Awaited<ReturnType<GraphContext['reads']['scores']>>;

function sourceScores(scores: Added) {
  return scores.flatMap(({ subject, source, subjects, score }) =>
    subject === 'item' && source !== undefined ? [{ source, items: subjects, score: scoreOf([score]) }] : [],
  );
}

async function complianceByKind(_parent: unknown, _args: unknown, { services, rights, reads }: GraphContext) {
  const { sites, guidelines } = services.federation;
  if (guidelines.public === 'none' && !rights.scopes.has('operate')) return null;
  const scores = await reads.scores();
  return SITE_KINDS.map(kind => {
    const own = new Set(sites.filter(site => site.kind === kind).map(({ id }) => id));
    const parts = scores.filter(({ site }) => own.has(site)).map(({ score }) => score);
    return { kind, sites: own.size, score: scoreOf(parts) };
  });
}

function scoreOf(parts: readonly Judgement['score'][]) {
  const whole = combineScores(parts.map(part => ({ ...part, unknown: 0 })));
  return { score: whole.score ?? null, unknown: Math.round(whole.unknown * 1000) / 1000 };
}
