import type { Instant } from '../../schemas/instant.ts';
import type { LedgerEvent } from '../../schemas/ledger.ts';

/** One act, as it stands in the chain. */
export interface LedgerRow {
  /** 1, 2, 3 … without a gap, over all segments. */
  readonly seq: number;
  /** Whole segments are closed and, after their time, removed; rows never. */
  readonly segment: number;
  readonly at: Instant;
  /** Exactly the bytes that were hashed: canonical JSON (RFC 8785) of the event with its time. */
  readonly text: string;
  /** Hex SHA-256 of the row before; of the first row of a ledger, 64 zeros. */
  readonly previous: string;
  /** Hex SHA-256 over `previous`, a line feed, `seq`, a line feed, and `text`. */
  readonly hash: string;
}

export interface LedgerReader {
  /** Rows with a number above `after`, in order. */
  since(after: number, limit: number): Promise<readonly LedgerRow[]>;
  /** The newest row; undefined in an empty ledger. */
  head(): Promise<LedgerRow | undefined>;
  /** Number of the last row ever written, kept apart from the rows: above `head` where the tail was cut. */
  written(): Promise<number>;
  /** The newest row before that moment; undefined when there is none. */
  lastBefore(at: Instant): Promise<LedgerRow | undefined>;
  /** All rows that name the item, in order. */
  ofItem(item: string, limit: number): Promise<readonly LedgerRow[]>;
  /** Rows of these types in a span of time, in order of `seq`. */
  ofTypes(query: {
    readonly types: readonly LedgerEvent['type'][];
    readonly from: Instant;
    readonly to: Instant;
    readonly after: number;
    readonly limit: number;
  }): Promise<readonly LedgerRow[]>;
}

/** What `segment.closed` tells, so that the first row kept can be verified without the rows before it. */
export interface RemovedRows {
  readonly rows: number;
  readonly from: number;
  readonly to: number;
  /** Hash of row `to`. */
  readonly head: string;
}

export interface LedgerWriter {
  /** Kept until commit, then numbered and chained together, before the change rows. */
  append(...events: readonly LedgerEvent[]): void;
  /**
   * Removes all closed segments before this one, and appends `segment.closed`, which keeps their last number and hash: the
   * chain goes on from there. Undefined when there are none. Rejects with FORBIDDEN where the role may not.
   */
  removeBefore(segment: number, event: Omit<LedgerEvent, 'type'>): Promise<RemovedRows | undefined>;
}
