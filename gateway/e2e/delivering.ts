import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallbackSettings, Federation } from '../../schemas/federation.ts';
import { formats } from '../../schemas/formats/index.ts';
import { rules } from '../../schemas/rules/index.ts';
import { type Deliverer, startDelivering } from '../deliver/deliverer.ts';
import { openDeliverTools } from '../deliver/thread.ts';
import type { DeliverTools } from '../deliver/tools.ts';
import { hubAddress } from '../deliver/topic.ts';
import { createHubRoutes } from '../http/hub-routes.ts';
import { createServer } from '../http/server.ts';
import { createLog } from '../log.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { freePort } from './run-gateway.ts';
import { seededFederation } from './seed.ts';
import { USUAL } from './usual.ts';

/** A gateway in this process that publishes and delivers what a test puts into its store. */
export interface Delivering {
  readonly url: string;
  readonly store: Store;
  readonly federation: Federation;
  readonly tools: DeliverTools;
  /** A form POST to the hub; its status and text. */
  hub(form: Readonly<Record<string, string>>): Promise<{ readonly status: number; readonly text: string }>;
  /** Delivers no more, as a process that ended; what it had begun comes to its end. */
  stopDelivering(): Promise<void>;
  startDelivering(): Promise<void>;
  close(): Promise<void>;
}

export async function openDelivering(
  callbacks: Partial<CallbackSettings>,
  {
    databaseUrl,
    more = {},
  }: { readonly databaseUrl?: string | undefined; readonly more?: Partial<Federation> } = {},
): Promise<Delivering> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lienthong-delivering-'));
  const log = createLog('silent', 'test');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const seeded = seededFederation(more);
  const federation: Federation = {
    ...seeded,
    gateway: { ...seeded.gateway, publicUrl: url },
    callbacks: { ...USUAL.callbacks, ...callbacks },
  };
  const options = { dataDir, ...(databaseUrl === undefined ? {} : { databaseUrl }) };
  // Two openings of one store, as in the program, where the delivering thread has its own.
  const [store, own] = await Promise.all([openStore({ ...options, log }), openStore({ ...options, log })]);
  const tools = openDeliverTools({ store: own, federation, formats, sandbox: false, log });
  let deliverer: Deliverer | undefined;
  const hub = hubAddress(federation);
  const services = {
    store,
    federation,
    connectors: [],
    formats,
    rules,
    contentSchemas: [],
    adminToken: 'x',
    log,
    now: Date.now,
    sandbox: false,
  };
  const app = createServer(services, {
    routers: [createHubRoutes(services, () => deliverer?.look())],
    ...(hub === undefined ? {} : { hub }),
  });
  const server: Server = app.listen(port, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  if ((server.address() as AddressInfo).port !== port) throw new Error('another port');
  const start = async () => {
    deliverer = await startDelivering(tools);
  };
  await start();
  return {
    url,
    store,
    federation,
    tools,
    async hub(form) {
      const response = await fetch(`${url}/hub`, { method: 'POST', body: new URLSearchParams(form) });
      return { status: response.status, text: await response.text() };
    },
    async stopDelivering() {
      await deliverer?.stop();
      deliverer = undefined;
    },
    startDelivering: start,
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      await deliverer?.stop();
      await tools.close();
      await Promise.all([store.close(), own.close()]);
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
