import type { Document, FeedDocument } from '../publish/answer.ts';
import { renderChanges } from '../publish/feed.ts';
import { refuses } from '../publish/picks.ts';
import {
  type SelectedChange,
  type SelectedChanges,
  selectChanges,
  type Wanted,
} from '../publish/select-changes.ts';
import { toFilter } from '../publish/selection.ts';
import type { Tombstone } from '../publish/tombstones.ts';
import type { Settlement } from '../store/deliveries.ts';
import { attempt } from './attempt.ts';
import { hubSignature } from './sign.ts';
import type { DeliverTools } from './tools.ts';
import { hubAddress, type Topic, topicIfOffered } from './topic.ts';
import type { Progress } from './turn.ts';

/** Changes that one push carries at most. */
const STRETCH = 200;

/**
 * WebSub section 7: the topic's content to one subscriber. Changes that came together are one push. The feed itself
 * where it holds all of them; else a feed of exactly these, stretch by stretch, so that neither an item that the
 * window lost nor a tombstone is missed however long the subscriber was away.
 */
export async function pushTopic(progress: Progress, tools: DeliverTools): Promise<Settlement> {
  const { subscription } = progress;
  const topic = topicIfOffered(tools.topicOf, subscription.topic);
  if (!topic) return denied(progress, tools);
  const filter = toFilter(topic.query.selections);
  for (;;) {
    const wanted: Wanted = {
      select: { sites: filter?.sites ?? [], kinds: filter?.kinds ?? [], topics: filter?.topics ?? [] },
      events: filter ? ['put', 'tombstone'] : [],
      backfill: false,
      kindOf: tools.kindOf,
    };
    const selected = await selectChanges(tools.store, progress.cursor, wanted, STRETCH);
    const document = await documentOf(selected, topic, tools);
    if (document) {
      const pushed = await push(progress, document, selected.reached, tools);
      if (!progress.took(pushed)) return progress.failed(pushed);
    }
    progress.reach(selected.reached);
    if (selected.whole || progress.over) return progress.settled();
  }
}

/** What tells these changes; undefined when there are none that this feed shows. */
async function documentOf(
  { rows: all }: SelectedChanges,
  topic: Topic,
  { publishing, feedOf }: DeliverTools,
): Promise<Document | undefined> {
  const { definition } = topic.query;
  const refused = refuses(definition);
  const rows = all.filter(({ item }) => item === undefined || !refused(item));
  if (rows.length === 0) return undefined;
  const feed = await feedOf(topic);
  // What such a feed leaves out on purpose is not lost.
  const selective = definition.perSite !== undefined || definition.distinct !== undefined;
  const missing = rows.filter(({ change, item }) => !tells(feed, change) && !(selective && item));
  if (missing.length === 0) return feed;
  const exact = await renderChanges(publishing, topic.query, topic.format, {
    items: rows.flatMap(({ item }) => item ?? []),
    tombstones: rows.flatMap(tombstoneIn),
  });
  // RSS has no word for a tombstone: then the feed without the entry is all that can be said.
  return missing.some(({ change }) => tells(exact, change)) ? exact : feed;
}

/** By what was put into it, not by its text alone, where a correction or a page may name any item. RSS leaves tombstones out. */
function tells({ holds, body }: FeedDocument, { item }: SelectedChange['change']): boolean {
  return holds.has(item) && body.includes(item);
}

function tombstoneIn({ change }: SelectedChange): readonly Tombstone[] {
  return change.kind === 'tombstone' ? [change] : [];
}

function push(
  { subscription, cursor, attempt: tries }: Progress,
  { body, mediaType }: Document,
  reached: number,
  { federation, fetch, store }: DeliverTools,
) {
  const { id, callback, topic, secret } = subscription;
  const hub = hubAddress(federation) ?? topic;
  const signed =
    secret === undefined
      ? {}
      : { 'x-hub-signature': hubSignature(federation.callbacks.signature, secret, body) };
  const headers = {
    'content-type': mediaType,
    link: `<${hub}>; rel="hub", <${topic}>; rel="self"`,
    ...signed,
  };
  return attempt(
    fetch,
    { url: callback, method: 'POST', headers, body },
    { subscription: id, kind: 'content', from: cursor, number: reached, attempt: tries },
    () => store.now(),
  );
}

/** WebSub section 5.2: the feed is no longer offered, and its subscriber is told, once. */
async function denied(progress: Progress, tools: DeliverTools): Promise<Settlement> {
  const { row } = await sendDenied(progress.subscription, 'topic no longer offered', tools);
  const settlement = await progress.settled();
  return { ...settlement, state: 'ended', reason: 'topic-gone', log: [...settlement.log, row] };
}

export function sendDenied(
  { id, callback, asked }: Progress['subscription'],
  reason: string,
  { fetch, store }: DeliverTools,
) {
  const url = withParameters(callback, { 'hub.mode': 'denied', 'hub.topic': asked, 'hub.reason': reason });
  const about = { subscription: id, kind: 'denied', from: 0, number: 0, attempt: 1 } as const;
  return attempt(fetch, { url, method: 'GET' }, about, () => store.now());
}

/** The callback's own query stays exactly as it is (WebSub section 5.3). */
export function withParameters(callback: string, parameters: Readonly<Record<string, string>>): string {
  return `${callback}${callback.includes('?') ? '&' : '?'}${new URLSearchParams(parameters)}`;
}
