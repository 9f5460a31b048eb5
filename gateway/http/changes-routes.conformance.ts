import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Router } from 'express';
import { encodeCursor } from '../../schemas/cursor.ts';
import { idOf, newItem, newItems, saveItems, takeAway } from '../e2e/seed.ts';
import type { SeededServer } from '../e2e/seeded-server.ts';
import type { ChangeReader } from '../store/changes.ts';
import { Tallies } from './tallies.ts';

/** `/changes`, on whichever store. */
export function changesConform(open: () => Promise<SeededServer>): void {
  let world: SeededServer;

  beforeEach(async () => {
    world = await open();
  });

  afterEach(() => world.close());

  interface Page {
    readonly changes: readonly {
      readonly cursor: string;
      readonly kind: 'put' | 'tombstone';
      readonly id: string;
      readonly item?: { readonly id: string; readonly title: string; readonly _lienthong: object };
      readonly reason?: string;
      readonly backfill?: boolean;
      readonly at: string;
    }[];
    readonly cursor: string;
    readonly upToDate: boolean;
  }

  type Ask = Awaited<ReturnType<SeededServer['serve']>>;

  async function read(ask: Ask, search = ''): Promise<Page> {
    const answer = await ask(`/changes${search}`);
    expect({ search, status: answer.status }).toEqual({ search, status: 200 });
    return (await answer.json()) as Page;
  }

  /** What a reader holds who follows the change feed from a cursor on. */
  async function replay(
    ask: Ask,
    since: string | undefined,
    limit: number,
    held = new Map<string, string>(),
  ) {
    let cursor = since;
    for (;;) {
      const page: Page = await read(ask, `?limit=${limit}${cursor ? `&since=${cursor}` : ''}`);
      for (const { kind, id, item } of page.changes) {
        if (kind === 'put') held.set(id, item?.title ?? '');
        else held.delete(id);
      }
      cursor = page.cursor;
      if (page.upToDate) return { held, cursor };
    }
  }

  describe('/changes', () => {
    it('gives puts with the item and tombstones with the reason', async () => {
      await saveItems(world.store, [newItem('cong', 'a'), newItem('bao-a', 'b', { backfill: true })]);
      await takeAway(world.store, idOf('cong', 'a'), 'order');
      const page = await read(await world.serve());
      expect(page).toMatchObject({
        upToDate: true,
        changes: [
          {
            kind: 'put',
            id: idOf('bao-a', 'b'),
            backfill: true,
            item: { id: idOf('bao-a', 'b'), title: 'Tin b của Báo A', _lienthong: { site: { id: 'bao-a' } } },
            at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$/),
          },
          { kind: 'tombstone', id: idOf('cong', 'a'), reason: 'order' },
        ],
      });
      expect(page.changes[1]).not.toHaveProperty('item');
      expect(page.changes[1]?.cursor).toBe(page.cursor);
    });

    it.each([1, 7, 100, 1000])(
      'replayed from zero in pages of %s is exactly what can be seen',
      async limit => {
        await saveItems(world.store, newItems(30));
        for (const key of [3, 8, 13])
          await takeAway(
            world.store,
            idOf(['cong', 'viec-lam', 'bao-hiem', 'bao-a'][key % 4] ?? '', `bai-${key}`),
            'withdrawn',
          );
        await saveItems(world.store, [newItem('cong', 'bai-0', { title: 'Sửa' })]);
        const ask = await world.serve();
        const { held, cursor } = await replay(ask, undefined, limit);
        const seen = await world.store.items.page({ filter: {}, order: 'PUBLISHED', first: 100 });
        expect([...held].sort()).toEqual(seen.map(({ id, title }) => [id, title]).sort());
        expect(held.get(idOf('cong', 'bai-0'))).toBe('Sửa');
        // From there on: exactly the difference.
        await saveItems(world.store, [newItem('bao-a', 'moi')]);
        await takeAway(world.store, idOf('cong', 'bai-4'), 'hidden');
        const { changes } = await read(ask, `?since=${cursor}`);
        expect(changes.map(({ kind, id }) => [kind, id])).toEqual([
          ['put', idOf('bao-a', 'moi')],
          ['tombstone', idOf('cong', 'bai-4')],
        ]);
      },
    );

    it('begins at the head when asked for what is new', async () => {
      await saveItems(world.store, newItems(3));
      const ask = await world.serve();
      const head = await read(ask, '?since=now');
      expect(head).toMatchObject({ changes: [], upToDate: true });
      await saveItems(world.store, [newItem('cong', 'moi')]);
      expect((await read(ask, `?since=${head.cursor}`)).changes).toHaveLength(1);
    });

    it('has a cursor although there is nothing', async () => {
      const ask = await world.serve();
      const empty = await read(ask);
      expect(empty).toMatchObject({ changes: [], upToDate: true });
      expect((await read(ask, `?since=${empty.cursor}`)).cursor).toBe(empty.cursor);
    });

    it.each([
      ['?since=garbage', 400, 'BAD_CURSOR'],
      [`?since=${encodeCursor({ epoch: 'another', number: 1, selection: '' })}`, 410, 'RESYNC_REQUIRED'],
      ['?limit=0', 400, 'BAD_INPUT'],
      ['?limit=1001', 400, 'BAD_INPUT'],
      ['?limit=x', 400, 'BAD_INPUT'],
      ['?sites=nobody', 400, 'BAD_INPUT'],
      ['?topics=nothing', 400, 'BAD_INPUT'],
      ['?kinds=blog', 400, 'BAD_INPUT'],
    ])('%s → %s %s', async (search, status, expected) => {
      const answer = await (await world.serve())(`/changes${search}`);
      const { error } = (await answer.json()) as { error: { code: string; message: string } };
      expect({ status: answer.status, code: error.code }).toEqual({ status, code: expected });
    });

    it.each<[string, { sites?: string[]; topics?: string[]; kinds?: ('unit' | 'press' | 'portal')[] }]>([
      ['sites=cong,bao-a', { sites: ['cong', 'bao-a'] }],
      ['topics=viec-lam', { topics: ['viec-lam'] }],
      ['kinds=unit&topics=viec-lam', { kinds: ['unit'], topics: ['viec-lam'] }],
    ])(
      'in the selection %s is exactly its items, whatever leaves it and comes back',
      async (search, filter) => {
        await saveItems(world.store, newItems(24));
        const ask = await world.serve();
        const held = new Map<string, string>();
        let cursor = '';
        const catchUp = async () => {
          for (;;) {
            const page = await read(ask, `?${search}&limit=5${cursor && `&since=${cursor}`}`);
            applyTo(held, page.changes);
            cursor = page.cursor;
            if (page.upToDate) return;
          }
        };
        const expectEqual = async () => {
          await catchUp();
          const seen = await world.store.items.page({ filter, order: 'PUBLISHED', first: 100 });
          expect([...held].sort()).toEqual(seen.map(({ id, title }) => [id, title]).sort());
        };
        await expectEqual();
        for (const [n, topics] of [
          ['1', []],
          ['2', ['viec-lam']],
          ['5', ['an-toan']],
          ['1', ['viec-lam']],
          ['2', []],
        ] as const)
          await saveItems(world.store, [
            newItem(['cong', 'viec-lam', 'bao-hiem', 'bao-a'][Number(n) % 4] ?? '', `bai-${n}`, {
              topics: [...topics],
              title: `Đổi ${n} ${topics.join()}`,
            }),
          ]);
        await takeAway(world.store, idOf('cong', 'bai-4'), 'hidden');
        await takeAway(world.store, idOf('viec-lam', 'bai-9'), 'withdrawn');
        await expectEqual();
        const answer = await ask(`/changes?since=${cursor}`);
        expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([
          400,
          'BAD_CURSOR',
        ]);
      },
    );

    it('as a stream tells what was, what comes, and goes on from the last id', async () => {
      await saveItems(world.store, newItems(3));
      const ask = await world.serve();
      const stop = new AbortController();
      const stream = await ask('/changes', { headers: { Accept: 'text/event-stream' }, signal: stop.signal });
      expect(stream.headers.get('content-type')).toContain('text/event-stream');
      const events = readEvents(stream);
      const first = await events.take(3);
      expect(first.map(({ event }) => event)).toEqual(['put', 'put', 'put']);
      await takeAway(world.store, idOf('cong', 'bai-0'), 'withdrawn');
      const [gone] = await events.take(1);
      expect(gone).toMatchObject({
        event: 'tombstone',
        data: { id: idOf('cong', 'bai-0'), reason: 'withdrawn' },
      });
      stop.abort();
      const stopAgain = new AbortController();
      const again = await ask('/changes?since=garbage', {
        headers: { Accept: 'text/event-stream', 'Last-Event-ID': first[2]?.id ?? '' },
        signal: stopAgain.signal,
      });
      const [missed] = await readEvents(again).take(1);
      expect(missed).toEqual(gone);
      stopAgain.abort();
      const bad = await ask('/changes?since=garbage', { headers: { Accept: 'text/event-stream' } });
      expect(bad.status).toBe(400);
    });

    it('as a stream sends a slow reader nothing that was withdrawn while it waited', async () => {
      const heavy = Array.from({ length: 30 }, (_, index) =>
        newItem('cong', `nang-${index}`, { content: `<p>${'x'.repeat(1_000_000)}</p>` }),
      );
      await saveItems(world.store, heavy);
      const ask = await world.serve();
      const stop = new AbortController();
      const answer = await ask('/changes', { headers: { Accept: 'text/event-stream' }, signal: stop.signal });
      // It takes nothing meanwhile, so most of the page waits.
      await new Promise(resolve => setTimeout(resolve, 300));
      const last = heavy.at(-1)?.id ?? '';
      await takeAway(world.store, last, 'order');
      const events = readEvents(answer);
      const told: string[] = [];
      while (told.at(-1) !== `tombstone ${last}`) {
        const [one] = (await events.take(1)) as { event: string; data: { id: string } }[];
        told.push(`${one?.event} ${one?.data.id}`);
      }
      stop.abort();
      expect(told).toEqual([...heavy.slice(0, -1).map(({ id }) => `put ${id}`), `tombstone ${last}`]);
    });

    it('as a stream keeps no place for a reader that had gone before it began', async () => {
      const late = Router().use((req, res, next) => {
        if (req.query.late) once(res, 'close').then(() => next(), next);
        else next();
      });
      const tallies = new Tallies();
      const ask = await world.serve({ routersOf: () => [late], services: { tallies } });
      const headers = { Accept: 'text/event-stream' };
      await ask('/changes?late=1', { headers, signal: AbortSignal.timeout(50) }).catch(() => undefined);
      await new Promise(resolve => setTimeout(resolve, 200));
      expect(tallies.counts('streams').size).toBe(0);
    });

    it('as a stream gives one network of IPv6 no more places than one address', async () => {
      const ask = await world.serve({ federation: { http: { trustedProxies: ['loopback'] } } });
      const stop = new AbortController();
      const open = async (address: string) => {
        const headers = { Accept: 'text/event-stream', 'X-Forwarded-For': address };
        return (await ask('/changes', { headers, signal: stop.signal })).status;
      };
      for (let last = 1; last <= 20; last += 1) expect(await open(`2001:db8::${last}`)).toBe(200);
      expect([await open('2001:db8::21'), await open('2001:db8:0:1::1')]).toEqual([429, 200]);
      stop.abort();
    });

    it('as a stream tells at once what was committed while it was being opened', async () => {
      const { changes } = world.store;
      let asked = 0;
      const slow: ChangeReader = {
        ...changes,
        async bounds() {
          const bounds = await changes.bounds();
          asked += 1;
          // The rows were read already; the store's word of the commit comes before anybody listens for it.
          if (asked === 2) {
            await saveItems(world.store, [newItem('cong', 'moi')]);
            await new Promise(resolve => setTimeout(resolve, 300));
          }
          return bounds;
        },
      };
      const ask = await world.serve({ store: { changes: slow } });
      const stop = AbortSignal.timeout(3_000);
      const answer = await ask('/changes', { headers: { Accept: 'text/event-stream' }, signal: stop });
      const [event] = await readEvents(answer).take(1);
      expect(event).toMatchObject({ event: 'put', data: { id: idOf('cong', 'moi') } });
    });

    it('refuses a cursor ahead of the log and says to start over', async () => {
      const cursor = encodeCursor({ epoch: world.store.epoch, number: 99, selection: '' });
      const answer = await (await world.serve())(`/changes?since=${cursor}`);
      expect(answer.status).toBe(410);
      expect(await answer.json()).toMatchObject({
        error: { code: 'RESYNC_REQUIRED', resync: expect.anything() },
      });
    });

    it('is read from the beginning page by page although tombstones far up in the log were pruned', async () => {
      await saveItems(world.store, newItems(20));
      await takeAway(world.store, idOf('cong', 'bai-4'), 'withdrawn');
      const ask = await world.serve();
      const early = await read(ask, '?limit=3');
      await world.store.transaction(tx => tx.changes.prune(Date.now() + 1e9));
      // Whoever had the item and not its tombstone starts over, once.
      const held = await read(ask, '?limit=1');
      const full = await replay(ask, undefined, 3);
      expect(full.held.size).toBe(19);
      expect((await replay(ask, held.cursor, 3, new Map(full.held))).held).toEqual(full.held);
      // It began before the withdrawal was pruned, but after it was made: nothing that it holds is gone.
      expect((await ask(`/changes?since=${early.cursor}`)).status).toBe(200);
    });

    it('asks whoever read an item before its withdrawal was pruned to start over', async () => {
      await saveItems(world.store, newItems(20));
      const ask = await world.serve();
      const early = await read(ask, '?limit=3');
      const whole = await replay(ask, undefined, 7);
      await takeAway(world.store, idOf('cong', 'bai-4'), 'withdrawn');
      await world.store.transaction(tx => tx.changes.prune(Date.now() + 1e9));
      for (const cursor of [early.cursor, whole.cursor])
        expect((await ask(`/changes?since=${cursor}`)).status).toBe(410);
    });

    it('has a cursor on a page where nothing is of the selection, and goes on from it', async () => {
      await saveItems(world.store, [newItem('bao-a', 'a'), newItem('bao-a', 'b'), newItem('cong', 'c')]);
      const ask = await world.serve();
      const empty = await read(ask, '?sites=cong&limit=2');
      expect(empty).toMatchObject({ changes: [], upToDate: false, cursor: expect.stringMatching(/./) });
      const next = await read(ask, `?sites=cong&limit=2&since=${empty.cursor}`);
      expect(next.changes.map(({ id }) => id)).toEqual([idOf('cong', 'c')]);
      const head = await read(ask, '?sites=cong&since=now');
      expect(head).toMatchObject({ changes: [], upToDate: true });
      expect((await ask(`/changes?sites=bao-a&since=${head.cursor}`)).status).toBe(400);
    });

    it.each(['application/json', 'text/event-stream'])(
      'answers a cursor that is no good with its status and code before anything else: %s',
      async accept => {
        const ask = await world.serve();
        for (const [since, status, code] of [
          ['garbage', 400, 'BAD_CURSOR'],
          [encodeCursor({ epoch: world.store.epoch, number: 5, selection: '' }), 410, 'RESYNC_REQUIRED'],
          [encodeCursor({ epoch: 'another', number: 0, selection: 'x' }), 410, 'RESYNC_REQUIRED'],
        ] as const) {
          const headers = { Accept: accept, 'Last-Event-ID': since };
          const answer = await ask(`/changes?since=${since}`, { headers });
          const { error } = (await answer.json()) as { error: { code: string; resync?: unknown } };
          expect([answer.status, error.code, error.resync]).toEqual([
            status,
            code,
            status === 410 ? true : undefined,
          ]);
        }
      },
    );

    it('leaves the backlog of new sites out of a stream unless asked, and never out of a page', async () => {
      await saveItems(world.store, [newItem('cong', 'cu', { backfill: true }), newItem('cong', 'moi')]);
      const ask = await world.serve();
      const first = async (search: string) => {
        const stop = new AbortController();
        const headers = { Accept: 'text/event-stream' };
        const answer = await ask(`/changes${search}`, { headers, signal: stop.signal });
        const [event] = await readEvents(answer).take(1);
        stop.abort();
        return (event as { data: { id: string } }).data.id;
      };
      expect([await first(''), await first('?backfill=1')]).toEqual([
        idOf('cong', 'moi'),
        idOf('cong', 'cu'),
      ]);
      expect((await read(ask)).changes).toHaveLength(2);
    });

    it('lets pages of other origins ask with a key and a last id', async () => {
      const answer = await (await world.serve())('/changes', { method: 'OPTIONS' });
      expect(answer.headers.get('access-control-allow-headers')).toMatch(/Authorization.*Last-Event-ID/);
    });

    it('is told unchanged by its ETag', async () => {
      await saveItems(world.store, newItems(3));
      const ask = await world.serve();
      const etag = (await ask('/changes')).headers.get('etag') ?? '';
      expect((await ask('/changes', { headers: { 'If-None-Match': etag } })).status).toBe(304);
      await saveItems(world.store, [newItem('cong', 'moi')]);
      expect((await ask('/changes', { headers: { 'If-None-Match': etag } })).status).toBe(200);
    });
  });
}

interface StreamEvent {
  readonly id: string;
  readonly event: string;
  readonly data: unknown;
}

/** Server-sent events that carry data, in order. */
function readEvents(response: Response) {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const waiting: StreamEvent[] = [];
  let text = '';
  return {
    async take(count: number): Promise<StreamEvent[]> {
      while (waiting.length < count) {
        const { value, done } = (await reader?.read()) ?? { done: true };
        if (done || value === undefined) throw new Error('the stream ended');
        text += value;
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) {
          const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
          const data = field('data');
          if (data !== undefined)
            waiting.push({ id: field('id') ?? '', event: field('event') ?? '', data: JSON.parse(data) });
        }
      }
      return waiting.splice(0, count);
    },
  };
}

function applyTo(
  held: Map<string, string>,
  changes: readonly {
    readonly kind: string;
    readonly id: string;
    readonly item?: { readonly title?: string };
  }[],
): void {
  for (const { kind, id, item } of changes) {
    if (kind === 'put') held.set(id, item?.title ?? '');
    else held.delete(id);
  }
}
