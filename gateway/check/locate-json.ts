import type { EntrySpan } from './locate.ts';

/** Nesting beyond any feed's. */
const MAX_DEPTH = 200;

/**
 * Offsets of the objects in the top-level `items` of a JSON Feed, and of their keys. One pass over the text; what is no
 * valid JSON gives what was found until there.
 */
export function locateJsonItems(text: string): EntrySpan[] {
  const scan = new ItemScan(text);
  for (let at = 0; at < text.length && scan.depth <= MAX_DEPTH; at++) {
    const sign = text[at];
    if (sign === '"') at = scan.string(at);
    else if (sign === '{' || sign === '[') scan.open(sign, at);
    else if (sign === '}' || sign === ']') scan.close(sign);
  }
  return scan.found;
}

class ItemScan {
  readonly found: EntrySpan[] = [];
  readonly #text: string;
  /** What encloses the present place: `{` or `[`, and the key under which it stands. */
  readonly #stack: { readonly opens: string; readonly key: string }[] = [];
  #key = '';
  #fields = new Map<string, number>();
  #start = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get depth(): number {
    return this.#stack.length;
  }

  /** Gives the offset of the closing quote. */
  string(at: number): number {
    const end = stringEnd(this.#text, at);
    const isKey =
      this.#stack.at(-1)?.opens === '{' && /^\s{0,100}:/.test(this.#text.slice(end + 1, end + 102));
    if (isKey) {
      this.#key = this.#text.slice(at + 1, Math.min(end, at + 101));
      const name = this.#key.toLowerCase();
      if (this.#inItem() && !this.#fields.has(name)) this.#fields.set(name, at);
    }
    return end;
  }

  open(opens: string, at: number): void {
    if (
      opens === '{' &&
      this.depth === 2 &&
      this.#stack[1]?.opens === '[' &&
      this.#stack[1].key === 'items'
    ) {
      this.#fields = new Map();
      this.#start = at;
    }
    this.#stack.push({ opens, key: this.#key });
  }

  close(sign: string): void {
    if (sign === '}' && this.#inItem() && this.#fields.size > 0)
      this.found.push({ start: this.#start, fields: this.#fields });
    this.#stack.pop();
  }

  #inItem(): boolean {
    return this.depth === 3 && this.#stack[1]?.key === 'items' && this.#stack[2]?.opens === '{';
  }
}

function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}
