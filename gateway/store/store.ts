import type { Instant } from '../../schemas/instant.ts';
import type { SealedCopy } from '../../schemas/records.ts';
import type { Evidence } from '../ledger/seal.ts';
import type { ChangeReader, ChangeWriter } from './changes.ts';
import type { DeliveryRoom } from './deliveries.ts';
import type { ItemReader, ItemWriter } from './items.ts';
import type { KeyRoom } from './keys.ts';
import type { LedgerReader, LedgerWriter } from './ledger.ts';
import type { ProblemReader, ProblemWriter } from './problems.ts';
import type { RecordReader, RecordWriter } from './records.ts';
import type { RequestRoom } from './requests.ts';
import type { StoryRoom, StoryWriter } from './stories.ts';
import type { WorkRoom, WorkWriter } from './work.ts';

/**
 * The one contract over two engines. Reading rooms stand on the store; what must happen together happens in
 * `transaction`, whose rooms write. Implemented by `sqlite/` and `postgres/`; one conformance suite per room.
 */
export interface Store {
  readonly engine: 'sqlite' | 'postgres';
  /** Made at first start and after a restore; part of every cursor. */
  readonly epoch: string;
  readonly items: ItemReader;
  readonly changes: ChangeReader;
  readonly work: WorkRoom;
  readonly requests: RequestRoom;
  readonly keys: KeyRoom;
  readonly deliveries: DeliveryRoom;
  readonly records: RecordReader;
  readonly problems: ProblemReader;
  readonly ledger: LedgerReader;
  readonly stories: StoryRoom;
  /** All or nothing. Change rows are numbered in commit order by the transaction's last statement. */
  transaction<T>(act: (tx: Transaction) => Promise<T>): Promise<T>;
  /**
   * Grows with every committed change, and with every story that moved, which is no change: the number of the newest
   * change and how often stories moved, added up. A few microseconds where nothing did. Keys every cached answer.
   */
  revision(): Promise<number>;
  /** The database's clock (SQLite: this machine's). Leases and release minutes are measured by it. */
  now(): Promise<Instant>;
  /** Calls back soon after any process committed a change. Returns the way to stop listening. */
  onChange(listener: () => void): () => void;
  /** Resolves when the store answers; rejects with UNAVAILABLE. Never waits for a harvest. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

/** Makes sealed copies of what is erased; absent: none are kept. */
export interface Sealing {
  readonly seal: (evidence: Evidence) => SealedCopy;
  /** Milliseconds a copy is kept. */
  readonly keep: number;
}

export interface Transaction {
  readonly sealing?: Sealing;
  readonly items: ItemWriter;
  readonly changes: ChangeWriter;
  readonly work: WorkWriter;
  readonly records: RecordWriter;
  readonly problems: ProblemWriter;
  readonly ledger: LedgerWriter;
  readonly stories: StoryWriter;
}
