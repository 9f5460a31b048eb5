import type { Change, NewChange } from '../../schemas/change.ts';
import type { Instant } from '../../schemas/instant.ts';

/**
 * The change log, compacted: one row an item, its latest. A row that a later row of the same item supersedes is
 * no longer there, so whoever replays from zero holds exactly what is visible, and from any cursor the difference.
 */
export interface ChangeReader {
  /** Rows with a number above `after`, in order. */
  since(after: number, limit: number): Promise<readonly Change[]>;
  /** `head`: newest number. `pruned`: cursors above 0 and below this one missed tombstones that are gone. */
  bounds(): Promise<{ readonly head: number; readonly pruned: number }>;
  /** Newest tombstones first. */
  tombstones(limit: number): Promise<readonly Change[]>;
  /** The tombstones of these items, for 410 answers. */
  ofItems(ids: readonly string[]): Promise<readonly Change[]>;
  /** The topics each item was ever released under; only grows. Items without one are left out. */
  topicsShown(ids: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
}

export interface ChangeWriter {
  /** Kept until commit, then numbered together by the transaction's last statement. */
  append(changes: readonly NewChange[]): void;
  /** Tombstones older than this go, and the bound moves. */
  prune(before: Instant): Promise<number>;
}
