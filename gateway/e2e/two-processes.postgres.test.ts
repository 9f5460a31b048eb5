import pg from 'pg';
import { removeFolder, temporaryFolder } from './run-gateway.ts';
import { twoProcessesConform } from './two-processes.conformance.ts';

const SERVER = process.env.DATABASE_URL_TEST ?? 'postgres://postgres@127.0.0.1:5432/postgres';

twoProcessesConform(async () => {
  const name = `lienthong_two_${process.pid}`;
  await administer(`CREATE DATABASE ${name}`);
  const url = new URL(SERVER);
  url.pathname = `/${name}`;
  const folders = [temporaryFolder(), temporaryFolder()] as const;
  return {
    dataDirs: folders,
    env: { DATABASE_URL: url.href },
    async remove() {
      await administer(`DROP DATABASE ${name} WITH (FORCE)`);
      for (const folder of folders) removeFolder(folder);
    },
  };
});

async function administer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: SERVER });
  await client.connect();
  await client.query(sql);
  await client.end();
}
