import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pause, until } from '../../gateway/e2e/run-gateway.ts';
import { idOf, newItem, newItems, saveItems, takeAway } from '../../gateway/e2e/seed.ts';
import { openSeededServer, type SeededServer } from '../../gateway/e2e/seeded-server.ts';
import { createKey } from '../../gateway/http/access.ts';
import { type Batch, followChanges, type Sink } from './follow-changes.mjs';
import { type Mishap, startWaywardWay, type WaywardWay } from './wayward-way.ts';

let world: SeededServer;
let way: WaywardWay;

beforeEach(async () => {
  world = await openSeededServer();
  way = await startWaywardWay(await world.serve());
});

afterEach(async () => {
  await way.stop();
  await world.close();
});

/** The contract, in memory: together or not at all. */
function memory() {
  const items = new Map<string, { readonly title: string; readonly generation: string }>();
  const batches: Batch[] = [];
  let place: string | undefined;
  const sink: Sink = {
    load: () => place,
    apply(batch) {
      if (batch.from !== place) return false;
      batches.push(batch);
      for (const { id, item } of batch.puts)
        items.set(id, { title: item.title ?? '', generation: batch.generation });
      for (const { id } of batch.tombstones) items.delete(id);
      if (batch.sweep)
        for (const [id, { generation }] of items) if (generation !== batch.generation) items.delete(id);
      place = batch.to;
      return true;
    },
  };
  return {
    sink,
    items,
    batches,
    spoil: (text: string | undefined) => {
      place = text;
    },
    place: () => place,
  };
}

type Memory = ReturnType<typeof memory>;

const follow = (to: Memory, more: object = {}) =>
  followChanges({
    gateway: way.url,
    sink: to.sink,
    once: true,
    limit: 7,
    longestWait: 20,
    stream: false,
    ...more,
  });

async function expectEqual({ items }: Memory, store = world.store): Promise<void> {
  const seen = await store.items.page({ filter: {}, order: 'PUBLISHED', first: 200 });
  expect([...items].map(([id, { title }]) => [id, title]).toSorted()).toEqual(
    seen.map(({ id, title }) => [id, title]).toSorted(),
  );
}

const sendJson = (body: unknown, status = 200, headers = {}) =>
  ((response: ServerResponse) =>
    void response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(body))) satisfies Mishap;
const page = (...changes: unknown[]) => sendJson({ changes, cursor: 'x', upToDate: false });

