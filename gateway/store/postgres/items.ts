import type { After, ItemFilter, ItemOrder, ItemReader } from '../items.ts';
import { knownItems } from '../known-items.ts';
import { besidesLane, type Lane, lanesOf, mergePages } from '../lanes.ts';
import { finder } from '../newest-matches.ts';
import { type Row, toCategoryCount, toFacets, toItem, toVersion } from '../rows.ts';
import type { ReadSearch } from '../search-text.ts';
import { parameters, type Queryable } from './query.ts';
import { readReleaseMarks } from './release-marks.ts';
import { fullText } from './search.ts';

export function readItems(db: Queryable, now: () => Promise<number>, readSearch: ReadSearch): ItemReader {
  const find = finder(fullText(db), readSearch);
  const known = knownItems(async numbers => {
    const { rows } = await db.query('SELECT n, revision, document FROM item WHERE n = ANY($1)', [numbers]);
    return rows;
  });
  return {
    async page({ filter, order, first, after }) {
      if (filter.text !== undefined) {
        const { numbers } = await find.newest(filter.text, filter);
        return known.read(() => pageOf(db, numbers, filter, order, first, after));
      }
      return known.read(async () => {
        const pages = await Promise.all(
          lanesOf(filter).map(lane => {
            const rest = besidesLane(filter, lane);
            return runLane(db, lane, add => conditions(rest, add), order, first, after);
          }),
        );
        return mergePages(pages, order, first);
      });
    },
    async byIds(ids) {
      const items = await known.read(async () => {
        const { rows } = await db.query('SELECT n, revision FROM item WHERE id = ANY($1)', [ids]);
        return rows;
      });
      const byId = new Map(items.map(item => [item.id, item]));
      return ids.flatMap(id => byId.get(id) ?? []);
    },
    async meeting(ids, filter) {
      const { values, add } = parameters();
      const sql = `SELECT item.id FROM item WHERE item.id = ANY(${add(ids)}) AND ${conditions(filter, add)}`;
      const { rows } = await db.query(sql, values);
      return new Set(rows.map(({ id }) => String(id)));
    },
    async byLinks(keys) {
      const { rows } = await db.query(
        `SELECT n, document FROM item WHERE id IN (
           SELECT item FROM alias WHERE key = ANY($1) AND kind IN ('link', 'alternate', 'guid')) ORDER BY n`,
        [keys],
      );
      return rows.map(toItem);
    },
    async search({ text, filter, first, offset }) {
      const found: number[] = [];
      for await (const numbers of find.ranked(text, filter)) {
        if (numbers.length > 0)
          found.push(...(await meetingOf(db, numbers, filter)).map(({ n }) => Number(n)));
        if (found.length >= offset + first) break;
      }
      const page = found.slice(offset, offset + first);
      return known.read(() => meetingOf(db, page, filter));
    },
    async facets({ text, filter }) {
      const { numbers, capped } = await find.newest(text, filter);
      const { values, add } = parameters();
      const where = `item.n = ANY(${add(numbers)}::bigint[]) AND ${conditions({ ...filter, visibility: filter.visibility ?? ['RELEASED'] }, add)}`;
      const spread = await db.query(
        `SELECT site, kind, count(*) AS items FROM item WHERE ${where} GROUP BY site, kind`,
        values,
      );
      const topics = await db.query(
        `SELECT topic.label, count(*) AS items FROM item JOIN label AS topic ON topic.n = item.n
         WHERE topic.type = 'topic' AND ${where} GROUP BY topic.label`,
        values,
      );
      return toFacets(spread.rows, topics.rows, capped);
    },
    phrases: text => readSearch(text, 'folded').flat(),
    async versions(ids) {
      const { rows } = await db.query(
        'SELECT item, at, hash, kind, changed FROM version WHERE item = ANY($1) ORDER BY at DESC, place DESC',
        [ids],
      );
      return Map.groupBy(rows.map(toVersion), ({ item }) => item);
    },
    async held(source, newest) {
      const { rows } = await db.query(
        `SELECT n, document FROM item WHERE source = $1 AND visibility <> 'WITHDRAWN' ORDER BY listed DESC, n DESC LIMIT $2`,
        [source, newest],
      );
      return rows.map(toItem);
    },
    async categories() {
      const { rows } = await db.query(
        `SELECT label.label AS category, item.site, count(*) AS items FROM label JOIN item ON item.n = label.n
         WHERE label.type = 'category' AND item.visibility = 'RELEASED' GROUP BY label.label, item.site`,
      );
      return rows.map(toCategoryCount);
    },
    async counts() {
      const { rows } = await db.query(
        `SELECT site, count(*) AS items FROM item WHERE visibility = 'RELEASED' GROUP BY site`,
      );
      return new Map(rows.map(({ site, items }) => [String(site), Number(items)]));
    },
    releaseMarks: readReleaseMarks(db),
    async uncleaned(version, limit) {
      const { rows } = await db.query(
        `SELECT n, document FROM item WHERE cleaner < $1 AND visibility <> 'WITHDRAWN' ORDER BY cleaner, n LIMIT $2`,
        [version, limit],
      );
      return rows.map(toItem);
    },
    async waiting(limit) {
      return (await db.query(WAITING, [limit])).rows.map(toItem);
    },
    async releasable(limit) {
      const { rows } = await db.query(
        `SELECT n, document FROM item WHERE visibility IN ('HELD', 'HIDDEN') AND release_at <= $1 ORDER BY release_at, n LIMIT $2`,
        [await now(), limit],
      );
      return rows.map(toItem);
    },
  };
}

