import type { Change } from '../../schemas/change.ts';
import type { Webhook } from '../../schemas/federation.ts';
import { concerns, type Wanted } from '../publish/select-changes.ts';
import { toFilter } from '../publish/selection.ts';
import type { Receipt } from '../store/deliveries.ts';
import { webhookSubscription } from './send-webhook.ts';
import type { DeliverTools } from './tools.ts';
import { topicIfOffered } from './topic.ts';

type Tools = Pick<DeliverTools, 'store' | 'federation' | 'topicOf' | 'kindOf'>;

/**
 * The latest change of an item, and which subscribers have confirmed it: the proof of a take-down towards consumers.
 * Whom it doesn't concern has passed it, whatever else it took in the same push.
 */
export async function receiptsOf(
  tools: Tools,
  item: string,
): Promise<{ readonly change: Change; readonly receipts: readonly Receipt[] } | undefined> {
  const { store } = tools;
  const [change] = await store.changes.ofItems([item]);
  if (!change) return undefined;
  const shown = (await store.changes.topicsShown([item])).get(item) ?? new Set<string>();
  const topics = new Map((await store.deliveries.list()).map(({ id, topic }) => [id, topic]));
  const receipts = await store.deliveries.receipts(change.number);
  return {
    change,
    receipts: receipts.map(receipt => {
      const wanted = wantedBy(receipt, topics.get(receipt.subscription) ?? '', tools);
      if (!wanted || concerns(change, shown, wanted)) return receipt;
      const { at: _at, ...rest } = receipt;
      return { ...rest, receipt: 'passed' };
    }),
  };
}

/** Undefined when that is not known any more: its feed or its entry left the federation file. */
function wantedBy(
  { kind, subscription }: Receipt,
  topic: string,
  { federation, topicOf, kindOf }: Tools,
): Wanted | undefined {
  if (kind === 'webhook') {
    const named = ({ id }: Webhook) => webhookSubscription(id) === subscription;
    const webhook = federation.callbacks.webhooks.find(named);
    return webhook && { ...webhook, kindOf };
  }
  const named = topicIfOffered(topicOf, topic);
  if (!named) return undefined;
  const filter = toFilter(named.query.selections);
  const { sites = [], topics = [], kinds = [] } = filter ?? {};
  return {
    select: { sites, topics, kinds },
    events: filter ? ['put', 'tombstone'] : [],
    backfill: false,
    kindOf,
  };
}
