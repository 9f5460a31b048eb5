import type { Instant } from '../../schemas/instant.ts';
import type { FoundProblem } from '../../schemas/rules/judged.ts';
import type { Consequence, Severity } from '../../schemas/rules/words.ts';

export type { FoundProblem } from '../../schemas/rules/judged.ts';

/** What was judged. `id`: the item's id, the source's name, the site's id, `gateway`. */
export const JUDGED = ['item', 'source', 'site', 'gateway'] as const;
export type JudgedKind = (typeof JUDGED)[number];

/** One subject, judged by one pack. */
export interface Judgement {
  readonly subject: JudgedKind;
  readonly id: string;
  readonly site: string;
  /** For items and sources. */
  readonly source?: string;
  readonly at: Instant;
  /** Fingerprint of the rules that were in force. */
  readonly pack: string;
  /** Weights, as schemas/score.ts adds them up. */
  readonly score: { readonly met: number; readonly known: number; readonly weight: number };
  /** Ids of the rules by outcome; those not named do not apply. */
  readonly met: readonly string[];
  readonly unknown: readonly string[];
  readonly problems: readonly FoundProblem[];
}

/** A problem as it is listed. */
export interface StoredProblem extends FoundProblem {
  /** Grows; lists are newest first by this. */
  readonly n: number;
  readonly subject: JudgedKind;
  readonly id: string;
  readonly site: string;
  readonly source?: string;
  /** When this rule was first not met at this place. */
  readonly firstSeen: Instant;
}

/** OR within a list, AND between fields; an empty or absent list selects all. */
export interface ProblemFilter {
  readonly sites?: readonly string[];
  readonly sources?: readonly string[];
  readonly subjects?: readonly JudgedKind[];
  readonly ids?: readonly string[];
  readonly rules?: readonly string[];
  readonly severities?: readonly Severity[];
  readonly consequences?: readonly Consequence[];
}

export interface ProblemReader {
  /** Newest first. */
  page(query: {
    readonly filter: ProblemFilter;
    readonly first: number;
    readonly after?: number;
  }): Promise<readonly StoredProblem[]>;
  /** Judgements with their problems' stored form, by id; what was never judged is left out. */
  of(
    subject: JudgedKind,
    ids: readonly string[],
  ): Promise<
    ReadonlyMap<string, Omit<Judgement, 'problems'> & { readonly problems: readonly StoredProblem[] }>
  >;
  /** Weights added up, per site and kind of subject. */
  scores(): Promise<
    readonly {
      readonly site: string;
      readonly subject: JudgedKind;
      readonly source?: string;
      readonly subjects: number;
      readonly score: Judgement['score'];
    }[]
  >;
  /** How many subjects of a site each rule finds wanting, the most first. */
  spread(
    filter: ProblemFilter,
  ): Promise<readonly { readonly rule: string; readonly severity: Severity; readonly subjects: number }[]>;
  /** Not withdrawn items of a site that these rules have not judged, the newest first. */
  unjudged(site: string, pack: string, limit: number): Promise<readonly string[]>;
}

export interface ProblemWriter {
  /** Replaces what was said of each subject; a problem of the same rule at the same place keeps its first sight. */
  save(judgements: readonly Judgement[]): Promise<void>;
  forget(subject: JudgedKind, ids: readonly string[]): Promise<void>;
}
