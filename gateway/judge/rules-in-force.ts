import { hash } from 'node:crypto';
import type { Federation } from '../../schemas/federation.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { PressAgreement, RuleException } from '../../schemas/republication.ts';
import type { ResolvedRule } from '../../schemas/rules/apply-rule.ts';
import { resolveRules } from '../../schemas/rules/pack.ts';
import type { Rule } from '../../schemas/rules/rule.ts';

/** Everything but text that judging a site's items rests on. Plain, but for the rules themselves. */
export interface InForce {
  readonly rules: readonly ResolvedRule[];
  /** Agreement with the site, valid now. */
  readonly agreement?: PressAgreement;
  /** Changes when any of it does: what was judged by another one is judged again. */
  readonly fingerprint: string;
}

/** What a person recorded while the program ran, beside what the federation file says. */
export interface Recorded {
  readonly agreements: readonly PressAgreement[];
  readonly exceptions: readonly RuleException[];
}
export const NOTHING_RECORDED: Recorded = { agreements: [], exceptions: [] };

export function rulesInForce(
  federation: Federation,
  rules: readonly Rule[],
  site: string,
  now: Instant,
  recorded: Recorded = NOTHING_RECORDED,
): InForce {
  const { pack, overrides, exceptions } = federation.guidelines;
  const leaves = [...exceptions, ...recorded.exceptions];
  const resolved = resolveRules({ pack, overrides, exceptions: leaves }, rules, site, now);
  const agreements = [...recorded.agreements, ...federation.republication.agreements];
  const agreement = agreements.find(one => one.site === site && one.from <= now && now <= one.until);
  return {
    rules: resolved,
    ...(agreement && { agreement }),
    fingerprint: fingerprintOf(resolved, agreement, federation),
  };
}

/** Clauses and titles are left out: citing anew judges nothing anew. */
function fingerprintOf(
  resolved: readonly ResolvedRule[],
  agreement: PressAgreement | undefined,
  { republication }: Federation,
): string {
  const graded = resolved.map(({ rule, severity, consequence, parameters, exception }) => [
    rule.id,
    severity,
    consequence,
    parameters,
    exception?.until ?? null,
  ]);
  const { mode, minDelay } = republication.press;
  return hash('sha256', JSON.stringify([graded, agreement ?? null, mode, minDelay]), 'hex').slice(0, 16);
}
