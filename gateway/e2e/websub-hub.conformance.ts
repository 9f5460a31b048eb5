import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CallbackSettings } from '../../schemas/federation.ts';
import { receiptsOf } from '../deliver/receipts.ts';
import type { Subscription } from '../store/deliveries.ts';
import { type Delivering, openDelivering } from './delivering.ts';
import { type FakeSubscriber, startFakeSubscriber } from './fake-subscriber.ts';
import { pause, until } from './run-gateway.ts';
import { idOf, newItem, SEEDED_AT, saveItems, takeAway } from './seed.ts';

/** A fresh database for one gateway; undefined: the embedded store. */
export type MakeDatabase = () => Promise<
  { readonly url: string; readonly remove: () => Promise<void> } | undefined
>;

export function websubHubConforms(makeDatabase: MakeDatabase): void {
  let subscriber: FakeSubscriber;
  let gateway: Delivering;
  let removeDatabase: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    subscriber = await startFakeSubscriber();
  });
  afterAll(() => subscriber.stop());
  const open = async (callbacks: Partial<CallbackSettings> = {}) => {
    const database = await makeDatabase();
    removeDatabase = database?.remove;
    gateway = await openDelivering(
      { allowNetworks: [subscriber.host], timeout: 1_000, ...callbacks },
      { databaseUrl: database?.url },
    );
  };
  beforeEach(() => {
    subscriber.received.length = 0;
    subscriber.behaviours.clear();
  });
  afterEach(async () => {
    await gateway.close();
    await removeDatabase?.();
  });

  const topic = (feed = 'all.atom') => `${gateway.url}/feeds/${feed}`;
  const callback = (path: string) => subscriber.url + path;
  const ask = (path: string, more: Readonly<Record<string, string>> = {}) =>
    gateway.hub({
      'hub.mode': 'subscribe',
      'hub.topic': topic(),
      'hub.callback': callback(path),
      ...more,
    });
  const subscription = async (path: string, state: Subscription['state'] = 'active') =>
    (await gateway.store.deliveries.list()).find(
      one => one.callback.startsWith(callback(path)) && one.state === state,
    );
  const subscribe = async (path: string, more: Readonly<Record<string, string>> = {}) => {
    expect((await ask(path, more)).status).toBe(202);
    return until('the subscription', () => subscription(path));
  };
  const publish = (...keys: string[]) =>
    saveItems(
      gateway.store,
      keys.map(key => newItem('viec-lam', key)),
    );
  const pushes = (path: string, count: number) =>
    until(
      `${count} pushes to ${path}`,
      async () => subscriber.posts(path).length >= count && subscriber.posts(path),
    );

  describe('the hub cases of websub.rocks', () => {
    beforeEach(() => open());

    it('discovery: every feed names its hub and itself, in headers and in the document', async () => {
      for (const feed of [
        'all.atom',
        'press.rss',
        'units.json',
        'all.atom?kinds=unit,press&sites=viec-lam',
      ]) {
        const answer = await fetch(topic(feed));
        const links = answer.headers.get('link') ?? '';
        expect(links).toContain(`<${gateway.url}/hub>; rel="hub"`);
        expect(links).toMatch(new RegExp(`<${gateway.url}/feeds/[^>]+>; rel="self"`));
        expect(await answer.text()).toContain(`${gateway.url}/hub`);
      }
    });

    it('100: verifies a subscription, then sends the topic’s content with its type and links', async () => {
      await subscribe('/cb', { 'hub.lease_seconds': '1000' });
      const [verification] = subscriber.gets('/cb');
      expect(verification?.query.get('hub.mode')).toBe('subscribe');
      expect(verification?.query.get('hub.topic')).toBe(topic());
      expect(verification?.query.get('hub.lease_seconds')).toBe('1000');
      expect(verification?.query.get('hub.challenge')).toMatch(/^\S{32,}$/);
      await publish('a');
      const [push] = await pushes('/cb', 1);
      expect(push?.headers['content-type']).toBe('application/atom+xml; charset=utf-8');
      expect(push?.headers.link).toBe(`<${gateway.url}/hub>; rel="hub", <${topic()}>; rel="self"`);
      expect(push?.headers['x-hub-signature']).toBeUndefined();
      expect(push?.body).toBe(await (await fetch(topic())).text());
    });

    it('100: signs with the subscriber’s secret', async () => {
      await subscribe('/cb', { 'hub.secret': 'bí mật' });
      await publish('a');
      const [push] = await pushes('/cb', 1);
      const expected = createHmac('sha256', 'bí mật')
        .update(push?.body ?? '')
        .digest('hex');
      expect(push?.headers['x-hub-signature']).toBe(`sha256=${expected}`);
    });

    it('101: heeds no parameter that it doesn’t know, and keeps the callback’s own query', async () => {
      await subscribe('/cb?a=b%20c&hub.x=1', { 'hub.foo': 'bar', from: 'somebody' });
      const [verification] = subscriber.gets('/cb');
      expect(verification?.rawQuery).toMatch(/^a=b%20c&hub\.x=1&hub\.mode=subscribe&/);
      expect(verification?.query.has('hub.foo')).toBe(false);
      await publish('a');
      const [push] = await pushes('/cb', 1);
      expect(push?.rawQuery).toBe('a=b%20c&hub.x=1');
    });

    it('102: a subscription renewed before its end stays one, with its new secret and lease', async () => {
      const first = await subscribe('/cb', { 'hub.lease_seconds': '500', 'hub.secret': 'old' });
      await ask('/cb', { 'hub.lease_seconds': '5000', 'hub.secret': 'new' });
      const renewed = await until('the renewal', async () => {
        const now = await subscription('/cb');
        return now?.secret === 'new' && now;
      });
      expect((renewed.validUntil ?? 0) - (first.validUntil ?? 0)).toBeGreaterThan(4_000_000);
      await publish('a');
      await pushes('/cb', 1);
      await pause(300);
      expect(subscriber.posts('/cb')).toHaveLength(1);
    });

    it('103: verifies an unsubscription and sends nothing from then on', async () => {
      await subscribe('/cb');
      expect((await ask('/cb', { 'hub.mode': 'unsubscribe' })).status).toBe(202);
      await until('the end', () => subscription('/cb', 'ended'));
      expect(subscriber.gets('/cb').map(({ query }) => query.get('hub.mode'))).toEqual([
        'subscribe',
        'unsubscribe',
      ]);
      expect(subscriber.gets('/cb')[1]?.query.has('hub.lease_seconds')).toBe(false);
      await publish('a');
      await pause(400);
      expect(subscriber.posts('/cb')).toEqual([]);
    });

    it('104 and 105: sends other content types than Atom as they are served', async () => {
      await subscribe('/rss', { 'hub.topic': topic('all.rss') });
      await subscribe('/json', { 'hub.topic': topic('units.json') });
      await publish('a');
      const [rss] = await pushes('/rss', 1);
      const [json] = await pushes('/json', 1);
      expect(rss?.headers['content-type']).toBe('application/rss+xml; charset=utf-8');
      expect(rss?.body).toBe(await (await fetch(topic('all.rss'))).text());
      expect(json?.headers['content-type']).toBe('application/feed+json; charset=utf-8');
      expect(JSON.parse(json?.body ?? '')).toMatchObject({ items: [{ id: idOf('viec-lam', 'a') }] });
    });
  });

  describe('who may subscribe to what', () => {
    it('takes an address that asks the same for the same topic, and repeats it as it was written', async () => {
      await open();
      const written = topic('all.atom?kinds=press,unit&limit=50');
      await subscribe('/cb', { 'hub.topic': written });
      expect(subscriber.gets('/cb')[0]?.query.get('hub.topic')).toBe(written);
      await ask('/cb', { 'hub.topic': topic('all.atom?kinds=unit&kinds=press') });
      await until('the second verification', async () => subscriber.gets('/cb').length === 2);
      await pause(100);
      const all = await gateway.store.deliveries.list();
      expect(all.map(one => one.topic)).toEqual([topic('all.atom?kinds=press,unit')]);
    });

    it('refuses what it can’t or won’t do, and repeats nothing of it', async () => {
      await open();
      const marker = 'nhac-lai-9f3';
      const wrong: readonly (readonly [number, Readonly<Record<string, string>>])[] = [
        [400, { 'hub.topic': `https://elsewhere.example/${marker}` }],
        [400, { 'hub.topic': topic(`${marker}.atom`) }],
        [400, { 'hub.topic': topic(`all.atom?sites=${marker}`) }],
        [400, { 'hub.topic': topic('all.atom?archive=1') }],
        [400, { 'hub.topic': topic(`search.atom?q=${marker}`) }],
        [400, { 'hub.topic': `${gateway.url.replace('http:', 'ftp:')}/feeds/all.atom` }],
        [400, { 'hub.mode': marker }],
        [400, { 'hub.mode': 'publish' }],
        [400, { 'hub.callback': marker }],
        [400, { 'hub.callback': `ftp://${marker}.example/` }],
        [400, { 'hub.callback': `http://a:${marker}@b.example/` }],
        [400, { 'hub.lease_seconds': '-5' }],
        [400, { 'hub.lease_seconds': '1e9' }],
        [400, { 'hub.secret': 'x'.repeat(200) }],
        [403, { 'hub.callback': `http://127.0.0.1:1/${marker}` }],
        [403, { 'hub.callback': `http://169.254.169.254/${marker}` }],
        [403, { 'hub.callback': `http://[::ffff:10.0.0.1]/${marker}` }],
      ];
      for (const [status, more] of wrong) {
        const answer = await ask('/cb', more);
        expect([more, answer.status]).toEqual([more, status]);
        expect(answer.text).not.toContain(marker);
      }
      const json = await fetch(`${gateway.url}/hub`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      });
      expect(json.status).toBe(415);
      const get = await fetch(`${gateway.url}/hub?hub.mode=subscribe`);
      expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
      expect((await ask('/fine', { 'hub.secret': 'x'.repeat(199) })).status).toBe(202);
      expect(subscriber.gets('/cb')).toEqual([]);
    });

    it('subscribes nobody who doesn’t repeat the challenge', async () => {
      await open();
      subscriber.behaviours.set('/404', { verify: challenge => ({ status: 404, body: challenge }) });
      subscriber.behaviours.set('/302', { verify: challenge => ({ status: 302, body: challenge }) });
      subscriber.behaviours.set('/other', { verify: () => ({ status: 200, body: 'yes' }) });
      subscriber.behaviours.set('/more', { verify: challenge => ({ status: 200, body: `${challenge}!` }) });
      for (const path of ['/404', '/302', '/other', '/more']) await ask(path);
      await until(
        'four verifications',
        async () => (await gateway.store.deliveries.log(undefined, 9)).length === 4,
      );
      expect(await gateway.store.deliveries.list()).toEqual([]);
      const log = await gateway.store.deliveries.log(undefined, 9);
      expect(log.map(({ outcome }) => outcome).toSorted()).toEqual([
        '302',
        '404',
        'CHALLENGE_MISMATCH',
        'CHALLENGE_MISMATCH',
      ]);
    });

    it('keeps a subscription whose end its callback doesn’t confirm', async () => {
      await open();
      await subscribe('/cb');
      subscriber.behaviours.set('/cb', { verify: () => ({ status: 404, body: '' }) });
      await ask('/cb', { 'hub.mode': 'unsubscribe' });
      await until('both verifications', async () => subscriber.gets('/cb').length === 2);
      await publish('a');
      await pushes('/cb', 1);
    });

    it('limits how often, how many and how varied', async () => {
      await open({ rate: { requests: 6, per: 600_000 }, perHost: 2, topics: 2 });
      await subscribe('/1');
      await subscribe('/2');
      expect((await ask('/3')).status).toBe(429);
      // One that is there may always be renewed.
      expect((await ask('/2')).status).toBe(202);
      await ask('/2', { 'hub.mode': 'unsubscribe' });
      await until('room', () => subscription('/2', 'ended'));
      expect((await ask('/4', { 'hub.topic': topic('press.atom') })).status).toBe(202);
      expect((await ask('/5')).status).toBe(429);
    });

    it('lets nobody subscribe past the operator who switched the subscription off', async () => {
      await open();
      const { id } = await subscribe('/cb');
      await gateway.store.deliveries.change(id, { state: 'disabled', reason: 'operator' });
      expect((await ask('/cb')).status).toBe(403);
      await publish('a');
      await pause(300);
      expect(subscriber.posts('/cb')).toEqual([]);
    });

    it('subscribes nobody anew whose request was being verified when the operator switched it off', async () => {
      await open();
      const { id } = await subscribe('/cb');
      subscriber.behaviours.set('/cb', { delay: 400 });
      expect((await ask('/cb')).status).toBe(202);
      await until('the question', async () => subscriber.gets('/cb').length > 1);
      await gateway.store.deliveries.change(id, { state: 'disabled', reason: 'operator' });
      await until('its end', async () => (await gateway.store.deliveries.log(id, 9)).length > 1);
      expect(await subscription('/cb', 'disabled')).toMatchObject({ reason: 'operator' });
    });

    it('has no hub where the federation file closes it', async () => {
      await open({ hub: false });
      expect((await ask('/cb')).status).toBe(404);
      expect((await fetch(topic())).headers.get('link')).not.toContain('hub');
    });

    it('signs by the method that the operator chose', async () => {
      await open({ signature: 'sha512' });
      await subscribe('/cb', { 'hub.secret': 's' });
      await publish('a');
      const [push] = await pushes('/cb', 1);
      expect(push?.headers['x-hub-signature']).toBe(
        `sha512=${createHmac('sha512', 's')
          .update(push?.body ?? '')
          .digest('hex')}`,
      );
    });
  });

  describe('what comes and what does not', () => {
    beforeEach(() => open({ giveUpAfter: 60_000 }));

    it('tells a withdrawal, and never the content that was withdrawn', async () => {
      await subscribe('/atom');
      await subscribe('/json', { 'hub.topic': topic('all.json') });
      await publish('a', 'b');
      await pushes('/atom', 1);
      await takeAway(gateway.store, idOf('viec-lam', 'a'), 'order');
      const [, push] = await pushes('/atom', 2);
      expect(push?.body).toContain(`deleted-entry ref="${idOf('viec-lam', 'a')}"`);
      expect(push?.body).not.toContain('Nội dung tin a.');
      const [, json] = await pushes('/json', 2);
      expect(JSON.parse(json?.body ?? '')).toMatchObject({
        _lienthong: { deleted: [{ id: idOf('viec-lam', 'a'), reason: 'order' }] },
      });
    });

    it('pushes nothing for what is not in the topic, or was there before its site was connected', async () => {
      await subscribe('/press', { 'hub.topic': topic('press.atom') });
      await publish('a');
      await saveItems(gateway.store, [newItem('bao-a', 'old', { backfill: true })]);
      await until('nothing left to do', async () => (await subscription('/press'))?.cursor === 2);
      expect(subscriber.posts('/press')).toEqual([]);
      await saveItems(gateway.store, [newItem('bao-a', 'new')]);
      expect(await pushes('/press', 1)).toHaveLength(1);
    });

    it('loses no item and no tombstone of a burst that is larger than the feed', async () => {
      await subscribe('/cb');
      await gateway.stopDelivering();
      const keys = Array.from({ length: 260 }, (_, i) => `k${i}`);
      await publish(...keys.slice(0, 130));
      await publish(...keys.slice(130));
      for (const key of keys.slice(0, 120)) await takeAway(gateway.store, idOf('viec-lam', key), 'withdrawn');
      await gateway.startDelivering();
      await until('all of it', async () => (await subscription('/cb'))?.cursor === 380);
      const held = new Set<string>();
      for (const { body } of subscriber.posts('/cb')) {
        for (const [, id = ''] of body.matchAll(/<entry>\s*<id>([^<]+)/g)) held.add(id);
        for (const [, id = ''] of body.matchAll(/deleted-entry ref="([^"]+)"/g)) held.delete(id);
      }
      expect(held).toEqual(new Set(keys.slice(120).map(key => idOf('viec-lam', key))));
      const told = subscriber
        .posts('/cb')
        .map(({ body }) => body)
        .join('');
      for (const key of keys.slice(0, 120))
        expect(told).toContain(`deleted-entry ref="${idOf('viec-lam', key)}"`);
    });

    it('tells the new state of an item that its feed only mentions', async () => {
      const [heir, wrong] = [newItem('viec-lam', 'dung'), newItem('viec-lam', 'sai')];
      await saveItems(gateway.store, [heir, wrong]);
      const later = Array.from({ length: 60 }, (_, index) =>
        newItem('bao-hiem', `sau-${index}`, { released: SEEDED_AT + 1_000 + index }),
      );
      await saveItems(gateway.store, later);
      await subscribe('/cb');
      await gateway.store.transaction(async tx => {
        const item = (await tx.items.current([heir.id])).get(heir.id);
        if (item) await tx.items.save([{ ...item, title: 'Bản đính chính', corrects: [wrong.id] }]);
        tx.changes.append([
          { kind: 'put', item: heir.id, backfill: false },
          { kind: 'tombstone', item: wrong.id, reason: 'merged', replacedBy: heir.id },
        ]);
      });
      const [push] = await pushes('/cb', 1);
      expect(push?.body).toContain('Bản đính chính');
      expect(push?.body).toContain(wrong.id);
    });

    it('ends with the lease, and goes on where it was when it is taken up again', async () => {
      await subscribe('/cb', { 'hub.lease_seconds': '1' });
      await pause(1_100);
      await publish('a');
      await pause(400);
      expect(subscriber.posts('/cb')).toEqual([]);
      await ask('/cb');
      expect((await pushes('/cb', 1))[0]?.body).toContain(idOf('viec-lam', 'a'));
    });

    it('counts a push as a receipt only of what concerns its topic', async () => {
      await subscribe('/all');
      await subscribe('/press', { 'hub.topic': topic('press.atom') });
      await publish('a');
      await saveItems(gateway.store, [newItem('bao-a', 'p')]);
      await gateway.stopDelivering();
      await takeAway(gateway.store, idOf('viec-lam', 'a'), 'order');
      await takeAway(gateway.store, idOf('bao-a', 'p'), 'order');
      const receipts = async (id: string) =>
        (await receiptsOf(gateway.tools, id))?.receipts
          .map(({ callback: to, receipt }) => [to, receipt])
          .toSorted();
      expect((await receipts(idOf('bao-a', 'p')))?.map(([, receipt]) => receipt)).toEqual([
        'waiting',
        'waiting',
      ]);
      await gateway.startDelivering();
      await until('both at the head', async () =>
        (await gateway.store.deliveries.list()).every(({ cursor }) => cursor === 4),
      );
      expect(await receipts(idOf('viec-lam', 'a'))).toEqual([
        [callback('/all'), 'confirmed'],
        [callback('/press'), 'passed'],
      ]);
      expect((await receipts(idOf('bao-a', 'p')))?.map(([, receipt]) => receipt)).toEqual([
        'confirmed',
        'confirmed',
      ]);
    });

    it('tells a subscriber, once, that its feed is no longer offered', async () => {
      const asked = topic('gone-since.atom');
      const id = 'websub:gone';
      const host = subscriber.host;
      const mode = 'subscribe';
      await gateway.store.deliveries.ask({
        id,
        mode,
        callback: callback('/cb'),
        host,
        topic: asked,
        asked,
        seconds: 900,
      });
      await until('the subscription', () => subscription('/cb'));
      await publish('a');
      expect(await until('the end', () => subscription('/cb', 'ended'))).toMatchObject({
        reason: 'topic-gone',
      });
      await publish('b');
      await pause(300);
      const denials = subscriber.gets('/cb').filter(({ query }) => query.get('hub.mode') === 'denied');
      expect(denials.map(({ query }) => query.get('hub.topic'))).toEqual([asked]);
      expect(denials[0]?.query.get('hub.reason')).not.toBe('');
      expect(subscriber.posts('/cb')).toEqual([]);
    });

    it('ends when the callback says that it is gone, and follows no redirect', async () => {
      await subscribe('/gone');
      await subscribe('/moved');
      subscriber.behaviours.set('/gone', { status: 410 });
      subscriber.behaviours.set('/moved', { status: 307, headers: { location: callback('/elsewhere') } });
      await publish('a');
      expect(await until('the end', () => subscription('/gone', 'ended'))).toMatchObject({ reason: 'gone' });
      await until('a failure', async () => ((await subscription('/moved'))?.failures ?? 0) > 0);
      expect(subscriber.posts('/elsewhere')).toEqual([]);
      subscriber.behaviours.delete('/moved');
      expect((await pushes('/moved', 2)).length).toBeGreaterThan(1);
    });
  });
}
