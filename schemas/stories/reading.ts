import { wordForms } from '../fold.ts';
import { tellingSentences } from './boilerplate.ts';

/** What is compared of an item, whatever it is called there. */
export interface Telling {
  readonly title: string;
  readonly summary: string;
  readonly contentText: string;
}

/** Syllables in a row that make a shingle: Vietnamese words have one to three. */
export const SHINGLE = 5;
/** A text is read so far; what is longer is told by its beginning. */
const MOST_SYLLABLES = 4_000;
/** More capitals than this share, and capitals name nothing. */
const SHOUTING = 0.5;

/** A text as comparing needs it: folded, without boilerplate, each syllable and each run of five as a number. */
export interface Reading {
  /** The headline's words, folded, and those of them that are numbers or parts of names. */
  readonly title: readonly string[];
  readonly titleFacts: ReadonlySet<string>;
  /** 32-bit hashes of the folded syllables. */
  readonly syllables: readonly number[];
  /** At each place the syllable itself where it is a number or part of a name: what slots of templates are filled with. */
  readonly facts: readonly (string | undefined)[];
  /** 48-bit hashes of the shingles, by the place where each begins. */
  readonly shingles: readonly number[];
}

/** Numbers stay whole: `1.200`, `21/11/2026`, `15-18`. */
const TOKEN = /\d[\d.,/:-]*\d|[\p{L}\p{N}\p{M}]+/gu;

export function readTelling({ title, summary, contentText }: Telling): Reading {
  const headline = readSentences([title]);
  const { facts, syllables } = readSentences(tellingSentences(`${summary}\n${contentText}`));
  return {
    title: headline.words,
    titleFacts: new Set(headline.facts.filter(fact => fact !== undefined)),
    syllables,
    facts,
    shingles: shinglesOf(syllables),
  };
}

interface Read extends Pick<Reading, 'facts' | 'syllables'> {
  readonly words: readonly string[];
}

function readSentences(sentences: readonly string[]): Read {
  const words: string[] = [];
  const syllables: number[] = [];
  const facts: (string | undefined)[] = [];
  let capitals = 0;
  for (const sentence of sentences) {
    let first = true;
    for (const token of sentence.match(TOKEN) ?? []) {
      if (words.length >= MOST_SYLLABLES) break;
      const { folded, hash, capital, digits } = readToken(token);
      const named = !first && capital;
      if (named) capitals += 1;
      words.push(folded);
      syllables.push(hash);
      facts.push(named || digits ? folded : undefined);
      first = false;
    }
  }
  if (capitals <= words.length * SHOUTING) return { words, syllables, facts };
  return { words, syllables, facts: facts.map(fact => (fact && /\d/.test(fact) ? fact : undefined)) };
}

interface Token {
  readonly folded: string;
  readonly hash: number;
  readonly capital: boolean;
  readonly digits: boolean;
}

/** As in fold.ts: a newspaper uses a few thousand syllables again and again. */
const REMEMBERED = 20_000;
const LONGEST_REMEMBERED = 12;
const remembered = new Map<string, Token>();

function readToken(token: string): Token {
  const known = remembered.get(token);
  if (known) return known;
  const folded = foldToken(token);
  const digits = /\d/.test(token);
  const read = { folded, hash: hash32(folded), capital: /^\p{Lu}/u.test(token), digits };
  // Numbers are many, and seldom the same.
  if (digits || token.length > LONGEST_REMEMBERED) return read;
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(token, read);
  return read;
}

function foldToken(token: string): string {
  if (!/\d/.test(token)) return wordForms(token)[0]?.folded ?? token;
  // `1.200`, `1,200` and `1200` are one number; `21-11` and `21/11` one day.
  return token
    .toLowerCase()
    .replace(/[.,](?=\d{3}(?!\d))/g, '')
    .replaceAll('-', '/');
}

function shinglesOf(syllables: readonly number[]): number[] {
  const shingles: number[] = [];
  for (let at = 0; at + SHINGLE <= syllables.length; at += 1) {
    let high = 0x811c9dc5;
    let low = 0x9747b28c;
    for (let i = at; i < at + SHINGLE; i += 1) {
      high = mix(high, syllables[i] ?? 0);
      low = mix(low, (syllables[i] ?? 0) ^ 0x5bd1e995);
    }
    shingles.push(join48(high, low));
  }
  return shingles;
}

/** One number of a whole text or headline; another `seed`, another kind of number. */
export function hashAll(parts: readonly (number | string)[], seed: number): number {
  let high = seed;
  let low = ~seed;
  for (const part of parts) {
    const each = typeof part === 'number' ? part : hash32(part);
    high = mix(high, each);
    low = mix(low, each ^ 0x5bd1e995);
  }
  return join48(high, low);
}

/** MurmurHash3's finaliser, over what was before. */
function mix(state: number, value: number): number {
  let mixed = state ^ Math.imul(value, 0xcc9e2d51);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function join48(high: number, low: number): number {
  return ((high >>> 0) & 0xffff) * 2 ** 32 + (low >>> 0);
}

/** FNV-1a. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
