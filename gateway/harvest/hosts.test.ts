import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { CodedError } from '../../schemas/errors.ts';
import { createHosts, type Hosts } from './hosts.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };
const NEVER = new AbortController().signal;
const MINUTE = 60_000;

function hostsAt(concurrency: number): { hosts: Hosts; pass: (milliseconds: number) => void } {
  let at = 0;
  const hosts = createHosts({ concurrency, now: () => at, random: () => 0, log });
  return {
    hosts,
    pass(milliseconds) {
      at += milliseconds;
    },
  };
}

describe('places at a host', () => {
  it('are never more than allowed, and all who wait get in or give up, whatever happens', async () => {
    let seed = 7;
    const below = (most: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return Math.floor((seed / 2_147_483_647) * most);
    };
    const { hosts, pass } = hostsAt(3);
    let inside = 0;
    let most = 0;
    const visit = async () => {
      const stop = new AbortController();
      if (below(3) === 0) setTimeout(() => stop.abort(), below(30));
      const turn = await hosts.enter('a.test:80', stop.signal);
      inside += 1;
      most = Math.max(most, inside);
      await pause(below(4));
      inside -= 1;
      if (below(100) === 0) turn.pause(429, 1);
      turn.leave((['answered', 'answered', 'failed', 'undecided'] as const)[below(4)] ?? 'answered');
    };
    const ends = await Promise.allSettled(
      Array.from({ length: 600 }, async (_, n) => {
        await pause(n / 4);
        await visit().finally(() => pass(below(3_000)));
      }),
    );
    expect([inside, most]).toEqual([0, 3]);
    const codes = ends.flatMap(end =>
      end.status === 'rejected' ? [end.reason instanceof CodedError ? end.reason.code : 'gave up'] : ['in'],
    );
    expect(codes.filter(code => code === 'in').length).toBeGreaterThan(50);
    const ways = ['in', 'gave up', 'CIRCUIT_OPEN', 'SITE_RATE_LIMITED'];
    expect(codes.filter(code => !ways.includes(code))).toEqual([]);
    // Nobody holds a place any more.
    pass(60 * MINUTE);
    for (let n = 0; n < 3; n += 1) (await hosts.enter('a.test:80', NEVER)).leave('answered');
  });
});

describe('a pause', () => {
  it('doubles while a host asks for it without a time, and starts anew after an answer', async () => {
    const { hosts, pass } = hostsAt(1);
    const told: number[] = [];
    for (const good of [false, false, false, true, false]) {
      const turn = await hosts.enter('a.test:80', NEVER);
      if (!good) told.push(turn.pause(429, undefined));
      turn.leave('answered');
      pass(120 * MINUTE);
    }
    expect(told).toEqual([30_000, 60_000, 120_000, 30_000]);
  });

  it('is never shortened by a later, shorter one', async () => {
    const { hosts } = hostsAt(2);
    const [one, two] = await Promise.all([hosts.enter('a.test:80', NEVER), hosts.enter('a.test:80', NEVER)]);
    one.pause(503, 10 * MINUTE);
    two.pause(429, 5_000);
    one.leave('failed');
    two.leave('answered');
    await expect(hosts.enter('a.test:80', NEVER)).rejects.toMatchObject({
      data: { retryAfter: 10 * MINUTE },
    });
  });
});

describe('the circuit', () => {
  it('stays open longer each time, up to ten minutes, and closes on the first answer', async () => {
    const { hosts, pass } = hostsAt(1);
    const fail = async () => (await hosts.enter('a.test:80', NEVER)).leave('failed');
    for (let n = 0; n < 5; n += 1) await fail();
    const waits: number[] = [];
    for (let n = 0; n < 8; n += 1) {
      const { data } = await hosts.enter('a.test:80', NEVER).catch(thrown => thrown);
      waits.push(data.retryAfter / 1000);
      pass(data.retryAfter);
      await fail();
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 600, 600, 600]);
    pass(10 * MINUTE);
    (await hosts.enter('a.test:80', NEVER)).leave('answered');
    for (let n = 0; n < 4; n += 1) await fail();
    await expect(hosts.enter('a.test:80', NEVER)).resolves.toBeDefined();
  });

  it('is tried again by the next when the one who tried gave up', async () => {
    const { hosts, pass } = hostsAt(1);
    for (let n = 0; n < 5; n += 1) (await hosts.enter('a.test:80', NEVER)).leave('failed');
    pass(MINUTE);
    (await hosts.enter('a.test:80', NEVER)).leave('undecided');
    (await hosts.enter('a.test:80', NEVER)).leave('answered');
    (await hosts.enter('a.test:80', NEVER)).leave('answered');
  });

  it('of one host is not another’s', async () => {
    const { hosts } = hostsAt(1);
    for (let n = 0; n < 5; n += 1) (await hosts.enter('a.test:80', NEVER)).leave('failed');
    await expect(hosts.enter('a.test:80', NEVER)).rejects.toMatchObject({ code: 'CIRCUIT_OPEN' });
    (await hosts.enter('a.test:8080', NEVER)).leave('answered');
  });

  it('does not open for failures between answers', async () => {
    const { hosts } = hostsAt(1);
    for (let n = 0; n < 20; n += 1) {
      (await hosts.enter('a.test:80', NEVER)).leave(n % 5 === 4 ? 'answered' : 'failed');
    }
  });
});

describe('many hosts', () => {
  it('are forgotten in time, those being asked are not', async () => {
    const { hosts } = hostsAt(1);
    const held = await hosts.enter('held.test:80', NEVER);
    for (let n = 0; n < 20_000; n += 1) (await hosts.enter(`${n}.evil.test:80`, NEVER)).leave('answered');
    const waiting = hosts.enter('held.test:80', NEVER);
    const first = await Promise.race([waiting.then(() => 'in'), pause(50, 'waits')]);
    expect(first).toBe('waits');
    held.leave('answered');
    (await waiting).leave('answered');
  });
});

describe('the time between two requests', () => {
  it('is what the asker or the host wants, whichever is longer; who asks for none waits for none', async () => {
    const hosts = createHosts({ concurrency: 4, now: Date.now, random: () => 0, log });
    const starts: number[] = [];
    const enter = async (gap: number) => {
      const turn = await hosts.enter('a.test:80', NEVER, gap);
      starts.push(Date.now());
      turn.leave('answered');
    };
    await enter(300);
    await Promise.all([enter(60), enter(60)]);
    hosts.space('a.test:80', 120);
    await enter(10);
    const between = starts.slice(1).map((start, n) => start - (starts[n] ?? 0));
    // Never sooner; how much later is the machine's affair. Timers may fire a millisecond early.
    expect(between[0]).toBeGreaterThanOrEqual(58);
    expect(between[1]).toBeGreaterThanOrEqual(58);
    expect(between[2]).toBeGreaterThanOrEqual(118);
  });
});
