import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Worker } from 'node:worker_threads';
import { CodedError, toCoded } from '../../schemas/errors.ts';
import { keepWatching } from '../alert/keep-watching.ts';
import { Sessions } from '../console/sessions.ts';
import { watchDuties } from '../duties/watch-duties.ts';
import { openCache } from '../harvest/cache.ts';
import { createReadingPool } from '../harvest/reading-pool.ts';
import { createHarvester } from '../harvest/thread.ts';
import { adminToken } from '../http/access.ts';
import { createMetrics } from '../http/metrics.ts';
import { Tallies } from '../http/tallies.ts';
import { openSigner } from '../ledger/signer.ts';
import { openControl } from '../running/control.ts';
import type { ThreadWord } from '../running/thread-words.ts';
import type { Store } from '../store/store.ts';
import type { Plugins } from './plugins.ts';
import { openSandbox } from './sandbox.ts';
import { openServing, type Serving } from './serving.ts';
import { readSetting, type Setting } from './setting.ts';

/** Milliseconds that running requests and harvests may take to end. */
const GRACE = 8_000;

/** Harvests and serves until told to stop. */
export async function serve(plugins: Plugins): Promise<void> {
  const sandbox = await openSandbox(plugins);
  const setting = readSetting(plugins, sandbox?.config);
  const { environment, log } = setting;
  const store = await setting.openStore();
  // Threads of its own: what the public has checked never waits for a harvest, nor a harvest for it.
  const checking = createReadingPool(2, () => plugins.startThread('reading'));
  // What sites tell by themselves is read and stored here, whatever is being harvested.
  const receiving = createHarvester({
    federation: setting.federation,
    store,
    connectors: plugins.connectors,
    rules: plugins.rules,
    startReader: () => plugins.startThread('reading'),
    readers: 1,
    log,
    ...(environment.cacheUrl ? { cacheUrl: environment.cacheUrl } : {}),
  });
  const cache = openCache(environment.cacheUrl, log);
  // Started once the port is ours: a thread would keep a process alive that can't serve.
  const threads: { harvest?: Worker; deliver?: Worker; alert?: Worker } = {};
  const serving = await openServing(setting, {
    store,
    read: () => readSetting(plugins, sandbox?.config),
    lasting: {
      ...lastingOf(plugins, setting, store),
      cache,
      checking,
      receiving,
      wakeHarvest: () => threads.harvest?.postMessage('wake' satisfies ThreadWord),
      wakeDeliver: () => threads.deliver?.postMessage('wake' satisfies ThreadWord),
    },
    threads: () => Object.values(threads),
  });
  const listening = createServer((request, response) => serving.current.answer(request, response));
  const server = await listen(listening.listen(environment.port, environment.host), environment.port);
  threads.deliver = startDelivering(plugins, setting);
  threads.harvest = startHarvesting(plugins, setting);
  const sealing = environment.evidenceKey !== undefined;
  const stopWatching = watchDuties(() => ({ ...serving.current.services, sealing }), baseOf(server));
  const control = await openControl(environment.data, baseOf(server), { '/reload': serving.reload }, log);
  const stopAlerts = keepWatching(
    () => startAlerting(plugins, serving.current.setting),
    thread => {
      delete threads.alert;
      if (thread) threads.alert = thread;
    },
    log,
  );
  welcome(setting, server);

  await stopSignal(() => reloadBySignal(serving, log));
  log.info({}, 'Stopping: no new requests, running harvests may end.');
  setTimeout(() => process.exit(1), GRACE * 2).unref();
  stopAlerts();
  await control.close();
  const ended = Object.values(threads).map(thread => once(thread, 'exit'));
  for (const thread of Object.values(threads)) thread.postMessage('stop' satisfies ThreadWord);
  await Promise.all([close(server), ...ended]);
  stopWatching();
  await serving.current.retire();
  await Promise.all([checking.close(), receiving.close(), cache.close()]);
  await sandbox?.stop();
  await store.close();
  log.info({}, 'Stopped.');
}

/** The thread that tells subscribers. */
function startDelivering(plugins: Plugins, setting: Setting): Worker {
  const { federation, storeOptions, sandbox, environment } = setting;
  const { logLevel } = environment;
  return indispensable(
    plugins.startThread('deliver', { federation, store: storeOptions, sandbox, logLevel }),
    'delivering',
    setting,
  );
}

function startHarvesting(plugins: Plugins, setting: Setting): Worker {
  const { federation, storeOptions, environment } = setting;
  const { logLevel, cacheUrl, ledgerKey } = environment;
  return indispensable(
    plugins.startThread('harvest', {
      federation,
      store: storeOptions,
      logLevel,
      ...(cacheUrl ? { cacheUrl } : {}),
      ...(ledgerKey ? { ledgerKey } : {}),
    }),
    'harvesting',
    setting,
  );
}

/** The thread that looks for trouble and tells of it. */
function startAlerting(plugins: Plugins, { federation, storeOptions, environment }: Setting): Worker {
  return plugins.startThread('alert', {
    federation,
    store: storeOptions,
    logLevel: environment.logLevel,
  });
}

function indispensable(thread: Worker, name: string, { log }: Setting): Worker {
  thread.on('error', error => {
    log.fatal({ err: error }, `The ${name} thread failed; the gateway stops so that it can be started anew.`);
    process.exit(1);
  });
  return thread;
}

function lastingOf(plugins: Plugins, { environment, log, sandbox }: Setting, store: Store) {
  const services = {
    store,
    connectors: plugins.connectors,
    formats: plugins.formats,
    rules: plugins.rules,
    adminToken: adminToken(environment.data, process.env),
    signer: openSigner(environment.data, environment.ledgerKey),
    log,
    now: Date.now,
    sandbox,
  };
  return {
    ...services,
    dataDir: environment.data,
    sessions: new Sessions(),
    metrics: createMetrics(services),
    tallies: new Tallies(),
  };
}

/** A fault is told in the log: who sent the signal reads nothing else. */
function reloadBySignal(serving: Serving, log: Setting['log']): void {
  serving.reload().catch(thrown => {
    log.error({}, `${toCoded(thrown).message}\nThe federation file was not taken over; nothing has changed.`);
  });
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

/** SIGHUP reloads, as daemons do; from a terminal that was closed, and on Windows, it means the end. */
function stopSignal(reload: () => void): Promise<unknown> {
  const ends: NodeJS.Signals[] = ['SIGINT', 'SIGTERM'];
  if (process.platform === 'win32' || process.stdout.isTTY) ends.push('SIGHUP');
  else process.on('SIGHUP', reload);
  return Promise.race(ends.map(signal => once(process, signal)));
}

function close(server: Server): Promise<void> {
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), GRACE).unref();
  return new Promise(resolve => server.close(() => resolve()));
}
