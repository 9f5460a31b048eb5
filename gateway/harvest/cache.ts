import KeyvRedis from '@keyv/redis';
import { Keyv } from 'keyv';
import type { Log } from '../../connectors/connector.ts';

/** Milliseconds a cache may take; after that it doesn't know. */
const PATIENCE = 500;
/** Entries kept in memory; beyond it the ones unused longest go. */
const ENTRIES = 5_000;

export interface Cache {
  get(key: string): Promise<unknown>;
  /** In the order of the keys. */
  getMany(keys: readonly string[]): Promise<readonly unknown[]>;
  set(key: string, value: unknown, ttl?: number): Promise<unknown>;
  forget(keys: readonly string[]): Promise<unknown>;
  close(): Promise<void>;
}

/**
 * What may be lost at any time: robots.txt, answers of remote sites. In memory, or shared between replicas by
 * `CACHE_URL=redis://…`. Never the system of record: a failure, or a Redis that is down, is a miss at once.
 */
export function openCache(url: string | undefined, log: Log): Cache {
  const keyv = url ? shared(url) : new Keyv({ store: new Recent(ENTRIES), namespace: 'lienthong' });
  let told = 0;
  keyv.on('error', (error: Error) => {
    if (Date.now() - told < 60_000) return;
    told = Date.now();
    log.warn({ err: error.message }, 'The shared cache does not answer; the gateway goes on without it.');
  });
  return {
    get: key => inTime(keyv.get(key)),
    getMany: async keys => (keys.length === 0 ? [] : ((await inTime(keyv.getMany([...keys]))) ?? [])),
    forget: async keys => (keys.length === 0 ? undefined : inTime(keyv.deleteMany([...keys]))),
    set: (key, value, ttl) => inTime(keyv.set(key, value, ttl)),
    close: async () => {
      // `true`: a polite QUIT would wait for a Redis that is down.
      await inTime(keyv.store instanceof KeyvRedis ? keyv.store.disconnect(true) : keyv.disconnect());
    },
  };
}

function shared(url: string): Keyv {
  // Without these the client queues commands while Redis is down, and `get` hangs for many seconds.
  const socket = {
    connectTimeout: PATIENCE,
    reconnectStrategy: (tries: number) => Math.min(tries * 500, 10_000),
  };
  const store = new KeyvRedis(
    { url, socket, disableOfflineQueue: true },
    { namespace: 'lienthong', connectionTimeout: PATIENCE, throwOnConnectError: false, throwOnErrors: false },
  );
  return new Keyv({ store, useKeyPrefix: false, throwOnErrors: false });
}

async function inTime<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>(resolve => {
    timer = setTimeout(resolve, PATIENCE, undefined);
  });
  try {
    return await Promise.race([work.catch(() => undefined), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A map that forgets what was not asked for longest. */
class Recent extends Map<string, unknown> {
  readonly most: number;

  constructor(most: number) {
    super();
    this.most = most;
  }

  override get(key: string): unknown {
    const value = super.get(key);
    if (value === undefined) return undefined;
    super.delete(key);
    super.set(key, value);
    return value;
  }

  override set(key: string, value: unknown): this {
    super.delete(key);
    super.set(key, value);
    for (const oldest of this.keys()) {
      if (this.size <= this.most) break;
      super.delete(oldest);
    }
    return this;
  }
}
