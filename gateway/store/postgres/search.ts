import type { Item } from '../../../schemas/item.ts';
import { BLOCK, type FullText } from '../newest-matches.ts';
import type { Query } from '../search-query.ts';
import { indexedWords } from '../search-text.ts';
import type { Queryable } from './query.ts';

/** Lexemes of the two forms; weights would have to be checked again in every row that the index finds. */
const LETTERS = { folded: 'f', exact: 'e', hints: '' } as const;
/** Lexeme of an item's block: an inverted index has no order, so the newest are asked for by name. */
const ITEM_BLOCK = 'n';

/** A tsvector's own limits: positions, positions of one lexeme, bytes altogether with room for their heads. */
const LAST_POSITION = 16_383;
const MOST_POSITIONS = 255;
const MOST_BYTES = 700_000;

export function fullText(db: Queryable): FullText {
  return {
    async head() {
      const { rows } = await db.query('SELECT max(n) AS head FROM item');
      return Number(rows[0]?.head ?? 0);
    },
    async within(query, { from, to }, limit) {
      const blocks = Array.from({ length: to - from + 1 }, (_, i) => `'${ITEM_BLOCK}${from + i}'`);
      // Found first, then sorted: walking the newest rows until enough match takes seconds for what is rare.
      const { rows } = await db.query(
        `WITH hit AS MATERIALIZED (SELECT n FROM search WHERE words @@ $1::tsquery)
         SELECT n FROM hit ORDER BY n DESC LIMIT $2`,
        [`${tsqueryOf(query)} & (${blocks.join(' | ')})`, limit],
      );
      return rows.map(({ n }) => Number(n));
    },
    async among(query, numbers) {
      const { rows } = await db.query('SELECT n FROM search WHERE n = ANY($1) AND words @@ $2::tsquery', [
        numbers,
        tsqueryOf(query),
      ]);
      const found = new Set(rows.map(({ n }) => Number(n)));
      return numbers.filter(n => found.has(n));
    },
  };
}

/** Words are letters, digits and marks only, so quoting them is all that is needed. */
function tsqueryOf(query: Query): string {
  if ('in' in query) {
    const lexemes = query.words.map(word => `'${LETTERS[query.in]}${word}'`);
    return `(${lexemes.join(' <-> ')}${query.open ? ':*' : ''})`;
  }
  if ('any' in query) return `(${query.any.map(tsqueryOf).join(' | ')})`;
  const none = (query.none ?? []).map(each => ` & !${tsqueryOf(each)}`);
  return `(${query.all.map(tsqueryOf).join(' & ')}${none.join('')})`;
}

export async function indexItems(db: Queryable, items: readonly Item[]): Promise<void> {
  await unindexItems(
    db,
    items.map(({ n }) => n),
  );
  const rows = items
    .filter(({ visibility }) => visibility !== 'WITHDRAWN')
    .map(item => ({ n: item.n, words: tsvectorOf(item) }));
  await db.query(
    'INSERT INTO search SELECT n, words::tsvector FROM json_to_recordset($1) AS x (n bigint, words text)',
    [JSON.stringify(rows)],
  );
}

export async function unindexItems(db: Queryable, numbers: readonly number[]): Promise<void> {
  await db.query('DELETE FROM search WHERE n = ANY($1)', [numbers]);
}

/** Written by hand, not parsed by the server, so that a word is the same word here as on SQLite. */
function tsvectorOf(item: Item): string {
  const { folded, exact, hints } = indexedWords(item);
  const positions = new Map<string, number[]>([[`${ITEM_BLOCK}${item.n >> BLOCK}`, []]]);
  let bytes = 0;
  const add = (lexeme: string, place: number) => {
    const known = positions.get(lexeme);
    bytes += known ? 2 : Buffer.byteLength(lexeme) + 8;
    if (bytes > MOST_BYTES) return;
    if (!known) positions.set(lexeme, [place]);
    else if (known.length < MOST_POSITIONS) known.push(place);
  };
  // What is counted last is what is lost of a text without end.
  for (const [i, lexeme] of hints.entries()) add(lexeme, i + 1);
  for (const [i, word] of folded.entries()) add(LETTERS.folded + word, i + 1);
  for (const [i, word] of exact.entries()) add(LETTERS.exact + word, i + 1);
  return [...positions].map(([lexeme, places]) => `'${lexeme}'${placesOf(places)}`).join(' ');
}

function placesOf(places: readonly number[]): string {
  const kept = places.filter(place => place <= LAST_POSITION);
  return kept.length === 0 ? '' : `:${kept.join(',')}`;
}
