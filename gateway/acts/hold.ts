import { CodedError } from '../../schemas/errors.ts';
import { type Instant, toReadable } from '../../schemas/instant.ts';
import type { Item } from '../../schemas/item.ts';
import type { Revision } from '../harvest/revise.ts';
import { write } from '../harvest/write-revisions.ts';
import { holdingCounts } from '../judge/judge.ts';
import type { Store } from '../store/store.ts';
import { type By, checkReason } from './actor.ts';

/** Keeps an item back until a person lets it go: out of every channel at once if it is out. */
export function hold(store: Store, id: string, by: By, reason = 'operator'): Promise<Item> {
  return change(store, id, by, item => {
    if (item.visibility === 'WITHDRAWN') throw isWithdrawn();
    const { releaseAt: _releaseAt, ...rest } = item;
    const wasOut = item.visibility === 'RELEASED';
    const visibility = item.released === undefined ? ('HELD' as const) : ('HIDDEN' as const);
    return {
      item: { ...rest, visibility, visibilityReason: reason },
      before: item,
      ...(wasOut ? { change: { kind: 'tombstone', item: id, reason: 'hidden' } } : {}),
    };
  });
}

/**
 * Lets an item go that a rule or a person held. A press item still waits for its minute, and what its publisher
 * withholds is not ours to let go. What rules found is remembered as passed: only more of it holds the item again.
 */
export function release(store: Store, id: string, by: By): Promise<Item> {
  return change(store, id, by, async (item, now) => {
    if (item.visibility === 'WITHDRAWN') throw isWithdrawn();
    if (item.visibility === 'RELEASED') throw conflict('The item is out already.', 'Tin này đang được phát.');
    if (item.visibilityReason === 'withheld')
      throw conflict(
        'Its publisher withholds it; only the publisher can let it go.',
        'Nơi đăng chưa cho công bố; chỉ nơi đăng cho phép được.',
      );
    const approved = await letPass(store, item);
    const due = item.republication ? item.republication.sourceReleased + item.republication.delay : 0;
    const { releaseAt: _at, visibilityReason: _why, ...rest } = item;
    if (due > now && item.visibilityReason === 'press-delay')
      throw conflict(
        `A press item waits until ${toReadable(due)}; nobody can shorten that.`,
        `Tin báo chí phải chờ đến ${toReadable(due)}; không ai rút ngắn được.`,
      );
    if (due > now)
      return { item: { ...rest, approved, visibilityReason: 'press-delay', releaseAt: due }, before: item };
    return {
      item: { ...rest, approved, visibility: 'RELEASED', released: item.released ?? now },
      before: item,
      change: { kind: 'put', item: id, backfill: false },
    };
  });
}

async function letPass(store: Store, item: Item): Promise<NonNullable<Item['approved']>> {
  const judged = (await store.problems.of('item', [item.id])).get(item.id);
  return { ...item.approved, ...Object.fromEntries(holdingCounts(judged?.problems ?? [])) };
}

type Change = (item: Item, now: Instant) => Revision | Promise<Revision>;

async function change(store: Store, id: string, by: By, make: Change): Promise<Item> {
  checkReason(by);
  await store.transaction(async tx => {
    const now = await store.now();
    const item = (await tx.items.current([id])).get(id);
    if (!item) throw noItem(id);
    await write(tx, [await make(item, now)], { actor: by.actor, details: { reasonGiven: by.reason } });
  });
  const [after] = await store.items.byIds([id]);
  if (!after) throw noItem(id);
  return after;
}

export function noItem(id: string): CodedError {
  return new CodedError('NOT_FOUND', `There is no item ${id.slice(0, 100)}.`, {
    data: { vi: 'Không có tin này.' },
  });
}

function isWithdrawn(): CodedError {
  return conflict(
    'The item is withdrawn; `restore` lifts an order.',
    'Tin đã bị gỡ; lệnh restore mới đưa lại được.',
  );
}

export function conflict(message: string, vi: string): CodedError {
  return new CodedError('CONFLICT', message, { data: { vi } });
}
