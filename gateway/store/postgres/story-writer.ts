import type { AlikePair, Likeness, Sketched, StoryWriter } from '../stories.ts';
import { bucketRows, toDue, toLikeness, toLine, toPair, toSketched, toTopics } from '../story-rows.ts';
import { CHANNEL } from './changes.ts';
import type { Queryable } from './query.ts';

/** Any number that no other program on this database uses. */
const LOCK = 7_140_228;

export function writeStories(db: Queryable): StoryWriter & { hasMoved(): boolean } {
  let moved = false;
  return {
    hasMoved: () => moved,
    async lock() {
      await db.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    },
    async unmoved(dues) {
      const { rows } = await db.query(`${DUE} ORDER BY item.n FOR SHARE OF item`, [dues.map(({ n }) => n)]);
      const now = new Map(rows.map(toDue).map(due => [due.n, due]));
      return dues.filter(
        ({ n, hash, visibility }) => now.get(n)?.hash === hash && now.get(n)?.visibility === visibility,
      );
    },
    sketch: sketches => sketch(db, sketches),
    forget: ns => forget(db, ns),
    async pair(compared, pairs) {
      await unpair(
        db,
        compared.map(({ n }) => n),
      );
      await db.query(
        `UPDATE likeness SET compared = x.hash FROM json_to_recordset($1) AS x (n bigint, hash text) WHERE likeness.n = x.n`,
        [JSON.stringify(compared)],
      );
      await addPairs(db, pairs);
    },
    async pairsOf(ns) {
      return (await db.query('SELECT * FROM pair WHERE a = ANY($1)', [ns])).rows.map(toPair);
    },
    likenesses: ns => readLikenesses(db, ns),
    async assign(stories) {
      await db.query(
        `UPDATE likeness SET story = x.story FROM json_to_recordset($1) AS x (n bigint, story text) WHERE likeness.n = x.n`,
        [JSON.stringify([...stories].map(([n, story]) => ({ n, story })))],
      );
    },
    async members(stories) {
      const sql = `SELECT ${LIKENESS} FROM likeness JOIN item USING (n) WHERE likeness.story = ANY($1)`;
      return (await db.query(sql, [stories])).rows.map(toLikeness);
    },
    async topics(ns) {
      const sql = `SELECT n, label FROM label WHERE n = ANY($1) AND type = 'topic'`;
      return toTopics((await db.query(sql, [ns])).rows);
    },
    async lines(stories) {
      return (await db.query('SELECT * FROM story WHERE id = ANY($1)', [stories])).rows.map(toLine);
    },
    async setLines(stories, lines) {
      await db.query('DELETE FROM story WHERE id = ANY($1)', [stories]);
      await db.query(
        `INSERT INTO story (type, label, at, id) SELECT type, label, at, id
         FROM json_to_recordset($1) AS x (type text, label text, at bigint, id text)`,
        [JSON.stringify(lines)],
      );
    },
    async done(ns) {
      await db.query('DELETE FROM to_join WHERE n = ANY($1)', [ns]);
    },
    async giveBack(ns) {
      await db.query('UPDATE to_join SET until = 0 WHERE n = ANY($1)', [ns]);
    },
    async moved() {
      moved = true;
      await db.query(`UPDATE counter SET n = n + 1 WHERE name = 'stories'`);
      await db.query(`SELECT pg_notify('${CHANNEL}', '')`);
    },
  };
}

/** What is to be joined, by a list of numbers. */
export const DUE = `SELECT item.n, item.id, item.site, item.kind, item.visibility, item.listed, likeness.compared,
    coalesce(item.document ->> 'sourceHash', item.document ->> 'hash') AS hash
  FROM item LEFT JOIN likeness ON likeness.n = item.n WHERE item.n = ANY($1)`;

/** Columns of an item that may be like another. */
export const LIKENESS = `item.n, item.id, item.site, item.kind, item.visibility, item.listed,
  likeness.whole, likeness.names_source, likeness.compared, likeness.story`;

export async function readLikenesses(
  db: Queryable,
  ns: readonly number[],
): Promise<ReadonlyMap<number, Likeness>> {
  const sql = `SELECT ${LIKENESS} FROM likeness JOIN item USING (n) WHERE likeness.n = ANY($1)`;
  const { rows } = await db.query(sql, [ns]);
  return new Map(rows.map(row => [Number(row.n), toLikeness(row)]));
}

/** Items were stored: whoever joins stories will look at them. */
export async function markToJoin(db: Queryable, ns: readonly number[]): Promise<void> {
  if (ns.length === 0) return;
  // In one order everywhere, so that two transactions never wait for each other.
  await db.query(
    `INSERT INTO to_join (n) SELECT DISTINCT n FROM unnest($1::bigint[]) AS x (n) ORDER BY n
     ON CONFLICT (n) DO UPDATE SET until = 0 WHERE to_join.until <> 0`,
    [ns],
  );
}

