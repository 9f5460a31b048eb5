import type { Instant } from '../instant.ts';
import type { SourceTime } from './republication-facts.ts';

/**
 * From when the delay of a press item counts, and why. What it declares counts only where it can be true: not in the future of
 * first sight, not a date alone, not changed since, and not before a complete harvest that did not list the item (a
 * source that labels UTC as +0700 dates everything 7 hours back). Else first sight: the true release is never later.
 * Re-dated later, the latest date counts.
 */
export function sourceReleasedAt(time: SourceTime): { readonly at: Instant; readonly why: string } {
  const { declared, dateOnly, firstSeen, lastAbsent } = time;
  const latest = Math.max(
    firstSeen,
    ...[declared, ...time.declaredBefore].filter(at => at !== undefined && Number.isFinite(at)).map(Number),
  );
  if (declared === undefined || !Number.isFinite(declared)) return { at: latest, why: 'first-seen:no-time' };
  if (dateOnly) return { at: firstSeen, why: 'first-seen:date-only' };
  if (time.declaredBefore.some(before => before !== declared)) return { at: latest, why: 're-dated:latest' };
  if (declared > firstSeen) return { at: firstSeen, why: 'first-seen:future' };
  if (lastAbsent !== undefined && declared < lastAbsent)
    return { at: firstSeen, why: 'first-seen:earlier-than-absent' };
  return { at: declared, why: 'declared' };
}
