import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connector, Log } from '../../connectors/connector.ts';
import type { ContentSchema } from '../../schemas/federation.ts';
import { rules } from '../../schemas/rules/index.ts';
import type { Services } from '../http/services.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { SEEDED_AT, seededFederation, UNIT_DOCUMENT } from './seed.ts';

export const SEEDED_TOKEN = 'seeded-admin-token';

export const WORDPRESS_POST: ContentSchema = {
  name: 'wordpress',
  type: 'WordPressPost',
  fields: { slug: 'String', postId: 'Int' },
};

/** What a log was told. */
export interface Told {
  readonly level: keyof Log;
  readonly data: object;
  readonly message: string;
}

export interface SeededServices {
  readonly services: Services;
  readonly store: Store;
  readonly told: readonly Told[];
  /** Closes the store and removes its folder. */
  close(): Promise<void>;
}

/**
 * A real store with the seeded federation registered, and all that routes are handed: SQLite in a folder of its own,
 * or the database at an address, which must be fresh.
 */
export async function openSeededServices(
  changes: Partial<Services> = {},
  databaseUrl?: string,
): Promise<SeededServices> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lienthong-seeded-'));
  const told: Told[] = [];
  const log = rememberingLog(told);
  const store = await openStore({ dataDir, log, ...(databaseUrl === undefined ? {} : { databaseUrl }) });
  const federation = seededFederation();
  await store.work.register(federation.sources.map(({ name, every }) => ({ name, interval: every.max })));
  const connectors: readonly Connector[] = [];
  return {
    store,
    told,
    services: {
      store,
      federation,
      connectors,
      formats: [],
      rules,
      contentSchemas: [UNIT_DOCUMENT, WORDPRESS_POST],
      adminToken: SEEDED_TOKEN,
      log,
      now: () => SEEDED_AT,
      sandbox: false,
      ...changes,
    },
    close: async () => {
      await store.close();
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

function rememberingLog(told: Told[]): Log {
  const at = (level: keyof Log) => (data: object, message: string) =>
    void told.push({ level, data, message });
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
