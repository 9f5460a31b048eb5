import type { RuleException } from '../republication.ts';
import type { Bilingual } from '../text.ts';
import { asWritten, type ResolvedRule } from './apply-rule.ts';
import type { Clause, ParameterValue, Rule } from './rule.ts';
import type { Consequence, Severity } from './words.ts';

/** What a pack or an operator changes of a rule. */
export interface RuleChange {
  readonly enabled?: boolean;
  readonly severity?: Severity;
  readonly consequence?: Consequence;
  readonly clauses?: readonly Clause[];
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
}

/** Which rules, how graded, by which clauses. A rule that is not named is off. */
export interface Pack {
  readonly id: string;
  readonly title: Bilingual;
  /** ISO day of the law it follows. */
  readonly asOf: string;
  readonly rules: Readonly<Record<string, RuleChange>>;
}

/** The rules in force for a site at a moment: pack, then overrides, then the site's exceptions that still hold. */
export function resolveRules(
  {
    pack,
    overrides = {},
    exceptions = [],
  }: {
    readonly pack: Pack;
    readonly overrides?: Readonly<Record<string, RuleChange>>;
    readonly exceptions?: readonly RuleException[];
  },
  rules: readonly Rule[],
  site: string,
  now: number,
): ResolvedRule[] {
  return rules.flatMap(rule => {
    const [packed, changed] = [pack.rules[rule.id], overrides[rule.id]];
    const enabled = changed?.enabled ?? (packed !== undefined && packed.enabled !== false);
    if (!enabled) return [];
    const exception = exceptions.find(
      ({ rule: id, site: of, until }) => id === rule.id && of === site && until > now,
    );
    const regraded = [packed, changed].reduce(regrade, asWritten(rule));
    return exception ? [{ ...regraded, exception }] : [regraded];
  });
}

function regrade(rule: ResolvedRule, change: RuleChange | undefined): ResolvedRule {
  if (change === undefined) return rule;
  const { severity, consequence, clauses, parameters } = change;
  return {
    ...rule,
    severity: severity ?? rule.severity,
    consequence: consequence ?? rule.consequence,
    regraded: {
      severity: rule.regraded.severity || severity !== undefined,
      consequence: rule.regraded.consequence || consequence !== undefined,
    },
    clauses: clauses ?? rule.clauses,
    parameters: { ...rule.parameters, ...parameters },
  };
}
