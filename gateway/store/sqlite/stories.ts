import type { Lane } from '../lanes.ts';
import { pageStories } from '../page-stories.ts';
import { LOOK, type StoryFilter, type StoryPlace, type StoryRoom } from '../stories.ts';
import { toDue, toLikeness, toPair, toTold } from '../story-rows.ts';
import { tellStories } from '../tell-stories.ts';
import type { Connection, Value } from './database.ts';
import { DUE, LIKENESS, readLikenesses } from './story-writer.ts';

export function storyRoom(
  reader: Connection,
  write: <T>(act: (db: Connection) => T) => Promise<T>,
  now: () => number,
): StoryRoom {
  return {
    async ofItems(ids) {
      const inStory = reader.all(
        `SELECT item.id, likeness.story FROM item JOIN likeness USING (n)
         WHERE item.id IN (SELECT value FROM json_each(?)) AND item.visibility = 'RELEASED' AND likeness.story IS NOT NULL`,
        JSON.stringify(ids),
      );
      const stories = told(reader, [...new Set(inStory.map(({ story }) => String(story)))]);
      return new Map(
        inStory.flatMap(({ id, story }) => {
          const one = stories.get(String(story));
          return one ? [[String(id), one] as const] : [];
        }),
      );
    },
    page: query =>
      pageStories(
        query,
        async (lane, after) => lines(reader, lane, { ...query, after }),
        async ids => told(reader, ids),
      ),
    async look(probes) {
      return probes.map(({ place, at, back }) =>
        reader.all(back ? BACK : FORTH, place, at).map(({ n }) => Number(n)),
      );
    },
    likenesses: async ns => readLikenesses(reader, ns),
    async texts(ns) {
      const rows = reader.all(
        `SELECT item.n, item.document, record.document AS whole
         FROM json_each(?) AS wanted CROSS JOIN item ON item.n = wanted.value
         LEFT JOIN record ON record.kind = 'full-text' AND record.id = item.id
         WHERE item.visibility <> 'WITHDRAWN'`,
        JSON.stringify(ns),
      );
      return new Map(rows.map(row => [Number(row.n), toTold(row)]));
    },
    async take(limit, ttl) {
      // Looked for without the write lock: nothing is due nearly always.
      if (reader.all(TO_JOIN, now(), 1).length === 0) return [];
      return write(db => {
        const ns = JSON.stringify(db.all(TO_JOIN, now(), limit).map(({ n }) => Number(n)));
        db.run('UPDATE to_join SET until = ? WHERE n IN (SELECT value FROM json_each(?))', now() + ttl, ns);
        return db.all(DUE, ns).map(toDue);
      });
    },
  };
}

const BACK = `SELECT n FROM bucket WHERE place = ? AND at <= ? ORDER BY at DESC, n DESC LIMIT ${LOOK.back}`;
const FORTH = `SELECT n FROM bucket WHERE place = ? AND at > ? ORDER BY at, n LIMIT ${LOOK.forth}`;
const TO_JOIN = 'SELECT n FROM to_join WHERE until <= ? ORDER BY n DESC LIMIT ?';

/** What the public can see of these stories. */
function told(db: Connection, stories: readonly string[]) {
  if (stories.length === 0) return new Map<string, never>();
  const ids = JSON.stringify(stories);
  const members = db.all(
    `SELECT ${LIKENESS} FROM likeness JOIN item USING (n)
     WHERE likeness.story IN (SELECT value FROM json_each(?)) AND item.visibility = 'RELEASED'`,
    ids,
  );
  const pairs = db.all(
    `SELECT pair.a, pair.b, pair.score FROM likeness JOIN pair ON pair.a = likeness.n
     WHERE likeness.story IN (SELECT value FROM json_each(?))`,
    ids,
  );
  return tellStories(members.map(toLikeness), pairs.map(toPair));
}

function lines(
  db: Connection,
  lane: Lane,
  { filter, first, after }: { filter: StoryFilter; first: number; after: StoryPlace | undefined },
): StoryPlace[] {
  const sql = ['story.type = ?', 'story.label = ?'];
  const values: Value[] = [lane.by, lane.value ?? ''];
  const add = (condition: string, ...more: Value[]) => {
    sql.push(condition);
    values.push(...more);
  };
  if (after) add('(story.at, story.id) < (?, ?)', after.at, after.id);
  if (filter.publishedAfter !== undefined) add('story.at >= ?', filter.publishedAfter);
  if (filter.publishedBefore !== undefined) add('story.at < ?', filter.publishedBefore);
  for (const [column, wanted] of [
    ['item.site', filter.sites],
    ['item.kind', filter.kinds],
  ] as const)
    if (wanted?.length)
      add(`EXISTS (${SHOWN} AND ${column} IN (SELECT value FROM json_each(?)))`, JSON.stringify(wanted));
  if (filter.topics?.length)
    add(
      `EXISTS (${SHOWN} AND EXISTS (SELECT 1 FROM label WHERE label.n = item.n AND label.type = 'topic'
         AND label.label IN (SELECT value FROM json_each(?))))`,
      JSON.stringify(filter.topics),
    );
  const rows = db.all(
    `SELECT at, id FROM story WHERE ${sql.join(' AND ')} ORDER BY at DESC, id DESC LIMIT ?`,
    ...values,
    first,
  );
  return rows.map(({ at, id }) => ({ at: Number(at), id: String(id) }));
}

/** An item of the story that the public can see at this moment. */
const SHOWN = `SELECT 1 FROM likeness JOIN item USING (n) WHERE likeness.story = story.id AND item.visibility = 'RELEASED'`;
