import type { Environment } from '../../config/environment.ts';
import type { Federation } from '../../schemas/federation.ts';
import type { Bilingual } from '../../schemas/text.ts';

export type State = 'ok' | 'warn' | 'fail';

/** One line of the doctor's. */
export interface Finding {
  /** What was looked at: `disk`, `database`, … */
  readonly check: string;
  readonly state: State;
  readonly said: Bilingual;
  /** What to do; with every `warn` and `fail`. */
  readonly remedy?: Bilingual;
}

/** What the checks look at. None of them changes anything that stays. */
export interface Patient {
  readonly environment: Environment;
  /** Absent where the file can't be read: the other checks go on. */
  readonly federation?: Federation;
  readonly now: () => number;
}

export type Check = (patient: Patient) => Promise<readonly Finding[]>;

export function well(check: string, vi: string, en: string): Finding {
  return { check, state: 'ok', said: { vi, en } };
}

/** `said` and `remedy` as [vi, en]. */
export function ill(
  check: string,
  state: 'warn' | 'fail',
  said: readonly [string, string],
  remedy: readonly [string, string],
): Finding {
  return {
    check,
    state,
    said: { vi: said[0], en: said[1] },
    remedy: { vi: remedy[0], en: remedy[1] },
  };
}
