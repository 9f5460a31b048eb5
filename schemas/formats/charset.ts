import iconv from 'iconv-lite';

/** A charset that we can decode. */
export interface Charset {
  /** As named by the WHATWG or, outside it, by IANA. */
  readonly name: string;
  decode(bytes: Uint8Array): string;
}

/** Names that mean something else in practice, by the WHATWG's encoding standard and by what sites really send. */
const ALIASES: Readonly<Record<string, string>> = {
  utf8: 'utf-8',
  'unicode-1-1-utf-8': 'utf-8',
  ascii: 'windows-1252',
  'us-ascii': 'windows-1252',
  'iso-8859-1': 'windows-1252',
  'iso8859-1': 'windows-1252',
  iso88591: 'windows-1252',
  latin1: 'windows-1252',
  l1: 'windows-1252',
  cp819: 'windows-1252',
  'ansi_x3.4-1968': 'windows-1252',
  cp1252: 'windows-1252',
  cp1258: 'windows-1258',
  'iso-8859-9': 'windows-1254',
  'tis-620': 'windows-874',
  'iso-8859-11': 'windows-874',
  gb2312: 'gbk',
  gb_2312: 'gbk',
  'ks_c_5601-1987': 'euc-kr',
  'x-sjis': 'shift_jis',
  'ucs-2': 'utf-16',
  u16: 'utf-16',
  'iso-10646-ucs-2': 'utf-16',
  csunicode: 'utf-16',
  'ucs-4': 'utf-32',
  'iso-10646-ucs-4': 'utf-32',
  csucs4: 'utf-32',
  u32: 'utf-32',
};

/** Those whose bytes can look like ASCII and mean something else; never taken from a document. */
const REFUSED = /^(?:utf-?7|utf-7-imap|unicode-1-1-utf-7|binary|hex|base64|base64url|internal)/;

/** The charset of a declared name, or undefined when nobody knows it. */
export function charsetNamed(label: string | undefined): Charset | undefined {
  const written = label
    ?.trim()
    .replace(/^["']|["']$/g, '')
    .trim()
    .toLowerCase();
  if (!written || written.length > 40 || REFUSED.test(written)) return undefined;
  const name = ALIASES[written] ?? ALIASES[written.replaceAll('_', '-')] ?? written;
  // Node's TextDecoder gets windows-1252 wrong on several lines (nodejs/node#60888), and lacks the old DOS and Mac ones.
  if (iconv.encodingExists(name))
    return { name, decode: bytes => iconv.decode(bytes, name, { stripBOM: true }) };
  return fromPlatform(name);
}

function fromPlatform(name: string): Charset | undefined {
  try {
    const decoder = new TextDecoder(name);
    return { name: decoder.encoding, decode: bytes => decoder.decode(bytes) };
  } catch {
    return undefined;
  }
}

/** Byte order marks; UTF-32 stands first because its little-endian mark begins with UTF-16's. */
const MARKS: readonly (readonly [string, readonly number[]])[] = [
  ['utf-32le', [0xff, 0xfe, 0, 0]],
  ['utf-32be', [0, 0, 0xfe, 0xff]],
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** How `<` and what follows it look in wide charsets: XML 1.0, appendix F.1. `-1` is any byte but 0. */
const PATTERNS: readonly (readonly [string, readonly number[]])[] = [
  ['utf-32le', [0x3c, 0, 0, 0]],
  ['utf-32be', [0, 0, 0, 0x3c]],
  ['utf-16le', [0x3c, 0, -1, 0]],
  ['utf-16be', [0, 0x3c, 0, -1]],
  ['utf-16le', [0x7b, 0, -1, 0]],
  ['utf-16be', [0, 0x7b, 0, -1]],
];

export function charsetByMark(bytes: Uint8Array): Charset | undefined {
  return firstMatching(MARKS, bytes, 0);
}

export function charsetByPattern(bytes: Uint8Array): Charset | undefined {
  return firstMatching(PATTERNS, bytes, leadingBlanks(bytes));
}

/** Wide blanks (`20 00`, `00 0A`) may stand before the first `<`. */
function leadingBlanks(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length && at < 1_024 && isBlankOrZero(bytes[at])) at++;
  // Back to the zero bytes that belong to the first character.
  return Math.max(0, at - (at % 4));
}

function isBlankOrZero(byte: number | undefined): boolean {
  return byte === 0 || byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function firstMatching(
  table: readonly (readonly [string, readonly number[]])[],
  bytes: Uint8Array,
  from: number,
): Charset | undefined {
  for (const [name, pattern] of table) {
    const matches = pattern.every((byte, i) => (byte === -1 ? bytes[from + i] : bytes[from + i] === byte));
    if (matches) return charsetNamed(name);
  }
  return undefined;
}
