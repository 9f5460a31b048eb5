import pg from 'pg';

const SERVER = process.env.DATABASE_URL_TEST ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** An empty database on a real server, for one test. */
export async function freshDatabase(): Promise<{
  readonly url: string;
  readonly remove: () => Promise<void>;
}> {
  const name = `lienthong_e2e_${process.pid}_${Math.random().toString(36).slice(2)}`;
  await administer(`CREATE DATABASE ${name}`);
  const url = new URL(SERVER);
  url.pathname = `/${name}`;
  return { url: url.href, remove: () => administer(`DROP DATABASE ${name} WITH (FORCE)`) };
}

async function administer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: SERVER });
  await client.connect();
  await client.query(sql);
  await client.end();
}
