import type { Subscription } from '../store/deliveries.ts';

const SECOND = 1_000;
const HOUR = 60 * 60 * SECOND;
const FIRST = SECOND;
/** A receiver can't make itself wait for longer than the removal of an article may take by much. */
const LONGEST = HOUR;

export interface Failing {
  readonly failures: number;
  readonly failingSince: number;
  /** Absent: given up. */
  readonly next?: number;
}

/**
 * After a failure: 1 s, 2 s, 4 s … an hour, each ± 20 % so that many who failed together don't come back together.
 * Given up when it has failed without a break for `giveUpAfter`. `Retry-After` counts where it asks for more.
 */
export function afterFailure(
  { failures, failingSince }: Pick<Subscription, 'failures' | 'failingSince'>,
  {
    now,
    giveUpAfter,
    retryAfter = 0,
    random = Math.random,
  }: {
    readonly now: number;
    readonly giveUpAfter: number;
    readonly retryAfter?: number;
    readonly random?: () => number;
  },
): Failing {
  const since = failingSince ?? now;
  const usual = Math.min(FIRST * 2 ** Math.min(failures, 30), LONGEST) * (0.8 + random() * 0.4);
  const wait = Math.min(Math.max(usual, retryAfter), LONGEST * 1.2);
  const state = { failures: failures + 1, failingSince: since };
  return now - since >= giveUpAfter ? state : { ...state, next: Math.round(now + wait) };
}
