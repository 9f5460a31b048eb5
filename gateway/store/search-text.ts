import { type WordForms, wordForms } from '../../schemas/fold.ts';
import type { Vocabulary } from '../../schemas/vocabulary.ts';

export interface Phrase {
  readonly words: readonly string[];
  /** The last word may be the beginning of one. */
  readonly prefix: boolean;
}

/** Phrases of which one must occur. */
export type Clause = readonly Phrase[];

export type Form = keyof WordForms;

/** What a person typed, as clauses that must all be met. */
export type ReadSearch = (text: string, form: Form) => readonly Clause[];

/** Characters of a search that anybody may ask for. */
export const LONGEST_SEARCH = 200;

/** Clauses of a query beyond this are not looked for. */
const MOST_CLAUSES = 12;

/**
 * Reads searches: a quoted part is one phrase, taken as it stands; every other word is one of its own, unless it
 * begins a wording that the vocabulary knows: then that wording or any other of its group must occur. The last word
 * may go on while it is being typed.
 */
export function searchReader(vocabulary: Vocabulary): ReadSearch {
  const known = { exact: indexOf(vocabulary, 'exact'), folded: indexOf(vocabulary, 'folded') };
  return (text, form) => {
    const parts = text.slice(0, 500).split(/["“”]/);
    const clauses = parts.flatMap((part, i) => {
      const found = wordForms(part).map(forms => forms[form]);
      const quoted = i % 2 === 1 && i < parts.length - 1;
      if (quoted) return found.length > 0 ? [[whole(found)]] : [];
      return joined(found, known[form]);
    });
    const typing = /[\p{L}\p{N}]$/u.test(text);
    const last = typing ? clauses.pop() : undefined;
    // The wording that was typed stands first; only that one goes on.
    const kept = last
      ? [...clauses, last.map((one, i) => (i === 0 ? { ...one, prefix: true } : one))]
      : clauses;
    return kept.slice(0, MOST_CLAUSES);
  };
}

interface Wording {
  readonly words: readonly string[];
  readonly others: readonly Phrase[];
}

/** First word → the wordings that begin with it, longest first. */
type Index = ReadonlyMap<string, readonly Wording[]>;

function indexOf(vocabulary: Vocabulary, form: Form): Index {
  const wordings = vocabulary.flatMap(group => {
    const all = group.map(wording => wordForms(wording).map(forms => forms[form]));
    return all.map(words => ({ words, others: all.filter(other => other !== words).map(whole) }));
  });
  return Map.groupBy(
    wordings.toSorted((a, b) => b.words.length - a.words.length),
    ({ words }) => words[0] ?? '',
  );
}

function joined(words: readonly string[], index: Index): Clause[] {
  const clauses: Clause[] = [];
  for (let i = 0; i < words.length; ) {
    const word = words[i] ?? '';
    const wording = index.get(word)?.find(one => one.words.every((each, k) => each === words[i + k]));
    clauses.push(wording ? [whole(wording.words), ...wording.others] : [whole([word])]);
    i += wording?.words.length ?? 1;
  }
  return clauses;
}

function whole(words: readonly string[]): Phrase {
  return { words, prefix: false };
}

/** The four texts that are indexed of an item. */
export function indexedTexts(item: {
  readonly title: string;
  readonly summary: string;
  readonly contentText: string;
}) {
  const title = wordForms(item.title);
  const body = wordForms(`${item.summary}\n${item.contentText}`);
  const join = (forms: readonly WordForms[], form: Form) => forms.map(one => one[form]).join(' ');
  return {
    title: join(title, 'folded'),
    body: join(body, 'folded'),
    exactTitle: join(title, 'exact'),
    exactBody: join(body, 'exact'),
  };
}
