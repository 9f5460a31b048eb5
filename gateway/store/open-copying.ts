import { join } from 'node:path';
import type { Intake, Snapshot } from './copying.ts';
import type { StoreOptions } from './open-store.ts';
import { openPostgresIntake } from './postgres/intake.ts';
import { MIGRATIONS as POSTGRES } from './postgres/migrations.ts';
import { openPostgresSnapshot } from './postgres/snapshot.ts';
import { openSqliteIntake } from './sqlite/intake.ts';
import { openSqliteSnapshot } from './sqlite/snapshot.ts';

/** Where a store is: the same choice as `openStore` makes. */
export type Place = Pick<StoreOptions, 'dataDir' | 'databaseUrl' | 'migrateUrl'>;

/** Newest step that this program knows; both engines have the same. */
export const STORE_VERSION = POSTGRES.at(-1)?.version ?? 0;

/** Throws NOT_FOUND where there is no store yet. */
export async function openSnapshot({ dataDir, databaseUrl }: Place): Promise<Snapshot> {
  return databaseUrl === undefined ? openSqliteSnapshot(fileOf(dataDir)) : openPostgresSnapshot(databaseUrl);
}

/** Throws CONFLICT where the store is not empty. */
export function openIntake({ dataDir, databaseUrl, migrateUrl }: Place, version: number): Promise<Intake> {
  if (databaseUrl === undefined) return openSqliteIntake(fileOf(dataDir), version);
  return openPostgresIntake({ url: databaseUrl, ...(migrateUrl && { migrateUrl }) }, version);
}

export function fileOf(dataDir: string): string {
  return join(dataDir, 'lienthong.db');
}
