import { resumeFrom } from '../../schemas/cursor.ts';
import { CodedError } from '../../schemas/errors.ts';
import { toReadable } from '../../schemas/instant.ts';
import { sendDenied } from '../deliver/push-topic.ts';
import { receiptsOf } from '../deliver/receipts.ts';
import { openDeliverTools } from '../deliver/thread.ts';
import { shownUrl } from '../harvest/shown-url.ts';
import type { Delivery, Subscription } from '../store/deliveries.ts';
import type { Store } from '../store/store.ts';
import type { Plugins } from './plugins.ts';
import type { Setting } from './setting.ts';

const NEWEST = 100;

/** Without a name: every subscriber with its state; with one: its newest attempts. */
export async function deliveries(name: string | undefined, setting: Setting): Promise<number> {
  return withStore(setting, async store => {
    if (name === undefined) {
      const { head } = await store.changes.bounds();
      for (const one of await store.deliveries.list()) console.log(lineOf(one, head));
      return;
    }
    const { id } = await find(store, name);
    for (const row of await store.deliveries.log(id, NEWEST)) console.log(attemptLine(row));
  });
}

/** Sends everything after a cursor again; `0` is the beginning. */
export async function replay(name: string, from: string, setting: Setting): Promise<number> {
  return withStore(setting, async store => {
    const { id } = await find(store, name);
    const bounds = { epoch: store.epoch, ...(await store.changes.bounds()) };
    const cursor = from === '0' ? 0 : resumeFrom(from, bounds).number;
    await store.deliveries.change(id, { cursor });
    console.log(`${id}: gửi lại từ ${cursor} đến ${bounds.head}.`);
  });
}

/** A subscriber that was given up gets, from where it was, everything that it missed. */
export async function enable(name: string, setting: Setting): Promise<number> {
  return withStore(setting, async store => {
    const { id, state, validUntil } = await find(store, name);
    const over = validUntil !== undefined && validUntil <= (await store.now());
    if (state === 'ended' || over) {
      throw new CodedError(
        'CONFLICT',
        `${id} has ended; it must subscribe again, or stand in the federation file.`,
      );
    }
    await store.deliveries.change(id, { state: 'active' });
    console.log(`${id}: gửi trở lại.`);
  });
}

/** Sends nothing more until it is enabled; a WebSub subscriber is told so. */
export async function disable(name: string, plugins: Plugins, setting: Setting): Promise<number> {
  return withStore(setting, async store => {
    const subscription = await find(store, name);
    await store.deliveries.change(subscription.id, { state: 'disabled', reason: 'operator' });
    if (subscription.kind === 'websub') {
      const tools = openDeliverTools({ ...setting, store, formats: plugins.formats });
      const { row } = await sendDenied(subscription, 'disabled by the operator', tools);
      await store.deliveries.write([row]);
      await tools.close();
    }
    console.log(`${subscription.id}: ngừng gửi.`);
  });
}

/** Which subscribers have confirmed that an item was taken down, or what was last said of it. */
export async function receipts(item: string, plugins: Plugins, setting: Setting): Promise<number> {
  return withStore(setting, async store => {
    const tools = openDeliverTools({ ...setting, store, formats: plugins.formats });
    const found = await receiptsOf(tools, item.startsWith('urn:') ? item : `urn:uuid:${item}`);
    await tools.close();
    if (!found) throw new CodedError('NOT_FOUND', 'The change log knows no such item.');
    console.log(`${found.change.kind} #${found.change.number}\t${toReadable(found.change.at)}`);
    for (const { subscription, state, receipt, at } of found.receipts)
      console.log([subscription, state, receipt, at === undefined ? '–' : toReadable(at)].join('\t'));
  });
}

async function withStore(setting: Setting, act: (store: Store) => Promise<void>): Promise<number> {
  const store = await setting.openStore();
  try {
    await act(store);
    return 0;
  } finally {
    await store.close();
  }
}

/** By its id, or a webhook by its name in the federation file. */
async function find(store: Store, name: string): Promise<Subscription> {
  const all = await store.deliveries.list();
  const found = all.find(({ id }) => id === name || id === `webhook:${name}`);
  if (found) return found;
  const known = all.map(({ id }) => id).slice(0, 20);
  throw new CodedError(
    'NOT_FOUND',
    `No subscriber is called ${name}. There are: ${known.join(', ') || 'none'}.`,
  );
}

function lineOf(
  { id, state, reason, callback, topic, cursor, failures, validUntil }: Subscription,
  head: number,
): string {
  return [
    id,
    reason === undefined ? state : `${state} (${reason})`,
    shownUrl(callback),
    topic,
    `còn ${Math.max(0, head - cursor)} thay đổi`,
    failures > 0 ? `lỗi ×${failures}` : '',
    validUntil === undefined ? '' : `đến ${toReadable(validUntil)}`,
  ].join('\t');
}

function attemptLine(row: Delivery): string {
  const { at, kind, number, item, attempt, outcome, taken, milliseconds, next } = row;
  return [
    toReadable(at),
    kind,
    number === 0 ? '' : `#${number}`,
    item ?? '',
    `lần ${attempt}`,
    taken ? `${outcome} đã nhận` : outcome,
    `${milliseconds} ms`,
    next === undefined ? '' : `thử lại ${toReadable(next)}`,
  ].join('\t');
}
