import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Router } from 'express';
import { connectors } from '../../connectors/index.ts';
import type { Federation } from '../../schemas/federation.ts';
import { formats } from '../../schemas/formats/index.ts';
import { rules } from '../../schemas/rules/index.ts';
import { createServer } from '../http/server.ts';
import type { Services } from '../http/services.ts';
import { createLog } from '../log.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { seededFederation } from './seed.ts';

/** A store in a folder of its own, and our whole HTTP side over it on a free port. */
export interface SeededServer {
  readonly store: Store;
  /** Starts serving; gives a way to ask. Redirects are not followed. */
  serve(options?: {
    readonly federation?: Partial<Federation>;
    /** Operations of the store that are to fail or to be watched. */
    readonly store?: Partial<Store>;
    readonly services?: Partial<Services>;
    readonly hub?: string;
    /** Routes besides the server's own. */
    readonly routersOf?: (services: Services) => readonly Router[];
  }): Promise<(path: string, init?: RequestInit) => Promise<Response>>;
  close(): Promise<void>;
}

/** Over the embedded store, or over the database at an address, which must be fresh. */
export async function openSeededServer(databaseUrl?: string): Promise<SeededServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lienthong-reads-'));
  const log = createLog('silent', 'test');
  const store = await openStore({ dataDir, log, ...(databaseUrl === undefined ? {} : { databaseUrl }) });
  const servers: Server[] = [];
  return {
    store,
    async serve(options = {}) {
      const services: Services = {
        store: options.store ? withOthers(store, options.store) : store,
        federation: seededFederation(options.federation),
        connectors: connectors(formats),
        formats,
        rules,
        contentSchemas: [],
        adminToken: 'x',
        log,
        now: Date.now,
        sandbox: true,
        ...options.services,
      };
      const app = createServer(services, {
        routers: options.routersOf?.(services) ?? [],
        ...(options.hub === undefined ? {} : { hub: options.hub }),
      });
      const server = app.listen(0, '127.0.0.1');
      servers.push(server);
      await new Promise(resolve => server.once('listening', resolve));
      const { port } = server.address() as AddressInfo;
      return (path, init = {}) => fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', ...init });
    },
    async close() {
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))));
      await store.close();
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

function withOthers(store: Store, others: Partial<Store>): Store {
  return new Proxy(store, {
    get(target, name) {
      const other: unknown = Reflect.get(others, name);
      const value: unknown = other ?? Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
