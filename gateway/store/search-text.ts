import { type WordForms, wordForms } from '../../schemas/fold.ts';
import type { Item } from '../../schemas/item.ts';
import type { Vocabulary } from '../../schemas/vocabulary.ts';
import { hintsOf, LONGEST_WORD } from './search-hints.ts';

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
/** Characters of a text that are read at all. */
const LONGEST_READ = 500;

/**
 * Reads searches: a quoted part is one phrase, taken as it stands; every other word is one of its own, unless it
 * begins a wording that the vocabulary knows: then that wording or any other of its group must occur. The last word
 * may go on while it is being typed, and so may each with a star (`tu*`; behind quoted words it may stand anywhere).
 */
export function searchReader(vocabulary: Vocabulary): ReadSearch {
  const known = { exact: indexOf(vocabulary, 'exact'), folded: indexOf(vocabulary, 'folded') };
  return (text, form) => {
    const parts = text.slice(0, LONGEST_READ).split(/["“”]/);
    const clauses = parts.flatMap((part, i) => {
      const quoted = i % 2 === 1 && i < parts.length - 1;
      const join = quoted ? wholeOf : (found: readonly string[]) => joined(found, known[form]);
      return starred(part).flatMap(({ words, star }) => {
        const found = wordForms(words).map(forms => forms[form]);
        const open = star ? found.splice(-1) : [];
        return [...join(found), ...open.map(word => [{ words: [word], prefix: true }])];
      });
    });
    const typing = /[\p{L}\p{M}\p{N}]$/u.test(text);
    const last = typing ? clauses.pop() : undefined;
    return (last ? [...clauses, goingOn(last)] : clauses).slice(0, MOST_CLAUSES);
  };
}

/** The word that is being typed may go on; a wording of several words that the vocabulary knows is whole already. */
function goingOn([typed, ...others]: Clause): Clause {
  if (!typed) return others;
  return [typed.words.length === 1 ? { ...typed, prefix: true } : typed, ...others];
}

/** Cut behind each word with a star: `tu*` is the beginning of a word wherever it stands. */
function starred(part: string): readonly { readonly words: string; readonly star: boolean }[] {
  const cut = part.split('*');
  return cut.map((words, i) => ({ words, star: i < cut.length - 1 && /[\p{L}\p{M}\p{N}]$/u.test(words) }));
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

function wholeOf(words: readonly string[]): readonly Clause[] {
  return words.length > 0 ? [[whole(words)]] : [];
}

function whole(words: readonly string[]): Phrase {
  return { words, prefix: false };
}

/** What is indexed of an item, word by word and in order. */
export interface IndexedWords {
  readonly folded: readonly string[];
  readonly exact: readonly string[];
  /** See `search-hints.ts`. */
  readonly hints: readonly string[];
}

export function indexedWords(item: Omit<Item, 'n'>): IndexedWords {
  const title = wordForms(item.title).map(cut);
  const all = [...title, ...wordForms(`${item.summary}\n${item.contentText}`).map(cut)];
  return {
    folded: all.map(({ folded }) => folded),
    exact: all.map(({ exact }) => exact),
    hints: hintsOf(item, title, all),
  };
}

function cut(forms: WordForms): WordForms {
  const { exact, folded } = forms;
  if (exact.length <= LONGEST_WORD && folded.length <= LONGEST_WORD) return forms;
  return {
    exact: exact.slice(0, LONGEST_WORD).toWellFormed(),
    folded: folded.slice(0, LONGEST_WORD).toWellFormed(),
  };
}
