import type { After, ItemFilter, ItemOrder, ItemReader } from '../items.ts';
import { knownItems } from '../known-items.ts';
import { besidesLane, type Lane, lanesOf, mergePages } from '../lanes.ts';
import { finder } from '../newest-matches.ts';
import { type Row, toCategoryCount, toFacets, toItem, toVersion } from '../rows.ts';
import type { ReadSearch } from '../search-text.ts';
import type { Connection, Value } from './database.ts';
import { readReleaseMarks } from './release-marks.ts';
import { fullText } from './search.ts';

/**
 * Found numbers and their items. CROSS: else the planner may walk all items of a date range and look through the list
 * for each, which takes seconds at 20,000 items and minutes at a million. The index: what is counted and sorted by
 * stands in it close together, while items are spread over gigabytes.
 */
const FOUND = 'json_each(?) AS wanted CROSS JOIN item INDEXED BY item_brief ON item.n = wanted.value';

export function readItems(db: Connection, now: () => number, readSearch: ReadSearch): ItemReader {
  const find = finder(fullText(db), readSearch);
  const known = knownItems(numbers =>
    db.all(
      'SELECT n, revision, CAST(document AS BLOB) AS document FROM item WHERE n IN (SELECT value FROM json_each(?))',
      JSON.stringify(numbers),
    ),
  );
  return {
    async page({ filter, order, first, after }) {
      if (filter.text !== undefined) {
        const { numbers } = await find.newest(filter.text, filter);
        return known.read(() => pageOf(db, numbers, conditions(filter, order), order, first, after));
      }
      return known.read(() => {
        const pages = lanesOf(filter).map(lane =>
          runLane(db, lane, conditions(besidesLane(filter, lane), order), order, first, after),
        );
        return mergePages(pages, order, first);
      });
    },
    async byIds(ids) {
      const items = await known.read(() =>
        db.all(
          'SELECT n, revision FROM item WHERE id IN (SELECT value FROM json_each(?))',
          JSON.stringify(ids),
        ),
      );
      const byId = new Map(items.map(item => [item.id, item]));
      return ids.flatMap(id => byId.get(id) ?? []);
    },
    async meeting(ids, filter) {
      const where = conditions(filter);
      const rows = db.all(
        `SELECT item.id FROM json_each(?) AS wanted CROSS JOIN item ON item.id = wanted.value WHERE ${where.sql}`,
        JSON.stringify(ids),
        ...where.values,
      );
      return new Set(rows.map(({ id }) => String(id)));
    },
    async byLinks(keys) {
      const rows = db.all(
        `SELECT DISTINCT item.n, item.document FROM alias JOIN item ON item.id = alias.item
         WHERE alias.key IN (SELECT value FROM json_each(?)) AND alias.kind IN ('link', 'alternate', 'guid')`,
        JSON.stringify(keys),
      );
      return rows.map(toItem);
    },
    async search({ text, filter, first, offset }) {
      const wanted = conditions({ ...filter, visibility: filter.visibility ?? ['RELEASED'] });
      const found: Row[] = [];
      for await (const numbers of find.ranked(text, filter)) {
        for (let i = 0; i < numbers.length && found.length < offset + first; i += 200) {
          const rows = db.all(
            `SELECT item.n FROM ${FOUND} WHERE ${wanted.sql} ORDER BY wanted.key`,
            JSON.stringify(numbers.slice(i, i + 200)),
            ...wanted.values,
          );
          found.push(...rows);
        }
        if (found.length >= offset + first) break;
      }
      return known.read(() => marksOf(db, found.slice(offset, offset + first), wanted));
    },
    async facets({ text, filter }) {
      const { numbers, capped } = await find.newest(text, filter);
      const where = conditions({ ...filter, visibility: filter.visibility ?? ['RELEASED'] });
      const list = JSON.stringify(numbers);
      const spread = db.all(
        `SELECT item.site, item.kind, count(*) AS items FROM ${FOUND} WHERE ${where.sql} GROUP BY item.site, item.kind`,
        list,
        ...where.values,
      );
      const topics = db.all(
        `SELECT topic.label, count(*) AS items FROM ${FOUND} CROSS JOIN label AS topic ON topic.n = item.n
         WHERE topic.type = 'topic' AND ${where.sql} GROUP BY topic.label`,
        list,
        ...where.values,
      );
      return toFacets(spread, topics, capped);
    },
    phrases: text => readSearch(text, 'folded').flat(),
    async versions(ids) {
      const rows = db.all(
        `SELECT item, at, hash, kind, changed FROM version WHERE item IN (SELECT value FROM json_each(?)) ORDER BY at DESC, rowid DESC`,
        JSON.stringify(ids),
      );
      return Map.groupBy(rows.map(toVersion), ({ item }) => item);
    },
    async held(source, newest) {
      const rows = db.all(
        `SELECT n, document FROM item WHERE source = ? AND visibility <> 'WITHDRAWN' ORDER BY listed DESC, n DESC LIMIT ?`,
        source,
        newest,
      );
      return rows.map(toItem);
    },
    async categories() {
      const rows = db.all(
        `SELECT label.label AS category, item.site, count(*) AS items FROM label JOIN item ON item.n = label.n
         WHERE label.type = 'category' AND item.visibility = 'RELEASED' GROUP BY label.label, item.site`,
      );
      return rows.map(toCategoryCount);
    },
    async counts() {
      const rows = db.all(
        `SELECT site, count(*) AS items FROM item WHERE visibility = 'RELEASED' GROUP BY site`,
      );
      return new Map(rows.map(({ site, items }) => [String(site), Number(items)]));
    },
    releaseMarks: readReleaseMarks(db),
    async uncleaned(version, limit) {
      const rows = db.all(
        `SELECT n, document FROM item WHERE cleaner < ? AND visibility <> 'WITHDRAWN' ORDER BY cleaner, n LIMIT ?`,
        version,
        limit,
      );
      return rows.map(toItem);
    },
    async waiting(limit) {
      return db.all(WAITING, limit).map(toItem);
    },
    async releasable(limit) {
      const rows = db.all(
        `SELECT n, document FROM item WHERE visibility IN ('HELD', 'HIDDEN') AND release_at <= ? ORDER BY release_at, n LIMIT ?`,
        now(),
        limit,
      );
      return rows.map(toItem);
    },
  };
}

