import type { Instant } from './instant.ts';

/** The kinds of acts that the ledger knows; the list only grows. */
export const LEDGER_TYPES = [
  'ledger.opened',
  'segment.closed',
  'site.checked',
  'item.fetched',
  'item.held',
  'item.released',
  'item.trimmed',
  'item.corrected',
  'item.hidden',
  'item.removed',
  'item.restored',
  'source.missing',
  'source.seen',
  'source.removed',
  'withdrawal.asked',
  'takedown.started',
  'takedown.done',
  'order.received',
  'order.blocked',
  'evidence.sealed',
  'evidence.opened',
  'evidence.destroyed',
  'purge.ack',
  'subscriber.ack',
  'complaint.received',
  'complaint.answered',
  'agreement.recorded',
  'agreement.ended',
  'exception.granted',
  'exception.ended',
  'source.paused',
  'config.changed',
  'root.signed',
  'backup.made',
  'store.restored',
  'store.copied',
  'restore.tested',
] as const;
export type LedgerType = (typeof LEDGER_TYPES)[number];

/**
 * One act to be written down. `details` is small plain JSON: hashes, times, reasons, references; never an item's text,
 * never personal data beyond what the act itself needs.
 */
export interface LedgerEvent {
  readonly type: LedgerType;
  /** Who did it: `gateway`, `publisher`, `operator`, a key's id, `authority`. */
  readonly actor: string;
  readonly item?: string;
  readonly site?: string;
  readonly details?: Readonly<Record<string, LedgerValue>>;
}
export type LedgerValue =
  | string
  | number
  | boolean
  | null
  | readonly LedgerValue[]
  | { readonly [name: string]: LedgerValue };

/** What the hash is over: the event with its time, RFC 3339 with +07:00 beside the instant. */
export interface LedgerText extends LedgerEvent {
  readonly at: Instant;
}
