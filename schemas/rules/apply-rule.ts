import type { Facts, Need } from './facts.ts';
import type { Clause, Finding, ParameterValue, Rule } from './rule.ts';
import type { SiteSubject } from './subject.ts';
import type { Consequence, Severity } from './words.ts';

/** A rule as a pack, the operator and an exception leave it. */
export interface ResolvedRule {
  readonly rule: Rule;
  readonly severity: Severity;
  /** Somebody graded it again: it then goes for split findings too. */
  readonly regraded: { readonly severity: boolean; readonly consequence: boolean };
  readonly consequence: Consequence;
  readonly clauses: readonly Clause[];
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** Set while an exception of the site holds: problems are shown with it, without consequence. */
  readonly exception?: { readonly reason: string; readonly author: string; readonly until: number };
}

export interface Verdict {
  readonly rule: string;
  readonly outcome: 'met' | 'unmet' | 'unknown' | 'not-applicable';
  readonly problems: readonly Problem[];
  /** Facts that were missing, when that is why it is unknown. */
  readonly missing: readonly Need[];
}

export interface Problem extends Finding {
  readonly severity: Severity;
  readonly consequence: Consequence;
}

/** Hands the rule exactly what it declares. Total: what is missing or breaks is `unknown`. */
export function applyRule(
  resolved: ResolvedRule,
  subject: Parameters<Rule['check']>[0],
  facts: Partial<Facts>,
): Verdict {
  const { rule, parameters } = resolved;
  const verdict = { rule: rule.id, problems: [], missing: [] };
  if (!appliesTo(rule, subject)) return { ...verdict, outcome: 'not-applicable' };
  const missing = rule.needs.filter(need => facts[need] === undefined);
  if (missing.length > 0) return { ...verdict, outcome: 'unknown', missing };
  const checked = checkSafely(rule, subject, handed(facts, [...rule.needs, ...rule.uses]), parameters);
  if (checked === 'unknown') return { ...verdict, outcome: 'unknown' };
  return {
    ...verdict,
    outcome: checked.length > 0 ? 'unmet' : 'met',
    problems: checked.map(finding => graded(finding, resolved)),
  };
}

export function appliesTo(rule: Rule, { site, gateway = false }: SiteSubject): boolean {
  return gateway ? rule.appliesTo.gateway : rule.appliesTo.kinds.includes(site.kind);
}

function handed(facts: Partial<Facts>, names: readonly Need[]): Partial<Facts> {
  return Object.fromEntries(names.filter(name => facts[name] !== undefined).map(name => [name, facts[name]]));
}

function checkSafely(
  rule: Rule,
  subject: Parameters<Rule['check']>[0],
  given: Partial<Facts>,
  parameters: ResolvedRule['parameters'],
) {
  try {
    // What a rule needs was checked to be there; the type can't say so for a rule not known by name.
    return rule.check(subject, given as Facts, parameters);
  } catch {
    return 'unknown';
  }
}

function graded(finding: Finding, { severity, consequence, regraded, exception }: ResolvedRule): Problem {
  return {
    ...finding,
    severity: regraded.severity ? severity : (finding.severity ?? severity),
    consequence: exception
      ? 'score'
      : regraded.consequence
        ? consequence
        : (finding.consequence ?? consequence),
  };
}

/** The rule with its own grades and defaults, before any pack. */
export function asWritten(rule: Rule): ResolvedRule {
  const { severity, consequence, clauses } = rule;
  const parameters = Object.fromEntries(
    Object.entries(rule.parameters).map(([name, { default: value }]) => [name, value]),
  );
  return {
    rule,
    severity,
    consequence,
    clauses,
    parameters,
    regraded: { severity: false, consequence: false },
  };
}
