import { toCoded } from '../../schemas/errors.ts';
import type { Delivery, Subscription } from '../store/deliveries.ts';
import type { CallbackAnswer, CallbackFetch, CallbackRequest } from './callback-fetch.ts';

/** What is said of a request besides how it went. */
export type About = Pick<Delivery, 'subscription' | 'kind' | 'from' | 'number' | 'item' | 'attempt'>;

export interface Attempted {
  /** Its row of the log, still without `next`. */
  readonly row: Delivery;
  readonly answer?: CallbackAnswer;
}

/** One request to a callback, and what the log says of it. Never throws. */
export async function attempt(
  fetch: CallbackFetch,
  request: CallbackRequest,
  about: About,
  now: () => Promise<number>,
): Promise<Attempted> {
  const at = await now();
  const started = performance.now();
  const row = (outcome: string, taken: boolean): Delivery => ({
    ...about,
    at,
    outcome,
    taken,
    bytes: Buffer.byteLength(request.body ?? ''),
    milliseconds: Math.round(performance.now() - started),
  });
  try {
    const answer = await fetch(request);
    return { answer, row: row(String(answer.status), answer.status >= 200 && answer.status <= 299) };
  } catch (thrown) {
    return { row: row(toCoded(thrown).code, false) };
  }
}

/** Milliseconds above which a subscriber that answers counts as slow. */
const SLOW = 2_000;

export function isSlow({ milliseconds }: Pick<Delivery, 'milliseconds'>): boolean {
  return milliseconds > SLOW;
}

/** HTTP 410: the receiver says that it is gone for good. */
export function isGone({ outcome }: Pick<Delivery, 'outcome'>): boolean {
  return outcome === '410';
}

export function nextAttempt({ failures }: Pick<Subscription, 'failures'>): number {
  return failures + 1;
}
