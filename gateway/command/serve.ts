import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Worker } from 'node:worker_threads';
import { CodedError } from '../../schemas/errors.ts';
import { checkRoutes } from '../check/check-routes.ts';
import { consoleRoutes } from '../console/console-routes.ts';
import { hubAddress } from '../deliver/topic.ts';
import { watchDuties } from '../duties/watch-duties.ts';
import { openGenerations } from '../graph/generations.ts';
import { openRemotes } from '../graph/remote/remotes.ts';
import { createFetch } from '../harvest/fetch.ts';
import { createReadingPool } from '../harvest/reading-pool.ts';
import { registerSources } from '../harvest/register-sources.ts';
import { createRequestLog } from '../harvest/request-log.ts';
import { adminToken } from '../http/access.ts';
import { firstPageRoutes } from '../http/first-page.ts';
import { createGraphqlRoutes } from '../http/graphql.ts';
import { createHubRoutes } from '../http/hub-routes.ts';
import { pingRoutes } from '../http/ping-routes.ts';
import { createServer } from '../http/server.ts';
import type { Services } from '../http/services.ts';
import { createUsage } from '../http/usage.ts';
import { noteSettings } from '../ledger/note-settings.ts';
import { openSigner } from '../ledger/signer.ts';
import type { Plugins } from './plugins.ts';
import { openSandbox } from './sandbox.ts';
import { readSetting, type Setting } from './setting.ts';

/** Milliseconds that running requests and harvests may take to end. */
const GRACE = 8_000;

/** Milliseconds between two readings of the remote schemas. */
const SCHEMAS_EVERY = 60_000;

/** Harvests and serves until told to stop. */
export async function serve(plugins: Plugins): Promise<void> {
  const sandbox = await openSandbox(plugins);
  const setting = readSetting(plugins, sandbox?.config);
  const { environment, federation, log } = setting;
  const store = await setting.openStore();
  await registerSources(store, federation, log);
  await noteSettings(store, federation);

  const without = servicesOf(plugins, setting, store);
  const services: Services = { ...without, usage: createUsage(without) };
  const live = await openLive(services, environment.data);
  // Threads of its own: what the public has checked never waits for a harvest, nor a harvest for it.
  const checking = createReadingPool(2, () => plugins.startThread('reading'));
  // Started once the port is ours: a thread would keep a process alive that can't serve.
  let deliver: Worker | undefined;
  let harvesting: Worker | undefined;
  const hub = hubAddress(federation);
  const app = createServer(services, {
    ...(hub === undefined ? {} : { hub }),
    routers: [
      createHubRoutes(services, () => deliver?.postMessage('look')),
      pingRoutes(services, () => harvesting?.postMessage('wake')),
      firstPageRoutes(services),
      checkRoutes(services, checking),
      consoleRoutes(services),
      await createGraphqlRoutes(services, live.graph),
    ],
  });
  const server = await listen(app.listen(environment.port, environment.host), environment.port);
  const delivering = startDelivering(plugins, setting);
  deliver = delivering;
  const harvest = plugins.startThread('harvest', {
    federation,
    store: setting.storeOptions,
    logLevel: environment.logLevel,
    ...(environment.cacheUrl ? { cacheUrl: environment.cacheUrl } : {}),
    ...(environment.ledgerKey ? { ledgerKey: environment.ledgerKey } : {}),
  });
  harvesting = harvest;
  harvest.on('error', error => {
    log.fatal(
      { err: error },
      'The harvesting thread failed; the gateway stops so that it can be started anew.',
    );
    process.exit(1);
  });
  const sealing = environment.evidenceKey !== undefined;
  const stopWatching = watchDuties({ ...services, sealing }, baseOf(server));
  welcome(setting, server);

  await stopSignal();
  log.info({}, 'Stopping: no new requests, running harvests may end.');
  setTimeout(() => process.exit(1), GRACE * 2).unref();
  const ended = [harvest, delivering].map(thread => once(thread, 'exit'));
  for (const thread of [harvest, delivering]) thread.postMessage('stop');
  await Promise.all([close(server), ...ended]);
  stopWatching();
  await live.close();
  await checking.close();
  await sandbox?.stop();
  await store.close();
  log.info({}, 'Stopped.');
}

/** The thread that tells subscribers. */
function startDelivering(plugins: Plugins, { federation, storeOptions, sandbox, environment, log }: Setting) {
  const { logLevel } = environment;
  const thread = plugins.startThread('deliver', { federation, store: storeOptions, sandbox, logLevel });
  thread.on('error', error => {
    log.fatal(
      { err: error },
      'The delivering thread failed; the gateway stops so that it can be started anew.',
    );
    process.exit(1);
  });
  return thread;
}

/** The graph with the sites that are asked live: its own way out, as guarded and polite as the harvest's. */
async function openLive(services: Services, dataDir: string) {
  const { federation, log, now, store } = services;
  const requests = createRequestLog({ store, log });
  const fetcher = createFetch({ settings: federation.fetch, log, now, onRequest: requests.add });
  const remotes = openRemotes({ federation, fetchFor: fetcher.forSource, dataDir, log, now });
  await remotes.refresh();
  const generations = openGenerations(services, remotes);
  const timer = setInterval(() => void generations.refresh(), SCHEMAS_EVERY);
  return {
    graph: generations.graph,
    close: async () => {
      clearInterval(timer);
      await fetcher.close();
      await requests.close();
    },
  };
}

function servicesOf(plugins: Plugins, setting: Setting, store: Services['store']): Services {
  const { federation, environment, log, sandbox } = setting;
  const brought = plugins.connectors.flatMap(({ contentSchemas }) => contentSchemas ?? []);
  return {
    store,
    federation,
    connectors: plugins.connectors,
    formats: plugins.formats,
    rules: plugins.rules,
    contentSchemas: [...federation.contentSchemas, ...brought],
    adminToken: adminToken(environment.data, process.env),
    signer: openSigner(environment.data, environment.ledgerKey),
    log,
    now: Date.now,
    sandbox,
  };
}

function listen(server: Server, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('listening', () => resolve(server));
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why =
        cause.code === 'EADDRINUSE' ? `Port ${port} is taken. Set PORT to another one.` : cause.message;
      reject(new CodedError('CONFIG_INVALID', why, { cause }));
    });
  });
}

function welcome({ federation, log, sandbox, environment }: Setting, server: Server): void {
  const { port } = server.address() as AddressInfo;
  const url = federation.gateway.publicUrl;
  log.info(
    { port, sites: federation.sites.length, sources: federation.sources.length },
    `Liên Thông: ${url}/`,
  );
  log.info({}, `  GraphQL ${url}/graphql   feeds ${url}/feeds/all.atom .rss .json   changes ${url}/changes`);
  if (sandbox)
    log.info({}, '  Every site here is made up (sandbox). Set LIENTHONG_CONFIG to federate your own.');
  if (!environment.ledgerKey)
    log.info({}, `  The ledger is signed with the key in ${environment.data}/ledger-key`);
  if (!environment.adminToken) log.info({}, `  The operator's token is in ${environment.data}/admin-token`);
}

/** Where this very process answers. */
function baseOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  if (address === '0.0.0.0') return `http://127.0.0.1:${port}`;
  if (address === '::') return `http://[::1]:${port}`;
  return family === 'IPv6' ? `http://[${address}]:${port}` : `http://${address}:${port}`;
}

function stopSignal(): Promise<unknown> {
  return Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
}

function close(server: Server): Promise<void> {
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), GRACE).unref();
  return new Promise(resolve => server.close(() => resolve()));
}
