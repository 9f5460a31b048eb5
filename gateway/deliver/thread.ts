import type { MessagePort } from 'node:worker_threads';
import type { Log } from '../../connectors/connector.ts';
import type { Federation } from '../../schemas/federation.ts';
import type { Format } from '../../schemas/formats/format.ts';
import type { FeedDocument } from '../publish/answer.ts';
import { Archives } from '../publish/archives.ts';
import { type Publishing, renderTopic } from '../publish/feed.ts';
import { FOLLOWS, type ThreadWord } from '../running/thread-words.ts';
import { openStore, type StoreOptions } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { createCallbackFetch } from './callback-fetch.ts';
import { startDelivering } from './deliverer.ts';
import type { DeliverTools } from './tools.ts';
import { hubAddress, readTopic, type Topic } from './topic.ts';

export interface DeliverThreadData {
  readonly federation: Federation;
  readonly store: StoreOptions;
  readonly sandbox: boolean;
}

export interface DeliverToolsOptions {
  readonly store: Store;
  readonly federation: Federation;
  readonly formats: readonly Format[];
  readonly sandbox: boolean;
  readonly log: Log;
}

/** Topics whose meaning is remembered. */
const TOPICS = 1_000;

/** Everything that delivering needs, made of what it is handed. */
export function openDeliverTools({
  store,
  federation,
  formats,
  sandbox,
  log,
}: DeliverToolsOptions): DeliverTools & { close(): Promise<void> } {
  const now = Date.now;
  const fetcher = createCallbackFetch({ federation, now });
  const hub = hubAddress(federation);
  const kinds = new Map(federation.sites.map(({ id, kind }) => [id, kind]));
  const topics = new Map<string, Topic>();
  const publishing: Publishing = {
    store,
    federation,
    archives: new Archives(store, now),
    ...(hub === undefined ? {} : { hub }),
    sandbox,
    now,
  };
  return {
    store,
    federation,
    fetch: fetcher.fetch,
    publishing,
    feedOf: keepFeeds(publishing),
    topicOf(url) {
      const topic = topics.get(url) ?? readTopic(url, federation, formats);
      if (topics.size >= TOPICS) topics.clear();
      topics.set(url, topic);
      return topic;
    },
    kindOf: site => kinds.get(site),
    log,
    close: fetcher.close,
  };
}

/**
 * Each feed made once for all its subscribers while the log stands still. The head is read first, so a feed that is
 * reused holds everything that any of them has read of the log, and nothing that was withdrawn since.
 */
function keepFeeds(publishing: Publishing): DeliverTools['feedOf'] {
  const kept = new Map<string, Promise<FeedDocument>>();
  let at = -1;
  return async ({ url, query, format }) => {
    const { head } = await publishing.store.changes.bounds();
    if (head !== at) kept.clear();
    at = head;
    const known = kept.get(url);
    const feed = await known;
    if (feed && (feed.validUntil ?? Number.POSITIVE_INFINITY) > publishing.now()) return feed;
    const made = renderTopic(publishing, query, format);
    kept.set(url, made);
    made.catch(() => kept.delete(url));
    return made;
  };
}

/** The thread that delivers, on its own store connection: no slow subscriber and no query stalls who answers readers. */
export async function runDeliverThread(
  port: MessagePort,
  { federation, store: options, sandbox }: DeliverThreadData,
  { formats, log }: { readonly formats: readonly Format[]; readonly log: Log },
): Promise<void> {
  const store = await openStore({ ...options, log });
  const start = (by: Federation) =>
    startOne(openDeliverTools({ store, federation: by, formats, sandbox, log }));
  let current = await start(federation);
  const ending = new Set<Promise<void>>();
  const follow = async (by: Federation): Promise<void> => {
    const before = current;
    current = await start(by);
    // Turns that run come to their end by the federation they began with; leases keep them apart from what begins.
    const ended = before.stop().finally(() => ending.delete(ended));
    ending.add(ended);
    port.postMessage(FOLLOWS);
  };
  port.on('message', async (word: ThreadWord) => {
    if (word === 'wake') return current.look();
    if (word !== 'stop') return follow(word.follow);
    await Promise.all([current.stop(), ...ending]);
    await store.close();
    port.close();
  });
}

async function startOne(tools: ReturnType<typeof openDeliverTools>) {
  const deliverer = await startDelivering(tools);
  return {
    look: deliverer.look,
    async stop() {
      await deliverer.stop();
      await tools.close();
    },
  };
}
