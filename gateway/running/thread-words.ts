import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import type { Federation } from '../../schemas/federation.ts';

/** What the threads that harvest and deliver are told. */
export type ThreadWord = 'wake' | 'stop' | { readonly follow: Federation };

/** What they answer once they work by the federation they were told to follow. */
export const FOLLOWS = 'follows';

/**
 * Resolves when the thread works by that federation; what it had begun ends by the one before. A thread that ends meanwhile is
 * started anew by whoever keeps it, by the federation of then.
 */
export async function follow(thread: Worker, federation: Federation): Promise<void> {
  const settled = new AbortController();
  const told = ['message', 'exit'].map(event => once(thread, event, { signal: settled.signal }));
  thread.postMessage({ follow: federation } satisfies ThreadWord);
  await Promise.race(told);
  settled.abort();
  await Promise.allSettled(told);
}
