import type { ResolvedRule } from '../../schemas/rules/apply-rule.ts';
import type { FoundProblem, Judged } from '../../schemas/rules/judged.ts';
import type { StoredJudgement } from '../store/judgements.ts';

/**
 * A stored item is judged again without the entry it came as, which nobody keeps. What rules that look at the entry said
 * of it then still holds, graded as they are graded now.
 */
export function carryOver(
  judged: Judged,
  before: StoredJudgement | undefined,
  rules: readonly ResolvedRule[],
): Judged {
  if (!before) return judged;
  const asked = rules.filter(({ rule }) => [...rule.needs, ...rule.uses].includes('entry'));
  const byId = new Map(asked.map(one => [one.rule.id, one]));
  const judgedBefore = new Set([
    ...before.met,
    ...before.unknown,
    ...before.problems.map(({ rule }) => rule),
  ]);
  const old = (rule: string) => byId.has(rule) && judgedBefore.has(rule);
  const fresh = (rule: string) => !old(rule);
  const problems = [
    ...judged.problems.filter(({ rule }) => fresh(rule)),
    ...before.problems
      .filter(({ rule }) => old(rule))
      .map(problem => regraded(problem, byId.get(problem.rule))),
  ];
  const met = [...judged.met.filter(fresh), ...before.met.filter(old)];
  const unknown = [...judged.unknown.filter(fresh), ...before.unknown.filter(old)];
  return { ...judged, met, unknown, problems, outcomes: outcomesOf(met, unknown, problems, rules) };
}

function regraded(problem: FoundProblem, resolved: ResolvedRule | undefined): FoundProblem {
  const { rule, path, message, data } = problem;
  const kept = { rule, path, message, ...(data && { data }) };
  if (!resolved) return { ...kept, severity: problem.severity, consequence: problem.consequence };
  const { severity, consequence, regraded: by, exception } = resolved;
  return {
    ...kept,
    severity: by.severity ? severity : problem.severity,
    consequence: exception ? 'score' : by.consequence ? consequence : problem.consequence,
  };
}

function outcomesOf(
  met: readonly string[],
  unknown: readonly string[],
  problems: readonly FoundProblem[],
  rules: readonly ResolvedRule[],
): Judged['outcomes'] {
  const severities = new Map(rules.map(({ rule, severity }) => [rule.id, severity]));
  const told = (ids: Iterable<string>, outcome: 'met' | 'unknown' | 'unmet') =>
    [...ids].flatMap(id => {
      const severity = severities.get(id);
      return severity ? [{ severity, outcome }] : [];
    });
  return [
    ...told(met, 'met'),
    ...told(unknown, 'unknown'),
    ...told(new Set(problems.map(({ rule }) => rule)), 'unmet'),
  ];
}
