import { hash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import type { Instant } from './instant.ts';
import { toRfc3339 } from './instant.ts';
import type { LedgerEvent } from './ledger.ts';

/** What the first row of a ledger is chained to. */
export const GENESIS = '0'.repeat(64);

/** A row as it is chained. */
export interface Link {
  readonly seq: number;
  readonly segment: number;
  readonly at: Instant;
  readonly text: string;
  readonly previous: string;
  readonly hash: string;
}

/** Hex SHA-256 that a row must have. */
export function linkHash(previous: string, seq: number, text: string): string {
  return hash('sha256', `${previous}\n${seq}\n${text}`, 'hex');
}

/** The next rows of a chain, in the order of the events. Text that is not well-formed is made so: the act counts. */
export function chain(
  head: { readonly seq: number; readonly hash: string },
  events: readonly LedgerEvent[],
  at: Instant,
): Link[] {
  const rows: Link[] = [];
  let { seq, hash: previous } = head;
  for (const event of events) {
    seq += 1;
    const text = canonicalJson({ ...wellFormed(event), at, time: toRfc3339(at) });
    const link = { seq, segment: segmentOf(at), at, text, previous, hash: linkHash(previous, seq, text) };
    rows.push(link);
    previous = link.hash;
  }
  return rows;
}

/** A segment is a month in Hanoi: 202611. */
export function segmentOf(at: Instant): number {
  const [year = '', month = ''] = toRfc3339(at).split('-');
  return Number(`${year}${month}`);
}

function wellFormed(event: LedgerEvent): LedgerEvent {
  return JSON.parse(JSON.stringify(event), (_key, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed() : value,
  ) as LedgerEvent;
}
