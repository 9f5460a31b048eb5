import { describe, expect, it } from '@jest/globals';
import { afterFailure } from './back-off.ts';

const DAY = 86_400_000;
const usual = { now: 1_000_000, giveUpAfter: 3 * DAY, random: () => 0.5 };

describe('waiting after a failure', () => {
  it.each([
    [0, 1_000],
    [1, 2_000],
    [5, 32_000],
    [11, 2_048_000],
    [12, 3_600_000],
    [500, 3_600_000],
  ])('after %i failures waits %i ms', (failures, wait) => {
    const { next = 0 } = afterFailure({ failures, failingSince: usual.now - 1 }, usual);
    expect(next - usual.now).toBe(wait);
  });

  it('spreads by a fifth to either side', () => {
    const wait = (random: number) =>
      (afterFailure({ failures: 3 }, { ...usual, random: () => random }).next ?? 0) - usual.now;
    expect([wait(0), wait(1)]).toEqual([6_400, 9_600]);
  });

  it('heeds Retry-After where it asks for more, but nobody can ask for a day', () => {
    const wait = (retryAfter: number) =>
      (afterFailure({ failures: 3 }, { ...usual, retryAfter }).next ?? 0) - usual.now;
    expect([wait(1_000), wait(60_000), wait(DAY)]).toEqual([8_000, 60_000, 4_320_000]);
  });

  it('gives up when it has failed for too long without a break, and counts from the first failure', () => {
    const first = afterFailure({ failures: 0 }, usual);
    expect(first).toMatchObject({ failures: 1, failingSince: usual.now });
    const later = { failures: 9, failingSince: usual.now };
    expect(afterFailure(later, { ...usual, now: usual.now + 3 * DAY - 1 }).next).toBeDefined();
    expect(afterFailure(later, { ...usual, now: usual.now + 3 * DAY }).next).toBeUndefined();
  });
});
