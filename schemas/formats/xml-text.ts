import { decodeHTMLStrict } from 'entities';

const MAX_EXPANDED = 1_048_576;

/** Turns references in XML text into characters: XML's, HTML's by name, and those the document declares itself. */
export class XmlTextDecoder {
  readonly #declared: ReadonlyMap<string, string>;
  readonly #notes: Set<string>;
  /** Characters that declared entities may still grow to; a hostile document would grow for ever. */
  #left = MAX_EXPANDED;

  constructor(declared: ReadonlyMap<string, string>, notes: Set<string>) {
    this.#declared = declared;
    this.#notes = notes;
  }

  decode(raw: string): string {
    let at = raw.indexOf('&');
    if (at < 0) return raw;
    let text = '';
    let from = 0;
    let isPlain = true;
    for (; at >= 0; at = raw.indexOf('&', at + 1)) {
      const end = endOfReference(raw, at + 1);
      if (end < 0) {
        this.#notes.add('Có dấu & viết thẳng, lẽ ra phải là &amp;.');
        continue;
      }
      const name = raw.slice(at + 1, end);
      const char = XML.get(name);
      isPlain &&= char !== undefined;
      text += raw.slice(from, at) + (char ?? this.#other(raw.slice(at, end + 1), name));
      from = end + 1;
      at = end;
    }
    text += raw.slice(from);
    // A reference may stand for half a Vietnamese letter, or for a character that XML forbids.
    return isPlain ? text : text.replace(FORBIDDEN, '').normalize('NFC');
  }

  #other(whole: string, name: string): string {
    if (name.startsWith('#')) return decodeHTMLStrict(whole);
    const declared = this.#declared.get(name);
    if (declared === undefined) {
      this.#notes.add('Có thực thể không được khai báo (như &nbsp;).');
      return decodeHTMLStrict(whole);
    }
    if (declared.length > this.#left) return whole;
    this.#left -= declared.length;
    return declared;
  }
}

const LONGEST_NAME = 64;
const SEMICOLON = 0x3b;

/** Where the `;` of a reference stands whose name begins at `start`; -1 when it is no reference. */
function endOfReference(raw: string, start: number): number {
  for (let at = start; at < raw.length && at <= start + LONGEST_NAME; at++) {
    const code = raw.charCodeAt(at);
    if (code === SEMICOLON) return at > start ? at : -1;
    if (!isNameCode(code)) return -1;
  }
  return -1;
}

/** Letters, digits, and `#`, `-`, `.`, `_`. */
function isNameCode(code: number): boolean {
  const isLetter = (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
  const isDigit = code >= 0x30 && code <= 0x39;
  return isLetter || isDigit || code === 0x23 || code === 0x2d || code === 0x2e || code === 0x5f;
}

const XML: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
