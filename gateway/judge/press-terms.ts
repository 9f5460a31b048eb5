import type { Federation } from '../../schemas/federation.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Draft, Item } from '../../schemas/item.ts';
import { LEAST_PRESS_DELAY, type PressAgreement, type Republication } from '../../schemas/republication.ts';
import { sourceReleasedAt } from '../../schemas/rules/source-release.ts';

export interface PressContext {
  readonly now: Instant;
  readonly press: Federation['republication']['press'];
  readonly agreement?: PressAgreement;
  /** The last complete harvest, which did not list an item that is new now. */
  readonly lastAbsent?: Instant;
}

/**
 * Terms of a press item, or of a unit's item that re-posts a paper: what may go out, to whom, and from when the delay
 * counts. The delay is never below an hour, whatever is configured (NĐ 147/2024 Điều 28(1)); no override switches it off.
 */
export function pressTerms(
  draft: Draft,
  item: Item | undefined,
  because: Republication['because'],
  context: PressContext,
): Republication {
  // A re-post lies on another's agreement, if on any: the unit's own site can't have one.
  const agreement = because === 'press' ? context.agreement : undefined;
  const { at, why } = sourceRelease(draft, item, context);
  return {
    because,
    mode: agreement?.mode ?? 'headline-link',
    media: agreement?.media ?? false,
    audience: agreement?.audience ?? 'public',
    ...(agreement && { agreement: agreement.id }),
    sourceReleased: at,
    counted: why,
    delay: Math.max(LEAST_PRESS_DELAY, context.press.minDelay, agreement?.delay ?? 0),
  };
}

/** What was once decided stands until the source dates the item anew. */
function sourceRelease(draft: Draft, item: Item | undefined, { now, lastAbsent }: PressContext) {
  const known = item?.republication;
  if (item && known && item.published === draft.published)
    return { at: known.sourceReleased, why: known.counted };
  const reDated = item?.published !== undefined && item.published !== draft.published;
  return sourceReleasedAt({
    ...(draft.published !== undefined && { declared: draft.published }),
    ...(draft.judged?.dateOnly && { dateOnly: true }),
    declaredBefore: reDated ? [item.published] : [],
    firstSeen: item?.firstSeen ?? now,
    ...(!item && lastAbsent !== undefined && { lastAbsent }),
  });
}
