import { join } from 'node:path';
import type { Log } from '../../connectors/connector.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Vocabulary } from '../../schemas/vocabulary.ts';
import { sealer } from '../ledger/seal.ts';
import { openPostgres } from './postgres/postgres-store.ts';
import { openSqlite } from './sqlite/sqlite-store.ts';
import type { Store } from './store.ts';

const DAY = 24 * 60 * 60_000;

/** Can be cloned to a thread, except `now` and `log`. */
export interface StoreOptions {
  readonly dataDir: string;
  /** PostgreSQL instead of the embedded file. */
  readonly databaseUrl?: string;
  /** A role that owns the tables. */
  readonly migrateUrl?: string;
  /** What is erased is sealed to this key and kept so many days; nothing is kept without. */
  readonly evidence?: { readonly key: string; readonly days: number };
  /** Wordings that a search takes for one another; none when absent. */
  readonly vocabulary?: Vocabulary;
  readonly log?: Log;
  /** Tests only; otherwise this machine's clock, or the database's. */
  readonly now?: () => Instant;
}

/** The store that the options name: PostgreSQL where an address is given, else the embedded file. */
export async function openStore({
  dataDir,
  databaseUrl,
  migrateUrl,
  vocabulary = [],
  evidence,
  log,
  now,
}: StoreOptions): Promise<Store> {
  const sealing = evidence && { seal: sealer(evidence.key), keep: evidence.days * DAY };
  const clock = { ...(now && { now }), ...(sealing && { sealing }) };
  if (databaseUrl === undefined)
    return openSqlite({ file: join(dataDir, 'lienthong.db'), vocabulary, ...clock });
  const migrating = migrateUrl === undefined ? {} : { migrateUrl };
  return openPostgres({ url: databaseUrl, vocabulary, ...migrating, ...clock, ...(log ? { log } : {}) });
}
