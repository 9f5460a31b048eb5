import type pg from 'pg';
import type { Log } from '../../../connectors/connector.ts';
import { OWN_TABLES } from './tables.ts';

const EVERY = 60_000;

/**
 * Looks each minute whether the planner still knows the tables, and puts away what waits to enter the index of words; gives
 * back how to stop. Autovacuum does both earlier where it is on, so that this is for databases where it is off or late:
 * without it a page of a topic was a second at half a million items, and each search read megabytes that waited. A role
 * that doesn't own the tables changes nothing.
 */
export function keepStatistics(pool: pg.Pool, log?: Log, every = EVERY): () => void {
  let isLooking = false;
  let isStopped = false;
  const look = async () => {
    // One look at a time, on one connection: those that wait for a lock would take all that readers have.
    if (isLooking) return;
    isLooking = true;
    try {
      await refreshStatistics(pool);
      if (!isStopped) await indexPending(pool);
    } catch (error) {
      log?.debug({ err: String(error) }, 'Statistics of the tables could not be renewed.');
    }
    isLooking = false;
  };
  const timer = setInterval(look, every);
  timer.unref();
  void look();
  return () => {
    isStopped = true;
    clearInterval(timer);
  };
}

/** Our tables of which a fifth has changed since they were last looked at, now looked at again. */
export async function refreshStatistics(pool: pg.Pool): Promise<readonly string[]> {
  const { rows } = await pool.query(
    `SELECT changed.relname AS name FROM pg_stat_user_tables AS changed JOIN pg_class ON pg_class.oid = changed.relid
     WHERE changed.schemaname = current_schema() AND changed.relname = ANY($1)
       AND changed.n_mod_since_analyze > 1000 + changed.n_live_tup / 5 AND pg_has_role(pg_class.relowner, 'USAGE')`,
    [OWN_TABLES],
  );
  const names = rows.map(({ name }) => String(name));
  // Whoever works on a table now, another replica perhaps, isn't waited for: that would keep a connection from readers.
  for (const name of names) await pool.query(`ANALYZE (SKIP_LOCKED) "${name}"`);
  return names;
}

/**
 * Words of the newest items wait in a list before they enter a GIN index, and every search reads that list from its
 * beginning to its end. Gives back how many pages were put away.
 */
export async function indexPending(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query(
    `SELECT coalesce(sum(gin_clean_pending_list(index.oid)), 0)::int AS pages
     FROM pg_class AS index JOIN pg_am ON pg_am.oid = index.relam
     WHERE pg_am.amname = 'gin' AND index.relkind = 'i' AND index.relnamespace = current_schema()::regnamespace
       AND pg_has_role(index.relowner, 'USAGE')`,
  );
  return Number(rows[0]?.pages);
}
