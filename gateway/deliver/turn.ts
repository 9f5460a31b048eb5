import type { Delivery, Settlement, Subscription } from '../store/deliveries.ts';
import { type Attempted, isGone, isSlow } from './attempt.ts';
import { afterFailure } from './back-off.ts';
import type { DeliverTools } from './tools.ts';

/** Milliseconds after which a turn begins no new request: others want the place, and its lease must not run out. */
const LONGEST = 5_000;

/** One subscriber's turn while it runs: how far it came, and what was tried. */
export class Progress {
  readonly subscription: Subscription;
  readonly #tools: Pick<DeliverTools, 'store' | 'federation'>;
  readonly #began = performance.now();
  readonly #log: Delivery[] = [];
  #cursor: number;
  #slow = false;
  #failures: number;

  constructor(subscription: Subscription, tools: Pick<DeliverTools, 'store' | 'federation'>) {
    this.subscription = subscription;
    this.#tools = tools;
    this.#cursor = subscription.cursor;
    this.#failures = subscription.failures;
  }

  get cursor(): number {
    return this.#cursor;
  }

  /** Tries of the present request, this one included. */
  get attempt(): number {
    return this.#failures + 1;
  }

  get over(): boolean {
    return performance.now() - this.#began > LONGEST;
  }

  /** Everything up to here was taken, or concerns the subscriber not. */
  reach(cursor: number): void {
    this.#cursor = cursor;
  }

  /** True when it was taken, so that the turn can go on. */
  took({ row }: Attempted): boolean {
    if (!row.taken) return false;
    this.#log.push(row);
    this.#failures = 0;
    this.#slow = isSlow(row);
    return true;
  }

  /** The turn came to its end without a failure; `wait` milliseconds until the next may begin. */
  async settled(wait = 0): Promise<Settlement> {
    // Who was slow and had nothing to take now is still slow.
    const slow = this.#log.length > 0 ? this.#slow : this.subscription.slow;
    const failing = this.#log.length === 0 && this.subscription.failures > 0;
    const { failures } = this.subscription;
    // What failed needs no telling any more: how long that went on says nothing of the next.
    const failingSince = this.#cursor > this.subscription.cursor ? undefined : this.subscription.failingSince;
    return {
      cursor: this.#cursor,
      due: (await this.#tools.store.now()) + wait,
      failures: failing ? failures : 0,
      ...(failing && failingSince !== undefined ? { failingSince } : {}),
      slow,
      log: this.#log,
    };
  }

  /** Tried again later, or given up: for good when the receiver says that it is gone. */
  async failed({ row, answer }: Attempted): Promise<Settlement> {
    const { callbacks } = this.#tools.federation;
    const now = await this.#tools.store.now();
    const took = this.#log.length > 0;
    const before = took ? { failures: 0 } : this.subscription;
    const { giveUpAfter } = callbacks;
    const retryAfter = answer?.retryAfter === undefined ? {} : { retryAfter: answer.retryAfter };
    const { failures, failingSince, next } = afterFailure(before, { now, giveUpAfter, ...retryAfter });
    const gone = isGone(row);
    const again = gone ? undefined : next;
    const logged: Delivery = { ...row, ...(again === undefined ? {} : { next: again }) };
    return {
      cursor: this.#cursor,
      due: again ?? now,
      failures,
      failingSince,
      slow: isSlow(row),
      log: [...this.#log, logged],
      ...(again === undefined ? ending(this.subscription, gone) : {}),
    };
  }
}

function ending({ kind }: Subscription, gone: boolean): Pick<Settlement, 'state' | 'reason'> {
  if (!gone) return { state: 'disabled', reason: 'failing' };
  // A webhook is the operator's own entry: it can be enabled again. A subscriber that is gone subscribes anew.
  return { state: kind === 'webhook' ? 'disabled' : 'ended', reason: 'gone' };
}
