import type { Json } from '../json-map/json-path.ts';
import { selectFirst } from './select.ts';
import { type Document, type Element, elementsIn, rawTextOf } from './tree.ts';

/** Where server data usually is, in the order of looking. */
const USUAL_DATA = [
  '__NEXT_DATA__',
  '__NUXT_DATA__',
  '__NUXT__',
  '__INITIAL_STATE__',
  '__PRELOADED_STATE__',
  '__APOLLO_STATE__',
  '__INITIAL_DATA__',
  '__DATA__',
] as const;

/** Characters of one script. */
const LONGEST = 8_000_000;
const NAME = /^(?:window\.)?([A-Za-z_$][\w$]{0,100})$/;

/**
 * The JSON that a page carries for its own scripts: `<script type="application/json" id=…>`, `window.NAME = {…}`,
 * `NAME = JSON.parse("…")`. `place` is a name or the selector of a script; without it the usual names, then the longest
 * `application/json`. Undefined where there is none.
 */
export function embeddedData(page: Document, place?: string): Json | undefined {
  const name = place === undefined ? undefined : NAME.exec(place)?.[1];
  // What is no name of a variable or of a script's id is a CSS selector.
  if (place !== undefined && name === undefined) {
    const script = selectFirst(page, place);
    return script && dataOf(rawTextOf(script));
  }
  const scripts = [...elementsIn(page)].filter(({ name }) => name === 'script');
  for (const one of name === undefined ? USUAL_DATA : [name]) {
    const found = named(scripts, one);
    if (found !== undefined) return found;
  }
  return name === undefined ? longestJson(scripts) : undefined;
}

function named(scripts: readonly Element[], name: string): Json | undefined {
  for (const script of scripts) {
    const text = rawTextOf(script);
    if (text.length > LONGEST) continue;
    const found = script.attribs.id === name ? dataOf(text) : assigned(text, name);
    if (found !== undefined) return name === '__NUXT_DATA__' ? unfolded(found) : found;
  }
  return undefined;
}

function longestJson(scripts: readonly Element[]): Json | undefined {
  const texts = scripts
    .filter(({ attribs }) => /^\s*application\/json/i.test(attribs.type ?? ''))
    .map(rawTextOf)
    .filter(text => text.length <= LONGEST);
  const [longest] = texts.toSorted((a, b) => b.length - a.length);
  return longest === undefined ? undefined : dataOf(longest);
}

