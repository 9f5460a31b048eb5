import type { Problem, Verdict } from '../../schemas/rules/apply-rule.ts';
import type { Need } from '../../schemas/rules/facts.ts';
import type { Consequence, Severity } from '../../schemas/rules/words.ts';
import type { Bilingual } from '../../schemas/text.ts';

/** Where a problem stands. */
export interface Place {
  /** As the rule names it: `entries[3].published`, `homepage.lang`. */
  readonly path: string;
  /** Address of the document. */
  readonly document?: string;
  readonly line?: number;
  readonly column?: number;
  /** Which entry of the feed, from 1. */
  readonly entry?: number;
  /** Address of the item. */
  readonly link?: string;
}

/** The same problem, however often: its first places and its count. */
export interface Folded {
  readonly rule: string;
  readonly severity: Severity;
  readonly consequence: Consequence;
  readonly message: Bilingual;
  readonly count: number;
  readonly places: readonly Place[];
}

/** What became of one rule over all it was asked about. */
export interface Outcome {
  readonly rule: string;
  readonly outcome: Verdict['outcome'];
  readonly missing: readonly Need[];
  /** Subjects that meet it, don't, or could not be told. */
  readonly met: number;
  readonly unmet: number;
  readonly unknown: number;
}

/** Places told of one problem; the rest is counted. */
export const MOST_PLACES = 5;
/** Wordings of one rule's problems that are told apart. */
const MOST_WORDINGS = 8;

interface Counted {
  folded: Folded;
  count: number;
  readonly places: Place[];
}

/** Gathers verdicts; folds as it goes, so that ten thousand of a kind cost five places and a number. */
export class Folder {
  readonly #problems = new Map<string, Counted>();
  readonly #wordings = new Map<string, number>();
  readonly #outcomes = new Map<
    string,
    { met: number; unmet: number; unknown: number; missing: readonly Need[] }
  >();
  #left = 0;

  add(verdict: Verdict, placeOf: (problem: Problem) => Omit<Place, 'path'>): void {
    const counts = this.#outcomes.get(verdict.rule) ?? { met: 0, unmet: 0, unknown: 0, missing: [] };
    if (verdict.outcome !== 'not-applicable') counts[verdict.outcome] += 1;
    // Where most was at hand, least was missing: that is why it could not be told.
    if (
      verdict.missing.length > 0 &&
      (counts.missing.length === 0 || verdict.missing.length < counts.missing.length)
    )
      counts.missing = verdict.missing;
    this.#outcomes.set(verdict.rule, counts);
    for (const problem of verdict.problems) this.#count(verdict.rule, problem, placeOf);
  }

  /** Subjects that nobody judged. */
  leftOut(count: number): void {
    this.#left += count;
  }

  finish(): { folded: Folded[]; outcomes: Outcome[]; left: number } {
    return {
      folded: [...this.#problems.values()].map(({ folded, count, places }) => ({ ...folded, count, places })),
      outcomes: [...this.#outcomes].map(([rule, counts]) => ({
        rule,
        outcome: outcomeOf(counts),
        ...counts,
      })),
      left: this.#left,
    };
  }

  #count(rule: string, problem: Problem, placeOf: (problem: Problem) => Omit<Place, 'path'>): void {
    const known = this.#problems.get(this.#key(rule, problem));
    // A rule that caps its own findings says in the last one how many that one stands for.
    const stands = typeof problem.data?.folded === 'number' ? problem.data.folded : 1;
    if (known) {
      known.count += stands;
      if (known.places.length < MOST_PLACES) known.places.push({ path: problem.path, ...placeOf(problem) });
      return;
    }
    const { severity, consequence, message, path } = problem;
    const places = [{ path, ...placeOf(problem) }];
    const folded = { rule, severity, consequence, message, count: stands, places };
    this.#problems.set(this.#key(rule, problem), { folded, count: stands, places });
  }

  /** Numbers and hosts in a sentence make no other problem of it; nor does one wording too many. */
  #key(rule: string, { severity, message, path }: Problem): string {
    const kind = kindOf(path);
    const words = message.vi.replace(/\d+/g, '#').slice(0, 200);
    const key = `${rule} ${severity} ${kind} ${words}`;
    if (this.#problems.has(key)) return key;
    const wordings = this.#wordings.get(rule) ?? 0;
    if (wordings >= MOST_WORDINGS) return `${rule} ${severity}`;
    this.#wordings.set(rule, wordings + 1);
    return key;
  }
}

/** The same fault on the home page and on others is one; so it is in whichever entry. */
function kindOf(path: string): string {
  return path.replace(/^(?:homepage|pages\[\d+\])/, 'page').replace(/\[\d+\]/g, '[]');
}

function outcomeOf({
  met,
  unmet,
  unknown,
}: {
  met: number;
  unmet: number;
  unknown: number;
}): Verdict['outcome'] {
  if (unmet > 0) return 'unmet';
  if (met > 0) return 'met';
  return unknown > 0 ? 'unknown' : 'not-applicable';
}

/** Several judgements as one: the feeds and the pages of a site. */
export function joinFolded(all: readonly (readonly Folded[])[]): Folded[] {
  const joined = new Map<string, Folded>();
  for (const folded of all.flat()) {
    const key = `${folded.rule} ${folded.severity} ${folded.message.vi.replace(/\d+/g, '#')} ${kindOf(folded.places[0]?.path ?? '')}`;
    const known = joined.get(key);
    joined.set(
      key,
      known
        ? {
            ...known,
            count: known.count + folded.count,
            places: [...known.places, ...folded.places].slice(0, MOST_PLACES),
          }
        : folded,
    );
  }
  return [...joined.values()];
}

export function joinOutcomes(all: readonly (readonly Outcome[])[]): Outcome[] {
  const joined = new Map<string, Outcome>();
  for (const one of all.flat()) {
    const known = joined.get(one.rule);
    if (!known) {
      joined.set(one.rule, one);
      continue;
    }
    const counts = {
      met: known.met + one.met,
      unmet: known.unmet + one.unmet,
      unknown: known.unknown + one.unknown,
    };
    const missing = known.missing.length > 0 ? known.missing : one.missing;
    joined.set(one.rule, { rule: one.rule, outcome: outcomeOf(counts), missing, ...counts });
  }
  return [...joined.values()];
}
