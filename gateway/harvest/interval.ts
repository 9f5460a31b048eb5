import type { Instant } from '../../schemas/instant.ts';

export interface History {
  readonly every: { readonly min: number; readonly max: number };
  /** Wait before this harvest, in milliseconds. */
  readonly interval: number;
  /** Did this harvest bring something new or changed? */
  readonly changed: boolean;
  /** Failures in a row, this one included; 0 after a success. */
  readonly failures: number;
  /** Milliseconds between the newest items' times of publication. */
  readonly publishedGaps?: readonly number[];
  /** What the source asks for: RSS `ttl`, `sy:updatePeriod`. */
  readonly wait?: number;
  /** What its answer's `max-age` says. */
  readonly maxAge?: number;
  /** What its host demands: Retry-After, 429, 503, robots.txt, an open circuit. */
  readonly retryAfter?: number;
  readonly now: Instant;
  /** From 0 up to 1. */
  readonly random: number;
}

const HOUR = 60 * 60 * 1000;
/** How far failing may stretch the wait. */
const BACK_OFF = { times: 8, longest: 6 * HOUR } as const;
const GROWTH = 1.5;
const JITTER = 0.1;
/** One burst (an import, a re-publication) shortens the interval no further than to this part of it. */
const STEEPEST = 4;
/** Gaps too few to tell a habit. */
const FEW = 3;

/**
 * When to harvest next, and the interval to remember. The interval shrinks when something came and grows when
 * nothing did, between the operator's floor and ceiling; what the source asks for (`ttl`, `max-age`) is where it
 * grows to at once, but never above the ceiling, and change beats it. Failing stretches the wait, not the interval.
 * What the host demands is always kept, ceiling or not.
 */
export function nextHarvest(history: History): { next: Instant; interval: number } {
  const { every, failures, retryAfter = 0, now, random } = history;
  const interval = failures > 0 ? within(every, history.interval) : adapted(history);
  const wait = failures > 0 ? backOff(interval, failures, every) : interval;
  // Downwards, because `every` is the longest wait; never under the floor.
  const jittered = Math.max(wait * (1 - JITTER * random), every.min);
  const demanded = retryAfter > 0 ? retryAfter * (1 + JITTER * random) : 0;
  return { next: now + Math.ceil(Math.max(jittered, demanded)), interval };
}

function adapted({ every, interval, changed, publishedGaps = [], wait = 0, maxAge = 0 }: History): number {
  const before = within(every, interval);
  if (!changed) return within(every, Math.max(before * GROWTH, wait, maxAge));
  // Half the usual gap meets an item, on average, a quarter of a gap late.
  const usual = publishedGaps.length >= FEW ? median(publishedGaps) / 2 : before / 2;
  return within(every, Math.min(Math.max(usual, before / STEEPEST), before));
}

function backOff(interval: number, failures: number, { max }: History['every']): number {
  const longest = Math.max(Math.min(max * BACK_OFF.times, BACK_OFF.longest), max);
  return Math.min(interval * 2 ** Math.min(failures - 1, 30), longest);
}

function within({ min, max }: History['every'], wait: number): number {
  return Math.round(Math.min(Math.max(Number.isFinite(wait) ? wait : max, min), max));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
