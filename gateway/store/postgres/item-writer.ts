import type { Item } from '../../../schemas/item.ts';
import { emptied } from '../emptied.ts';
import { type ItemWriter, VERSIONS_KEPT } from '../items.ts';
import { toItem } from '../rows.ts';
import type { Queryable } from './query.ts';
import { indexItems, unindexItems } from './search.ts';
import { eraseSketches, markToJoin } from './story-writer.ts';

type Saved = Omit<Item, 'n'> & { readonly n?: number };

export function writeItems(db: Queryable): ItemWriter {
  return {
    async resolve(site, keys) {
      // Two sources of one site may bring one new item at the same moment: the second waits here for the first.
      await db.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`site ${site}`]);
      const wanted = [...new Set(keys.flat().map(({ key }) => key))];
      const { rows } = await db.query('SELECT kind, key, item FROM alias WHERE site = $1 AND key = ANY($2)', [
        site,
        wanted,
      ]);
      const owners = new Map(rows.map(row => [`${row.kind} ${row.key}`, String(row.item)]));
      return keys.map(set => [
        ...new Set(set.flatMap(({ kind, key }) => owners.get(`${kind} ${key}`) ?? [])),
      ]);
    },
    async current(ids) {
      // In one order everywhere, so that two transactions never wait for each other.
      const { rows } = await db.query(
        'SELECT n, id, document FROM item WHERE id = ANY($1) ORDER BY n FOR UPDATE',
        [ids],
      );
      return new Map(rows.map(row => [String(row.id), toItem(row)]));
    },
    save: items => saveAll(db, items),
    async addKeys(site, keys) {
      if (keys.length === 0) return;
      await db.query(
        `INSERT INTO alias SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[]) ON CONFLICT DO NOTHING`,
        [site, keys.map(({ key }) => key.kind), keys.map(({ key }) => key.key), keys.map(({ item }) => item)],
      );
    },
    async addVersions(versions) {
      if (versions.length === 0) return;
      await db.query(
        `INSERT INTO version (item, at, hash, kind, changed) SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[])`,
        [
          versions.map(({ item }) => item),
          versions.map(({ at }) => at),
          versions.map(({ hash }) => hash),
          versions.map(({ kind }) => kind),
          versions.map(({ changed }) => JSON.stringify(changed)),
        ],
      );
      await db.query(
        `DELETE FROM version WHERE place IN (
           SELECT place FROM (
             SELECT place, row_number() OVER (PARTITION BY item ORDER BY at DESC, place DESC) AS age
             FROM version WHERE item = ANY($1)) AS aged
           WHERE age > ${VERSIONS_KEPT})`,
        [versions.map(({ item }) => item)],
      );
    },
    async moveKeys(from, to) {
      await db.query('UPDATE alias SET item = $2 WHERE item = $1', [from, to]);
    },
    erase: ids => erase(db, ids),
  };
}

async function saveAll(db: Queryable, items: readonly Saved[]): Promise<void> {
  if (items.length === 0) return;
  // The last word on an id counts, as it would row by row.
  const byId = new Map(items.map(item => [item.id, item]));
  const rows = [...byId.values()].map(({ n: _n, ...document }) => ({
    id: document.id,
    site: document.site,
    kind: document.siteKind,
    source: document.source,
    visibility: document.visibility,
    release_at: document.releaseAt,
    listed: document.listed,
    published: document.published,
    released: document.released,
    language: document.language,
    document,
  }));
  const columns =
    'id, site, kind, source, visibility, release_at, listed, published, released, language, document';
  const { rows: saved } = await db.query(
    `INSERT INTO item (${columns})
     SELECT ${columns} FROM json_to_recordset($1) AS x (id text, site text, kind text, source text, visibility text,
       release_at bigint, listed bigint, published bigint, released bigint, language text, document json)
     ON CONFLICT (id) DO UPDATE SET (site, kind, source, visibility, release_at, listed, published, released, language, document)
       = (excluded.site, excluded.kind, excluded.source, excluded.visibility, excluded.release_at, excluded.listed,
          excluded.published, excluded.released, excluded.language, excluded.document)
     RETURNING n, id`,
    [JSON.stringify(rows)],
  );
  const numbers = new Map(saved.map(({ n, id }) => [String(id), Number(n)]));
  const numbered = [...byId.values()].map(item => ({ ...item, n: numbers.get(item.id) ?? 0 }));
  await label(db, numbered);
  await indexItems(db, numbered);
  await markToJoin(
    db,
    numbered.map(({ n }) => n),
  );
}

async function label(db: Queryable, items: readonly Item[]): Promise<void> {
  await db.query('DELETE FROM label WHERE n = ANY($1)', [items.map(({ n }) => n)]);
  const rows = items.flatMap(({ n, listed, released, topics, categories }) => [
    ...topics.map(name => ({ type: 'topic', label: name, listed, n, released })),
    ...categories.map(name => ({ type: 'category', label: name, listed, n, released })),
  ]);
  await db.query(
    `INSERT INTO label SELECT type, label, listed, n, released
     FROM json_to_recordset($1) AS x (type text, label text, listed bigint, n bigint, released bigint) ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows)],
  );
  // Grows only: a selection that once held the item must hear of its leaving.
  const shown = items
    .filter(({ visibility }) => visibility === 'RELEASED')
    .flatMap(({ n, topics }) => topics.map(topic => ({ n, topic })));
  await db.query(
    'INSERT INTO shown SELECT n, topic FROM json_to_recordset($1) AS x (n bigint, topic text) ON CONFLICT DO NOTHING',
    [JSON.stringify(shown)],
  );
}

async function erase(db: Queryable, ids: readonly string[]): Promise<void> {
  const { rows } = await db.query('SELECT n, id, document FROM item WHERE id = ANY($1) FOR UPDATE', [ids]);
  const numbers = rows.map(({ n }) => Number(n));
  await unindexItems(db, numbers);
  await db.query('DELETE FROM label WHERE n = ANY($1)', [numbers]);
  await eraseSketches(db, numbers);
  await db.query(`UPDATE version SET changed = '[]' WHERE item = ANY($1)`, [ids]);
  await db.query(`DELETE FROM record WHERE item = ANY($1) AND kind = 'full-text'`, [ids]);
  await db.query(`DELETE FROM problem WHERE subject = 'item' AND id = ANY($1)`, [ids]);
  await db.query(`DELETE FROM judgement WHERE subject = 'item' AND id = ANY($1)`, [ids]);
  for (const row of rows) {
    await db.query(
      `UPDATE item SET document = $2, visibility = 'WITHDRAWN', release_at = NULL WHERE n = $1`,
      [Number(row.n), JSON.stringify(emptied(toItem(row)))],
    );
  }
}
