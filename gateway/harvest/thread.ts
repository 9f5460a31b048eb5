import type { MessagePort, Worker } from 'node:worker_threads';
import type { Connector, Log } from '../../connectors/connector.ts';
import type { Federation } from '../../schemas/federation.ts';
import type { Rule } from '../../schemas/rules/rule.ts';
import { openSigner } from '../ledger/signer.ts';
import { openStore, type StoreOptions } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { openCache } from './cache.ts';
import { createFetch } from './fetch.ts';
import type { HarvestTools } from './harvest-source.ts';
import { createReadingPool } from './reading-pool.ts';
import { createRequestLog } from './request-log.ts';
import { startScheduler } from './scheduler.ts';

/** Harvests at one time, and threads that read for them: two cores, and most of a harvest is waiting. */
const PLACES = 32;
const READING_THREADS = 2;

export interface HarvesterOptions {
  readonly federation: Federation;
  readonly store: Store;
  readonly connectors: readonly Connector[];
  readonly rules: readonly Rule[];
  readonly startReader: () => Worker;
  readonly log: Log;
  /** `redis://…`: what robots.txt says is shared between replicas. */
  readonly cacheUrl?: string;
  readonly onProgress?: (source: string, message: string) => void;
}

export interface Harvester extends HarvestTools {
  close(): Promise<void>;
}

/** Everything a harvest needs besides its lease. */
export function createHarvester(options: HarvesterOptions): Harvester {
  const { federation, store, connectors, log } = options;
  const requests = createRequestLog({ store, log });
  const cache = openCache(options.cacheUrl, log);
  const fetcher = createFetch({
    settings: federation.fetch,
    log,
    now: Date.now,
    onRequest: requests.add,
    cache,
  });
  const pool = createReadingPool(READING_THREADS, options.startReader);
  return {
    store,
    federation,
    connectors: new Map(connectors.map(connector => [connector.id, connector])),
    rules: options.rules,
    pool,
    fetchFor: fetcher.forSource,
    onRequest: requests.add,
    log,
    ...(options.onProgress ? { onProgress: options.onProgress } : {}),
    async close() {
      await pool.close();
      await fetcher.close();
      await requests.close();
      await cache.close();
    },
  };
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
  const scheduler = startScheduler({ ...harvester, signer }, PLACES);
  port.on('message', async (word: 'wake' | 'stop') => {
    if (word === 'wake') return scheduler.wake();
    await scheduler.stop();
    await harvester.close();
    await store.close();
    port.close();
  });
}
