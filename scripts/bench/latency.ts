import { Agent, get } from 'node:http';

export interface Latency {
  readonly count: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface Sampler {
  stop(): Promise<Latency>;
}

/** Open loop: a request every `every` milliseconds, whether the one before was answered or not. */
export function sampleLatency(url: string, every: number): Sampler {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const took: number[] = [];
  const pending = new Set<Promise<void>>();
  const start = performance.now();
  let sent = 0;
  const tick = () => {
    // What this process itself was late for is sent now, and counts from when it was due.
    for (; start + sent * every <= performance.now(); sent += 1) {
      const asked = ask(url, agent, start + sent * every).then(ms => void took.push(ms));
      pending.add(asked);
      asked.finally(() => pending.delete(asked));
    }
  };
  const timer = setInterval(tick, 1);
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(pending);
      agent.destroy();
      took.sort((a, b) => a - b);
      const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0;
      return { count: took.length, p50: at(0.5), p99: at(0.99), max: at(1) };
    },
  };
}

function ask(url: string, agent: Agent, since: number): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, response => {
      response.resume().on('end', () => resolve(performance.now() - since));
    }).on('error', reject);
  });
}
