import type pg from 'pg';
import type { Log } from '../../../connectors/connector.ts';

const EVERY = 60_000;

/**
 * Looks each minute whether the planner still knows the tables; gives back how to stop. Autovacuum does the same earlier
 * where it is on, so that this is for databases where it is off or late: without it a page of a topic was a second at
 * half a million items, with it a few milliseconds. A role that doesn't own the tables changes nothing.
 */
export function keepStatistics(pool: pg.Pool, log?: Log): () => void {
  const look = () =>
    refreshStatistics(pool).catch((error: Error) =>
      log?.debug({ err: error.message }, 'Statistics of the tables could not be renewed.'),
    );
  const timer = setInterval(look, EVERY);
  timer.unref();
  void look();
  return () => clearInterval(timer);
}

/** The tables of which a fifth has changed since they were last looked at, now looked at again. */
export async function refreshStatistics(pool: pg.Pool): Promise<readonly string[]> {
  const { rows } = await pool.query(
    `SELECT relname AS name FROM pg_stat_user_tables
     WHERE schemaname = current_schema() AND n_mod_since_analyze > 1000 + n_live_tup / 5`,
  );
  const names = rows.map(({ name }) => String(name));
  for (const name of names) await pool.query(`ANALYZE "${name}"`);
  return names;
}
