import type { Log } from '../../connectors/connector.ts';
import type { Instant } from '../../schemas/instant.ts';
import { errorOfWaiting } from './outcomes.ts';
import { queued, sleep } from './waits.ts';

/** Manners towards each host:port: so many requests at a time, so far apart, not while it asked for peace. */
export interface Hosts {
  /**
   * Waits for a place, and takes it; starts no sooner than `gap` milliseconds after the request before it.
   * @throws CodedError CIRCUIT_OPEN, SITE_RATE_LIMITED or SITE_FAILED with `data.retryAfter` and `data.asked: false`
   */
  enter(host: string, signal: AbortSignal, gap?: number): Promise<Turn>;
  /** Shortest time between two requests: `Crawl-delay`. */
  space(host: string, gap: number): void;
}

export interface Turn {
  /** Must be called once. `undecided`: we gave up ourselves, the host is not to blame. */
  leave(verdict: 'answered' | 'failed' | 'undecided'): void;
  /** 429 or 503: nobody asks this host before the time is over. Gives the milliseconds it will be. */
  pause(status: number, asked: number | undefined): number;
}

export interface HostsOptions {
  readonly concurrency: number;
  readonly now: () => Instant;
  readonly random: () => number;
  readonly log: Log;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** Failures in a row that open the circuit, and how long it stays open: doubling, with jitter. */
const CIRCUIT = { failures: 5, first: 30 * SECOND, longest: 10 * MINUTE } as const;
/** For a 429 or 503 that doesn't say how long: doubling too. */
const PAUSE = { first: 30 * SECOND, longest: 60 * MINUTE } as const;
/** A pause that is nearly over is waited for; a longer one is the scheduler's. */
const PATIENCE = 2 * SECOND;
/** Hosts remembered while nobody asks them; redirects could name any number. */
const REMEMBERED = 5_000;

interface Host {
  active: number;
  readonly queue: Array<() => void>;
  failures: number;
  /** Times the circuit opened since it last closed. */
  opened: number;
  openUntil: Instant;
  probing: boolean;
  pausedUntil: Instant;
  pauses: number;
  pauseCode: 'SITE_RATE_LIMITED' | 'SITE_FAILED';
  gap: number;
  /** When the last request started, or is to start. */
  lastStart: Instant;
}

export function createHosts({ concurrency, now, random, log }: HostsOptions): Hosts {
  const hosts = new Map<string, Host>();

  function hostOf(name: string): Host {
    const known = hosts.get(name);
    if (known) return known;
    if (hosts.size >= REMEMBERED) forget();
    const host: Host = {
      active: 0,
      queue: [],
      failures: 0,
      opened: 0,
      openUntil: 0,
      probing: false,
      pausedUntil: 0,
      pauses: 0,
      pauseCode: 'SITE_FAILED',
      gap: 0,
      lastStart: Number.NEGATIVE_INFINITY,
    };
    hosts.set(name, host);
    return host;
  }

  function forget(): void {
    for (const [name, host] of hosts) {
      if (host.active === 0 && host.queue.length === 0) hosts.delete(name);
      if (hosts.size < REMEMBERED / 2) return;
    }
  }

  async function enter(name: string, signal: AbortSignal, gap = 0): Promise<Turn> {
    const host = hostOf(name);
    try {
      const probe = await takePlace(name, host, signal);
      await spaced(name, host, { probe, gap: Math.max(host.gap, gap) }, signal);
      return turnOf(name, host, probe);
    } catch (thrown) {
      // Whoever was woken and doesn't go in wakes the next.
      wake(host);
      throw thrown;
    }
  }

  /** Looks and takes without a pause in between, or two would take one place. */
  async function takePlace(name: string, host: Host, signal: AbortSignal): Promise<boolean> {
    let patience = PATIENCE;
    for (;;) {
      signal.throwIfAborted();
      const pause = host.pausedUntil - now();
      if (pause > patience) throw errorOfWaiting(host.pauseCode, name, pause);
      if (pause > 0) {
        await sleep(pause, signal);
        patience -= pause;
      } else if (host.active >= concurrency) await queued(host.queue, signal);
      else {
        const probe = passCircuit(name, host);
        host.active += 1;
        return probe;
      }
    }
  }

  /** True when this request is the one that tries whether the host is back. */
  function passCircuit(name: string, host: Host): boolean {
    if (host.opened === 0) return false;
    const rest = host.openUntil - now();
    if (rest > 0 || host.probing) {
      throw errorOfWaiting('CIRCUIT_OPEN', name, Math.max(rest, SECOND));
    }
    host.probing = true;
    return true;
  }

  async function spaced(
    name: string,
    host: Host,
    { probe, gap }: { probe: boolean; gap: number },
    signal: AbortSignal,
  ): Promise<void> {
    const start = Math.max(host.lastStart + gap, now());
    host.lastStart = start;
    try {
      if (start > now()) await sleep(start - now(), signal);
    } catch (thrown) {
      turnOf(name, host, probe).leave('undecided');
      throw thrown;
    }
  }

  function turnOf(name: string, host: Host, probe: boolean): Turn {
    return {
      leave(verdict) {
        host.active -= 1;
        if (probe) host.probing = false;
        if (verdict === 'answered') answered(name, host);
        if (verdict === 'failed') failed(name, host, probe);
        wake(host);
      },
      pause(status, asked) {
        const own = Math.min(PAUSE.first * 2 ** host.pauses, PAUSE.longest) * (1 + random() / 4);
        const wait = Math.max(asked ?? own, SECOND);
        host.pauses += 1;
        host.pauseCode = status === 429 ? 'SITE_RATE_LIMITED' : 'SITE_FAILED';
        host.pausedUntil = Math.max(host.pausedUntil, now() + wait);
        return wait;
      },
    };
  }

  function answered(name: string, host: Host): void {
    if (host.opened > 0) log.info({ host: name }, `${name} đã trả lời lại.`);
    host.failures = 0;
    host.opened = 0;
    host.pauses = host.pausedUntil > now() ? host.pauses : 0;
  }

  function failed(name: string, host: Host, probe: boolean): void {
    host.failures += 1;
    const opens = probe || (host.opened === 0 && host.failures >= CIRCUIT.failures);
    if (!opens) return;
    const wait = Math.min(CIRCUIT.first * 2 ** host.opened, CIRCUIT.longest) * (1 - random() / 4);
    host.opened += 1;
    host.openUntil = now() + wait;
    log.warn(
      { host: name, failures: host.failures, wait: Math.round(wait) },
      `${name} lỗi ${host.failures} lần liên tiếp: tạm ngừng truy cập ${Math.ceil(wait / SECOND)} giây rồi thử lại.`,
    );
  }

  return {
    enter,
    space(name, gap) {
      if (gap > 0) hostOf(name).gap = gap;
      else if (hosts.has(name)) hostOf(name).gap = 0;
    },
  };
}

function wake(host: Host): void {
  host.queue.shift()?.();
}