describe('whatever comes instead of an answer, nothing of it is taken and nothing is lost', () => {
  it.each<[string, Mishap]>([
    ['a cut connection', response => void response.destroy()],
    [
      'an answer that ends in the middle, as old servers end one',
      response => {
        response.writeHead(200, { 'content-type': 'application/json', connection: 'close' });
        response.socket?.end('{"changes":[{"kind":"tombstone","id":"');
      },
    ],
    [
      'fewer bytes than were promised',
      response => {
        response.writeHead(200, { 'content-length': 1000 });
        response.write('{"changes":[]');
        setTimeout(() => response.destroy(), 10);
      },
    ],
    ['half a JSON', response => void response.end('{"changes":[],"cursor":"x","upTo')],
    ['nothing', response => void response.end()],
    ['a page of the hotel', response => void response.end('<!doctype html><title>Welcome</title>')],
    ['null', sendJson(null)],
    ['another API', sendJson({ data: [] })],
    ['no cursor', sendJson({ changes: [], upToDate: true })],
    ['a put without an item', page({ kind: 'put', id: 'a', cursor: 'x', at: '' })],
    ['a put of another item', page({ kind: 'put', id: 'a', item: { id: 'b' }, cursor: 'x', at: '' })],
    ['a kind nobody knows', page({ kind: 'move', id: 'a', cursor: 'x', at: '' })],
    ['a place that never moves', sendJson({ changes: [], cursor: undefined, upToDate: false })],
    [
      'too many requests',
      sendJson({ error: { code: 'RATE_LIMITED', message: 'x' } }, 429, { 'retry-after': '0' }),
    ],
    ['a gateway that starts', response => void response.writeHead(502).end('<h1>Bad Gateway</h1>')],
    ['a store that is away', sendJson({ error: { code: 'UNAVAILABLE', message: 'x' } }, 503)],
    ['a page that was moved', response => void response.writeHead(404).end()],
  ])('%s', async (_name, mishap) => {
    await saveItems(world.store, newItems(20));
    const held = memory();
    const told: string[] = [];
    way.mishaps.push(mishap, mishap);
    await follow(held, { log: (message: string) => told.push(message) });
    await expectEqual(held);
    expect(told).toHaveLength(2);
    way.mishaps.push(mishap);
    await takeAway(world.store, idOf('cong', 'bai-0'), 'withdrawn');
    await follow(held);
    await expectEqual(held);
  });

  it('an answer that stays away is given up after the time limit', async () => {
    await saveItems(world.store, newItems(5));
    const held = memory();
    way.mishaps.push(
      () => undefined,
      response => void response.write('{"changes":'),
    );
    await follow(held, { timeout: 150 });
    await expectEqual(held);
  });

  it('a page that is too large is asked for in smaller ones', async () => {
    await saveItems(world.store, newItems(60));
    const held = memory();
    await follow(held, { limit: 60, maxBytes: 12_000 });
    await expectEqual(held);
    const limits = way.asked.map(({ url }) => Number(new URLSearchParams(url?.split('?')[1]).get('limit')));
    expect(Math.max(...limits)).toBe(60);
    expect(Math.min(...limits)).toBeLessThan(15);
  });

  it('a sink that is away is waited for', async () => {
    await saveItems(world.store, newItems(20));
    const held = memory();
    const { load, apply } = held.sink;
    let turn = 0;
    const sometimes = <T>(act: () => T): T => {
      turn += 1;
      if (turn % 3 === 1) throw new Error('the database is away');
      return act();
    };
    held.sink.load = () => sometimes(load);
    held.sink.apply = batch => sometimes(() => apply(batch));
    await follow(held);
    await expectEqual(held);
    way.mishaps.push(sendJson({ error: { code: 'RESYNC_REQUIRED', message: 'x' } }, 410));
    await follow(held);
    await expectEqual(held);
  });

  it('Retry-After is waited for', async () => {
    const held = memory();
    way.mishaps.push(sendJson({}, 503, { 'retry-after': '1' }));
    const began = performance.now();
    await follow(held);
    expect(performance.now() - began).toBeGreaterThan(990);
  });
});

describe('what only a person can mend ends it with the reason', () => {
  it.each<[string, object, string]>([
    ['an unknown site', { select: { sites: ['nobody'] } }, 'BAD_INPUT'],
    ['a limit out of bounds', { limit: 5000 }, 'BAD_INPUT'],
    ['a key that is none', { key: 'lt_wrong' }, 'UNAUTHENTICATED'],
  ])('%s', async (_name, more, code) => {
    await expect(follow(memory(), more)).rejects.toMatchObject({ name: 'FollowError', code });
  });

  it('a redirect is not followed, so the key goes nowhere else, and the final address is told', async () => {
    const elsewhere = await startWaywardWay(await world.serve());
    way.mishaps.push(
      response => void response.writeHead(302, { location: `${elsewhere.url}/changes` }).end(),
    );
    const { text } = await createKey(world.store.keys, { title: 'cổng', scopes: ['read'], created: 0 });
    const told: string[] = [];
    await follow(memory(), { key: text, log: (message: string) => told.push(message) });
    expect(elsewhere.asked).toEqual([]);
    expect(told[0]).toContain(elsewhere.url);
    expect(way.asked.map(({ headers }) => headers.authorization)).toEqual([
      `Bearer ${text}`,
      `Bearer ${text}`,
    ]);
    await elsewhere.stop();
  });
});

