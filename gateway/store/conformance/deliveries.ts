import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Delivery, Intent, Settlement, Subscription, Turn } from '../deliveries.ts';
import type { Store } from '../store.ts';
import { anItem, type Engine, type MakeEngine, put } from './engine.ts';

const HOOK = { id: 'webhook:a', callback: 'https://a.example/hook', host: 'a.example:443' };
const INTENT: Intent = {
  id: 'websub:1',
  mode: 'subscribe',
  callback: 'https://b.example/cb?x=1',
  host: 'b.example:443',
  topic: 'https://t.example/feeds/all.atom',
  asked: 'https://t.example/feeds/all.atom?kinds=',
  secret: 's3',
  seconds: 100,
};

function attempt(more: Partial<Delivery> = {}): Delivery {
  return {
    subscription: HOOK.id,
    at: 1_000,
    kind: 'change',
    from: 0,
    number: 1,
    attempt: 1,
    outcome: '200',
    taken: true,
    bytes: 10,
    milliseconds: 3,
    ...more,
  };
}

function settled(cursor: number, more: Partial<Settlement> = {}): Settlement {
  return { cursor, due: 0, failures: 0, slow: false, log: [], ...more };
}

export function deliveriesConform(makeEngine: MakeEngine): void {
  describe('deliveries', () => {
    let engine: Engine;
    let store: Store;
    let now = 1_000;
    beforeEach(async () => {
      now = 1_000;
      engine = await makeEngine();
      store = await engine.open(() => now);
    });
    afterEach(() => engine.remove());
    const one = async (id: string) => (await store.deliveries.list()).find(found => found.id === id);
    const take = async (ailing = false): Promise<Turn<Subscription>> => {
      const [turn] = await store.deliveries.lease(1, 100, ailing);
      if (!turn) throw new Error('nothing is due');
      return turn;
    };
    const verify = async (intent: Intent, kept: 'subscribed' | 'unsubscribed' | undefined) => {
      await store.deliveries.ask(intent);
      const [turn] = await store.deliveries.leaseIntents(5, 100);
      if (!turn) throw new Error('no intent');
      const log = attempt({ subscription: intent.id, kind: 'verify', from: 0, number: 0 });
      return store.deliveries.settleIntent(turn, kept, log);
    };

    it('begins a webhook at the head, and has work for it only when something changed', async () => {
      await put(store, anItem('old'));
      await store.deliveries.register([HOOK]);
      expect(await store.deliveries.lease(5, 100, false)).toEqual([]);
      await put(store, anItem('new'));
      const turn = await take();
      expect(turn.of).toMatchObject({ ...HOOK, kind: 'webhook', state: 'active', cursor: 1, failures: 0 });
      expect(await store.deliveries.lease(5, 100, false)).toEqual([]);
      expect(await store.deliveries.settle(turn, settled(2))).toBe(true);
      expect(await store.deliveries.lease(5, 100, false)).toEqual([]);
    });

    it('passes a dead holder’s turn on, and lets it settle nothing from then on but its attempts', async () => {
      await store.deliveries.register([HOOK]);
      await put(store, anItem('a'));
      const dead = await take();
      now += 101;
      const next = await take();
      expect(
        await store.deliveries.settle(dead, settled(1, { log: [attempt({ outcome: '500', taken: false })] })),
      ).toBe(false);
      expect((await one(HOOK.id))?.cursor).toBe(0);
      expect(await store.deliveries.settle(next, settled(1))).toBe(true);
      expect(await store.deliveries.log(HOOK.id, 9)).toHaveLength(1);
    });

    it('never gives one subscription to two, over many openings at once', async () => {
      const many = Array.from({ length: 40 }, (_, i) => ({ ...HOOK, id: `webhook:${i}` }));
      await store.deliveries.register(many);
      await put(store, anItem('a'));
      const openings = await Promise.all(Array.from({ length: 4 }, () => engine.open(() => now)));
      const turns = (
        await Promise.all(
          openings.flatMap(each => [
            each.deliveries.lease(10, 100, false),
            each.deliveries.lease(10, 100, false),
          ]),
        )
      ).flat();
      expect(new Set(turns.map(({ of }) => of.id)).size).toBe(turns.length);
      expect(turns).toHaveLength(40);
    });

    it('keeps those that fail or are slow apart from those that are well, and waits until they are due', async () => {
      await store.deliveries.register([HOOK, { ...HOOK, id: 'webhook:b' }]);
      await put(store, anItem('a'));
      const [first, second] = await store.deliveries.lease(2, 100, false);
      if (!first || !second) throw new Error('two were due');
      await store.deliveries.settle(first, settled(0, { failures: 2, failingSince: 900, due: 1_500 }));
      await store.deliveries.settle(second, settled(0, { slow: true }));
      expect(await store.deliveries.lease(5, 100, false)).toEqual([]);
      expect((await store.deliveries.lease(5, 100, true)).map(({ of }) => of.id)).toEqual([second.of.id]);
      now = 1_500;
      const ailing = await store.deliveries.lease(5, 100, true);
      expect(ailing.map(({ of }) => of).find(({ id }) => id === first.of.id)).toMatchObject({
        failures: 2,
        failingSince: 900,
      });
    });

    it('disables with a reason, enables again where it was, and voids the turn that ran meanwhile', async () => {
      await store.deliveries.register([HOOK]);
      await put(store, anItem('a'));
      await store.deliveries.settle(
        await take(),
        settled(0, { state: 'disabled', reason: 'failing', failures: 9 }),
      );
      await put(store, anItem('b'));
      expect(await store.deliveries.lease(5, 100, true)).toEqual([]);
      await store.deliveries.register([HOOK]);
      expect(await one(HOOK.id)).toMatchObject({ state: 'disabled', reason: 'failing', cursor: 0 });
      expect(await store.deliveries.change(HOOK.id, { state: 'active' })).toBe(true);
      const running = await take();
      expect(running.of.reason).toBeUndefined();
      expect(await store.deliveries.change(HOOK.id, { cursor: 0 })).toBe(true);
      expect(await store.deliveries.settle(running, settled(2))).toBe(false);
      expect((await take()).of.cursor).toBe(0);
      expect(await store.deliveries.change('webhook:nobody', { cursor: 0 })).toBe(false);
    });

    it('ends webhooks that left the federation file, and takes them up at another address or when they return', async () => {
      await store.deliveries.register([HOOK]);
      await store.deliveries.register([]);
      expect(await one(HOOK.id)).toMatchObject({ state: 'ended', reason: 'left' });
      await store.deliveries.register([{ ...HOOK, callback: 'https://c.example/', host: 'c.example:443' }]);
      expect(await one(HOOK.id)).toMatchObject({ state: 'active', callback: 'https://c.example/' });
    });

    it('makes a verified intent a subscription for as long as was granted', async () => {
      await put(store, anItem('a'));
      expect(await verify(INTENT, 'subscribed')).toBe(true);
      const { mode: _mode, seconds: _seconds, ...same } = INTENT;
      expect(await one(INTENT.id)).toMatchObject({ ...same, kind: 'websub', cursor: 1, validUntil: 101_000 });
      expect(await store.deliveries.leaseIntents(5, 100)).toEqual([]);
      await put(store, anItem('b'));
      now = 101_000;
      expect(await store.deliveries.lease(5, 100, false)).toEqual([]);
      await store.deliveries.prune(0);
      expect(await one(INTENT.id)).toMatchObject({ state: 'ended', reason: 'lease-expired' });
      // It lapsed: taken up again it gets what it missed.
      expect(await verify({ ...INTENT, secret: 'other' }, 'subscribed')).toBe(true);
      expect((await take()).of).toMatchObject({ cursor: 1, secret: 'other', validUntil: 201_000 });
    });

    it('leaves a subscription as it is when the intent is not verified, and ends it when it is', async () => {
      await verify(INTENT, 'subscribed');
      await verify({ ...INTENT, mode: 'unsubscribe' }, undefined);
      expect((await one(INTENT.id))?.state).toBe('active');
      await verify({ ...INTENT, mode: 'unsubscribe' }, 'unsubscribed');
      expect(await one(INTENT.id)).toMatchObject({ state: 'ended', reason: 'unsubscribed' });
      await put(store, anItem('a'));
      await verify(INTENT, 'subscribed');
      expect((await one(INTENT.id))?.cursor).toBe(1);
    });

    it('lets the latest intent of a pair stand', async () => {
      await store.deliveries.ask(INTENT);
      const [first] = await store.deliveries.leaseIntents(5, 100);
      await store.deliveries.ask({ ...INTENT, mode: 'unsubscribe' });
      if (!first) throw new Error('no intent');
      expect(await store.deliveries.settleIntent(first, 'subscribed', attempt({ kind: 'verify' }))).toBe(
        false,
      );
      expect(await one(INTENT.id)).toBeUndefined();
      expect((await store.deliveries.leaseIntents(5, 100)).map(({ of }) => of.mode)).toEqual(['unsubscribe']);
    });

    it('counts who is at a host, which other topics are asked for, and how far behind the last one is', async () => {
      await verify(INTENT, 'subscribed');
      await store.deliveries.ask({ ...INTENT, id: 'websub:2', topic: 'https://t.example/feeds/press.rss' });
      await store.deliveries.register([HOOK]);
      await put(store, anItem('a'), anItem('b'));
      expect(await store.deliveries.crowd('websub:9', INTENT.host, INTENT.topic)).toEqual({
        host: 2,
        topics: 1,
        all: 3,
        barred: false,
      });
      expect((await store.deliveries.crowd(INTENT.id, INTENT.host, INTENT.topic)).host).toBe(1);
      const barred = async () => (await store.deliveries.crowd(INTENT.id, INTENT.host, INTENT.topic)).barred;
      await store.deliveries.change(INTENT.id, { state: 'disabled', reason: 'operator' });
      expect(await barred()).toBe(true);
      await store.deliveries.change(INTENT.id, { state: 'active' });
      expect(await barred()).toBe(false);
      expect(await store.deliveries.counts()).toEqual(
        expect.arrayContaining([{ kind: 'webhook', state: 'active', count: 1, behind: 2 }]),
      );
    });

    it('tells who confirmed a change, who passed it and who has not heard of it yet', async () => {
      await store.deliveries.register([HOOK, { ...HOOK, id: 'webhook:b' }, { ...HOOK, id: 'webhook:c' }]);
      await put(store, anItem('a'), anItem('b'));
      const turns = await store.deliveries.lease(3, 100, false);
      const turn = (id: string) => turns.find(({ of }) => of.id === id) as Turn<Subscription>;
      const rows = [
        attempt({ from: 0, number: 1, at: 5, taken: false, outcome: '503', next: 9 }),
        attempt({ from: 0, number: 1, at: 9, attempt: 2 }),
        attempt({ from: 1, number: 2, at: 10, item: 'b' }),
      ];
      await store.deliveries.settle(turn('webhook:a'), settled(2, { log: rows }));
      await store.deliveries.settle(turn('webhook:b'), settled(2));
      const receipts = await store.deliveries.receipts(1);
      expect(receipts.map(({ subscription, receipt, at }) => [subscription, receipt, at])).toEqual([
        ['webhook:a', 'confirmed', 9],
        ['webhook:b', 'passed', undefined],
        ['webhook:c', 'waiting', undefined],
      ]);
      expect(await store.deliveries.log('webhook:a', 2)).toEqual([rows[2], rows[1]]);
      expect(await store.deliveries.log(undefined, 9)).toHaveLength(3);
    });

    it('forgets old attempts, and subscriptions that ended before them', async () => {
      await verify(INTENT, 'subscribed');
      now = 500_000;
      await store.deliveries.prune(400_000);
      expect(await store.deliveries.log(undefined, 9)).toEqual([]);
      expect(await store.deliveries.list()).toEqual([]);
    });
  });
}
