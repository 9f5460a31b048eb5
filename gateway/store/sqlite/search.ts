import type { Item } from '../../../schemas/item.ts';
import { BLOCK, type FullText } from '../newest-matches.ts';
import type { Query } from '../search-query.ts';
import { indexedWords } from '../search-text.ts';
import type { Connection } from './database.ts';

/** FTS5 by rowid, newest first. */
export function fullText(db: Connection): FullText {
  return {
    head: async () => Number(db.get('SELECT max(n) AS head FROM item')?.head ?? 0),
    within: async (query, { from, to }, limit) =>
      db
        .all(
          'SELECT rowid FROM search WHERE search MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?',
          matchOf(query),
          from << BLOCK,
          ((to + 1) << BLOCK) - 1,
          limit,
        )
        .map(({ rowid }) => Number(rowid)),
    among: async (query, numbers) =>
      db
        .all(
          `SELECT wanted.value AS n FROM json_each(?) AS wanted
           WHERE EXISTS (SELECT 1 FROM search WHERE search MATCH ? AND search.rowid = wanted.value) ORDER BY wanted.key`,
          JSON.stringify(numbers),
          matchOf(query),
        )
        .map(({ n }) => Number(n)),
  };
}

/** Words are letters, digits and marks only: nothing a person types is syntax. */
function matchOf(query: Query): string {
  if ('in' in query) {
    const words = query.in === 'exact' ? query.words.map(markExact) : query.words;
    return `${query.in} : "${words.join(' ')}"${query.open ? ' *' : ''}`;
  }
  if ('any' in query) return `(${query.any.map(matchOf).join(' OR ')})`;
  const all = `(${query.all.map(matchOf).join(' AND ')})`;
  return query.none ? `(${all} NOT (${query.none.map(matchOf).join(' OR ')}))` : all;
}

/** FTS5 keeps one list a word over all columns: without this an exact word would be looked for where it is only folded. */
function markExact(word: string): string {
  return `e${word}`;
}

/** Replaces what is indexed of an item; of a withdrawn one nothing. */
export function indexItem(db: Connection, n: number, item: Omit<Item, 'n'>): void {
  unindexItem(db, n);
  if (item.visibility === 'WITHDRAWN') return;
  const { folded, exact, hints } = indexedWords(item);
  db.run(
    'INSERT INTO search (rowid, folded, exact, hints) VALUES (?, ?, ?, ?)',
    n,
    folded.join(' '),
    exact.map(markExact).join(' '),
    hints.join(' '),
  );
}

export function unindexItem(db: Connection, n: number): void {
  db.run('DELETE FROM search WHERE rowid = ?', n);
}
