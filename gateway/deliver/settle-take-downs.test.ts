import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { takeDown } from '../acts/take-down.ts';
import { type Delivering, openDelivering } from '../e2e/delivering.ts';
import { idOf, newItem, saveItems } from '../e2e/seed.ts';
import type { DeliveryRoom } from '../store/deliveries.ts';
import { settleTakeDowns } from './settle-take-downs.ts';

let gateway: Delivering;

beforeEach(async () => {
  const webhook = {
    id: 'a',
    url: 'http://127.0.0.1:1/a',
    secret: `whsec_${Buffer.alloc(32, 1).toString('base64')}`,
    select: { sites: [], topics: [], kinds: [] },
    events: ['put', 'tombstone'] as const,
    backfill: false,
  };
  gateway = await openDelivering({ allowNetworks: ['127.0.0.1:1'], webhooks: [webhook] });
  // Nothing is delivered: the receiver is behind for ever.
  await gateway.stopDelivering();
});

afterEach(() => gateway.close());

const keysOf = (count: number) => Array.from({ length: count }, (_, index) => `k${index}`);

async function order(keys: readonly string[], receivedAt?: number): Promise<string> {
  const { id } = await takeDown(gateway.store, {
    items: keys.map(key => idOf('viec-lam', key)),
    links: [],
    reason: 'Theo yêu cầu',
    urgent: true,
    actor: 'operator',
    ...(receivedAt !== undefined && { receivedAt }),
  });
  return id;
}

const publish = (keys: readonly string[]) =>
  saveItems(
    gateway.store,
    keys.map(key => newItem('viec-lam', key)),
  );
const stateOf = async (id: string) => (await gateway.store.records.get('takedown', id))?.state;

it('closes a take-down whose time is over, however many newer ones still wait', async () => {
  const [first = '', ...others] = keysOf(56);
  await publish([first, ...others]);
  const over = await order([first], Date.now() - 48 * 60 * 60_000);
  const waiting = await Promise.all(others.map(key => order([key])));
  await settleTakeDowns(gateway.tools);
  expect([await stateOf(over), await stateOf(waiting[0] ?? '')]).toEqual(['done', 'running']);
}, 30_000);

it('asks for no receipts of every item while somebody is behind: that would hold up all deliveries', async () => {
  const keys = keysOf(40);
  await publish(keys);
  const id = await order(keys);
  let asked = 0;
  const { store } = gateway.tools;
  const deliveries: DeliveryRoom = {
    ...store.deliveries,
    receipts(number) {
      asked += 1;
      return store.deliveries.receipts(number);
    },
  };
  await settleTakeDowns({
    ...gateway.tools,
    store: Object.create(store, { deliveries: { value: deliveries } }),
  });
  expect([await stateOf(id), asked]).toEqual(['running', 0]);
  const { head } = await store.changes.bounds();
  await store.deliveries.change('webhook:a', { cursor: head });
  await settleTakeDowns(gateway.tools);
  expect(await stateOf(id)).toBe('done');
});
