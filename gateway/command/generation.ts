import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { checkRoutes } from '../check/check-routes.ts';
import { consoleRoutes } from '../console/console-routes.ts';
import type { Sessions } from '../console/sessions.ts';
import { hubAddress } from '../deliver/topic.ts';
import { openGenerations } from '../graph/generations.ts';
import { keepFit } from '../graph/remote/keep-fit.ts';
import { openKeptRows } from '../graph/remote/kept-rows.ts';
import { openRemotes } from '../graph/remote/remotes.ts';
import type { Cache } from '../harvest/cache.ts';
import { createFetch } from '../harvest/fetch.ts';
import type { ReadingPool } from '../harvest/reading-pool.ts';
import { createRequestLog } from '../harvest/request-log.ts';
import type { Harvester } from '../harvest/thread.ts';
import { firstPageRoutes } from '../http/first-page.ts';
import { createGraphqlRoutes } from '../http/graphql.ts';
import { createHubRoutes } from '../http/hub-routes.ts';
import { pingRoutes } from '../http/ping-routes.ts';
import { pushRoutes } from '../http/push-routes.ts';
import { createServer } from '../http/server.ts';
import type { Services } from '../http/services.ts';
import { createUsage } from '../http/usage.ts';
import { websubRoutes } from '../http/websub-routes.ts';
import type { Setting } from './setting.ts';

/** Milliseconds between two readings of the remote schemas. */
const SCHEMAS_EVERY = 60_000;
/** Milliseconds that a start or a reload waits for schemas that were known before: a site that hangs keeps nobody out. */
const PATIENCE = 1_000;

/** All that answers by one reading of the federation file. */
export interface Generation {
  readonly setting: Setting;
  readonly services: Services;
  /** Answers one request by this federation, to its end. */
  answer(request: IncomingMessage, response: ServerResponse): void;
  /** Resolves when its last request has ended and what was its own is let go. */
  retire(): Promise<void>;
}

/** What every generation of the process stands on. */
export interface Lasting extends Omit<Services, 'federation' | 'contentSchemas' | 'usage'> {
  readonly dataDir: string;
  /** What may be lost: what sites that are asked live said lately. */
  readonly cache: Cache;
  /** Threads that read what the public has checked. */
  readonly checking: ReadingPool;
  /** Reads and stores what sites tell by themselves. */
  readonly receiving: Harvester;
  readonly sessions: Sessions;
  readonly wakeHarvest: () => void;
  readonly wakeDeliver: () => void;
}

/** Builds a generation beside the one that serves. Throws CONFIG_INVALID for a federation that can't be served. */
export async function buildGeneration(setting: Setting, lasting: Lasting): Promise<Generation> {
  const services = servicesOf(setting, lasting);
  const live = await openLive(services, lasting);
  const receiving = lasting.receiving.follow(setting.federation);
  const hub = hubAddress(setting.federation);
  // Never listens itself: the process has one port and one server.
  const server = createServer(services, {
    ...(hub === undefined ? {} : { hub }),
    routers: [
      await createGraphqlRoutes(services, live.graph),
      createHubRoutes(services, lasting.wakeDeliver),
      pingRoutes(services, lasting.wakeHarvest),
      pushRoutes(receiving, lasting.wakeDeliver, services),
      websubRoutes(receiving, lasting.wakeHarvest, services),
      firstPageRoutes(services),
      checkRoutes(services, lasting.checking),
      consoleRoutes(services, lasting.sessions),
    ],
  });
  const open = new Set<ServerResponse>();
  let idle: (() => void) | undefined;
  return {
    setting,
    services,
    answer(request, response) {
      open.add(response);
      response.on('close', () => {
        open.delete(response);
        if (open.size === 0) idle?.();
      });
      server.emit('request', request, response);
    },
    async retire() {
      live.rest();
      // Nobody comes any more: its ready answers go, also where a stream keeps the rest for days.
      server.close();
      if (open.size > 0)
        await new Promise<void>(resolve => {
          idle = resolve;
        });
      await live.close();
    },
  };
}

function servicesOf(
  { federation }: Setting,
  {
    dataDir: _dataDir,
    cache: _cache,
    checking: _checking,
    receiving: _receiving,
    sessions: _sessions,
    ...lasting
  }: Lasting,
): Services {
  const brought = lasting.connectors.flatMap(({ contentSchemas }) => contentSchemas ?? []);
  const services = { ...lasting, federation, contentSchemas: [...federation.contentSchemas, ...brought] };
  return { ...services, usage: createUsage(services) };
}

/** The graph with the sites that are asked live: its own way out, as guarded and polite as the harvest's. */
async function openLive(services: Services, { dataDir, cache }: Lasting) {
  const { federation, log, now, store } = services;
  const requests = createRequestLog({ store, log });
  const fetcher = createFetch({ settings: federation.fetch, log, now, onRequest: requests.add });
  const kept = openKeptRows({ cache, store, now, log });
  const close = async () => {
    await kept.close();
    await fetcher.close();
    await requests.close();
  };
  try {
    const onFit = keepFit(services.store, log);
    const remotes = openRemotes({ federation, fetchFor: fetcher.forSource, dataDir, log, now, kept, onFit });
    const known = remotes.known();
    if (!known) await remotes.refresh();
    const generations = openGenerations(services, remotes);
    if (known) await Promise.race([generations.refresh(), setTimeout(PATIENCE)]);
    const timer = setInterval(() => void generations.refresh(), SCHEMAS_EVERY);
    return { graph: generations.graph, rest: () => clearInterval(timer), close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}
