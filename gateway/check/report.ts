import type { Need } from '../../schemas/rules/facts.ts';
import type { Clause } from '../../schemas/rules/rule.ts';
import type { Consequence, Severity } from '../../schemas/rules/words.ts';
import type { Score } from '../../schemas/score.ts';
import type { SiteKind } from '../../schemas/site.ts';
import type { Bilingual } from '../../schemas/text.ts';
import type { Place } from './fold.ts';
import type { FoundSource } from './found-source.ts';

/** What a check says of a site. `GET /check?url=` answers it as JSON, in these names. */
export interface CheckReport {
  /** As it was asked, made whole. */
  readonly url: string;
  readonly homepage: string;
  readonly name: string;
  readonly kind: SiteKind;
  /** `asked`, known to the `federation`, or `guessed` by host and words. */
  readonly kindFrom: 'asked' | 'federation' | 'guessed';
  /** RFC 3339, Hanoi. */
  readonly checkedAt: string;
  readonly milliseconds: number;
  /** Requests the check cost the site. */
  readonly requests: number;
  /** Why nothing, or not all, could be read. */
  readonly failure?: { readonly code: string; readonly message: Bilingual };
  readonly sources: readonly FoundSource[];
  /** `must` before `should`; within these, the most frequent first. */
  readonly problems: readonly ReportedProblem[];
  /** How many occurrences are counted but not listed with their place. */
  readonly folded: number;
  readonly score: Score;
  readonly strictReader: StrictReaderSight | null;
  /** When its https certificate ends: RFC 3339, Hanoi. */
  readonly certificateUntil?: string;
  /** Rules that could not be told, and why; never counted as met or unmet. */
  readonly unknown: readonly UnknownRule[];
  readonly met: readonly NamedRule[];
}

export interface NamedRule {
  readonly rule: string;
  readonly title: Bilingual;
  readonly severity: Severity;
}

export interface UnknownRule extends NamedRule {
  readonly why: Bilingual;
  readonly missing: readonly Need[];
}

export interface ReportedProblem extends NamedRule {
  readonly consequence: Consequence;
  readonly message: Bilingual;
  /** How often in all. */
  readonly count: number;
  /** The first few. */
  readonly places: readonly Place[];
  readonly clauses: readonly (Clause & { readonly confidenceWords: Bilingual })[];
  readonly remedy: Bilingual;
  readonly example?: string;
  readonly caveat?: Bilingual;
}

export interface StrictReaderSight {
  readonly url: string;
  /** What a common strict reader sees, of how many that ours sees. */
  readonly entries: number;
  readonly of: number;
  readonly refusedAt?: string;
  readonly line?: number;
  readonly column?: number;
}
