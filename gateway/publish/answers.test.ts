import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { CodedError } from '../../schemas/errors.ts';
import { prepare } from './answer.ts';
import { Answers, type AnswersOptions, OVERHEAD } from './answers.ts';

describe('Answers', () => {
  it('makes an answer once a revision, however many ask at once', async () => {
    const world = createWorld();
    const served = await Promise.all(Array.from({ length: 50 }, () => world.get('a')));
    await world.get('a');
    expect(world.made).toEqual(['a@1']);
    expect(new Set(served.map(({ answer }) => answer)).size).toBe(1);
    world.revision = 2;
    await world.get('a');
    expect(world.made).toEqual(['a@1', 'a@2']);
  });

  it('never gives one that began before a withdrawal to whoever asks after it', async () => {
    const world = createWorld();
    const slow = world.hold('a');
    const early = world.get('a');
    await Promise.resolve();
    world.revision = 2;
    const late = await world.get('a');
    slow();
    await early;
    expect(text(late)).toBe('a@2');
    expect(text(await world.get('a'))).toBe('a@2');
  });

  it('drops what it held as soon as the revision moves', async () => {
    const world = createWorld();
    await world.get('a');
    await world.get('b');
    world.revision = 2;
    await world.get('c');
    expect(world.answers.size.answers).toBe(1);
  });

  it('forgets the least recently asked when full', async () => {
    const world = createWorld({ maxBytes: 3 * (OVERHEAD + 3) });
    for (const key of ['a', 'b', 'a', 'c', 'd', 'a']) await world.get(key);
    // Three of "x@1" fit; b is the one that nobody asked for again.
    expect(world.made).toEqual(['a@1', 'b@1', 'c@1', 'd@1']);
    expect(world.answers.size).toEqual({ answers: 3, bytes: 3 * (OVERHEAD + 3) });
    await world.get('b');
    expect(world.made.at(-1)).toBe('b@1');
  });

  it('makes anew what has run out', async () => {
    const world = createWorld();
    await world.get('a', 1_000);
    world.now = 999;
    await world.get('a', 1_000);
    expect(world.made).toHaveLength(1);
    world.now = 1_000;
    await world.get('a', 2_000);
    expect(world.made).toHaveLength(2);
  });

  it('keeps no failure', async () => {
    const world = createWorld();
    const broken = world.answers.get('a', () => Promise.reject(new CodedError('NOT_FOUND', 'no')));
    await expect(broken).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(text(await world.get('a'))).toBe('a@1');
  });

  describe('without the store', () => {
    it('serves last answers with their age, for a while', async () => {
      const world = createWorld();
      await world.get('a');
      world.down = true;
      world.now = 4_000;
      expect(await world.get('a')).toMatchObject({ age: 4_000 });
      world.now = 5_001;
      await expect(world.get('a')).rejects.toMatchObject({ code: 'UNAVAILABLE', status: 503 });
      world.down = false;
      expect((await world.get('a')).age).toBeUndefined();
    });

    it('does not wait for one that hangs', async () => {
      const world = createWorld();
      await world.get('a');
      world.hangs = true;
      expect(await world.get('a')).toMatchObject({ age: 0 });
    });

    it('has nothing to say where it was not asked before', async () => {
      const world = createWorld();
      world.down = true;
      await expect(world.get('a')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    });

    it('does not serve what an older revision said', async () => {
      const world = createWorld();
      await world.get('a');
      world.revision = 2;
      await world.get('b');
      world.down = true;
      await expect(world.get('a')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      expect(await world.get('b')).toMatchObject({ age: 0 });
    });
  });
});

describe('prepare', () => {
  it('compresses once, what is worth it', async () => {
    const body = 'Việc làm '.repeat(200);
    const { bodies } = await prepare({ mediaType: 'text/plain', body });
    expect(gunzipSync(bodies.gzip ?? '').toString()).toBe(body);
    expect(brotliDecompressSync(bodies.br ?? '').toString()).toBe(body);
    expect((await prepare({ mediaType: 'text/plain', body: 'short' })).bodies.gzip).toBeUndefined();
  });

  it('names equal content equally, and only that', async () => {
    const etag = async (body: string, mediaType = 'a/b') => (await prepare({ mediaType, body })).etag;
    expect(await etag('x')).toBe(await etag('x'));
    expect(await etag('x')).not.toBe(await etag('y'));
    expect(await etag('x')).not.toBe(await etag('x', 'a/c'));
  });
});

/** A store that only has a revision, and answers that say which revision they were made at. */
function createWorld(options: Partial<AnswersOptions> = {}) {
  const held = new Map<string, Promise<void>>();
  const state = { revision: 1, down: false, hangs: false, now: 0, made: [] as string[] };
  const answers = new Answers(
    {
      revision: () => {
        if (state.hangs) return new Promise(() => {});
        return state.down ? Promise.reject(new Error('down')) : Promise.resolve(state.revision);
      },
    },
    { now: () => state.now, serveStale: 5_000, ...options },
  );
  return Object.assign(state, {
    answers,
    get: (key: string, validUntil?: number) =>
      answers.get(key, async () => {
        const body = `${key}@${state.revision}`;
        state.made.push(body);
        const waits = held.get(key);
        held.delete(key);
        await waits;
        return { mediaType: 'text/plain', body, ...(validUntil === undefined ? {} : { validUntil }) };
      }),
    /** The next making of this key waits until the returned function is called. */
    hold: (key: string) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      held.set(key, promise);
      return resolve;
    },
  });
}

function text({ answer }: Awaited<ReturnType<Answers['get']>>): string {
  return answer.bodies.identity.toString();
}
