import type { Instant } from './instant.ts';

/** Why an item left view. Only `withdrawn` and `order` erase its content. */
export const TOMBSTONE_REASONS = ['hidden', 'order', 'withdrawn', 'expired', 'merged', 'site-left'] as const;
export type TombstoneReason = (typeof TOMBSTONE_REASONS)[number];

/** What one writing transaction says of one item's publication; the store numbers it at commit. */
export type NewChange =
  | { readonly kind: 'put'; readonly item: string; readonly backfill: boolean }
  | {
      readonly kind: 'tombstone';
      readonly item: string;
      readonly reason: TombstoneReason;
      readonly replacedBy?: string;
    };

/** A row of the change log. Only the latest row of an item is kept. */
export type Change = NewChange & {
  /** Place in the log: growing in commit order, never reused. */
  readonly number: number;
  readonly at: Instant;
  /** Site, kind and topics, so that a tombstone can be placed without its item. */
  readonly site: string;
};
