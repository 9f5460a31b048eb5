import { describe } from '@jest/globals';
import pg from 'pg';
import { openSeededServer, type SeededServer } from '../e2e/seeded-server.ts';
import { changesConform } from '../http/changes-routes.conformance.ts';
import { feedsConform } from '../http/feed-routes.conformance.ts';
import { itemPagesConform } from '../http/item-routes.conformance.ts';
import { archivesConform } from './archives.conformance.ts';
import { onceAStoryConforms } from './once-a-story.conformance.ts';
import { windowConforms } from './window.conformance.ts';

const SERVER = process.env.DATABASE_URL_TEST ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** A schema of its own for each test, on a real server: made in a tenth of a database's time. */
async function openOnPostgres(): Promise<SeededServer> {
  const name = `lienthong_reads_${process.pid}_${Math.random().toString(36).slice(2)}`;
  await administer(`CREATE SCHEMA ${name}`);
  const url = new URL(SERVER);
  url.searchParams.set('options', `-c search_path=${name}`);
  const world = await openSeededServer(url.href);
  return {
    ...world,
    async close() {
      await world.close();
      await administer(`DROP SCHEMA ${name} CASCADE`);
    },
  };
}

async function administer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: SERVER });
  await client.connect();
  await client.query(sql);
  await client.end();
}

describe('on PostgreSQL', () => {
  feedsConform(openOnPostgres);
  changesConform(openOnPostgres);
  itemPagesConform(openOnPostgres);
  archivesConform(openOnPostgres);
  windowConforms(openOnPostgres);
  onceAStoryConforms(openOnPostgres);
});
