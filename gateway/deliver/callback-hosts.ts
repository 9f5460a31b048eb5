import type { Hosts } from '../harvest/hosts.ts';
import { queued } from '../harvest/waits.ts';

/**
 * Manners towards the hosts of callbacks: so many requests at a time, and no more. Back-off is kept for each
 * subscription, not for its host: subscribers that share a machine must not share one another's failures.
 */
export function createCallbackHosts(concurrency: number): Hosts {
  const active = new Map<string, { count: number; readonly queue: Array<() => void> }>();
  return {
    async enter(name, signal) {
      const host = active.get(name) ?? { count: 0, queue: [] };
      active.set(name, host);
      while (host.count >= concurrency) await queued(host.queue, signal);
      host.count += 1;
      return {
        leave() {
          host.count -= 1;
          if (host.count === 0 && host.queue.length === 0) active.delete(name);
          host.queue.shift()?.();
        },
        pause: (_status, asked) => asked ?? 0,
      };
    },
    space() {},
  };
}