function dataOf(text: string): Json | undefined {
  const bare = text.replace(/^\s*<!--|-->\s*$/g, '').trim();
  return parsed(bare) ?? literalAt(bare, bare.search(/[{["]/));
}

/** `NAME = …` and what follows it. */
function assigned(text: string, name: string): Json | undefined {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    const after = /^["']?\]?\s*=\s*(?!=)/.exec(text.slice(at + name.length, at + name.length + 50))?.[0];
    if (after === undefined) continue;
    const start = at + name.length + after.length;
    const call = /^(?:window\.)?JSON\.parse\(\s*(?:decodeURIComponent\(\s*)?/.exec(
      text.slice(start, start + 60),
    )?.[0];
    const found = call === undefined ? literalAt(text, start) : parsedText(text, start + call.length, call);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `JSON.parse("{\"a\":1}")`, in either kind of quotes. */
function parsedText(text: string, start: number, call: string): Json | undefined {
  const literal = literalAt(text, start);
  if (typeof literal !== 'string') return undefined;
  try {
    return parsed(call.includes('decodeURIComponent') ? decodeURIComponent(literal) : literal);
  } catch {
    return undefined;
  }
}

/** The object, list or text that begins there, as JSON; what JSON lacks of JavaScript's literals is put right. */
function literalAt(text: string, start: number): Json | undefined {
  const sign = text[start];
  if (sign === undefined || !'{["\''.includes(sign)) return undefined;
  const json = asJson(text, start);
  return json === undefined ? undefined : parsed(json);
}

/**
 * One pass: strings are copied with their escapes made JSON's; outside of them `undefined`, `void 0`, `!0`, `!1`,
 * `new Date("…")`, bare keys and a comma before a bracket become JSON. Undefined where the brackets don't close, or
 * where something stands that is no literal: code is never run.
 */
function asJson(text: string, start: number): string | undefined {
  const json = new JsonWriter();
  for (let at = start; at < text.length; ) {
    const part = partAt(text, at);
    if (part === undefined) return undefined;
    json.put(part.json);
    at += part.length;
    if (json.isWhole) return json.text;
  }
  return undefined;
}

interface Part {
  readonly json: string;
  readonly length: number;
}

/** What begins there: a word or number, a string, a sign; undefined for what is no literal. */
function partAt(text: string, at: number): Part | undefined {
  const sign = text[at] ?? '';
  const word = WORD_START.test(sign) ? WORD.exec(text.slice(at, at + 110))?.[0] : undefined;
  if (word !== undefined)
    return { json: WORDS[word] ?? (NUMBER.test(word) ? word : `"${word}"`), length: word.length };
  if (sign === '"' || sign === "'") {
    const end = endOfString(text, at);
    return end === undefined
      ? undefined
      : { json: asJsonString(text.slice(at + 1, end), sign), length: end + 1 - at };
  }
  if ('{}[]:,'.includes(sign)) return { json: sign, length: 1 };
  // The bracket of `new Date(` and white space go.
  return /[\s)]/.test(sign) ? { json: '', length: 1 } : undefined;
}

/** Puts parts together; a comma counts only when something follows it. */
class JsonWriter {
  readonly #out: string[] = [];
  #depth = 0;
  #comma = false;

  put(json: string): void {
    if (json === '') return;
    if (json === ',') {
      this.#comma = true;
      return;
    }
    const closes = json === '}' || json === ']';
    if (this.#comma && !closes) this.#out.push(',');
    this.#comma = false;
    this.#out.push(json);
    if (closes) this.#depth -= 1;
    else if (json === '{' || json === '[') this.#depth += 1;
  }

  get isWhole(): boolean {
    return this.#depth === 0 && this.#out.length > 0;
  }

  get text(): string {
    return this.#out.join('');
  }
}

const WORD_START = /[A-Za-z_$!\d.-]/;
const WORD =
  /^(?:undefined|void 0|!0|!1|new Date\(|true|false|null|NaN|-?(?:\d{1,40}(?:\.\d{1,40})?|\.\d{1,40})(?:[eE][+-]?\d{1,4})?|[A-Za-z_$][\w$]{0,100}(?=\s{0,5}:))/;
const NUMBER = /^-?\d/;
const WORDS: Readonly<Record<string, string>> = {
  undefined: 'null',
  'void 0': 'null',
  NaN: 'null',
  '!0': 'true',
  '!1': 'false',
  'new Date(': '',
  true: 'true',
  false: 'false',
  null: 'null',
};

function endOfString(text: string, start: number): number | undefined {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === quote) return at;
  }
  return undefined;
}

function asJsonString(inner: string, quote: string): string {
  const escaped = inner
    .replace(/\\x([\da-f]{2})/gi, '\\u00$1')
    .replace(/\\'/g, "'")
    .replace(/\\([^"\\/bfnrtu])/g, '$1')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a raw control character is none of JSON's
    .replace(/[\u0000-\u001f]/g, ' ');
  return `"${quote === "'" ? escaped.replace(/(^|[^\\])"/g, '$1\\"') : escaped}"`;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

const MOST_UNFOLDED = 200_000;

/** Nuxt 3 flattens its payload (devalue): a list whose numbers inside objects and lists are places in the list. */
function unfolded(flat: Json): Json {
  return Array.isArray(flat) ? new Unfolding(flat).at(0, 0) : flat;
}

class Unfolding {
  readonly #flat: readonly Json[];
  readonly #made = new Map<number, Json>();
  #count = 0;

  constructor(flat: readonly Json[]) {
    this.#flat = flat;
  }

  at(place: number, depth: number): Json {
    if (place < 0 || depth > 60 || ++this.#count > MOST_UNFOLDED) return null;
    const known = this.#made.get(place);
    if (known !== undefined) return known;
    const value = this.#flat[place] ?? null;
    const whole = wrapped(value);
    if (whole !== undefined) return typeof whole === 'number' ? this.at(whole, depth + 1) : whole;
    return this.#opened(place, value, depth + 1);
  }

  /** Noted before its parts are opened: payloads go round in circles. */
  #opened(place: number, value: Json, depth: number): Json {
    if (typeof value !== 'object' || value === null) return value;
    const open = (part: Json) => (typeof part === 'number' ? this.at(part, depth) : part);
    const made: Json = Array.isArray(value) ? [] : {};
    this.#made.set(place, made);
    if (Array.isArray(made)) made.push(...Object.values(value).map(open));
    else for (const [key, part] of Object.entries(value)) made[key] = open(part);
    return made;
  }
}

/** `["Reactive", 3]` stands for what is at 3, `["Date", "2026-…"]` for its text. */
function wrapped(value: Json): number | string | undefined {
  if (!Array.isArray(value) || typeof value[0] !== 'string') return undefined;
  const [kind, inner] = value;
  if (/^(?:Shallow)?(?:Reactive|Ref)$|^EmptyRef$|^EmptyShallowRef$/.test(kind))
    return typeof inner === 'number' ? inner : '';
  return kind === 'Date' && typeof inner === 'string' ? inner : undefined;
}