describe('starting over', () => {
  it('at another gateway’s store (restored from a back-up) ends with exactly what that one shows', async () => {
    await saveItems(world.store, newItems(30));
    const held = memory();
    await follow(held);
    const restored = await openSeededServer();
    await saveItems(restored.store, [...newItems(12), newItem('cong', 'chỉ ở đây')]);
    way.leadTo(await restored.serve());
    const told: string[] = [];
    await follow(held, { log: (message: string) => told.push(message) });
    await expectEqual(held, restored.store);
    expect(told).toHaveLength(1);
    // Old rows stood until the new ones were all there.
    expect(held.batches.filter(({ sweep }) => sweep)).toHaveLength(2);
    await restored.close();
  });

  it.each([
    ['garbage', 'garbage'],
    ['JSON of somebody else', '{"cursor":5}'],
    [
      'a cursor we never gave out',
      JSON.stringify({ cursor: '!', select: '', generation: 'g', sweeping: false }),
    ],
    ['nothing', undefined],
  ])('with %s as its place, over rows of nobody knows when', async (_name, place) => {
    await saveItems(world.store, newItems(20));
    const held = memory();
    held.items.set('urn:uuid:gone', { title: 'Đã gỡ từ lâu', generation: 'g' });
    held.spoil(place);
    await follow(held);
    await expectEqual(held);
  });

  it('again and again is slow, so that two stores behind one address are not hammered', async () => {
    const other = await openSeededServer();
    await saveItems(world.store, newItems(20));
    await saveItems(other.store, newItems(20));
    const asks = [await world.serve(), await other.serve()];
    let turn = 0;
    way.leadTo((path, init) => {
      turn += 1;
      const ask = asks[turn % 2];
      if (!ask) throw new Error('no gateway');
      return ask(path, init);
    });
    const stop = AbortSignal.timeout(1500);
    await follow(memory(), { longestWait: 60_000, signal: stop });
    expect(turn).toBeLessThan(12);
    await other.close();
  });
});

