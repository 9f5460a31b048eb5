import type { Instant } from '../../schemas/instant.ts';
import type { Item } from '../../schemas/item.ts';
import type { LedgerEvent, LedgerType } from '../../schemas/ledger.ts';
import type { SightRecord } from '../../schemas/records.ts';
import type { PressSettings } from '../../schemas/republication.ts';
import type { Kept } from '../store/records.ts';
import type { Store, Transaction } from '../store/store.ts';
import { expiry, isFullText, nextLook } from './first-sight.ts';
import type { HarvestTools } from './harvest-source.ts';
import { type Revision, withdraw } from './revise.ts';
import { type Look, lookAt } from './sight.ts';
import { write } from './write-revisions.ts';

const MINUTE = 60_000;
/** Pages looked at together, and how long one that is being looked at is nobody else's. */
const TOGETHER = 8;
const CLAIM = 3 * MINUTE;
/** A doubt is looked into again this much later, and a site that seems ill as a whole. */
const AFTER_DOUBT = 15 * MINUTE;
const AFTER_TROUBLE = 15 * MINUTE;
/** More doubtful items of one site than this is the site's trouble, not theirs. */
const TROUBLE = { items: 3, share: 0.05 } as const;

type Sight = Kept<'sight'>;

/**
 * Looks at the pages that are due and does what follows: gone is withdrawn, doubt hides a full text in time, a page that
 * is there again brings its item back. Gives how many it looked at. Ticked by the scheduler of every replica.
 */
export async function probeDue(tools: HarvestTools, signal?: AbortSignal): Promise<number> {
  const { store } = tools;
  const claimed = await claim(store, await store.now());
  await Promise.all(
    claimed.map(sight => probe(sight, tools, signal).catch(thrown => told(thrown, sight, tools))),
  );
  return claimed.length;
}

/** Moves what is due ahead, so that no other replica looks too. */
async function claim(store: Store, now: Instant): Promise<Sight[]> {
  const due = await store.records.due('sight', now, TOGETHER);
  if (due.length === 0) return [];
  return store.transaction(async tx => {
    const claimed: Sight[] = [];
    for (const { id, due: seen } of due) {
      const sight = await tx.records.get('sight', id);
      if (!sight || sight.due !== seen) continue;
      await tx.records.put({ ...sight, due: now + CLAIM });
      claimed.push(sight);
    }
    return claimed;
  });
}

async function probe(sight: Sight, tools: HarvestTools, signal: AbortSignal | undefined): Promise<void> {
  const { store, federation } = tools;
  const [item] = await store.items.byIds([sight.id]);
  const site = federation.sites.find(({ id }) => id === item?.site);
  if (!item || !site || item.visibility === 'WITHDRAWN') return drop(store, sight.id);
  const end = expiry(item, federation.republication.press);
  if (end !== undefined && end <= (await store.now())) return expire(store, sight.id);
  const fetch = tools.fetchFor(sight.document.source);
  const earlier = sight.document.doubt as Pick<Look, 'because' | 'at'> | undefined;
  const legacyText = federation.sources.find(({ name }) => name === sight.document.source)?.legacyText;
  const marks = {
    title: item.title,
    siteName: site.name,
    homepage: site.homepage,
    ...(legacyText && { legacyText }),
  };
  const look = await lookAt(
    sight.document.link,
    { fetch: request => fetch(request, signal), now: Date.now },
    earlier,
    marks,
  );
  // An interrupted look says nothing of the page: it falls due again in a few minutes.
  if (!signal?.aborted) await settle(sight, look, tools);
}

/** What a look comes to, in one transaction. */
async function settle(sight: Sight, look: Look, tools: HarvestTools): Promise<void> {
  const { store, federation } = tools;
  const isIll = look.sight !== 'present' && (await siteIsIll(store, sight));
  if (isIll) warnOnce(sight, tools);
  await store.transaction(async tx => {
    const now = await store.now();
    const item = (await tx.items.current([sight.id])).get(sight.id);
    if (!item || (item.visibility !== 'RELEASED' && item.visibilityReason !== 'doubt')) {
      await tx.records.remove('sight', [sight.id]);
      return;
    }
    const found: Found = { tx, sight, look, item, now, press: federation.republication.press };
    // 410 is the word of a server for this page alone; everything softer says little while the whole site is ill.
    if (look.sight === 'gone' && (look.because === 'gone' || !isIll)) await takeBack(found);
    else if (look.sight === 'present') await keep(found);
    else await doubt(found, isIll);
  });
}

interface Found {
  readonly tx: Transaction;
  readonly sight: Sight;
  readonly look: Look;
  readonly item: Item;
  readonly now: Instant;
  readonly press: PressSettings;
}

