import type { Worker } from 'node:worker_threads';
import type { Log } from '../../connectors/connector.ts';

const AGAIN = 60_000;

/**
 * Keeps the alert thread running: if it fails readers are still served and items still harvested, so it is started again a
 * minute later. `running` hears of each thread, and of none while there is none. Returns the way to start no more.
 */
export function keepWatching(
  start: () => Worker,
  running: (thread: Worker | undefined) => void,
  log: Log,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const begin = () => {
    const thread = start();
    running(thread);
    thread.on('error', err => {
      log.error({ err }, 'The alert thread failed; it is started again in a minute.');
      running(undefined);
      if (!stopped) timer = setTimeout(begin, AGAIN);
    });
  };
  begin();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
