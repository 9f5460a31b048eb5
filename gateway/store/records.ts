import type { Instant } from '../../schemas/instant.ts';
import type { RecordKind, Records } from '../../schemas/records.ts';

/** A small thing the gateway keeps about its own work: an agreement, an order, a complaint, a sight of an item's page. */
export interface Kept<K extends RecordKind = RecordKind> {
  readonly kind: K;
  /** Unique within its kind. */
  readonly id: string;
  readonly site?: string;
  readonly item?: string;
  /** One word of its kind's own: `open`, `decided`. */
  readonly state?: string;
  /** When it came to be; lists are newest first by this. */
  readonly at: Instant;
  /** When somebody has to look at it next. */
  readonly due?: Instant;
  readonly document: Records[K];
}

export interface RecordFilter {
  readonly site?: string;
  readonly item?: string;
  readonly states?: readonly string[];
}

/** A place in a list: the (at, id) of the last record of the page before. */
export interface RecordPlace {
  readonly at: Instant;
  readonly id: string;
}

export interface RecordReader {
  get<K extends RecordKind>(kind: K, id: string): Promise<Kept<K> | undefined>;
  /** In no order; an unknown id is left out. */
  byIds<K extends RecordKind>(kind: K, ids: readonly string[]): Promise<readonly Kept<K>[]>;
  /** Newest first. */
  find<K extends RecordKind>(
    kind: K,
    query: RecordFilter & { readonly first: number; readonly after?: RecordPlace },
  ): Promise<readonly Kept<K>[]>;
  /** What is due at that moment, the longest waiting first. */
  due<K extends RecordKind>(kind: K, at: Instant, limit: number): Promise<readonly Kept<K>[]>;
  count(kind: RecordKind, filter: RecordFilter): Promise<number>;
}

/** Reads here lock what they return until the transaction ends. */
export interface RecordWriter {
  get<K extends RecordKind>(kind: K, id: string): Promise<Kept<K> | undefined>;
  /** Inserts, or replaces whole. */
  put(...records: readonly Kept[]): Promise<void>;
  /** Inserts; false when the id is taken, and then nothing changed. */
  add(record: Kept): Promise<boolean>;
  /** Which of these ids exist. */
  known(kind: RecordKind, ids: readonly string[]): Promise<readonly string[]>;
  remove(kind: RecordKind, ids: readonly string[]): Promise<number>;
}
