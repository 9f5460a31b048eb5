import type { Change } from '../../schemas/change.ts';
import type { Webhook } from '../../schemas/federation.ts';
import { concerns, type Wanted } from '../publish/select-changes.ts';
import { toFilter } from '../publish/selection.ts';
import type { Receipt, Subscription } from '../store/deliveries.ts';
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
      const { kind, subscription: id } = receipt;
      const wanted = wantedBy({ kind, id, topic: topics.get(id) ?? '' }, tools);
      if (!wanted || concerns(change, shown, wanted)) return receipt;
      const { at: _at, ...rest } = receipt;
      return { ...rest, receipt: 'passed' };
    }),
  };
}

/** Has one of these still to be told that one of the items is gone? */
export async function isBehind(
  subscriptions: readonly Subscription[],
  items: readonly string[],
  tools: Tools,
): Promise<boolean> {
  const { changes } = tools.store;
  const [latest, shown] = await Promise.all([changes.ofItems(items), changes.topicsShown(items)]);
  const gone = latest.filter(({ kind }) => kind === 'tombstone');
  return subscriptions.some(subscription => {
    const untold = gone.filter(({ number }) => number > subscription.cursor);
    const wanted = untold.length > 0 ? wantedBy(subscription, tools) : undefined;
    return untold.some(
      change => !wanted || concerns(change, shown.get(change.item) ?? new Set<string>(), wanted),
    );
  });
}

/** Undefined when that is not known any more: its feed or its entry left the federation file. */
function wantedBy(
  { kind, id, topic }: Pick<Subscription, 'kind' | 'id' | 'topic'>,
  { federation, topicOf, kindOf }: Tools,
): Wanted | undefined {
  if (kind === 'webhook') {
    const named = (webhook: Webhook) => webhookSubscription(webhook.id) === id;
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
