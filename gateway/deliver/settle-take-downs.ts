import { setImmediate as turn } from 'node:timers/promises';
import type { Instant } from '../../schemas/instant.ts';
import type { ConsumerReceipt } from '../../schemas/records.ts';
import type { Receipt, Subscription } from '../store/deliveries.ts';
import type { Kept, RecordPlace } from '../store/records.ts';
import { isBehind, receiptsOf } from './receipts.ts';
import type { DeliverTools } from './tools.ts';

/** Take-downs read in one go. */
const AT_ONCE = 50;

/**
 * Closes each take-down that every consumer has confirmed, or whose time is over: who confirmed and when goes into
 * its record, and a row for each consumer that confirmed into the ledger.
 */
export async function settleTakeDowns(tools: DeliverTools): Promise<void> {
  const { records, deliveries } = tools.store;
  for (let after: RecordPlace | undefined; ; ) {
    const query = { states: ['running'], first: AT_ONCE, ...(after && { after }) };
    const running = await records.find('takedown', query);
    if (running.length === 0) return;
    const active = (await deliveries.list()).filter(({ state }) => state === 'active');
    for (const takeDown of running) await settle(takeDown, active, tools);
    after = running.at(-1);
  }
}

/** While somebody is behind, which is told by cursors alone, nobody is asked about: an embedded store's thread has deliveries to make. */
async function settle(
  { id, document: { items, dueAt } }: Kept<'takedown'>,
  active: readonly Subscription[],
  tools: DeliverTools,
): Promise<void> {
  await turn();
  const over = (await tools.store.now()) >= dueAt;
  if (!over && (await isBehind(active, items, tools))) return;
  const consumers = await consumersOf(items, tools);
  if (!over && consumers.some(({ receipt }) => receipt === 'waiting')) return;
  await close(id, consumers, tools);
}

/** Each consumer's word on all items together: it has confirmed when it has confirmed the last of them. */
async function consumersOf(
  items: readonly string[],
  tools: DeliverTools,
): Promise<readonly ConsumerReceipt[]> {
  const consumers = new Map<string, ConsumerReceipt>();
  for (const item of items) {
    await turn();
    const found = await receiptsOf(tools, item);
    // Never published, or published again meanwhile: nothing to confirm.
    if (found?.change.kind !== 'tombstone') continue;
    for (const receipt of found.receipts.filter(isExpected)) {
      const known = consumers.get(receipt.subscription);
      consumers.set(receipt.subscription, known ? both(known, receipt) : toConsumer(receipt));
    }
  }
  return [...consumers.values()];
}

/** Who was disabled or ended before it confirmed isn't waited for; if it confirmed, that counts. */
function isExpected({ state, receipt }: Receipt): boolean {
  return receipt === 'confirmed' || (receipt === 'waiting' && state === 'active');
}

function toConsumer({ subscription, receipt, at }: Receipt): ConsumerReceipt {
  return {
    subscription,
    receipt: receipt === 'confirmed' ? 'confirmed' : 'waiting',
    ...(at === undefined ? {} : { at }),
  };
}

function both(known: ConsumerReceipt, next: Receipt): ConsumerReceipt {
  const { subscription } = known;
  if (known.receipt === 'waiting' || next.receipt !== 'confirmed')
    return { subscription, receipt: 'waiting' };
  const at: Instant = Math.max(known.at ?? 0, next.at ?? 0);
  return { subscription, receipt: 'confirmed', at };
}

async function close(
  id: string,
  consumers: readonly ConsumerReceipt[],
  { store }: DeliverTools,
): Promise<void> {
  await store.transaction(async tx => {
    // Another replica may have been here first.
    const takeDown = await tx.records.get('takedown', id);
    if (takeDown?.state !== 'running') return;
    const { document } = takeDown;
    const done: Kept<'takedown'> = { ...takeDown, state: 'done', document: { ...document, consumers } };
    await tx.records.put(done);
    const [item] = document.items.length === 1 ? document.items : [];
    for (const { subscription, receipt, at } of consumers) {
      if (receipt !== 'confirmed') continue;
      tx.ledger.append({
        type: 'subscriber.ack',
        actor: 'gateway',
        ...(item === undefined ? {} : { item }),
        details: {
          takedown: id,
          subscription,
          confirmedAt: at ?? null,
          milliseconds: Math.max(0, (at ?? 0) - document.removedAt),
        },
      });
    }
  });
}
