import type { SiteKind } from '../site.ts';
import type { Bilingual } from '../text.ts';
import type { Facts, Need } from './facts.ts';
import type { Scope, Subjects } from './subject.ts';
import type { Basis, Confidence, Consequence, Severity } from './words.ts';

/** Where a duty comes from, and how sure we are of it. `history`: no longer in force, kept to explain. */
export interface Clause {
  readonly cite: string;
  readonly basis: Basis;
  readonly confidence: Confidence;
  readonly history?: true;
}

/** One thing found wrong. Never repeats personal data: kind and place, masked. */
export interface Finding {
  /** Where in the subject: `media[0].alt`, `page.canonical`. */
  readonly path: string;
  readonly message: Bilingual;
  readonly data?: Readonly<Record<string, string | number | boolean>>;
  /** Only where a rule is split; else the rule's own. */
  readonly severity?: Severity;
  readonly consequence?: Consequence;
}

/** One named check of a site, a feed, an item, a medium or a republication. */
export interface Rule<
  S extends Scope = Scope,
  N extends Need = Need,
  U extends Need = Need,
  P extends Parameters = Parameters,
> {
  readonly id: string;
  /** Its number in the catalogue of guidelines, 1 to 60. */
  readonly number: number;
  readonly scope: S;
  readonly title: Bilingual;
  readonly severity: Severity;
  readonly consequence: Consequence;
  readonly appliesTo: { readonly kinds: readonly SiteKind[]; readonly gateway: boolean };
  readonly clauses: readonly Clause[];
  readonly remedy: Bilingual;
  /** What meets it, in a line of markup or words that need no language. */
  readonly example?: string;
  /** What of the check is our own measure or can't be known from outside. */
  readonly caveat?: Bilingual;
  readonly parameters: P;
  /** Without any one of these the answer is `unknown`. */
  readonly needs: readonly N[];
  /** Handed over when they are at hand. */
  readonly uses: readonly U[];
  /** Pure and total. No finding means met; `unknown` that it could not be told. */
  check(
    subject: Subjects[S],
    given: Pick<Facts, N> & Partial<Pick<Facts, U>>,
    parameters: Values<P>,
  ): Checked;
}

export type Checked = readonly Finding[] | 'unknown';
export type ParameterValue = number | string | boolean | readonly string[];
export interface Parameter {
  readonly default: ParameterValue;
  readonly about: Bilingual;
  readonly minimum?: number;
}
export type Parameters = Readonly<Record<string, Parameter>>;
export type Values<P extends Parameters> = { readonly [K in keyof P]: Widened<P[K]['default']> };
type Widened<T> = T extends number
  ? number
  : T extends string
    ? string
    : T extends boolean
      ? boolean
      : readonly string[];

/** Lets TypeScript read a rule's needs and parameters from what it says of itself. */
export function defineRule<
  S extends Scope,
  const N extends Need = never,
  const U extends Need = never,
  const P extends Parameters = Record<never, never>,
>(rule: Rule<S, N, U, P>): Rule<S, N, U, P> {
  return rule;
}