/** As the partial index item_waits has it, word for word. */
const WAITING = `SELECT n, document FROM item WHERE visibility IN ('HELD', 'HIDDEN') AND release_at IS NULL
  AND coalesce(document ->> 'visibilityReason', '') NOT IN ('site-left', 'asked', 'withheld')
  ORDER BY listed, n LIMIT $1`;

async function runLane(
  db: Queryable,
  lane: Lane,
  where: (add: Add) => string,
  order: ItemOrder,
  first: number,
  after: After | undefined,
): Promise<readonly Row[]> {
  const { values, add } = parameters();
  const labelled = lane.by === 'topic' || lane.by === 'category';
  const at = order === 'PUBLISHED' ? 'listed' : 'released';
  const key = labelled ? 'label' : 'item';
  const parts: string[] = [];
  if (labelled) parts.push(`label.type = ${add(lane.by)} AND label.label = ${add(lane.value)}`);
  else if (lane.by !== 'all') parts.push(`item.${lane.by} = ${add(lane.value)}`);
  parts.push(where(add));
  if (order === 'RELEASED') parts.push(`${key}.released IS NOT NULL`);
  if (after) parts.push(`(${key}.${at}, ${key}.n) < (${add(after.at)}::bigint, ${add(after.n)}::bigint)`);
  const from = labelled ? 'label JOIN item ON item.n = label.n' : 'item';
  const { rows } = await db.query(
    `SELECT item.n, item.revision, item.listed, item.released FROM ${from}
     WHERE ${parts.join(' AND ')} ORDER BY ${key}.${at} DESC, ${key}.n DESC LIMIT ${add(first)}`,
    values,
  );
  return rows;
}

/** One page of the items that a text was found in. */
async function pageOf(
  db: Queryable,
  numbers: readonly number[],
  filter: ItemFilter,
  order: ItemOrder,
  first: number,
  after: After | undefined,
): Promise<readonly Row[]> {
  const { values, add } = parameters();
  const at = order === 'PUBLISHED' ? 'listed' : 'released';
  const parts = [
    `item.n = ANY(${add(numbers)}::bigint[])`,
    conditions(filter, add),
    `item.${at} IS NOT NULL`,
  ];
  if (after) parts.push(`(item.${at}, item.n) < (${add(after.at)}::bigint, ${add(after.n)}::bigint)`);
  // Found first, then sorted: the order's own index would be walked through all that doesn't match.
  const { rows } = await db.query(
    `WITH found AS MATERIALIZED (SELECT item.n, item.${at} AS at FROM item WHERE ${parts.join(' AND ')}),
       page AS MATERIALIZED (SELECT n, at FROM found ORDER BY at DESC, n DESC LIMIT ${add(first)})
     SELECT item.n, item.revision FROM page JOIN item ON item.n = page.n ORDER BY page.at DESC, page.n DESC`,
    values,
  );
  return rows;
}

/** Number and revision of those of these items that meet the filter now, in their order. */
async function meetingOf(
  db: Queryable,
  numbers: readonly number[],
  filter: ItemFilter,
): Promise<readonly Row[]> {
  const { values, add } = parameters();
  const list = add(numbers);
  const where = conditions({ ...filter, visibility: filter.visibility ?? ['RELEASED'] }, add);
  const { rows } = await db.query(
    `SELECT item.n, item.revision FROM unnest(${list}::bigint[]) WITH ORDINALITY AS wanted (n, place)
     JOIN item ON item.n = wanted.n WHERE ${where} ORDER BY wanted.place`,
    values,
  );
  return rows;
}

type Add = (value: unknown) => string;

/** The whole filter, but for its text. */
function conditions(filter: ItemFilter, add: Add): string {
  const parts: string[] = [];
  const visibility = filter.visibility ?? ['RELEASED'];
  // Written out where it can be: the partial indexes are only found this way.
  if (visibility.length === 1 && visibility[0] === 'RELEASED') parts.push(`item.visibility = 'RELEASED'`);
  else parts.push(`item.visibility = ANY(${add(visibility)})`);
  const list = (column: string, wanted: readonly string[] | undefined) => {
    if (wanted && wanted.length > 0) parts.push(`item.${column} = ANY(${add(wanted)})`);
  };
  const labels = (type: string, wanted: readonly string[] | undefined) => {
    if (!wanted || wanted.length === 0) return;
    // `OFFSET 0`: looked up item by item. Made a join, all that has the label may be read and sorted for one page.
    parts.push(
      `EXISTS (SELECT 1 FROM label AS l WHERE l.n = item.n AND l.type = ${add(type)} AND l.label = ANY(${add(wanted)}) OFFSET 0)`,
    );
  };
  list('site', filter.sites);
  list('kind', filter.kinds);
  list('source', filter.sources);
  labels('topic', filter.topics);
  labels('category', filter.categories);
  if (filter.language !== undefined) parts.push(`item.language = ${add(filter.language)}`);
  if (filter.publishedAfter !== undefined) parts.push(`item.listed >= ${add(filter.publishedAfter)}`);
  if (filter.publishedBefore !== undefined) parts.push(`item.listed < ${add(filter.publishedBefore)}`);
  if (filter.releasedAfter !== undefined) parts.push(`item.released >= ${add(filter.releasedAfter)}`);
  return parts.join(' AND ');
}