function tell({ tx, item }: Found, type: LedgerType, details: NonNullable<LedgerEvent['details']>): void {
  tx.ledger.append({ type, actor: 'gateway', item: item.id, site: item.site, details });
}

async function takeBack(found: Found): Promise<void> {
  const { tx, sight, look, item, now } = found;
  const details = { lastSeen: sight.document.lastSeen, detectedAt: now, because: look.because };
  tell(found, 'source.removed', details);
  await write(tx, [withdraw(item, 'withdrawn')], { actor: 'publisher', details });
}

async function keep(found: Found): Promise<void> {
  const { tx, sight, look, item, now, press } = found;
  const { because } = look;
  if (item.visibility === 'HIDDEN')
    await write(tx, [backAgain(item)], { actor: 'gateway', details: { because } });
  if (sight.document.doubt) tell(found, 'source.seen', { because });
  const due = nextLook(item, press, now);
  if (due === undefined) await tx.records.remove('sight', [sight.id]);
  else
    await tx.records.put({ ...sight, at: now, state: 'seen', due, document: seenNow(sight.document, now) });
}

async function doubt(found: Found, isIll: boolean): Promise<void> {
  const { tx, sight, look, item, now, press } = found;
  const { because, status } = look;
  const { lastSeen } = sight.document;
  if (!sight.document.doubt)
    tell(found, 'source.missing', { because, lastSeen, ...(status !== undefined && { status }) });
  const hideAt = lastSeen + press.hideAfter;
  if (item.visibility === 'RELEASED' && isFullText(item) && now >= hideAt)
    await write(tx, [hideInDoubt(item)], { actor: 'gateway', details: { because, lastSeen } });
  const again = isIll ? now + AFTER_TROUBLE : (look.confirmAt ?? now + AFTER_DOUBT);
  const due = isFullText(item) && now < hideAt ? Math.min(again, hideAt) : again;
  const seen = { at: look.at, because, ...(status !== undefined && { status }) };
  await tx.records.put({
    ...sight,
    state: 'doubt',
    due: Math.max(due, now + MINUTE),
    document: { ...sight.document, doubt: seen },
  });
}

function seenNow({ doubt: _doubt, ...document }: SightRecord, now: Instant): SightRecord {
  return { ...document, lastSeen: now };
}

function hideInDoubt(item: Item): Revision {
  const { releaseAt: _releaseAt, ...rest } = item;
  return {
    item: { ...rest, visibility: 'HIDDEN', visibilityReason: 'doubt' },
    before: item,
    change: { kind: 'tombstone', item: item.id, reason: 'hidden' },
  };
}

function backAgain(item: Item): Revision {
  const { visibilityReason: _reason, ...rest } = item;
  return {
    item: { ...rest, visibility: 'RELEASED' },
    before: item,
    change: { kind: 'put', item: item.id, backfill: false },
  };
}

/**
 * Many doubtful items of one site are the site's trouble, not theirs; unless another of its pages was seen since this one
 * came into doubt: then the site is well, and what is gone is gone.
 */
async function siteIsIll({ records }: Store, { site = '', document }: Sight): Promise<boolean> {
  const doubtful = await records.count('sight', { site, states: ['doubt'] });
  if (doubtful < TROUBLE.items) return false;
  const all = await records.count('sight', { site });
  if (doubtful < all * TROUBLE.share) return false;
  const [seen] = await records.find('sight', { site, states: ['seen'], first: 1 });
  return document.doubt === undefined || seen === undefined || seen.at <= document.doubt.at;
}

/** Sites that were told to be ill, and when: once an hour is enough. */
const warned = new Map<string, Instant>();

function warnOnce({ site = '' }: Sight, { log }: HarvestTools): void {
  const last = warned.get(site);
  if (last !== undefined && Date.now() - last < 60 * MINUTE) return;
  warned.set(site, Date.now());
  log.warn(
    { site },
    `Nhiều bài của ${site} cùng lúc không thấy được: có lẽ trang gặp sự cố hoặc chặn máy. Chưa gỡ tin nào; toàn văn sẽ tạm ẩn sau 120 phút. Hãy liên hệ quản trị trang.`,
  );
}

async function drop(store: Store, id: string): Promise<void> {
  await store.transaction(tx => tx.records.remove('sight', [id]));
}

async function expire(store: Store, id: string): Promise<void> {
  await store.transaction(async tx => {
    const item = (await tx.items.current([id])).get(id);
    if (item && item.visibility !== 'WITHDRAWN') await write(tx, [withdraw(item, 'expired')]);
    else await tx.records.remove('sight', [id]);
  });
}

function told(thrown: unknown, { id }: Sight, { log }: HarvestTools): void {
  log.error({ err: thrown, item: id }, 'A page could not be looked at; it is tried again in a few minutes.');
}
