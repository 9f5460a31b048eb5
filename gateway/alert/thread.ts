import type { MessagePort } from 'node:worker_threads';
import type { Log } from '../../connectors/connector.ts';
import type { Federation } from '../../schemas/federation.ts';
import { createCallbackFetch } from '../deliver/callback-fetch.ts';
import { FOLLOWS, type ThreadWord } from '../running/thread-words.ts';
import { openStore, type StoreOptions } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import type { AlarmTools } from './look.ts';
import type { NoticeTools } from './send-due.ts';
import { startWatcher } from './watcher.ts';
import { allWatches } from './watches.ts';

export interface AlertThreadData {
  readonly federation: Federation;
  readonly store: StoreOptions;
}

/** Everything that looking and telling need, made of what it is handed. */
export function openAlertTools(options: {
  readonly store: Store;
  readonly federation: Federation;
  readonly dataDir: string;
  readonly log: Log;
}): AlarmTools & NoticeTools & { close(): Promise<void> } {
  const { federation } = options;
  const { fetch, close } = createCallbackFetch({ federation, now: Date.now });
  return { ...options, fetch, close };
}

/** The thread that looks for trouble, on its own store connection: no question of its stalls who answers readers. */
export async function runAlertThread(
  port: MessagePort,
  { federation, store: options }: AlertThreadData,
  { log }: { readonly log: Log },
): Promise<void> {
  const store = await openStore({ ...options, log });
  const start = (by: Federation) => startOne({ store, federation: by, dataDir: options.dataDir, log });
  let current = start(federation);
  const ending = new Set<Promise<void>>();
  const follow = (by: Federation): void => {
    const before = current;
    current = start(by);
    // A mail that is on its way comes to its end; leases keep it apart from what begins.
    const ended = before.stop().finally(() => ending.delete(ended));
    ending.add(ended);
    port.postMessage(FOLLOWS);
  };
  port.on('message', async (word: ThreadWord) => {
    if (word === 'wake') return;
    if (word !== 'stop') return follow(word.follow);
    await Promise.all([current.stop(), ...ending]);
    await store.close();
    port.close();
  });
}

function startOne(options: Parameters<typeof openAlertTools>[0]): { stop(): Promise<void> } {
  const tools = openAlertTools(options);
  const watcher = startWatcher(tools, { watches: allWatches() });
  return {
    async stop() {
      await watcher.stop();
      await tools.close();
    },
  };
}