describe('hearing of changes by a stream', () => {
  async function following(held: Memory, more: object = {}) {
    const stop = new AbortController();
    const done = follow(held, { once: false, stream: true, every: 60_000, signal: stop.signal, ...more });
    return {
      shows: (id: string, shown: boolean) =>
        until(`${id} ${shown}`, async () => held.items.has(id) === shown && { done: true }),
      async end() {
        stop.abort();
        await done;
      },
    };
  }

  it('puts, those of the backlog too, and withdrawals are there at once, with no question asked', async () => {
    await saveItems(world.store, newItems(10));
    const held = memory();
    const { shows, end } = await following(held);
    await shows(idOf('cong', 'bai-0'), true);
    await until('the stream', async () => way.asked.length === 3);
    await saveItems(world.store, [newItem('cong', 'moi', { title: 'Mới' })]);
    await shows(idOf('cong', 'moi'), true);
    await saveItems(world.store, [newItem('bao-a', 'cu', { backfill: true })]);
    await shows(idOf('bao-a', 'cu'), true);
    await takeAway(world.store, idOf('cong', 'moi'), 'order');
    await shows(idOf('cong', 'moi'), false);
    await end();
    await expectEqual(held);
    expect(way.asked).toHaveLength(3);
  });

  it('when it is cut, what was missed meanwhile is asked for and a new one begun', async () => {
    await saveItems(world.store, newItems(10));
    const held = memory();
    const { shows, end } = await following(held);
    await until('the stream', async () => way.asked.length === 3);
    way.cut();
    await takeAway(world.store, idOf('cong', 'bai-4'), 'withdrawn');
    await shows(idOf('cong', 'bai-4'), false);
    await until('another stream', async () => way.asked.at(-1)?.headers.accept === 'text/event-stream');
    await saveItems(world.store, [newItem('cong', 'moi')]);
    await shows(idOf('cong', 'moi'), true);
    await end();
    await expectEqual(held);
  });

  it.each<[string, Mishap]>([
    ['refused', sendJson({ error: { code: 'RATE_LIMITED', message: 'x' } }, 429)],
    ['taken for a page', response => void response.end('<p>')],
    [
      'larger than anything',
      response => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.end(`data: ${'x'.repeat(2_000_000)}`);
      },
    ],
  ])('where it is %s, changes are asked for every so often', async (_name, mishap) => {
    await saveItems(world.store, newItems(3));
    const held = memory();
    way.mishaps.push(
      ...[1, 2].map(
        (): Mishap => (response, request) => {
          if (request.headers.accept === 'text/event-stream') return mishap(response, request);
          return sendJson({ changes: [], cursor: 'x', upToDate: true })(response);
        },
      ),
    );
    held.spoil(undefined);
    const { shows, end } = await following(held, { every: 50, maxBytes: 1_000_000 });
    await shows(idOf('cong', 'bai-0'), true);
    await saveItems(world.store, [newItem('cong', 'moi')]);
    await shows(idOf('cong', 'moi'), true);
    await end();
    expect(way.asked.filter(({ headers }) => headers.accept === 'text/event-stream')).toHaveLength(1);
  });

  it('events are read byte by byte, with any line break, in halves of a letter', async () => {
    const held = memory();
    const event = { kind: 'put', id: 'a', item: { id: 'a', title: 'Đủ dấu: ế' }, cursor: 'c2', at: '' };
    const text = `\uFEFF: nối\r\rretry: 3000\r\n\r\nid: c2\r\nevent: put\r\ndata: ${JSON.stringify(event).slice(0, 20)}`;
    const broken = JSON.stringify(
      { ...event, id: 'b', item: { id: 'b', title: 'hai\ndòng' }, cursor: 'c3' },
      null,
      1,
    );
    const lines = broken.split('\n').map(line => `data:${line}`);
    const whole = `${text}${JSON.stringify(event).slice(20)}\r\n\r\nid: c3\n${lines.join('\n')}\n\nid: c4\r\rdata: {"kind":"put","id":"half`;
    way.mishaps.push(sendJson({ changes: [], cursor: 'c1', upToDate: true }), async response => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const byte of Buffer.from(whole)) {
        response.write(Buffer.of(byte));
        if (byte === 13 || byte > 127) await pause(1);
      }
      response.end();
    });
    const { end } = await following(held);
    await until('the end', async () => held.place()?.includes('"c4"'));
    await end();
    expect([...held.items].map(([id, { title }]) => [id, title])).toEqual([
      ['a', 'Đủ dấu: ế'],
      ['b', 'hai\ndòng'],
    ]);
  });

  it('a change that can’t be understood is not passed over', async () => {
    await saveItems(world.store, newItems(3));
    const held = memory();
    way.mishaps.push(sendJson({ changes: [], cursor: 'c1', upToDate: true }), response => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end('id: c2\nevent: put\ndata: {"kind":"put","id":"a"}\n\n');
    });
    const { end } = await following(held);
    await pause(300);
    expect(held.place()).toContain('"c1"');
    await end();
  });
});

describe('ending', () => {
  it('waits for the batch that is being written, and for nothing else', async () => {
    await saveItems(world.store, newItems(30));
    const held = memory();
    const stop = new AbortController();
    const { apply } = held.sink;
    held.sink.apply = async batch => {
      stop.abort();
      await pause(50);
      return apply(batch);
    };
    await follow(held, { signal: stop.signal, once: false });
    expect(held.batches).toHaveLength(1);
    await follow(held, { signal: stop.signal, once: false });
    expect(held.batches).toHaveLength(1);
    const waiting = follow(memory(), { once: false, every: 600_000, signal: AbortSignal.timeout(200) });
    await waiting;
  });
});

it('needs nothing: the file can be copied', () => {
  const source = readFileSync(new URL('./follow-changes.mjs', import.meta.url), 'utf8');
  expect(source).not.toMatch(/^\s*import\b|\bimport\(['"]|\brequire\(|\bprocess\.|\bBuffer\b/m);
});
