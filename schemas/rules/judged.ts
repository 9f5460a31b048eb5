import type { Bilingual } from '../text.ts';
import type { Verdict } from './apply-rule.ts';
import type { Consequence, Severity } from './words.ts';

/** A rule not met, with its place; never repeats personal data. */
export interface FoundProblem {
  readonly rule: string;
  readonly severity: Severity;
  readonly consequence: Consequence;
  /** Where in the subject: `media[0].alt`. */
  readonly path: string;
  readonly message: Bilingual;
  readonly data?: Readonly<Record<string, string | number | boolean>>;
}

/** What the rules say of one subject; plain, so that it passes between threads. */
export interface Judged {
  /** Ids of rules. */
  readonly met: readonly string[];
  readonly unknown: readonly string[];
  readonly problems: readonly FoundProblem[];
  /** What schemas/score.ts adds up. */
  readonly outcomes: readonly { readonly severity: Severity; readonly outcome: Verdict['outcome'] }[];
  /** The item's declared time is a day without an hour. */
  readonly dateOnly?: true;
}
