import { randomUUID } from 'node:crypto';
import type { AlarmEvent, AlertChannel } from '../../schemas/alarms.ts';
import type { Federation } from '../../schemas/federation.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Transaction } from '../store/store.ts';
import { isUrgent, quietUntil } from './channels.ts';

/** Events of one night that are told one by one; more are only counted by the console and the digest. */
const MOST_OF_A_NIGHT = 500;

/**
 * What happened goes into the queue of one channel, in the transaction that changes the alarms: one message for all of
 * one look; what may wait through the quiet hours gathers in one that is due at their end.
 */
export async function queue(
  tx: Transaction,
  channel: AlertChannel,
  events: readonly AlarmEvent[],
  federation: Pick<Federation, 'alarms'>,
  now: Instant,
): Promise<void> {
  const end = quietUntil(channel.quiet, now);
  const hushed = end === undefined ? [] : events.filter(event => !isUrgent(federation, event));
  const loud = events.filter(event => !hushed.includes(event));
  if (loud.length > 0)
    await tx.records.put({
      kind: 'notice',
      id: randomUUID(),
      state: 'waiting',
      at: now,
      due: now,
      document: { channel: channel.id, kind: 'alarm', events: loud, tries: 0 },
    });
  if (end !== undefined && hushed.length > 0) await hush(tx, channel.id, hushed, end, now);
}

async function hush(
  tx: Transaction,
  channel: string,
  events: readonly AlarmEvent[],
  end: Instant,
  now: Instant,
): Promise<void> {
  const id = `quiet ${end} ${channel}`;
  const kept = await tx.records.get('notice', id);
  const all = [...(kept?.document.events ?? []), ...events].slice(-MOST_OF_A_NIGHT);
  await tx.records.put({
    kind: 'notice',
    id,
    state: 'waiting',
    at: kept?.at ?? now,
    due: end,
    document: { channel, kind: 'quiet', events: all, tries: 0 },
  });
}
