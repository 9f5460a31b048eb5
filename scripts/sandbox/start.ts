import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { sandboxFederation } from './federation.ts';
import { openNewsroom } from './newsroom.ts';
import { serveSite } from './serve-site.ts';
import { SITES } from './sites.ts';

export interface Sandbox {
  /** The federation file that harvests it, as YAML. */
  readonly config: string;
  stop(): Promise<void>;
}

interface Memory {
  readonly opened: number;
  readonly ports: Readonly<Record<string, number>>;
}

/**
 * Opens the made-up ministry on loopback. Ports and the opening time are remembered in the data folder, so that
 * links and news stay the same over a restart; a port that is taken meanwhile is replaced by a free one.
 */
export async function startSandbox(dataDir: string, now: () => number = Date.now): Promise<Sandbox> {
  const file = join(dataDir, 'sandbox.json');
  const before = recall(file);
  const opened = before?.opened ?? now();
  const ids = SITES.map(({ id }) => id);
  const press = SITES.filter(({ kind }) => kind === 'press').map(({ id }) => id);
  const newsroom = openNewsroom(opened, ids, press);
  const servers = await Promise.all(
    SITES.map(site =>
      serveSite(site, newsroom, before?.ports[site.id] ?? 0, now).catch(() =>
        serveSite(site, newsroom, 0, now),
      ),
    ),
  );
  const ports = Object.fromEntries(
    servers.map((server, i) => [ids[i], (server.address() as AddressInfo).port]),
  );
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, JSON.stringify({ opened, ports } satisfies Memory));
  const config = sandboxFederation(ports);
  writeFileSync(join(dataDir, 'sandbox.yaml'), config);
  return {
    config,
    async stop() {
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))));
    },
  };
}

function recall(file: string): Memory | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Memory;
  } catch {
    return undefined;
  }
}
