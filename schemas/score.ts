import type { Severity } from './rules/words.ts';

/** How much a rule counts, by how strong its duty is. */
export const WEIGHTS: Readonly<Record<Severity, number>> = { must: 3, should: 1 };

export interface Judged {
  readonly severity: Severity;
  readonly outcome: 'met' | 'unmet' | 'unknown' | 'not-applicable';
}

/** A score and how much of it could be told; both may be added up over items, sources, sites. */
export interface Score {
  /** 0 to 100, whole; undefined where nothing could be told. */
  readonly score?: number;
  /** 0 to 1: weight of what could not be told, of all that applies. */
  readonly unknown: number;
  readonly met: number;
  readonly known: number;
  readonly weight: number;
}

/**
 * score = 100 × Σ weight of rules met ÷ Σ weight of rules met or not met; a `must` weighs 3, a `should` 1.
 * What is unknown neither helps nor harms: its share stands beside the score. What does not apply counts for nothing.
 */
export function scoreOf(judged: readonly Judged[]): Score {
  const weigh = (outcomes: readonly Judged['outcome'][]) =>
    judged
      .filter(({ outcome }) => outcomes.includes(outcome))
      .reduce((sum, { severity }) => sum + WEIGHTS[severity], 0);
  return finished(weigh(['met']), weigh(['met', 'unmet']), weigh(['met', 'unmet', 'unknown']));
}

/** Of a whole: the weights of its parts added up, so that a part of which little is known counts little. */
export function combineScores(parts: readonly Score[]): Score {
  const sum = (of: (part: Score) => number) => parts.reduce((total, part) => total + of(part), 0);
  return finished(
    sum(({ met }) => met),
    sum(({ known }) => known),
    sum(({ weight }) => weight),
  );
}

function finished(met: number, known: number, weight: number): Score {
  const unknown = weight === 0 ? 0 : (weight - known) / weight;
  return { ...(known > 0 && { score: Math.round((100 * met) / known) }), unknown, met, known, weight };
}
