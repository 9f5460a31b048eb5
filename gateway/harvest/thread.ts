import type { MessagePort, Worker } from 'node:worker_threads';
import type { Connector, Log } from '../../connectors/connector.ts';
import type { Federation } from '../../schemas/federation.ts';
import type { Rule } from '../../schemas/rules/rule.ts';
import { openSigner } from '../ledger/signer.ts';
import { FOLLOWS, type ThreadWord } from '../running/thread-words.ts';
import { openStore, type StoreOptions } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { openCache } from './cache.ts';
import { createFetch, type Fetcher } from './fetch.ts';
import type { HarvestTools } from './harvest-source.ts';
import { createReadingPool } from './reading-pool.ts';
import { createRequestLog } from './request-log.ts';
import { type Scheduler, startScheduler } from './scheduler.ts';

/** Harvests at one time, and threads that read for them: two cores, and most of a harvest is waiting. */
const PLACES = 32;
const READING_THREADS = 2;
/** Milliseconds that harvests begun by an earlier federation may take to end; then they resume by the present one. */
const LAST_WORD = 60_000;

export interface HarvesterOptions {
  readonly federation: Federation;
  readonly store: Store;
  readonly connectors: readonly Connector[];
  readonly rules: readonly Rule[];
  readonly startReader: () => Worker;
  /** Reading threads at most; started when there is something to read. */
  readonly readers?: number;
  readonly log: Log;
  /** `redis://…`: what robots.txt says is shared between replicas. */
  readonly cacheUrl?: string;
  readonly onProgress?: (source: string, message: string) => void;
}

export interface Harvester extends HarvestTools {
  /** The same manners, memory and threads, by another federation; what runs goes on by this one. */
  follow(federation: Federation): Harvester;
  close(): Promise<void>;
}

/** Everything a harvest needs besides its lease. */
export function createHarvester(options: HarvesterOptions): Harvester {
  const { store, log } = options;
  const requests = createRequestLog({ store, log });
  const cache = openCache(options.cacheUrl, log);
  const pool = createReadingPool(options.readers ?? READING_THREADS, options.startReader);
  const fetchers = new Map<string, Fetcher>();
  /** What a host asked for (peace, a delay) is remembered with its fetcher: one for the same settings, however often they are read. */
  const fetcherOf = ({ fetch: settings }: Federation) => {
    const key = JSON.stringify(settings);
    const made =
      fetchers.get(key) ?? createFetch({ settings, log, now: Date.now, onRequest: requests.add, cache });
    fetchers.set(key, made);
    return made;
  };
  const by = (federation: Federation): Harvester => ({
    store,
    federation,
    connectors: new Map(options.connectors.map(connector => [connector.id, connector])),
    rules: options.rules,
    pool,
    fetchFor: fetcherOf(federation).forSource,
    onRequest: requests.add,
    log,
    ...(options.onProgress ? { onProgress: options.onProgress } : {}),
    follow: by,
    async close() {
      await pool.close();
      for (const fetcher of fetchers.values()) await fetcher.close();
      await requests.close();
      await cache.close();
    },
  });
  return by(options.federation);
}

export interface HarvestThreadData {
  readonly federation: Federation;
  readonly store: StoreOptions;
  readonly cacheUrl?: string;
  readonly ledgerKey?: string;
}

/** The thread that harvests, on its own store connection, so that no parse or write stalls the loop that answers. */
export async function runHarvestThread(
  port: MessagePort,
  data: HarvestThreadData,
  {
    connectors,
    rules,
    startReader,
    log,
  }: Pick<HarvesterOptions, 'connectors' | 'rules' | 'startReader' | 'log'>,
): Promise<void> {
  const store = await openStore({ ...data.store, log });
  const harvester = createHarvester({
    federation: data.federation,
    store,
    connectors,
    rules,
    startReader,
    log,
    ...(data.cacheUrl ? { cacheUrl: data.cacheUrl } : {}),
  });
  const signer = openSigner(data.store.dataDir, data.ledgerKey);
  let scheduler = startScheduler({ ...harvester, signer }, PLACES);
  const earlier = new Set<Scheduler>();
  const follow = (federation: Federation): void => {
    const before = scheduler;
    earlier.add(before);
    // Leases keep what still runs apart from what begins.
    void before.stop(LAST_WORD).finally(() => earlier.delete(before));
    scheduler = startScheduler({ ...harvester.follow(federation), signer }, PLACES);
    port.postMessage(FOLLOWS);
  };
  port.on('message', async (word: ThreadWord) => {
    if (word === 'wake') return scheduler.wake();
    if (word !== 'stop') return follow(word.follow);
    await Promise.all([scheduler, ...earlier].map(each => each.stop()));
    await harvester.close();
    await store.close();
    port.close();
  });
}
