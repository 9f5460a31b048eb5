import type { Instant } from '../../schemas/instant.ts';
import type { ConsumerReceipt } from '../../schemas/records.ts';
import type { Receipt } from '../store/deliveries.ts';
import type { Kept } from '../store/records.ts';
import { receiptsOf } from './receipts.ts';
import type { DeliverTools } from './tools.ts';

/** Take-downs looked at in one go; the rest comes with the next. */
const AT_ONCE = 50;

/**
 * Closes each take-down that every consumer has confirmed, or whose time is over: who confirmed and when goes into
 * its record, and a row for each consumer that confirmed into the ledger.
 */
export async function settleTakeDowns(tools: DeliverTools): Promise<void> {
  const running = await tools.store.records.find('takedown', { states: ['running'], first: AT_ONCE });
  for (const takeDown of running) {
    const consumers = await consumersOf(takeDown.document.items, tools);
    const over = (await tools.store.now()) >= takeDown.document.dueAt;
    if (!over && consumers.some(({ receipt }) => receipt === 'waiting')) continue;
    await close(takeDown.id, consumers, tools);
  }
}

/** Each consumer's word on all items together: it has confirmed when it has confirmed the last of them. */
async function consumersOf(
  items: readonly string[],
  tools: DeliverTools,
): Promise<readonly ConsumerReceipt[]> {
  const consumers = new Map<string, ConsumerReceipt>();
  for (const item of items) {
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
