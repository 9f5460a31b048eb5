import { createHash } from 'node:crypto';
import { encodeCursor } from '../../schemas/cursor.ts';
import type { Webhook } from '../../schemas/federation.ts';
import { toRfc3339 } from '../../schemas/instant.ts';
import { toJsonFeedItem } from '../../schemas/json-feed-item.ts';
import { toChangeJson } from '../publish/change-page.ts';
import { outgoingItems } from '../publish/outgoing.ts';
import { type SelectedChange, selectChanges } from '../publish/select-changes.ts';
import type { Delivery, Settlement } from '../store/deliveries.ts';
import { type Attempted, attempt } from './attempt.ts';
import { webhookHeaders } from './sign.ts';
import type { DeliverTools } from './tools.ts';
import type { Progress } from './turn.ts';

/** Changes read from the log at once. */
const STRETCH = 200;

/** One POST a change, in the log's order; a change that is not taken is tried again before the next one goes. */
export async function sendWebhook(
  progress: Progress,
  webhook: Webhook,
  tools: DeliverTools,
): Promise<Settlement> {
  const { select, events, backfill } = webhook;
  for (;;) {
    const wanted = { select, events, backfill, kindOf: tools.kindOf };
    const { rows, reached, whole, missed } = await selectChanges(
      tools.store,
      progress.cursor,
      wanted,
      STRETCH,
    );
    if (missed) {
      const told = await sendMessage(progress, webhook, tools, await resyncMessage(progress, tools));
      if (!progress.took(told)) return progress.failed(told);
    }
    for (const row of rows) {
      if (await isSuperseded(row, tools)) continue;
      const sent = await sendMessage(progress, webhook, tools, changeMessage(row, tools));
      if (!progress.took(sent)) return progress.failed(sent);
      progress.reach(row.change.number);
      if (progress.over) return progress.settled();
    }
    progress.reach(reached);
    if (whole || progress.over) return progress.settled();
  }
}

/** Since it was read, while receivers of those before it took their time: a later row tells, or tells that it is gone. */
async function isSuperseded({ change }: SelectedChange, { store }: DeliverTools): Promise<boolean> {
  const [latest] = await store.changes.ofItems([change.item]);
  return latest !== undefined && latest.number > change.number;
}

/** What one POST says. */
interface Message extends Pick<Delivery, 'kind' | 'number' | 'item'> {
  /** The same at every try, so that a receiver knows what it has had. */
  readonly id: string;
  readonly body: string;
}

function changeMessage({ change, item }: SelectedChange, { store, federation }: DeliverTools): Message {
  const cursor = cursorOf(store.epoch, change.number);
  const row = { change, cursor, ...(item ? { item } : {}) };
  const page = toChangeJson(
    { rows: [row], cursor, upToDate: false },
    toJsonFeedItem,
    outgoingItems(federation),
  );
  const [body] = page.changes as readonly unknown[];
  return {
    id: messageId(store.epoch, String(change.number)),
    body: JSON.stringify(body),
    kind: 'change',
    number: change.number,
    item: change.item,
  };
}

/** Withdrawals were pruned before this receiver could be told: it must read the change feed from the beginning. */
async function resyncMessage({ cursor }: Progress, { store }: DeliverTools): Promise<Message> {
  const { pruned } = await store.changes.bounds();
  return {
    id: messageId(store.epoch, `resync-${pruned}`),
    body: JSON.stringify({
      kind: 'resync',
      cursor: cursorOf(store.epoch, cursor),
      at: toRfc3339(await store.now()),
    }),
    kind: 'notice',
    number: 0,
  };
}

/** What `lienthong webhook test` sends: no change, no cursor, and nothing is moved by it. */
export async function sendTest(webhook: Webhook, tools: DeliverTools): Promise<Attempted> {
  const now = await tools.store.now();
  const body = JSON.stringify({ kind: 'test', id: webhook.id, at: toRfc3339(now) });
  const message: Message = { id: messageId(tools.store.epoch, `test-${now}`), body, kind: 'test', number: 0 };
  return post(webhook, tools, message, { from: 0, attempt: 1 });
}

function sendMessage(
  progress: Progress,
  webhook: Webhook,
  tools: DeliverTools,
  message: Message,
): Promise<Attempted> {
  // This change and no other: what lies between two deliveries was not told, so it has no receipt.
  const from = Math.max(0, message.number - 1);
  return post(webhook, tools, message, { from, attempt: progress.attempt });
}

async function post(
  webhook: Webhook,
  { store, fetch }: DeliverTools,
  { id, body, ...message }: Message,
  about: Pick<Delivery, 'from' | 'attempt'>,
): Promise<Attempted> {
  // Signed anew at each try: receivers refuse what is older than five minutes.
  const signed = webhookHeaders(webhook, { id, at: Date.now(), body });
  const headers = { 'content-type': 'application/json', ...signed };
  return attempt(
    fetch,
    { url: webhook.url, method: 'POST', headers, body },
    { ...message, ...about, subscription: webhookSubscription(webhook.id) },
    () => store.now(),
  );
}

/** Id of a webhook's subscription. */
export function webhookSubscription(id: string): string {
  return `webhook:${id}`;
}

function messageId(epoch: string, name: string): string {
  return `msg_${createHash('sha256').update(epoch).digest('hex').slice(0, 12)}_${name}`;
}

function cursorOf(epoch: string, number: number): string {
  return encodeCursor({ epoch, number, selection: '' });
}
