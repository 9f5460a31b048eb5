import { randomBytes } from 'node:crypto';
import type { Federation } from '../../schemas/federation.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { HubSubscription } from '../../schemas/records.ts';
import { publicUrl } from '../publish/outgoing.ts';
import type { Kept } from '../store/records.ts';
import type { Store } from '../store/store.ts';

export type Subscribed = Kept<'hub-subscription'>;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Subscription lease that is asked for, and bounds of what a hub may grant. */
export const LEASE = { asked: 10 * DAY, least: 10 * SECOND, most: 90 * DAY } as const;
/** How long a hub has to verify what we asked. */
export const VERIFIED_WITHIN = 10 * MINUTE;
/** A hub that said no is asked again after this. */
export const DENIED_FOR = DAY;
/** Part of a lease after which it is renewed. */
const RENEWED_AT = 0.8;
const MOST_OF_A_SITE = 500;

/** Unguessable: who knows a callback's address is the hub that was given it. */
export function newSubscription(
  source: string,
  { hub, hubs, topic }: Pick<HubSubscription, 'hub' | 'hubs' | 'topic'>,
  federation: Federation,
  now: Instant,
): Subscribed {
  const id = randomBytes(24).toString('base64url');
  const callback = callbackOf(source, id, federation);
  return {
    kind: 'hub-subscription',
    id,
    site: siteOf(source),
    state: 'asked',
    at: now,
    due: now,
    document: {
      source,
      hub,
      hubs,
      topic,
      callback,
      secret: randomBytes(32).toString('base64url'),
      failures: 0,
    },
  };
}

/** The present one of a source: not one that is ending. */
export async function subscriptionOf(
  { records }: Pick<Store, 'records'>,
  source: string,
): Promise<Subscribed | undefined> {
  const found = await records.find('hub-subscription', { site: siteOf(source), first: MOST_OF_A_SITE });
  return found.find(({ state, document }) => document.source === source && state !== 'ending');
}

/** Pushes come, and bring what there is: asking seldom is enough. */
export function isTrusted({ state, document }: Subscribed, now: Instant): boolean {
  const { validUntil = 0, missed } = document;
  return state === 'active' && validUntil > now && missed === undefined;
}

/** Where a hub calls us: another one when our public address changes. */
export function callbackOf(source: string, id: string, federation: Federation): string {
  return `${publicUrl(federation)}/websub/${source}/${id}`;
}

export function renewalOf(now: Instant, seconds: number): Instant {
  return now + Math.floor(seconds * SECOND * RENEWED_AT);
}

/** 1, 2, 4 … minutes, six hours at most. */
export function backOff(failures: number): number {
  return Math.min(MINUTE * 2 ** Math.min(failures, 20), 6 * HOUR) * (0.8 + Math.random() * 0.4);
}

/** Changes one under the store's lock; `change` gives undefined for "as it is", null for "gone". */
export function changeSubscription(
  store: Pick<Store, 'transaction'>,
  id: string,
  change: (kept: Subscribed) => Subscribed | undefined | null,
): Promise<Subscribed | undefined> {
  return store.transaction(async tx => {
    const kept = await tx.records.get('hub-subscription', id);
    if (!kept) return undefined;
    const next = change(kept);
    if (next === null) await tx.records.remove('hub-subscription', [id]);
    else if (next) await tx.records.put(next);
    return next ?? undefined;
  });
}

function siteOf(source: string): string {
  return source.split('/')[0] ?? source;
}
