import { CodedError } from '../errors.ts';
import { legacyBytesAsText } from '../legacy-text/from-legacy-text.ts';
import type { LegacyText } from '../legacy-text/tables.ts';
import { type Charset, charsetByMark, charsetByPattern, charsetNamed } from './charset.ts';
import type { DecodedDocument } from './format.ts';
import { resolve } from './resolve.ts';

/** Bytes; what is longer is refused here too, whoever fetched it. */
export const MAX_DOCUMENT = 16 * 1024 * 1024;

/** What came with the bytes. Header names in lower case. */
export interface Delivery {
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The source's setting; never guessed. Its letters become Unicode when entries are normalised. */
  readonly legacyText?: LegacyText;
  readonly maxEntries?: number;
}

/**
 * Bytes → text, in the order that won on Vietnamese input: byte order mark, UTF-16/32 pattern, valid UTF-8, the HTTP
 * charset, the XML declaration, UTF-8 with some bytes broken, windows-1258. Always NFC afterwards.
 *
 * @throws CodedError RESPONSE_TOO_LARGE above 16 MiB.
 */
export function decode(bytes: Uint8Array, delivery: Delivery = {}): DecodedDocument {
  if (bytes.length > MAX_DOCUMENT) {
    throw new CodedError('RESPONSE_TOO_LARGE', 'The document is longer than 16 MiB.', {
      data: { bytes: bytes.length },
    });
  }
  const headers = delivery.headers ?? {};
  const contentType = headers['content-type'];
  const repaired: string[] = [];
  const { charset, text } = readLegacy(bytes, delivery.legacyText) ?? read(bytes, contentType, repaired);
  const contentLocation = resolve(headers['content-location'], delivery.url);
  const contentLanguage = headers['content-language'];
  return {
    text: text.normalize('NFC'),
    encoding: charset,
    repaired,
    ...(delivery.url !== undefined && { url: delivery.url }),
    ...(contentType !== undefined && { contentType }),
    ...(contentLocation !== undefined && { contentLocation }),
    ...(contentLanguage !== undefined && { contentLanguage }),
    ...(delivery.maxEntries !== undefined && { maxEntries: delivery.maxEntries }),
  };
}

interface Read {
  readonly charset: string;
  readonly text: string;
}

function read(bytes: Uint8Array, contentType: string | undefined, repaired: string[]): Read {
  const certain = charsetByMark(bytes) ?? charsetByPattern(bytes);
  if (certain) return { charset: certain.name, text: withoutMark(certain.decode(bytes)) };
  const http = charsetNamed(httpCharset(contentType));
  const declared = charsetNamed(declaredCharset(bytes));
  const said = http ?? declared;
  // ISO-2022 hides its characters behind escapes that are valid UTF-8.
  if (said?.name.startsWith('iso-2022') && bytes.includes(0x1b)) {
    return { charset: said.name, text: said.decode(bytes) };
  }
  const utf8 = strictUtf8(bytes);
  if (utf8 !== undefined)
    return { charset: nameOfUtf8(bytes, utf8, http, declared, contentType, repaired), text: utf8 };
  return readBroken(bytes, http, declared, repaired);
}

/** What isn't Unicode stays bytes, whatever it is declared as: such pages say anything. */
function readLegacy(bytes: Uint8Array, legacyText: LegacyText | undefined): Read | undefined {
  if (!legacyText || charsetByMark(bytes) || charsetByPattern(bytes) || strictUtf8(bytes) !== undefined)
    return undefined;
  return { charset: legacyText, text: legacyBytesAsText(bytes) };
}

function readBroken(
  bytes: Uint8Array,
  http: Charset | undefined,
  declared: Charset | undefined,
  repaired: string[],
): Read {
  for (const charset of [http, declared]) {
    if (!charset || isWideOrUtf8(charset.name)) continue;
    return { charset: charset.name, text: charset.decode(bytes) };
  }
  const lossy = new TextDecoder('utf-8').decode(bytes);
  // Text that is UTF-8 but for some bytes has more letters that came out right than bytes that didn't.
  if (countRight(lossy) > lossy.split('\ufffd').length - 1) {
    repaired.push('Có byte không phải UTF-8: thay bằng dấu �.');
    return { charset: 'utf-8', text: lossy };
  }
  repaired.push('Không rõ bảng mã: đọc theo windows-1258.');
  return { charset: 'windows-1258', text: charsetNamed('windows-1258')?.decode(bytes) ?? lossy };
}

/** Valid UTF-8 that is declared otherwise stays UTF-8; pure ASCII is whatever it is declared as, the text is the same. */
function nameOfUtf8(
  bytes: Uint8Array,
  text: string,
  http: Charset | undefined,
  declared: Charset | undefined,
  contentType: string | undefined,
  repaired: string[],
): string {
  const said = http ?? declared;
  if (text.length !== bytes.length) {
    if (said && said.name !== 'utf-8') repaired.push(`Khai báo bảng mã ${said.name} nhưng thật ra là UTF-8.`);
    return 'utf-8';
  }
  if (http) return isWideOrUtf8(http.name) ? 'utf-8' : http.name;
  // RFC 3023, 3.1: text/* without a charset is us-ascii, whatever the document says.
  if (/^\s*text\//i.test(contentType ?? '')) return 'windows-1252';
  return declared && !isWideOrUtf8(declared.name) ? declared.name : 'utf-8';
}

function isWideOrUtf8(name: string): boolean {
  return /^utf-?(?:8|16|32)/.test(name);
}

function strictUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function httpCharset(contentType: string | undefined): string | undefined {
  return /;\s*charset\s*=\s*["']?\s*([\w.:-]{1,40})/i.exec(contentType?.slice(0, 500) ?? '')?.[1];
}

/** `encoding` of the XML declaration or `charset` of an HTML `meta`, ASCII in every charset that gets here. */
function declaredCharset(bytes: Uint8Array): string | undefined {
  let head = '';
  for (const byte of bytes.subarray(0, 2_048)) head += String.fromCharCode(byte);
  const xml = /<\?xml\s[^>]{0,200}?encoding\s*=\s*["']\s*([\w.:-]{1,40})/i.exec(head)?.[1];
  return xml ?? /<meta\s[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})/i.exec(head)?.[1];
}

function countRight(lossy: string): number {
  let right = 0;
  for (let at = 0; at < lossy.length; at++) {
    const code = lossy.charCodeAt(at);
    if (code > 0x7f && code !== 0xfffd) right++;
  }
  return right;
}
