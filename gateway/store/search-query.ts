import { fold } from '../../schemas/fold.ts';
import type { ItemFilter } from './items.ts';
import {
  BEGINNING,
  beginning,
  hint,
  LONGEST_WORD,
  MONTHS_FROM,
  MONTHS_TO,
  pairHints,
  toMonth,
} from './search-hints.ts';
import type { Clause, Form, Phrase, ReadSearch } from './search-text.ts';

/** What the index of one item is asked for; each engine writes it in its own language. */
export type Query =
  | { readonly all: readonly Query[]; readonly none?: readonly Query[] }
  | { readonly any: readonly Query[] }
  /** Words that stand one after the other; `open`: the last is the beginning of one. */
  | { readonly in: Form | 'hints'; readonly words: readonly string[]; readonly open?: boolean };

/** Best first: exact in the title, exact anywhere, folded in the title, folded anywhere. Each is within the last. */
export const TIERS = [
  { form: 'exact', title: true },
  { form: 'exact', title: false },
  { form: 'folded', title: true },
  { form: 'folded', title: false },
] as const;

export type Tier = (typeof TIERS)[number];

/** Values of one list of a filter that the index is asked for; longer lists are only checked afterwards. */
const MOST_VALUES = 160;

/** Every clause met by one of its phrases, within what the filter selects. Undefined when there is no word to look for. */
export function queryOf(read: ReadSearch, text: string, tier: Tier, filter: ItemFilter): Query | undefined {
  const clauses = read(text, tier.form);
  if (clauses.length === 0) return undefined;
  const all = [...clauses.map(clause => clauseIn(clause, tier)), ...selected(filter)];
  // What is out is hardly ever looked for by name: leaving out the few that are not costs less than asking for all that are.
  return isReleased(filter) ? { all, none: NOT_RELEASED } : { all };
}

function clauseIn(clause: Clause, tier: Tier): Query {
  return { any: clause.map(phrase => phraseIn(phrase, tier)) };
}

function phraseIn({ words: given, prefix }: Phrase, { form, title }: Tier): Query {
  const words = given.map(word => word.slice(0, LONGEST_WORD).toWellFormed());
  const mark = form === 'exact' ? 'exactTitle' : 'title';
  const pairs = title
    ? []
    : pairHints(words.map(fold)).map((name): Query => ({ in: 'hints', words: [name] }));
  const found: Query = title
    ? { in: 'hints', words: words.map(word => hint(mark, word)) }
    : { in: form, words };
  const whole: Query = pairs.length > 0 ? { all: [...pairs, found] } : found;
  if (!prefix) return whole;
  const last = words.at(-1) ?? '';
  // A word that is still being typed has not got its accents yet: its beginning is folded.
  const begun = fold(last);
  if (begun.length > BEGINNING && words.length === 1) return { ...found, open: true };
  const short: Query = { in: 'hints', words: [beginning(begun, title)] };
  return words.length === 1 ? { any: [whole, short] } : whole;
}

/** The filter, as far as the index knows it: never less than what the filter selects. */
function selected(filter: ItemFilter): readonly Query[] {
  const lists = [
    // With RELEASED among others nothing is left out by name; the items themselves are looked at anyway.
    oneOf(filter.visibility?.includes('RELEASED') ? undefined : filter.visibility, value =>
      hint('visibility', value),
    ),
    oneOf(filter.sites, value => hint('site', value)),
    oneOf(filter.kinds, value => hint('kind', value)),
    oneOf(filter.sources, value => hint('source', value)),
    oneOf(filter.topics, value => hint('topic', value)),
    oneOf(filter.categories, value => hint('category', value)),
    oneOf(filter.language === undefined ? undefined : [filter.language], value => hint('language', value)),
    monthsOf(filter),
  ];
  return lists.filter(each => each !== undefined);
}

function isReleased({ visibility }: ItemFilter): boolean {
  return !visibility || (visibility.length === 1 && visibility[0] === 'RELEASED');
}

/** Withdrawn items are in no index. */
const NOT_RELEASED = (['HELD', 'HIDDEN'] as const).map(
  (state): Query => ({ in: 'hints', words: [hint('visibility', state)] }),
);

function oneOf(values: readonly string[] | undefined, toHint: (value: string) => string): Query | undefined {
  if (!values || values.length === 0 || values.length > MOST_VALUES) return undefined;
  return { any: values.map(value => ({ in: 'hints', words: [toHint(value)] })) };
}

/** Whole years where they are within, months at the ends. */
function monthsOf({ publishedAfter, publishedBefore }: ItemFilter): Query | undefined {
  if (publishedAfter === undefined && publishedBefore === undefined) return undefined;
  const from = publishedAfter === undefined ? MONTHS_FROM : toMonth(publishedAfter);
  const to = publishedBefore === undefined ? MONTHS_TO : toMonth(publishedBefore);
  const hints: string[] = [];
  for (let month = from; month <= to; ) {
    const year = Math.floor(month / 12);
    const wholeYear = month % 12 === 0 && month + 11 <= to;
    // The first month holds all that is older than it.
    const oldest = month === MONTHS_FROM;
    hints.push(wholeYear || oldest ? hint('year', String(year)) : hint('month', String(month)));
    month += wholeYear || oldest ? 12 - (month % 12) : 1;
  }
  return oneOf(hints.length === 0 ? ['none'] : hints, each => each);
}
