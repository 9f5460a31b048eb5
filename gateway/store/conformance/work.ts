import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Store } from '../store.ts';
import type { Lease, WorkOutcome } from '../work.ts';
import type { Engine, MakeEngine } from './engine.ts';

const GOOD: WorkOutcome = { next: 5_000, interval: 300, succeeded: true, changed: true };

export function workConforms(makeEngine: MakeEngine): void {
  describe('work', () => {
    let engine: Engine;
    let store: Store;
    let now = 1_000;
    beforeEach(async () => {
      now = 1_000;
      engine = await makeEngine();
      store = await engine.open(() => now);
      await store.work.register([
        { name: 's/a', interval: 600 },
        { name: 's/b', interval: 600 },
      ]);
    });
    afterEach(() => engine.remove());
    const state = async (name: string) => (await store.work.states()).find(({ source }) => source === name);
    const take = async (): Promise<Lease> => {
      const lease = await store.work.leaseOne('s/a', 100);
      if (!lease) throw new Error('no lease');
      return lease;
    };

    const finish = async (outcome: WorkOutcome) => store.work.finish([{ lease: await take(), outcome }]);

    it('tells of one source what it tells of all', async () => {
      await finish({ ...GOOD, strictReader: { entries: 48, refusedAt: '<x>', at: 7 } });
      for (const one of await store.work.states()) expect(await store.work.state(one.source)).toEqual(one);
      expect(await store.work.state('nobody/x')).toBeUndefined();
    });

    it('makes a new source due at once', async () => {
      expect((await store.work.lease(10, 100)).map(({ source }) => source).toSorted()).toEqual([
        's/a',
        's/b',
      ]);
      expect(await store.work.lease(10, 100)).toEqual([]);
    });

    it('never gives one source to two, over many openings at once', async () => {
      await store.work.register(Array.from({ length: 60 }, (_, i) => ({ name: `s/${i}`, interval: 1 })));
      const openings = await Promise.all(Array.from({ length: 5 }, () => engine.open(() => now)));
      const leases = (
        await Promise.all(openings.flatMap(one => [one.work.lease(9, 100), one.work.lease(9, 100)]))
      ).flat();
      expect(new Set(leases.map(({ source }) => source)).size).toBe(leases.length);
      expect(leases).toHaveLength(60);
    });

    it('passes a dead holder’s lease on, and refuses its batches and its outcome from then on', async () => {
      const dead = await take();
      now += 101;
      const next = await take();
      expect(next.token).not.toBe(dead.token);
      await expect(store.transaction(tx => tx.work.checkpoint(dead, 'feed', { page: 2 }))).rejects.toThrow(
        'passed on',
      );
      expect(await store.work.renew(dead, 100)).toBe(false);
      await store.work.finish([{ lease: dead, outcome: { ...GOOD, next: 99_999 } }]);
      expect((await state('s/a'))?.due).not.toBe(99_999);
    });

    it('keeps a lease that is renewed', async () => {
      const lease = await take();
      now += 90;
      expect(await store.work.renew(lease, 100)).toBe(true);
      now += 90;
      expect(await store.work.leaseOne('s/a', 100)).toBeUndefined();
    });

    it('books how a harvest ended', async () => {
      await finish({
        ...GOOD,
        strictReader: { entries: 48, refusedAt: '<x>', at: 7 },
      });
      expect(await state('s/a')).toMatchObject({
        due: 5_000,
        interval: 300,
        failures: 0,
        lastSucceeded: 1_000,
        lastChanged: 1_000,
      });
      const error = { code: 'SITE_FAILED', message: 'down' };
      now = 6_000;
      for (const failures of [1, 2]) {
        await finish({
          next: now,
          interval: 300,
          succeeded: false,
          changed: false,
          error,
        });
        expect(await state('s/a')).toMatchObject({
          failures,
          lastSucceeded: 1_000,
          lastError: { ...error, at: 6_000 },
        });
      }
      expect(await state('s/a')).toMatchObject({ strictReader: { entries: 48 } });
    });

    it('gives a source back as it was, due at once', async () => {
      await store.work.giveBack(await take());
      expect((await state('s/a'))?.failures).toBe(0);
      expect(await store.work.leaseOne('s/a', 100)).toBeDefined();
    });

    it('keeps a checkpoint with its connector, in the transaction of its batch', async () => {
      const lease = await take();
      await store.transaction(async tx => {
        await tx.work.checkpoint(lease, 'feed', { etag: '"1"', deep: [1, { x: null }] });
        await tx.work.count('s/a', 3);
      });
      expect(await store.work.checkpoint('s/a')).toEqual({
        connector: 'feed',
        value: { etag: '"1"', deep: [1, { x: null }] },
      });
      expect((await state('s/a'))?.harvested).toBe(3);
      const failing = store.transaction(async tx => {
        await tx.work.checkpoint(lease, 'feed', 'later');
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect((await store.work.checkpoint('s/a'))?.value).toMatchObject({ etag: '"1"' });
    });

    it('pauses, for a time or until somebody resumes', async () => {
      expect(await store.work.pause('s/a', { reason: 'operator' })).toBe(true);
      await store.work.pause('s/b', { reason: 'operator', until: 2_000 });
      expect(await store.work.lease(10, 100)).toEqual([]);
      now = 2_000;
      expect((await store.work.lease(10, 100)).map(({ source }) => source)).toEqual(['s/b']);
      await store.work.pause('s/a', undefined);
      expect((await store.work.lease(10, 100)).map(({ source }) => source)).toEqual(['s/a']);
      expect(await store.work.pause('nobody/x', { reason: 'x' })).toBe(false);
    });

    it('makes a source due that is asked for', async () => {
      await finish(GOOD);
      expect(await store.work.request('s/a')).toBe(true);
      expect((await store.work.lease(10, 100)).map(({ source }) => source)).toContain('s/a');
      expect(await store.work.request('nobody/x')).toBe(false);
    });

    it('harvests once more when it was asked for in the middle of a harvest', async () => {
      const lease = await take();
      await store.work.request('s/a');
      expect(await store.work.leaseOne('s/a', 100)).toBeUndefined();
      await store.work.finish([{ lease, outcome: GOOD }]);
      expect((await state('s/a'))?.due).toBe(now);
    });

    it('pauses sources that left the federation file, and takes them up when they come back', async () => {
      await store.work.register([{ name: 's/b', interval: 600 }]);
      expect(await state('s/a')).toMatchObject({ paused: { reason: 'left' }, left: 1_000, connected: 1_000 });
      now = 9_000;
      await store.work.register([
        { name: 's/a', interval: 600 },
        { name: 's/b', interval: 600 },
      ]);
      const back = await state('s/a');
      expect(back?.paused).toBeUndefined();
      expect(back?.left).toBeUndefined();
      expect(back?.connected).toBe(1_000);
    });
  });

  describe('the request log and the keys', () => {
    let engine: Engine;
    let store: Store;
    beforeEach(async () => {
      engine = await makeEngine();
      store = await engine.open();
    });
    afterEach(() => engine.remove());

    it('shows each source what was asked of it, newest first, and forgets', async () => {
      const row = (at: number, source: string) => ({
        at,
        source,
        host: 'h:80',
        method: 'GET',
        url: 'http://h/',
        outcome: '200',
        bytes: 12,
        milliseconds: 34,
        notModified: at % 2 === 0,
      });
      await store.requests.write([row(1, 's/a'), row(2, 's/a'), row(3, 's/b')]);
      expect(await store.requests.newest('s/a', 5)).toEqual([row(2, 's/a'), row(1, 's/a')]);
      expect(await store.requests.prune(2)).toBe(1);
      expect(await store.requests.newest('s/a', 5)).toHaveLength(1);
    });

    it('knows a key by its hash until it is revoked', async () => {
      const key = { id: 'k1', title: 'Cổng', scopes: ['read', 'site:x'], created: 5 };
      await store.keys.create(key, 'hash');
      expect(await store.keys.byHash('hash')).toEqual(key);
      expect(await store.keys.byHash('other')).toBeUndefined();
      expect(await store.keys.revoke('k1')).toBe(true);
      expect(await store.keys.revoke('k1')).toBe(false);
      expect((await store.keys.byHash('hash'))?.revoked).toBeGreaterThan(0);
      expect(await store.keys.list()).toHaveLength(1);
    });

    it('keeps what a key may, and when it was last used', async () => {
      const key = {
        id: 'k1',
        title: 'Cổng',
        scopes: ['read'],
        created: 5,
        expires: 90,
        quota: { requests: 100, per: 3_600_000 },
      };
      await store.keys.create(key, 'hash');
      expect(await store.keys.byHash('hash')).toEqual(key);
      await store.keys.touch('k1', 70);
      await store.keys.touch('k1', 60);
      await store.keys.touch('nobody', 60);
      expect(await store.keys.list()).toEqual([{ ...key, used: 70 }]);
    });

    it('gives a key another secret; the one before is told apart, the one before that is gone', async () => {
      const key = { id: 'k1', title: 'Cổng', scopes: ['read'], created: 5 };
      await store.keys.create(key, 'first');
      await store.keys.create({ ...key, id: 'k2' }, 'of another');
      expect(await store.keys.rotate('k1', 'second', 50)).toBe(true);
      expect(await store.keys.byHash('second')).toEqual({ ...key, graceUntil: 50 });
      expect(await store.keys.byHash('first')).toEqual({ ...key, graceUntil: 50, old: true });
      expect(await store.keys.rotate('k1', 'third', 60)).toBe(true);
      expect(await store.keys.byHash('first')).toBeUndefined();
      expect(await store.keys.byHash('second')).toMatchObject({ old: true, graceUntil: 60 });
      await store.keys.revoke('k1');
      expect(await store.keys.rotate('k1', 'fourth', 70)).toBe(false);
      expect(await store.keys.rotate('nobody', 'fourth', 70)).toBe(false);
    });
  });
}
