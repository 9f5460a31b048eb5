import type { WordForms } from '../../schemas/fold.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Item } from '../../schemas/item.ts';
import { commonPairs } from './common-pairs.ts';

/**
 * What the index is told of an item besides its words: the title's words once more, beginnings of words, and what
 * filters ask for. All of them are words of one letter more, so that an engine needs nothing but its full text to find
 * the newest matches of a filter without looking at any other.
 */
const MARKS = {
  title: 'w',
  exactTitle: 'x',
  beginning: 'b',
  pair: 'p',
  titleBeginning: 'd',
  visibility: 'v',
  site: 's',
  kind: 'k',
  source: 'r',
  topic: 't',
  category: 'c',
  language: 'l',
  year: 'y',
  month: 'm',
} as const;

export type Mark = keyof typeof MARKS;

/** Letters of a beginning that is indexed. Longer ones are asked of the engine: few words are that long. */
export const BEGINNING = 6;
/** Letters of a word that count. */
export const LONGEST_WORD = 64;
/** Bytes of a name that count; a filter is checked against the item besides. */
const LONGEST_NAME = 60;

/** Marks whose values may hold any character. */
const NAMES = new Set<Mark>(['site', 'source', 'topic', 'category', 'language']);

export function hint(mark: Mark, value: string): string {
  const written = NAMES.has(mark)
    ? Buffer.from(value.toLowerCase()).subarray(0, LONGEST_NAME).toString('hex')
    : value.toLowerCase();
  return MARKS[mark] + written;
}

/** The beginning of a word, folded, anywhere in an item or in its title. */
export function beginning(letters: string, title: boolean): string {
  return (title ? MARKS.titleBeginning : MARKS.beginning) + letters;
}

/** The first and the last month that are told apart, counted from the year 0; what lies beyond is in them. */
export const MONTHS_FROM = 1970 * 12;
export const MONTHS_TO = 2100 * 12 + 11;

/** Months since the year 0, UTC. */
export function toMonth(at: Instant): number {
  const date = new Date(at);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
  // An instant that no calendar has is as old as can be.
  return Number.isNaN(month) ? MONTHS_FROM : Math.min(MONTHS_TO, Math.max(MONTHS_FROM, month));
}

/** In order: the title's words stand one after the other, so that its phrases can be found. */
export function hintsOf(
  item: Omit<Item, 'n'>,
  title: readonly WordForms[],
  all: readonly WordForms[],
): string[] {
  const month = toMonth(item.listed);
  return [
    ...title.map(({ folded }) => hint('title', folded)),
    // A word that never occurs keeps the last folded word and the first exact one apart.
    '0',
    ...title.map(({ exact }) => hint('exactTitle', exact)),
    ...beginnings(title, true),
    ...beginnings(all, false),
    ...pairHints(all.map(({ folded }) => folded)),
    ...(item.visibility === 'RELEASED' ? [] : [hint('visibility', item.visibility)]),
    hint('site', item.site),
    hint('kind', item.siteKind),
    hint('source', item.source),
    ...item.topics.map(topic => hint('topic', topic)),
    ...item.categories.map(category => hint('category', category)),
    ...(item.language === undefined ? [] : [hint('language', item.language)]),
    hint('year', String(Math.floor(month / 12))),
    hint('month', String(month)),
  ];
}

/** Of a text, or of a phrase that is looked for in it. */
export function pairHints(folded: readonly string[]): string[] {
  return [...commonPairs(folded)].map(pair => hint('pair', pair));
}

/** Proper beginnings only: a word itself is found as a word. */
function beginnings(words: readonly WordForms[], title: boolean): ReadonlySet<string> {
  const found = new Set<string>();
  const seen = new Set<string>();
  for (const { folded } of words) {
    if (seen.has(folded)) continue;
    seen.add(folded);
    for (let length = 1; length < folded.length && length <= BEGINNING; length += 1) {
      found.add(beginning(folded.slice(0, length).toWellFormed(), title));
    }
  }
  return found;
}
