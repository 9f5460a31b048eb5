import type { Lane } from '../lanes.ts';
import { pageStories } from '../page-stories.ts';
import { LOOK, type StoryFilter, type StoryPlace, type StoryRoom } from '../stories.ts';
import { toDue, toLikeness, toPair, toTold } from '../story-rows.ts';
import { tellStories } from '../tell-stories.ts';
import { parameters, type Queryable } from './query.ts';
import { DUE, LIKENESS, readLikenesses } from './story-writer.ts';

export function storyRoom(db: Queryable, now: () => Promise<number>): StoryRoom {
  return {
    async ofItems(ids) {
      const { rows } = await db.query(
        `SELECT item.id, likeness.story FROM item JOIN likeness USING (n)
         WHERE item.id = ANY($1) AND item.visibility = 'RELEASED' AND likeness.story IS NOT NULL`,
        [ids],
      );
      const stories = await told(db, [...new Set(rows.map(({ story }) => String(story)))]);
      return new Map(
        rows.flatMap(({ id, story }) => {
          const one = stories.get(String(story));
          return one ? [[String(id), one] as const] : [];
        }),
      );
    },
    page: query =>
      pageStories(
        query,
        (lane, after) => lines(db, lane, { ...query, after }),
        ids => told(db, ids),
      ),
    async look(probes) {
      const asked = probes.map((probe, i) => ({ i, ...probe }));
      const { rows } = await db.query(LOOKS, [JSON.stringify(asked)]);
      const found = Map.groupBy(rows, ({ i }) => Number(i));
      return probes.map((_, i) => (found.get(i) ?? []).map(({ n }) => Number(n)));
    },
    likenesses: ns => readLikenesses(db, ns),
    async texts(ns) {
      const { rows } = await db.query(
        `SELECT item.n, item.document, record.document AS whole FROM item
         LEFT JOIN record ON record.kind = 'full-text' AND record.id = item.id
         WHERE item.n = ANY($1) AND item.visibility <> 'WITHDRAWN'`,
        [ns],
      );
      return new Map(rows.map(row => [Number(row.n), toTold(row)]));
    },
    async take(limit, ttl) {
      const at = await now();
      const { rows } = await db.query(
        `UPDATE to_join SET until = $1 WHERE n IN (
           SELECT n FROM to_join WHERE until <= $2 ORDER BY n DESC LIMIT $3 FOR UPDATE SKIP LOCKED) RETURNING n`,
        [at + ttl, at, limit],
      );
      if (rows.length === 0) return [];
      const dues = await db.query(DUE, [rows.map(({ n }) => Number(n))]);
      return dues.rows.map(toDue);
    },
  };
}

const LOOKS = `SELECT probe.i, found.n FROM json_to_recordset($1) AS probe (i int, place bigint, at bigint, back boolean)
  CROSS JOIN LATERAL (
    (SELECT n FROM bucket WHERE probe.back AND place = probe.place AND at <= probe.at ORDER BY at DESC, n DESC LIMIT ${LOOK.back})
    UNION ALL
    (SELECT n FROM bucket WHERE NOT probe.back AND place = probe.place AND at > probe.at ORDER BY at, n LIMIT ${LOOK.forth})
  ) AS found`;

/** What the public can see of these stories. */
async function told(db: Queryable, stories: readonly string[]) {
  if (stories.length === 0) return new Map<string, never>();
  const members = await db.query(
    `SELECT ${LIKENESS} FROM likeness JOIN item USING (n)
     WHERE likeness.story = ANY($1) AND item.visibility = 'RELEASED'`,
    [stories],
  );
  const pairs = await db.query(
    `SELECT pair.a, pair.b, pair.score FROM likeness JOIN pair ON pair.a = likeness.n WHERE likeness.story = ANY($1)`,
    [stories],
  );
  return tellStories(members.rows.map(toLikeness), pairs.rows.map(toPair));
}

async function lines(
  db: Queryable,
  lane: Lane,
  { filter, first, after }: { filter: StoryFilter; first: number; after: StoryPlace | undefined },
): Promise<StoryPlace[]> {
  const { values, add } = parameters();
  const sql = [`story.type = ${add(lane.by)}`, `story.label = ${add(lane.value ?? '')}`];
  if (after) sql.push(`(story.at, story.id) < (${add(after.at)}::bigint, ${add(after.id)})`);
  if (filter.publishedAfter !== undefined) sql.push(`story.at >= ${add(filter.publishedAfter)}`);
  if (filter.publishedBefore !== undefined) sql.push(`story.at < ${add(filter.publishedBefore)}`);
  for (const [column, wanted] of [
    ['item.site', filter.sites],
    ['item.kind', filter.kinds],
  ] as const)
    if (wanted?.length) sql.push(`EXISTS (${SHOWN} AND ${column} = ANY(${add(wanted)}))`);
  if (filter.topics?.length)
    sql.push(
      `EXISTS (${SHOWN} AND EXISTS (SELECT 1 FROM label WHERE label.n = item.n AND label.type = 'topic'
         AND label.label = ANY(${add(filter.topics)})))`,
    );
  const { rows } = await db.query(
    `SELECT at, id FROM story WHERE ${sql.join(' AND ')} ORDER BY at DESC, id DESC LIMIT ${add(first)}`,
    values,
  );
  return rows.map(({ at, id }) => ({ at: Number(at), id: String(id) }));
}

/** An item of the story that the public can see at this moment. */
const SHOWN = `SELECT 1 FROM likeness JOIN item USING (n) WHERE likeness.story = story.id AND item.visibility = 'RELEASED'`;
