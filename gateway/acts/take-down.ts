import { hash, randomUUID } from 'node:crypto';
import { CodedError } from '../../schemas/errors.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Item } from '../../schemas/item.ts';
import type { TakeDown } from '../../schemas/records.ts';
import { withdraw } from '../harvest/revise.ts';
import { write } from '../harvest/write-revisions.ts';
import { canonicalLink } from '../normalise/canonical-link.ts';
import type { Kept } from '../store/records.ts';
import type { Store, Transaction } from '../store/store.ts';
import { type By, checkReason } from './actor.ts';
import { conflict, noItem } from './hold.ts';

const HOUR = 60 * 60_000;
/** NĐ 333/2026 Điều 16(4), second-hand: hours an order leaves. */
export const ORDER_HOURS = { usual: 24, urgent: 6 } as const;
const MOST_ITEMS = 500;

export interface TakeDownOrder extends By {
  readonly items: readonly string[];
  /** Any form of the items' links. */
  readonly links: readonly string[];
  /** Of an authority's order; absent: the operator's own decision. */
  readonly sender?: string;
  readonly reference?: string;
  readonly urgent: boolean;
  /** When the order arrived, if not now. */
  readonly receivedAt?: Instant;
}

/**
 * Takes items out of every channel for good, in one transaction with their tombstones, ledger rows and the blocks that
 * keep the same items and the same texts from coming back. Idempotent on what is already gone.
 */
export async function takeDown(store: Store, order: TakeDownOrder): Promise<Kept<'takedown'>> {
  checkReason(order);
  const ids = await idsOf(store, order);
  const id = randomUUID();
  return store.transaction(async tx => {
    const now = await store.now();
    const current = await tx.items.current(ids);
    const missing = ids.find(one => !current.has(one));
    if (missing !== undefined) throw noItem(missing);
    const record = recordOf(id, ids, order, now);
    const { document } = record;
    const told = { takedown: id, reasonGiven: order.reason, ...sentBy(order) };
    if (order.sender !== undefined || order.reference !== undefined)
      tx.ledger.append({
        type: 'order.received',
        actor: order.actor,
        details: {
          ...told,
          urgent: order.urgent,
          items: ids,
          receivedAt: document.receivedAt,
          dueAt: document.dueAt,
        },
      });
    tx.ledger.append({ type: 'takedown.started', actor: order.actor, details: { ...told, items: ids } });
    await block(tx, [...current.values()], id, order.reason, now);
    const living = [...current.values()].filter(item => item.visibility !== 'WITHDRAWN');
    const gone = [...current.values()].filter(item => item.visibility === 'WITHDRAWN');
    await write(
      tx,
      living.map(item => withdraw(item, 'order')),
      { actor: order.actor, details: told },
    );
    // What its publisher took back must not come back with the publisher either.
    await tx.items.save(gone.map(item => ({ ...item, visibilityReason: 'order' })));
    await tx.records.put(record);
    tx.ledger.append({
      type: 'takedown.done',
      actor: 'gateway',
      details: {
        takedown: id,
        urgent: order.urgent,
        receivedAt: document.receivedAt,
        removedAt: now,
        minutes: Math.ceil((now - document.receivedAt) / 60_000),
        items: ids,
      },
    });
    return record;
  });
}

async function idsOf(store: Store, { items, links }: TakeDownOrder): Promise<string[]> {
  const found = await Promise.all(
    links.map(async link => {
      const [item] = URL.canParse(link) ? await store.items.byLinks([canonicalLink(link)]) : [];
      if (!item)
        throw new CodedError('NOT_FOUND', `No item has the link ${link.slice(0, 300)}.`, {
          data: { vi: `Không có tin nào ở địa chỉ ${link.slice(0, 300)}.` },
        });
      return item.id;
    }),
  );
  const ids = [...new Set([...items, ...found])];
  if (ids.length === 0 || ids.length > MOST_ITEMS)
    throw new CodedError('BAD_INPUT', `Name 1 to ${MOST_ITEMS} items, by id or link.`, {
      data: { vi: `Cần từ 1 đến ${MOST_ITEMS} tin, theo mã hoặc liên kết.` },
    });
  return ids;
}

