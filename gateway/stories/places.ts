import type { Instant } from '../../schemas/instant.ts';
import type { SiteKind } from '../../schemas/site.ts';
import type { Probe } from '../store/stories.ts';

/** Milliseconds between two publications beyond which they are not the same news, whatever their words. */
export const APART = 60 * 24 * 60 * 60_000;
/** Buckets are of one such stretch of time, so that what comes in now touches the same small part of the index. */
const STRETCH = 2 * APART;
const BUCKETS = 2 ** 32;
/** Year 9999: a date beyond would leave the whole numbers. */
const LAST = 253_402_300_800_000;

/** Where an item with this sketch lies. Papers lie apart: what hundreds of units post again must not cover them. */
export function placesOf(buckets: readonly number[], at: Instant, kind: SiteKind): number[] {
  return buckets.map(bucket => placeIn(bucket, stretchOf(at), kind === 'press'));
}

/** Where to look for what is like it: before and after, among papers and, unless only they are wanted, all others. */
export function probesOf(buckets: readonly number[], at: Instant, papersOnly: boolean): Probe[] {
  const moments = [at - APART, at, at + APART].map(stretchOf);
  const back = [...new Set([moments[1] ?? 0, moments[0] ?? 0])];
  const forth = [...new Set([moments[1] ?? 0, moments[2] ?? 0])];
  return buckets.flatMap(bucket =>
    (papersOnly ? [true] : [true, false]).flatMap(press => [
      ...back.map(stretch => ({ place: placeIn(bucket, stretch, press), at, back: true })),
      ...forth.map(stretch => ({ place: placeIn(bucket, stretch, press), at, back: false })),
    ]),
  );
}

function stretchOf(at: Instant): number {
  return Math.floor(Math.min(Math.max(at, 0), LAST) / STRETCH);
}

function placeIn(bucket: number, stretch: number, press: boolean): number {
  return (stretch * 2 + (press ? 1 : 0)) * BUCKETS + (bucket % BUCKETS);
}
