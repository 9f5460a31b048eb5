import pg from 'pg';
import { freshDatabase } from '../../gateway/e2e/fresh-database.ts';
import { postgresSink } from './postgres-sink.mjs';
import { sinkConforms } from './sink.conformance.ts';

sinkConforms('PostgreSQL', async () => {
  const database = await freshDatabase();
  const pools: pg.Pool[] = [];
  const pool = () => {
    const made = new pg.Pool({ connectionString: database.url, max: 3 });
    pools.push(made);
    return made;
  };
  const reader = pool();
  return {
    open: async () => postgresSink(pool()),
    async held() {
      const { rows } = await reader.query(`SELECT id, item->>'title' AS title FROM item`);
      return new Map(rows.map(({ id, title }) => [id, title]));
    },
    async remove() {
      await Promise.all(pools.map(each => each.end()));
      await database.remove();
    },
  };
});
