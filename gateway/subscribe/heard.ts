import type { HubLinks } from '../../schemas/hub-links.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { HarvestTools } from '../harvest/harvest-source.ts';
import {
  callbackOf,
  changeSubscription,
  newSubscription,
  type Subscribed,
  subscriptionOf,
} from './subscription.ts';

type HubTools = Pick<HarvestTools, 'store' | 'federation' | 'log'>;

/** What a harvest heard of its source. */
export interface Heard {
  readonly source: string;
  readonly hub: HubLinks;
  /** It found something new or changed. */
  readonly changed: boolean;
}

/**
 * Follows what a source says of its hub: subscribes to the first, goes over when hub, topic or our own address change, ends
 * when it names none any more. A harvest that finds what the hub had not told makes us
 * ask as often as without it, until the next delivery.
 */
export async function heard({ source, hub, changed }: Heard, tools: HubTools): Promise<void> {
  const { store } = tools;
  const now = await store.now();
  const present = await subscriptionOf(store, source);
  const { hubs, self } = hub;
  const [first] = hubs;
  if (first === undefined || self === undefined) {
    if (present) await end(present, now, tools);
    return;
  }
  const wanted = { hub: first, hubs, topic: self };
  if (!tools.federation.gateway.reachable) {
    if (!present) await stayOff(source, wanted, now, tools);
    return;
  }
  if (!present || present.state === 'off' || isAnother(present, wanted, tools)) {
    const made = newSubscription(source, wanted, tools.federation, now);
    await store.transaction(tx => tx.records.put(made));
    if (present) await end(present, now, tools);
    return;
  }
  if (changed && present.state === 'active' && present.document.missed === undefined)
    await changeSubscription(store, present.id, ({ document, ...kept }) => ({
      ...kept,
      document: { ...document, missed: now },
    }));
}

/** Unsubscribes where the hub may know us; what was never verified is simply forgotten. */
export async function end(
  { id, document }: Subscribed,
  now: Instant,
  { store, log }: HubTools,
): Promise<void> {
  log.info({ source: document.source }, `${document.source}: thôi đăng ký nhận tin ở trung tâm WebSub.`);
  await changeSubscription(store, id, ({ state, document: { asked: _asked, ...rest }, ...kept }) =>
    state === 'active' ? { ...kept, state: 'ending', due: now, document: { ...rest, failures: 0 } } : null,
  );
}

function isAnother(
  { id, document }: Subscribed,
  { hubs, topic }: { readonly hubs: readonly string[]; readonly topic: string },
  { federation }: HubTools,
): boolean {
  const named = document.hubs.some(hub => hubs.includes(hub));
  return (
    document.topic !== topic || !named || document.callback !== callbackOf(document.source, id, federation)
  );
}

/** Nobody can call us: kept, so that it can be seen, and told once. */
async function stayOff(
  source: string,
  wanted: Parameters<typeof newSubscription>[1],
  now: Instant,
  { store, federation, log }: HubTools,
): Promise<void> {
  const { due: _due, ...made } = newSubscription(source, wanted, federation, now);
  await store.transaction(tx => tx.records.put({ ...made, state: 'off' }));
  log.info(
    { source },
    `${source}: luồng tin có trung tâm WebSub, nhưng tệp cấu hình không ghi gateway.publicUrl nên không ai gọi tới được: tiếp tục hỏi định kỳ.`,
  );
}