/** Items were erased: nothing of their texts remains. Whoever joins stories takes them out of those and their lists. */
export async function eraseSketches(db: Queryable, ns: readonly number[]): Promise<void> {
  const { rows } = await db.query('SELECT n, at, places FROM likeness WHERE n = ANY($1) FOR UPDATE', [ns]);
  if (rows.length === 0) return;
  await emptyBuckets(db, rows);
  await db.query(
    `UPDATE likeness SET places = '[]', whole = 0, names_source = 0, compared = NULL WHERE n = ANY($1)`,
    [ns],
  );
  await markToJoin(
    db,
    rows.map(({ n }) => Number(n)),
  );
}

async function forget(db: Queryable, ns: readonly number[]): Promise<void> {
  if (ns.length === 0) return;
  const { rows } = await db.query('DELETE FROM likeness WHERE n = ANY($1) RETURNING n, at, places, story', [
    ns,
  ]);
  await unpair(db, ns);
  await emptyBuckets(db, rows);
  await db.query(
    `DELETE FROM story WHERE id = ANY($1) AND NOT EXISTS (SELECT 1 FROM likeness WHERE likeness.story = story.id)`,
    [rows.flatMap(({ story }) => (story === null ? [] : String(story)))],
  );
}

async function unpair(db: Queryable, ns: readonly number[]): Promise<void> {
  const { rows } = await db.query('DELETE FROM pair WHERE a = ANY($1) RETURNING b', [ns]);
  await db.query('DELETE FROM pair WHERE a = ANY($2) AND b = ANY($1)', [ns, rows.map(({ b }) => Number(b))]);
}

async function sketch(db: Queryable, sketches: readonly Sketched[]): Promise<void> {
  if (sketches.length === 0) return;
  const before = await db.query(
    'SELECT n, at, places FROM likeness WHERE n = ANY($1) ORDER BY n FOR UPDATE',
    [sketches.map(({ n }) => n)],
  );
  await emptyBuckets(db, before.rows);
  await db.query(
    `INSERT INTO likeness (n, at, places, whole, names_source)
     SELECT n, at, places, whole, names_source
     FROM json_to_recordset($1) AS x (n bigint, at bigint, places text, whole bigint, names_source smallint)
     ON CONFLICT (n) DO UPDATE SET (at, places, whole, names_source)
       = (excluded.at, excluded.places, excluded.whole, excluded.names_source)`,
    [
      JSON.stringify(
        sketches.map(({ n, at, places, whole, namesSource }) => ({
          n,
          at,
          places: JSON.stringify(places),
          whole,
          names_source: namesSource ? 1 : 0,
        })),
      ),
    ],
  );
  await db.query(
    `INSERT INTO bucket (place, at, n)
     SELECT place, at, n FROM json_to_recordset($1) AS x (place bigint, at bigint, n bigint) ON CONFLICT DO NOTHING`,
    [JSON.stringify(sketches.flatMap(bucketRows))],
  );
}

async function emptyBuckets(db: Queryable, rows: readonly Parameters<typeof toSketched>[0][]): Promise<void> {
  const gone = rows.map(toSketched).flatMap(bucketRows);
  if (gone.length === 0) return;
  await db.query(
    `DELETE FROM bucket USING json_to_recordset($1) AS x (place bigint, at bigint, n bigint)
     WHERE bucket.place = x.place AND bucket.at = x.at AND bucket.n = x.n`,
    [JSON.stringify(gone)],
  );
}

/** Each stands both ways round, so that it is found from either. What is erased meanwhile gets none. */
async function addPairs(db: Queryable, pairs: readonly AlikePair[]): Promise<void> {
  if (pairs.length === 0) return;
  const { rows } = await db.query('SELECT n FROM likeness WHERE n = ANY($1) ORDER BY n FOR KEY SHARE', [
    [...new Set(pairs.flatMap(({ a, b }) => [a, b]))],
  ]);
  const known = new Set(rows.map(({ n }) => Number(n)));
  const both = pairs
    .filter(({ a, b }) => known.has(a) && known.has(b))
    .flatMap(({ a, b, score }) => [
      { a, b, score },
      { a: b, b: a, score },
    ]);
  await db.query(
    `INSERT INTO pair (a, b, score) SELECT a, b, score FROM json_to_recordset($1) AS x (a bigint, b bigint, score double precision)
     ON CONFLICT (a, b) DO UPDATE SET score = excluded.score`,
    [JSON.stringify(both)],
  );
}
