import type { Instant } from '../../schemas/instant.ts';
import type { Item } from '../../schemas/item.ts';
import type { PressSettings } from '../../schemas/republication.ts';
import type { Kept } from '../store/records.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** GUIDELINES 3.3: full texts younger than two days, and older ones. */
const FRESH = { age: 2 * DAY, every: 20 * MINUTE, later: 45 * MINUTE } as const;
/** Items that no press duty is about: a courtesy to their sites, and cheap. */
const ORDINARY = { age: 7 * DAY, every: 6 * HOUR, later: DAY, last: 30 * DAY } as const;

type Seen = Pick<Item, 'id' | 'site' | 'source' | 'link' | 'republication' | 'released'>;

/** What is known of an item's page on the day it goes out. The first real look spreads out over its interval. */
export function firstSight(item: Omit<Seen, 'n'>, now: Instant): Kept<'sight'> {
  const wait = item.republication ? FRESH.every : ORDINARY.every;
  return {
    kind: 'sight',
    id: item.id,
    item: item.id,
    site: item.site,
    state: 'seen',
    // Nobody has looked yet.
    at: 0,
    due: now + wait / 2 + spread(item.id, wait / 2),
    document: { link: item.link, source: item.source, lastSeen: now },
  };
}

/** When an item's page is looked at again; undefined: no more. */
export function nextLook(item: Seen, press: PressSettings, now: Instant): Instant | undefined {
  const age = now - (item.released ?? now);
  if (!item.republication) {
    if (age > ORDINARY.last) return undefined;
    return now + (age < ORDINARY.age ? ORDINARY.every : ORDINARY.later);
  }
  const end = expiry(item, press);
  const every = isFullText(item) ? (age < FRESH.age ? FRESH.every : FRESH.later) : press.probeEvery;
  return Math.min(now + every, end ?? Number.POSITIVE_INFINITY);
}

/** When a headline-link item leaves: it is looked after only while it is shown. */
export function expiry({ republication, released }: Seen, { liveFor }: PressSettings): Instant | undefined {
  if (republication?.mode !== 'headline-link' || released === undefined) return undefined;
  return released + liveFor;
}

export function isFullText({ republication }: Pick<Item, 'republication'>): boolean {
  return republication !== undefined && republication.mode !== 'headline-link';
}

/** The same for an item each time, and spread evenly over items. */
function spread(id: string, over: number): number {
  let mixed = 0;
  for (const sign of id) mixed = (Math.imul(mixed, 31) + sign.charCodeAt(0)) | 0;
  return Math.floor(((mixed >>> 0) / 2 ** 32) * over);
}
