// @ts-check
// A sink for follow-changes.mjs over PostgreSQL: items as jsonb in the table `item`. Copy it, and give the table the
// columns your pages need. `pool` is a Pool of the package `pg`.

const TABLES = `
  CREATE TABLE IF NOT EXISTS item (id text PRIMARY KEY, item jsonb NOT NULL, generation text NOT NULL);
  CREATE TABLE IF NOT EXISTS place (one integer PRIMARY KEY CHECK (one = 1), place text);
  INSERT INTO place VALUES (1, NULL) ON CONFLICT DO NOTHING`;
const PUT = `
  INSERT INTO item (id, item, generation) SELECT x.id, x.item, $2 FROM json_to_recordset($1) AS x (id text, item jsonb)
  ON CONFLICT (id) DO UPDATE SET (item, generation) = (excluded.item, excluded.generation)`;

/**
 * @typedef {{ query(sql: string, values?: any[]): Promise<{ rows: any[], rowCount: number | null }> }} Connection
 * @param {{ connect(): Promise<Connection & { release(broken?: any): void }> }} pool
 * @returns {import('./follow-changes.mjs').Sink}
 */
export function postgresSink(pool) {
  /** @type {Promise<unknown> | undefined} */
  let made;
  return {
    load: () =>
      within(pool, async db => {
        made ??= db.query(TABLES);
        await made.catch(error => {
          made = undefined;
          throw error;
        });
        return (await db.query('SELECT place FROM place')).rows[0].place ?? undefined;
      }),
    apply: ({ from, to, puts, tombstones, generation, sweep }) =>
      within(pool, async db => {
        await db.query('BEGIN');
        // The row's lock makes followers wait for one another; who comes second finds another place, and has no say.
        const moved = await db.query('UPDATE place SET place = $1 WHERE place IS NOT DISTINCT FROM $2', [
          to,
          from,
        ]);
        if (moved.rowCount === 1) {
          await db.query(PUT, [JSON.stringify(puts.map(({ id, item }) => ({ id, item }))), generation]);
          await db.query('DELETE FROM item WHERE id = ANY($1)', [tombstones.map(({ id }) => id)]);
          if (sweep) await db.query('DELETE FROM item WHERE generation <> $1', [generation]);
        }
        await db.query('COMMIT');
        return moved.rowCount === 1;
      }),
  };
}

/**
 * A connection that failed is thrown away, and with it whatever it had begun.
 * @template T @param {Parameters<typeof postgresSink>[0]} pool @param {(db: Connection) => Promise<T>} act
 */
async function within(pool, act) {
  const db = await pool.connect();
  try {
    const result = await act(db);
    db.release();
    return result;
  } catch (error) {
    db.release(error);
    throw error;
  }
}
