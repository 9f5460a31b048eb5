import { CodedError } from '../../../schemas/errors.ts';
import type { Instant } from '../../../schemas/instant.ts';

const FAILURES = 3;
const SHORTEST = 5_000;
const LONGEST = 120_000;
/** Askers that may wait for a place; more would only wait in vain. */
const QUEUE = 64;

/** Keeps a site that doesn't answer from being asked, and from keeping readers waiting. */
export interface Circuit {
  /**
   * Throws CIRCUIT_OPEN at once while the site is left alone; throws what `act` throws. Whoever waits for a place gives it
   * up with `signal`, and throws its reason.
   */
  run<T>(act: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  readonly open: boolean;
}

/** After three failures in a row nothing is asked for 5 s, then one may try; each further failure doubles, to 2 min. */
export function createCircuit(site: string, concurrency: number, now: () => Instant): Circuit {
  let failures = 0;
  let until = 0;
  let running = 0;
  const waiting: (() => void)[] = [];

  function refuse(): CodedError {
    const retryAfter = Math.max(0, until - now());
    return new CodedError('CIRCUIT_OPEN', `${site} does not answer; it is left alone for a while.`, {
      data: { site, retryAfter, vi: `${site} không trả lời; tạm không hỏi.` },
    });
  }

  async function place(signal: AbortSignal | undefined): Promise<void> {
    if (running < concurrency) {
      running += 1;
      return;
    }
    if (waiting.length >= QUEUE) throw refuse();
    // Whoever leaves hands its place over.
    await new Promise<void>((resolve, reject) => {
      const enter = () => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = () => {
        waiting.splice(waiting.indexOf(enter), 1);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', giveUp);
      waiting.push(enter);
    });
  }

  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }

  function failed(): void {
    failures += 1;
    if (failures >= FAILURES)
      until = now() + Math.min(LONGEST, SHORTEST * 2 ** Math.min(failures - FAILURES, 10));
  }

  return {
    get open() {
      return now() < until;
    },
    async run(act, signal) {
      if (now() < until) throw refuse();
      await place(signal);
      try {
        if (now() < until) throw refuse();
        // One tries for all: others are refused until it has come back.
        if (failures >= FAILURES) until = now() + SHORTEST;
        const result = await act().catch(error => {
          failed();
          throw error;
        });
        failures = 0;
        until = 0;
        return result;
      } finally {
        leave();
      }
    },
  };
}
