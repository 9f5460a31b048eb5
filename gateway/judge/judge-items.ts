import { readDate } from '../../schemas/dates.ts';
import type { Entry } from '../../schemas/entry.ts';
import type { Federation } from '../../schemas/federation.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { PressAgreement, RuleException } from '../../schemas/republication.ts';
import { applyRule, type ResolvedRule, type Verdict } from '../../schemas/rules/apply-rule.ts';
import type { Facts } from '../../schemas/rules/facts.ts';
import type { FoundProblem, Judged } from '../../schemas/rules/judged.ts';
import { mediaOf } from '../../schemas/rules/media-of.ts';
import { resolveRules } from '../../schemas/rules/pack.ts';
import { readRegistry } from '../../schemas/rules/registry.ts';
import type { Rule } from '../../schemas/rules/rule.ts';
import type { ItemSubject, JudgedItem, MediaSubject } from '../../schemas/rules/subject.ts';
import type { Site } from '../../schemas/site.ts';
import type { DateSettings } from '../../schemas/source.ts';

/** What judging needs beside the item; plain, because it goes to a reading thread. */
export interface JudgingContext {
  readonly site: Site;
  readonly guidelines: Federation['guidelines'];
  /** Those recorded while the program runs. */
  readonly exceptions: readonly RuleException[];
  readonly portalHost?: string;
  /** With the site, in force now. */
  readonly agreement?: PressAgreement;
  readonly now: Instant;
  readonly dates?: DateSettings;
}

/** The part of the context that the federation and its records give. */
export function judgingOf(
  { guidelines, sites }: Federation,
  site: Site,
  { exceptions }: { readonly exceptions: readonly RuleException[] },
  now: Instant,
  agreement?: PressAgreement,
): JudgingContext {
  const portal = sites.find(({ kind }) => kind === 'portal');
  return {
    site,
    guidelines,
    exceptions,
    now,
    ...(agreement && { agreement }),
    ...(portal && { portalHost: new URL(portal.homepage).hostname }),
  };
}

export interface ItemToJudge {
  readonly item: JudgedItem;
  /** As the source wrote it; absent when a stored item is judged again. */
  readonly entry?: Entry;
}

/** The same problem over and over is told this often, then counted. */
const MOST_PROBLEMS = 100;

/** Every rule about items and their media, on each. Pure and total; runs where foreign text may take its time. */
export function judgeItems(
  items: readonly ItemToJudge[],
  context: JudgingContext,
  rules: readonly Rule[],
): Judged[] {
  const { guidelines, exceptions, site, now } = context;
  const leaves = [...guidelines.exceptions, ...exceptions];
  const inForce = resolveRules({ ...guidelines, exceptions: leaves }, rules, site.id, now);
  const ofItems = inForce.filter(({ rule }) => rule.scope === 'item');
  const ofMedia = inForce.filter(({ rule }) => rule.scope === 'media');
  const registry = readRegistry(site.registry);
  const shared: Partial<Facts> = {
    now,
    denyList: guidelines.denyList,
    ...(registry && { registry }),
    ...(context.agreement && { agreement: context.agreement }),
    ...(context.portalHost !== undefined && { portalHost: context.portalHost }),
  };
  return items.map(({ item, entry }) => {
    const facts = entry ? { ...shared, entry } : shared;
    const subject: ItemSubject = { site, item };
    const media = mediaOf(subject);
    const verdicts = [
      ...ofItems.map(rule => ({ rule, verdict: applyRule(rule, subject, facts) })),
      ...ofMedia.map(rule => ({ rule, verdict: judgeMedia(rule, media, facts) })),
    ];
    return {
      ...gather(verdicts),
      ...(isDateOnly(entry, context) && { dateOnly: true as const }),
    };
  });
}

/** One verdict over all media of an item: unmet as soon as one is; without media it does not apply. */
function judgeMedia(rule: ResolvedRule, media: readonly MediaSubject[], facts: Partial<Facts>): Verdict {
  const verdicts = media.map(medium => ({ medium, verdict: applyRule(rule, medium, facts) }));
  const problems = verdicts.flatMap(({ medium, verdict }) =>
    verdict.problems.map(problem => ({ ...problem, path: within(medium.medium.at, problem.path) })),
  );
  const outcomes = new Set(verdicts.map(({ verdict }) => verdict.outcome));
  const outcome =
    problems.length > 0
      ? 'unmet'
      : outcomes.has('unknown')
        ? 'unknown'
        : outcomes.has('met')
          ? 'met'
          : 'not-applicable';
  return { rule: rule.rule.id, outcome, problems, missing: [] };
}

function within(at: string, path: string): string {
  return path.startsWith(at) ? path : path === '' ? at : `${at}.${path}`;
}

/** Verdicts of any scope as they are stored: outcomes by rule, problems capped. */
export function gather(
  verdicts: readonly { readonly rule: ResolvedRule; readonly verdict: Verdict }[],
): Judged {
  const named = (outcome: Verdict['outcome']) =>
    verdicts.filter(({ verdict }) => verdict.outcome === outcome).map(({ verdict }) => verdict.rule);
  return {
    met: named('met'),
    unknown: named('unknown'),
    problems: verdicts
      .flatMap(({ verdict }) => verdict.problems.map(problem => toProblem(verdict.rule, problem)))
      .slice(0, MOST_PROBLEMS),
    outcomes: verdicts.map(({ rule, verdict }) => ({ severity: rule.severity, outcome: verdict.outcome })),
  };
}

function toProblem(rule: string, problem: Verdict['problems'][number]): FoundProblem {
  const { path, message, severity, consequence, data } = problem;
  return { rule, path, message, severity, consequence, ...(data && { data }) };
}

function isDateOnly(entry: Entry | undefined, { dates, now }: JudgingContext): boolean {
  if (entry?.published === undefined) return false;
  return readDate(entry.published, { ...dates, now })?.dateOnly === true;
}
