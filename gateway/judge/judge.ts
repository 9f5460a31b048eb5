import type { Instant } from '../../schemas/instant.ts';
import type { Draft } from '../../schemas/item.ts';

/** What judging says of a draft's way out. Consequences of rules join here. */
export interface Verdict {
  readonly visibility: 'RELEASED' | 'HELD' | 'WITHDRAWN';
  readonly reason?: string;
  /** For HELD that ends by time. Absent: a person decides. */
  readonly releaseAt?: Instant;
}

/** The publisher's own word comes before any rule: withheld waits for the publisher, canceled is taken back. */
export function judge(draft: Draft): Verdict {
  if (draft.pubStatus === 'canceled') return { visibility: 'WITHDRAWN', reason: 'withdrawn' };
  if (draft.pubStatus === 'withheld') return { visibility: 'HELD', reason: 'withheld' };
  return { visibility: 'RELEASED' };
}
