import type { Item } from '../../../schemas/item.ts';
import { emptied } from '../emptied.ts';
import { type ItemWriter, VERSIONS_KEPT } from '../items.ts';
import { toItem } from '../rows.ts';
import type { Connection, Value } from './database.ts';
import { indexItem, unindexItem } from './search.ts';
import { eraseSketch, markToJoin } from './story-writer.ts';

/** All inside one BEGIN IMMEDIATE, so what is read here can't change before the commit. */
export function writeItems(db: Connection): ItemWriter {
  return {
    async resolve(site, keys) {
      return keys.map(set => {
        const found = set.map(({ kind, key }) => ownerOf(db, site, kind, key));
        return [...new Set(found.filter(item => item !== undefined))];
      });
    },
    async current(ids) {
      const rows = db.all(
        'SELECT n, id, document FROM item WHERE id IN (SELECT value FROM json_each(?))',
        JSON.stringify(ids),
      );
      return new Map(rows.map(row => [String(row.id), toItem(row)]));
    },
    async save(items) {
      for (const item of items) saveOne(db, item);
    },
    async addKeys(site, keys) {
      for (const { item, key } of keys) {
        db.run('INSERT INTO alias VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING', site, key.kind, key.key, item);
      }
    },
    async addVersions(versions) {
      for (const { item, at, hash, kind, changed } of versions) {
        db.run('INSERT INTO version VALUES (?, ?, ?, ?, ?)', item, at, hash, kind, JSON.stringify(changed));
        db.run(
          `DELETE FROM version WHERE item = ? AND rowid NOT IN (
             SELECT rowid FROM version WHERE item = ? ORDER BY at DESC, rowid DESC LIMIT ${VERSIONS_KEPT})`,
          item,
          item,
        );
      }
    },
    async moveKeys(from, to) {
      db.run('UPDATE alias SET item = ? WHERE item = ?', to, from);
    },
    async erase(ids) {
      for (const id of ids) eraseOne(db, id);
    },
  };
}

function ownerOf(db: Connection, site: string, kind: string, key: string): string | undefined {
  const row = db.get('SELECT item FROM alias WHERE site = ? AND kind = ? AND key = ?', site, kind, key);
  return row && String(row.item);
}

function saveOne(db: Connection, item: Omit<Item, 'n'> & { readonly n?: number }): void {
  const { n: _n, ...document } = item;
  const values: Value[] = [
    item.site,
    item.siteKind,
    item.source,
    item.visibility,
    item.releaseAt ?? null,
    item.listed,
    item.published ?? null,
    item.released ?? null,
    item.language ?? null,
    JSON.stringify(document),
  ];
  const row = db.get(
    `INSERT INTO item (id, site, kind, source, visibility, release_at, listed, published, released, language, document)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET (site, kind, source, visibility, release_at, listed, published, released, language, document, revision)
       = (excluded.site, excluded.kind, excluded.source, excluded.visibility, excluded.release_at, excluded.listed,
          excluded.published, excluded.released, excluded.language, excluded.document, item.revision + 1)
     RETURNING n`,
    item.id,
    ...values,
  );
  const n = Number(row?.n);
  label(db, n, item);
  indexItem(db, n, item);
  markToJoin(db, n);
}

function label(db: Connection, n: number, item: Omit<Item, 'n'>): void {
  db.run('DELETE FROM label WHERE n = ?', n);
  const put = (type: string, name: string) =>
    db.run(
      'INSERT INTO label VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
      type,
      name,
      item.listed,
      n,
      item.released ?? null,
    );
  for (const topic of item.topics) put('topic', topic);
  for (const category of item.categories) put('category', category);
  // Grows only: a selection that once held the item must hear of its leaving.
  if (item.visibility !== 'RELEASED') return;
  for (const topic of item.topics) db.run('INSERT INTO shown VALUES (?, ?) ON CONFLICT DO NOTHING', n, topic);
}

function eraseOne(db: Connection, id: string): void {
  const row = db.get('SELECT n, document FROM item WHERE id = ?', id);
  if (!row) return;
  const n = Number(row.n);
  unindexItem(db, n);
  db.run('DELETE FROM label WHERE n = ?', n);
  eraseSketch(db, n);
  db.run(
    `UPDATE item SET document = ?, visibility = 'WITHDRAWN', release_at = NULL, revision = revision + 1 WHERE n = ?`,
    JSON.stringify(emptied(toItem(row))),
    n,
  );
  db.run(`UPDATE version SET changed = '[]' WHERE item = ?`, id);
  db.run(`DELETE FROM record WHERE item = ? AND kind = 'full-text'`, id);
  db.run(`DELETE FROM problem WHERE subject = 'item' AND id = ?`, id);
  db.run(`DELETE FROM judgement WHERE subject = 'item' AND id = ?`, id);
}