/** As the partial index item_waits has it, word for word. */
const WAITING = `SELECT n, document FROM item INDEXED BY item_waits WHERE visibility IN ('HELD', 'HIDDEN') AND release_at IS NULL
  AND coalesce(json_extract(document, '$.visibilityReason'), '') NOT IN ('site-left', 'asked', 'withheld')
  ORDER BY listed, n LIMIT ?`;

function runLane(
  db: Connection,
  lane: Lane,
  where: Condition,
  order: ItemOrder,
  first: number,
  after: After | undefined,
): readonly Row[] {
  const labelled = lane.by === 'topic' || lane.by === 'category';
  const at = order === 'PUBLISHED' ? 'listed' : 'released';
  const key = labelled ? 'label' : 'item';
  const values: Value[] = [];
  const parts: string[] = [];
  if (labelled) {
    parts.push('label.type = ?', 'label.label = ?');
    values.push(lane.by, lane.value ?? '');
  } else if (lane.by !== 'all') {
    parts.push(`item.${lane.by} = ?`);
    values.push(lane.value ?? '');
  }
  parts.push(where.sql);
  values.push(...where.values);
  if (order === 'RELEASED') parts.push(`${key}.released IS NOT NULL`);
  if (after) {
    parts.push(`(${key}.${at}, ${key}.n) < (?, ?)`);
    values.push(after.at, after.n);
  }
  const from = labelled ? 'label JOIN item ON item.n = label.n' : 'item';
  const sql = `SELECT item.n, item.revision, item.listed, item.released FROM ${from}
    WHERE ${parts.join(' AND ')} ORDER BY ${key}.${at} DESC, ${key}.n DESC LIMIT ?`;
  return db.all(sql, ...values, first);
}

/** One page of the items that a text was found in. */
function pageOf(
  db: Connection,
  numbers: readonly number[],
  where: Condition,
  order: ItemOrder,
  first: number,
  after: After | undefined,
): readonly Row[] {
  const at = order === 'PUBLISHED' ? 'listed' : 'released';
  const place = after ? ` AND (item.${at}, item.n) < (?, ?)` : '';
  const rows = db.all(
    `SELECT item.n FROM ${FOUND} WHERE ${where.sql} AND item.${at} IS NOT NULL${place}
     ORDER BY item.${at} DESC, item.n DESC LIMIT ?`,
    JSON.stringify(numbers),
    ...where.values,
    ...(after ? [after.at, after.n] : []),
    first,
  );
  return marksOf(db, rows, where);
}

/** In the order of the rows, of which some may have left what is asked for since they were found. */
function marksOf(db: Connection, rows: readonly Row[], where: Condition): readonly Row[] {
  return db.all(
    `SELECT item.n, item.revision FROM json_each(?) AS wanted CROSS JOIN item ON item.n = wanted.value
     WHERE ${where.sql} ORDER BY wanted.key`,
    JSON.stringify(rows.map(({ n }) => Number(n))),
    ...where.values,
  );
}

interface Condition {
  readonly sql: string;
  readonly values: readonly Value[];
}

/** The filter as SQL over `item`, but for its text. */
function conditions(filter: ItemFilter, order: ItemOrder = 'PUBLISHED'): Condition {
  const parts: string[] = [];
  const values: Value[] = [];
  const add = (sql: string, ...more: Value[]) => {
    parts.push(sql);
    values.push(...more);
  };
  const visibility = filter.visibility ?? ['RELEASED'];
  // Written out, not bound: the partial indexes are only found this way.
  if (order === 'PUBLISHED' && visibility.length === 1 && visibility[0] === 'RELEASED') {
    add(`item.visibility = 'RELEASED'`);
  }
  // The order of release has an index over all that ever was out: `+` keeps the planner from sorting by another.
  else
    add(
      `${order === 'RELEASED' ? '+' : ''}item.visibility IN (SELECT value FROM json_each(?))`,
      JSON.stringify(visibility),
    );
  const list = (column: string, wanted: readonly string[] | undefined) => {
    if (wanted && wanted.length > 0)
      // `+`: the lane has chosen the index; one found by this list would have to be sorted.
      add(`+item.${column} IN (SELECT value FROM json_each(?))`, JSON.stringify(wanted));
  };
  const labels = (type: string, wanted: readonly string[] | undefined) => {
    if (wanted && wanted.length > 0) {
      add(
        `EXISTS (SELECT 1 FROM label AS l WHERE l.n = item.n AND l.type = ? AND l.label IN (SELECT value FROM json_each(?)))`,
        type,
        JSON.stringify(wanted),
      );
    }
  };
  list('site', filter.sites);
  list('kind', filter.kinds);
  list('source', filter.sources);
  labels('topic', filter.topics);
  labels('category', filter.categories);
  if (filter.language !== undefined) add('item.language = ?', filter.language);
  if (filter.publishedAfter !== undefined) add('item.listed >= ?', filter.publishedAfter);
  if (filter.publishedBefore !== undefined) add('item.listed < ?', filter.publishedBefore);
  if (filter.releasedAfter !== undefined) add('item.released >= ?', filter.releasedAfter);
  return { sql: parts.join(' AND '), values };
}
