import type { AlikePair, Likeness, Sketched, StoryWriter } from '../stories.ts';
import { bucketRows, toDue, toLikeness, toLine, toPair, toSketched, toTopics } from '../story-rows.ts';
import type { Connection } from './database.ts';

/** All inside one BEGIN IMMEDIATE: nothing can move before the commit. */
export function writeStories(db: Connection): StoryWriter {
  return {
    async lock() {},
    async unmoved(dues) {
      const rows = db.all(DUE, JSON.stringify(dues.map(({ n }) => n)));
      const now = new Map(rows.map(toDue).map(due => [due.n, due]));
      return dues.filter(
        ({ n, hash, visibility }) => now.get(n)?.hash === hash && now.get(n)?.visibility === visibility,
      );
    },
    async sketch(sketches) {
      for (const one of sketches) sketchOne(db, one);
    },
    async forget(ns) {
      for (const n of ns) forget(db, n);
    },
    async pair(compared, pairs) {
      for (const { n, hash } of compared) {
        unpair(db, n);
        db.run('UPDATE likeness SET compared = ? WHERE n = ?', hash, n);
      }
      for (const each of pairs) addPair(db, each);
    },
    async pairsOf(ns) {
      return db
        .all('SELECT * FROM pair WHERE a IN (SELECT value FROM json_each(?))', JSON.stringify(ns))
        .map(toPair);
    },
    likenesses: async ns => readLikenesses(db, ns),
    async assign(stories) {
      for (const [n, story] of stories) db.run('UPDATE likeness SET story = ? WHERE n = ?', story ?? null, n);
    },
    async members(stories) {
      const sql = `SELECT ${LIKENESS} FROM likeness JOIN item USING (n) WHERE likeness.story IN (SELECT value FROM json_each(?))`;
      return db.all(sql, JSON.stringify(stories)).map(toLikeness);
    },
    async topics(ns) {
      const sql = `SELECT n, label FROM label WHERE n IN (SELECT value FROM json_each(?)) AND type = 'topic'`;
      return toTopics(db.all(sql, JSON.stringify(ns)));
    },
    async lines(stories) {
      return db
        .all('SELECT * FROM story WHERE id IN (SELECT value FROM json_each(?))', JSON.stringify(stories))
        .map(toLine);
    },
    async setLines(stories, lines) {
      for (const id of stories) db.run('DELETE FROM story WHERE id = ?', id);
      for (const { type, label, at, id } of lines)
        db.run('INSERT INTO story (type, label, at, id) VALUES (?, ?, ?, ?)', type, label, at, id);
    },
    async done(ns) {
      for (const n of ns) db.run('DELETE FROM to_join WHERE n = ?', n);
    },
    async giveBack(ns) {
      for (const n of ns) db.run('UPDATE to_join SET until = 0 WHERE n = ?', n);
    },
    async moved() {
      db.run(`UPDATE counter SET n = n + 1 WHERE name = 'stories'`);
    },
  };
}

/** What is to be joined, by a list of numbers. */
export const DUE = `SELECT item.n, item.id, item.site, item.kind, item.visibility, item.listed, likeness.compared,
    coalesce(item.document ->> '$.sourceHash', item.document ->> '$.hash') AS hash
  FROM json_each(?) AS wanted CROSS JOIN item ON item.n = wanted.value LEFT JOIN likeness ON likeness.n = item.n`;

/** Columns of an item that may be like another. */
export const LIKENESS = `item.n, item.id, item.site, item.kind, item.visibility, item.listed,
  likeness.whole, likeness.names_source, likeness.compared, likeness.story`;

export function readLikenesses(db: Connection, ns: readonly number[]): ReadonlyMap<number, Likeness> {
  const sql = `SELECT ${LIKENESS} FROM json_each(?) AS wanted CROSS JOIN likeness ON likeness.n = wanted.value
    CROSS JOIN item ON item.n = likeness.n`;
  return new Map(db.all(sql, JSON.stringify(ns)).map(row => [Number(row.n), toLikeness(row)]));
}

/** An item was stored: whoever joins stories will look at it. */
export function markToJoin(db: Connection, n: number): void {
  db.run('INSERT INTO to_join (n) VALUES (?) ON CONFLICT (n) DO UPDATE SET until = 0 WHERE until <> 0', n);
}

/** An item was erased: nothing of its text remains. Whoever joins stories takes it out of them and their lists. */
export function eraseSketch(db: Connection, n: number): void {
  const row = db.get('SELECT n, at, places FROM likeness WHERE n = ?', n);
  if (!row) return;
  emptyBuckets(db, row);
  db.run(`UPDATE likeness SET places = '[]', whole = 0, names_source = 0, compared = NULL WHERE n = ?`, n);
  markToJoin(db, n);
}

function forget(db: Connection, n: number): void {
  const row = db.get('SELECT n, at, places, story FROM likeness WHERE n = ?', n);
  if (!row) return;
  unpair(db, n);
  emptyBuckets(db, row);
  db.run('DELETE FROM likeness WHERE n = ?', n);
  if (row.story === null) return;
  db.run(
    'DELETE FROM story WHERE id = ? AND NOT EXISTS (SELECT 1 FROM likeness WHERE likeness.story = story.id)',
    String(row.story),
  );
}

function sketchOne(db: Connection, sketched: Sketched): void {
  const { n, at, places, whole, namesSource } = sketched;
  const before = db.get('SELECT n, at, places FROM likeness WHERE n = ?', n);
  if (before) emptyBuckets(db, before);
  for (const { place } of bucketRows(sketched))
    db.run('INSERT INTO bucket (place, at, n) VALUES (?, ?, ?)', place, at, n);
  db.run(
    `INSERT INTO likeness (n, at, places, whole, names_source) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (n) DO UPDATE SET (at, places, whole, names_source)
       = (excluded.at, excluded.places, excluded.whole, excluded.names_source)`,
    n,
    at,
    JSON.stringify(places),
    whole,
    namesSource ? 1 : 0,
  );
}

function emptyBuckets(db: Connection, row: Parameters<typeof toSketched>[0]): void {
  for (const { place, at, n } of bucketRows(toSketched(row)))
    db.run('DELETE FROM bucket WHERE place = ? AND at = ? AND n = ?', place, at, n);
}

/** Each stands both ways round, so that it is found from either. */
function addPair(db: Connection, { a, b, score }: AlikePair): void {
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const)
    db.run(
      `INSERT INTO pair (a, b, score) SELECT ?, ?, ? WHERE EXISTS (SELECT 1 FROM likeness WHERE n = ?)
         AND EXISTS (SELECT 1 FROM likeness WHERE n = ?) ON CONFLICT (a, b) DO UPDATE SET score = excluded.score`,
      one,
      other,
      score,
      one,
      other,
    );
}

function unpair(db: Connection, n: number): void {
  for (const { b } of db.all('SELECT b FROM pair WHERE a = ?', n))
    db.run('DELETE FROM pair WHERE a = ? AND b = ?', Number(b), n);
  db.run('DELETE FROM pair WHERE a = ?', n);
}
