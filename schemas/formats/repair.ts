import { closeCdata } from './close-cdata.ts';

/** XML text made ready for the tokenizer, with what had to be done to it. */
export interface RepairedXml {
  readonly text: string;
  /** Entities that the document itself declares, each with its plain text. */
  readonly entities: ReadonlyMap<string, string>;
  /** For people, in Vietnamese. */
  readonly repaired: readonly string[];
}

/** What a feed can begin with; anything before it is somebody else's output. */
export const FEED_ROOT = /<(?:[A-Za-z_][\w.-]{0,63}:)?(?:rss|feed|rdf|channel|entry)(?=[\s>/])/i;

const MAX_DECLARED = 200;
const MAX_DECLARED_LENGTH = 1_000;

/** Cuts what stands before the document, takes out characters XML forbids, and reads the document type away. */
export function repairXml(text: string): RepairedXml {
  const repaired: string[] = [];
  const clean = withoutC1(withoutForbidden(text, repaired), repaired);
  const begun = closeCdata(fromBeginning(clean, repaired), repaired);
  const { rest, entities } = withoutDoctype(begun);
  return { text: rest, entities, repaired };
}

/** XML 1.0, production 2 `Char`: everything else is left out. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

function withoutForbidden(text: string, repaired: string[]): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  const clean = whole.replace(FORBIDDEN, '');
  if (clean !== text) repaired.push('Bỏ các ký tự điều khiển mà XML không cho phép.');
  return clean;
}

/** U+0080 to U+009F as windows-1252 has them; in Unicode they are control characters that nobody means to write. */
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function withoutC1(text: string, repaired: string[]): string {
  if (!/[\u0080-\u009f]/.test(text)) return text;
  repaired.push('Đổi các ký tự của windows-1252 đặt nhầm trong văn bản Unicode.');
  return text.replace(/[\u0080-\u009f]/g, char => WINDOWS[char.charCodeAt(0) - 0x80] ?? char);
}

function fromBeginning(text: string, repaired: string[]): string {
  const root = text.search(FEED_ROOT);
  if (root < 0) return text;
  const before = text.slice(0, root);
  const declaration = before.indexOf('<?xml');
  const start = beginning(before, declaration);
  if (start > 0 && !isProlog(before.slice(0, start), declaration)) {
    repaired.push('Bỏ phần thừa đứng trước tài liệu (thông báo của máy chủ hoặc mã nguồn).');
  } else if (start > 0 && declaration > 0) {
    repaired.push('Bỏ khoảng trắng đứng trước khai báo XML.');
  }
  if (declaration >= 0 && before.indexOf('<?xml ', declaration + 5) >= 0) {
    repaired.push('Bỏ khai báo XML viết hai lần.');
  }
  return text.slice(start);
}

/** XML 1.0, production 22: without a declaration, comments and instructions may stand before the document. */
function isProlog(text: string, declaration: number): boolean {
  if (text.trim() === '') return true;
  return declaration < 0 && text.replace(/<!--(?:(?!-->)[\s\S])*-->|<\?[^?]*\?>/g, '').trim() === '';
}

function beginning(before: string, declaration: number): number {
  if (declaration >= 0) return declaration;
  const doctype = before.search(/<!doctype\s/i);
  if (doctype >= 0) return doctype;
  return before.length;
}

const ENTITY = /<!ENTITY\s+([A-Za-z_][\w.-]{0,63})\s+(?:"([^"<&]{0,1000})"|'([^'<&]{0,1000})')\s*>/g;

/** The tokenizer ends a declaration at its first `>`; a document type with a subset has many. */
function withoutDoctype(text: string): { rest: string; entities: Map<string, string> } {
  const entities = new Map<string, string>();
  const start = text.slice(0, 65_536).search(/<!doctype/i);
  if (start < 0) return { rest: text, entities };
  const root = text.search(FEED_ROOT);
  if (root >= 0 && root < start) return { rest: text, entities };
  const end = doctypeEnd(text, start);
  for (const match of text.slice(start, end).matchAll(ENTITY)) {
    if (entities.size >= MAX_DECLARED) break;
    entities.set(match[1] ?? '', (match[2] ?? match[3] ?? '').slice(0, MAX_DECLARED_LENGTH));
  }
  return { rest: text.slice(0, start) + text.slice(end), entities };
}

function doctypeEnd(text: string, start: number): number {
  const close = text.indexOf('>', start);
  const open = text.indexOf('[', start);
  if (close < 0) return text.length;
  if (open < 0 || open > close) return close + 1;
  const subset = text.indexOf(']', open);
  const end = subset < 0 ? -1 : text.indexOf('>', subset);
  return end < 0 ? close + 1 : end + 1;
}