function recordOf(
  id: string,
  items: readonly string[],
  order: TakeDownOrder,
  now: Instant,
): Kept<'takedown'> {
  const { reason, urgent, actor } = order;
  const receivedAt = Math.min(order.receivedAt ?? now, now);
  const document: TakeDown = {
    items,
    reason,
    ...sentBy(order),
    urgent,
    actor,
    receivedAt,
    dueAt: receivedAt + (urgent ? ORDER_HOURS.urgent : ORDER_HOURS.usual) * HOUR,
    removedAt: now,
  };
  return { kind: 'takedown', id, state: 'running', at: now, document };
}

function sentBy({ sender, reference }: TakeDownOrder) {
  return { ...(sender !== undefined && { sender }), ...(reference !== undefined && { reference }) };
}

async function block(
  tx: Transaction,
  items: readonly Item[],
  takedown: string,
  reason: string,
  now: Instant,
): Promise<void> {
  const ids: string[] = [];
  for (const item of items) {
    // A trimmed item is recognised by the text it came with, which whoever re-posts it has.
    const full = (await tx.records.get('full-text', item.id))?.document;
    ids.push(`item:${item.id}`, ...bodyKeys(item), ...(full ? bodyKeys({ ...item, ...full }) : []));
  }
  const records = [...new Set(ids)].map(
    (id): Kept<'block'> => ({
      kind: 'block',
      id,
      state: 'in-force',
      at: now,
      document: { takedown, reason },
    }),
  );
  await tx.records.put(...records);
}

/** A text too short says nothing of whose it is. */
const LEAST_TEXT = 80;

/** What a text is recognised by under any id: its words, whatever their case, blanks and marks of punctuation. */
export function bodyKeys(item: Pick<Item, 'title' | 'contentText'>): string[] {
  const words =
    `${item.title} ${item.contentText}`
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const text = words.join(' ');
  return text.length < LEAST_TEXT ? [] : [`body:${hash('sha256', text, 'hex')}`];
}

/**
 * Lifts an order: the item may come back, under its id, when its publisher still publishes it; its source is asked at
 * once. Content that was erased is not conjured up from anywhere else.
 */
export async function restore(store: Store, id: string, by: By): Promise<Item> {
  checkReason(by);
  const source = await store.transaction(async tx => {
    const now = await store.now();
    const item = (await tx.items.current([id])).get(id);
    if (!item) throw noItem(id);
    if (item.visibility !== 'WITHDRAWN') throw conflict('The item is not withdrawn.', 'Tin này không bị gỡ.');
    if (item.visibilityReason === 'merged')
      throw conflict('The item is part of another one now.', 'Tin này đã gộp vào tin khác.');
    await tx.items.save([{ ...item, visibilityReason: 'withdrawn' }]);
    await unblock(tx, store, id);
    tx.ledger.append({
      type: 'item.restored',
      actor: by.actor,
      item: id,
      site: item.site,
      details: { reasonGiven: by.reason, at: now },
    });
    return item.source;
  });
  await store.work.request(source);
  const [after] = await store.items.byIds([id]);
  if (!after) throw noItem(id);
  return after;
}

async function unblock(tx: Transaction, store: Store, item: string): Promise<void> {
  const own = await tx.records.get('block', `item:${item}`);
  if (!own) return;
  const others = await store.records.find('block', { first: 5_000 });
  const same = others.filter(({ document }) => document.takedown === own.document.takedown);
  const items = new Set(same.filter(({ id }) => id.startsWith('item:')).map(({ id }) => id));
  // Texts of an order that named several items stay blocked for the others.
  const lifted = items.size > 1 ? [own.id] : same.map(({ id }) => id);
  await tx.records.remove('block', lifted);
}
