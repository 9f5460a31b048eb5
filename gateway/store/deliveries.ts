import type { Instant } from '../../schemas/instant.ts';

export type SubscriptionKind = 'websub' | 'webhook';
/** `disabled`: final failure or an operator's word, can be enabled again. `ended`: over for good, kept for the log. */
export type SubscriptionState = 'active' | 'disabled' | 'ended';

/** One who is told of changes. Everything at or below its cursor was delivered, or didn't concern it. */
export interface Subscription {
  /** `webhook:<id>` of the federation file, or `websub:<hash of callback and topic>`. */
  readonly id: string;
  readonly kind: SubscriptionKind;
  readonly callback: string;
  /** host:port of the callback. */
  readonly host: string;
  /** Canonical topic URL; empty for a webhook, whose selection is in the federation file. */
  readonly topic: string;
  /** The topic URL as the subscriber wrote it: what verifications must repeat. */
  readonly asked: string;
  /** `hub.secret`. Secrets of webhooks stay in the federation file. */
  readonly secret?: string;
  readonly state: SubscriptionState;
  readonly reason?: string;
  readonly created: Instant;
  /** End of the subscription lease; a webhook has none. */
  readonly validUntil?: Instant;
  /** Number of the change log. */
  readonly cursor: number;
  /** Not before this. */
  readonly due: Instant;
  /** In a row. */
  readonly failures: number;
  readonly failingSince?: Instant;
  /** Answers, but takes its time: it must not hold the places of others. */
  readonly slow: boolean;
}

/** A request to the hub whose intent is not verified yet; one for each pair of callback and topic, the latest. */
export interface Intent
  extends Pick<Subscription, 'id' | 'callback' | 'host' | 'topic' | 'asked' | 'secret'> {
  readonly mode: 'subscribe' | 'unsubscribe';
  /** Seconds that will be granted. */
  readonly seconds: number;
}

/** Work that one replica has taken for a while. */
export interface Turn<T> {
  readonly of: T;
  readonly token: string;
}

export const DELIVERY_KINDS = ['content', 'change', 'verify', 'denied', 'test', 'notice'] as const;

/** One attempt, as the log keeps it. */
export interface Delivery {
  readonly subscription: string;
  readonly at: Instant;
  readonly kind: (typeof DELIVERY_KINDS)[number];
  /** Changes above `from` up to `number` were in it; both 0 when it carried none. */
  readonly from: number;
  readonly number: number;
  /** Of a single change. */
  readonly item?: string;
  /** 1 for the first try. */
  readonly attempt: number;
  /** An HTTP status, or an error's code. */
  readonly outcome: string;
  /** The receiver took it (2xx): a receipt. */
  readonly taken: boolean;
  readonly bytes: number;
  readonly milliseconds: number;
  /** When it is tried again; absent when it isn't. */
  readonly next?: Instant;
}

/** How a turn ended. */
export interface Settlement {
  readonly cursor: number;
  readonly due: Instant;
  readonly failures: number;
  readonly failingSince?: Instant;
  readonly slow: boolean;
  readonly state?: SubscriptionState;
  readonly reason?: string;
  readonly log: readonly Delivery[];
}

/** Who has confirmed one change. */
export interface Receipt {
  readonly subscription: string;
  readonly kind: SubscriptionKind;
  readonly callback: string;
  readonly state: SubscriptionState;
  /**
   * `confirmed`: a 2xx for a delivery with this change. `passed`: its cursor is past the change without one: the
   * change does not concern it, or its row was pruned. `waiting`: not yet.
   */
  readonly receipt: 'confirmed' | 'passed' | 'waiting';
  readonly at?: Instant;
}

/** Subscriptions there are, for limits and metrics. */
export interface SubscriptionCount {
  readonly kind: SubscriptionKind;
  readonly state: SubscriptionState;
  readonly count: number;
  /** How many changes the one furthest behind has before it. */
  readonly behind: number;
}

/**
 * Who is told of changes, how far each is, and what was tried. Fed from the change log by a cursor a subscription;
 * no row waits for anybody. Replicas share the work by leases, on the database's clock.
 */
export interface DeliveryRoom {
  /** Makes the webhooks equal to these: new ones begin at the log's head, missing ones end, a new address is active. */
  register(
    webhooks: readonly { readonly id: string; readonly callback: string; readonly host: string }[],
  ): Promise<void>;
  /** Waits to be verified; replaces an earlier one of the same subscription. */
  ask(intent: Intent): Promise<void>;
  leaseIntents(limit: number, ttl: number): Promise<readonly Turn<Intent>[]>;
  /** `kept`: what the verified intent makes of the subscription; absent when it was not verified. False: superseded, or switched off by the operator. */
  settleIntent(
    turn: Turn<Intent>,
    kept: 'subscribed' | 'unsubscribed' | undefined,
    log: Delivery,
  ): Promise<boolean>;
  /** Active, due, behind the log's head and nobody's: `ailing` those that fail or are slow, else those that are not. */
  lease(limit: number, ttl: number, ailing: boolean): Promise<readonly Turn<Subscription>[]>;
  /** False when the turn was lost (its lease ran out, or somebody moved the cursor); its attempts are logged all the same. */
  settle(turn: Turn<Subscription>, settlement: Settlement): Promise<boolean>;
  /** An operator's act: a running turn is void from here on. False when there is none of this id. */
  change(
    id: string,
    change: { readonly state?: SubscriptionState; readonly reason?: string; readonly cursor?: number },
  ): Promise<boolean>;
  write(log: readonly Delivery[]): Promise<void>;
  /** Newest first; those of one id or of all. */
  log(subscription: string | undefined, limit: number): Promise<readonly Delivery[]>;
  list(): Promise<readonly Subscription[]>;
  counts(): Promise<readonly SubscriptionCount[]>;
  /** Active and pending ones besides `id`: at a host, in all, and how many other topics they name. `barred`: the operator disabled `id`. */
  crowd(
    id: string,
    host: string,
    topic: string,
  ): Promise<{
    readonly host: number;
    readonly topics: number;
    readonly all: number;
    readonly barred: boolean;
  }>;
  /** What became of the change with this number. */
  receipts(number: number): Promise<readonly Receipt[]>;
  /** Ends subscriptions whose lease is over; drops the log before `log`, and ended ones with it. */
  prune(log: Instant): Promise<void>;
}
