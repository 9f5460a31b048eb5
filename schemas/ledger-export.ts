import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import { GENESIS, type Link, linkHash } from './ledger-chain.ts';
import type { Bilingual } from './text.ts';

/** What is signed at the end of each day in Hanoi: the newest row's number and hash. */
export interface LedgerRoot {
  /** ISO day. */
  readonly day: string;
  /** The last row of that day or of one before; 0 and the genesis hash of an empty ledger. */
  readonly seq: number;
  readonly hash: string;
  /** RFC 3339. */
  readonly signedAt: string;
  /** Base64url of the raw Ed25519 public key. */
  readonly key: string;
  /** Base64url, over the canonical JSON (RFC 8785) of all fields before. */
  readonly signature: string;
}

/** The last line of an export; without it the export is incomplete. */
export interface ExportClosing {
  readonly closing: true;
  readonly rows: number;
  readonly from: number;
  readonly to: number;
  readonly head: string;
  /** Number of the newest row the ledger had then: above `to` in a part of it. */
  readonly last: number;
  /** Only rows that were asked for: those before and after are missing on purpose. */
  readonly part?: true;
  readonly time: string;
  readonly key: string;
  readonly signature: string;
}

/** One thing wrong with an export, and where. */
export interface Tampering {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly message: Bilingual;
}

export interface Verified {
  readonly rows: number;
  readonly from?: number;
  readonly to?: number;
  readonly head?: string;
  readonly complete: boolean;
  /** Empty: nothing found. */
  readonly tampering: readonly Tampering[];
}

/** A row's line: these fields in this order, and nothing that the hash does not cover. */
export function rowLine({
  seq,
  previous,
  hash,
  text,
}: Pick<Link, 'seq' | 'previous' | 'hash' | 'text'>): string {
  return JSON.stringify({ seq, previous, hash, text });
}

/** The text that a signature is over. */
export function signedText(of: Readonly<Record<string, unknown>>): string {
  const { signature: _signature, ...rest } = of;
  return canonicalJson(rest);
}

export function checkSignature(
  of: { readonly key: string; readonly signature: string },
  trusted?: readonly string[],
): boolean {
  if (trusted !== undefined && !trusted.includes(of.key)) return false;
  try {
    const signature = Buffer.from(of.signature, 'base64url');
    // The decoder is lenient: another spelling of the same bytes is a changed byte of the file.
    if (signature.toString('base64url') !== of.signature) return false;
    return verify(null, Buffer.from(signedText({ ...of })), publicKey(of.key), signature);
  } catch {
    return false;
  }
}

/** DER of an Ed25519 SubjectPublicKeyInfo (RFC 8410) before its 32 raw bytes. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

function publicKey(raw: string): KeyObject {
  const bytes = Buffer.from(raw, 'base64url');
  if (bytes.length !== 32) throw new Error('An Ed25519 key has 32 bytes.');
  return createPublicKey({ key: Buffer.concat([SPKI, bytes]), format: 'der', type: 'spki' });
}

/**
 * Reads an export line by line and says everything that is wrong with it. Needs nothing but the lines, the public keys (else
 * the closing's own is believed, and said) and, if at hand, roots that were published earlier.
 */
export function verifyExport(
  lines: Iterable<string>,
  { keys, roots = [] }: { readonly keys?: readonly string[]; readonly roots?: readonly LedgerRoot[] } = {},
): Verified {
  // Without keys, one that signed a root must have signed the export too.
  const signers = keys ?? (roots.length > 0 ? roots.map(({ key }) => key) : undefined);
  const found: Tampering[] = [];
  const hashes = new Map<number, string>();
  const state: Reading = { rows: 0, removed: new Map() };
  let line = 0;
  for (const text of lines) {
    line += 1;
    if (text.trim() === '') continue;
    const row = parse(text);
    const tell = (vi: string, en: string) => found.push({ line, message: { vi, en } });
    if (state.closing) tell('Còn dòng sau dòng kết.', 'There is a line after the closing line.');
    else if (row === undefined) tell('Không đọc được dòng này.', 'This line can’t be read.');
    else if (row.closing === true) {
      state.closing = row as unknown as ExportClosing;
      checkClosing(state.closing, text.trim(), state, signers, tell);
      if (state.closing.part !== true) checkBeginning(state, found);
    } else checkRow(row, text.trim(), state, hashes, tell);
  }
  for (const root of roots) checkRoot(root, state, hashes, keys, found, line);
  return {
    rows: state.rows,
    ...(state.from !== undefined && { from: state.from }),
    ...(state.seq !== undefined && { to: state.seq }),
    ...(state.previous !== undefined && { head: state.previous }),
    complete: state.closing !== undefined,
    tampering: found,
  };
}

type Tell = (vi: string, en: string) => void;
interface Reading {
  previous?: string;
  seq?: number;
  from?: number;
  /** Hash that the first row is chained to. */
  before?: string;
  rows: number;
  /** Last number → hash of segments that were closed and removed, as rows of this file tell. */
  readonly removed: Map<number, string>;
  closing?: ExportClosing;
}

function checkRow(
  row: Readonly<Record<string, unknown>>,
  line: string,
  state: Reading,
  hashes: Map<number, string>,
  tell: Tell,
): void {
  const { seq, text, previous, hash } = row;
  if (
    typeof seq !== 'number' ||
    typeof text !== 'string' ||
    typeof previous !== 'string' ||
    typeof hash !== 'string'
  ) {
    tell('Dòng thiếu trường.', 'The row lacks fields.');
    return;
  }
  if (rowLine({ seq, previous, hash, text }) !== line)
    tell(`Dòng ${seq} được viết khác đi.`, `Row ${seq} is written in another way.`);
  const expected = state.seq === undefined ? seq : state.seq + 1;
  if (seq !== expected)
    tell(
      `Số thứ tự là ${seq}, phải là ${expected}: thiếu hoặc đổi chỗ dòng.`,
      `The number is ${seq}, it should be ${expected}: rows are missing or swapped.`,
    );
  if (state.previous !== undefined && previous !== state.previous)
    tell(
      `Dòng ${seq} không nối vào dòng trước: ghi ${previous}, phải là ${state.previous}.`,
      `Row ${seq} is not chained to the row before: it says ${previous}, it should be ${state.previous}.`,
    );
  if (state.previous === undefined && seq === 1 && previous !== GENESIS)
    tell('Dòng đầu không bắt đầu chuỗi.', 'The first row does not begin the chain.');
  const computed = linkHash(previous, seq, text);
  if (computed !== hash)
    tell(
      `Nội dung dòng ${seq} đã bị sửa: mã băm ghi ${hash}, tính ra ${computed}.`,
      `The content of row ${seq} was changed: its hash says ${hash}, its content gives ${computed}.`,
    );
  state.before ??= previous;
  noteRemoved(text, state.removed);
  state.previous = hash;
  state.seq = seq;
  state.from ??= seq;
  state.rows += 1;
  hashes.set(seq, hash);
}

/** `segment.closed` keeps where the chain goes on from. */
function noteRemoved(text: string, removed: Reading['removed']): void {
  if (!text.includes('segment.closed')) return;
  const { type, details } = (parse(text) ?? {}) as {
    type?: unknown;
    details?: { to?: unknown; head?: unknown };
  };
  if (type === 'segment.closed' && typeof details?.to === 'number' && typeof details.head === 'string')
    removed.set(details.to, details.head);
}

/** A whole ledger begins with row 1, or where a row of it tells that everything before was closed and removed. */
function checkBeginning({ from = 1, before, removed }: Reading, found: Tampering[]): void {
  if (from === 1 || before === undefined) return;
  const head = removed.get(from - 1);
  if (head === before) return;
  found.push({
    line: 1,
    message:
      head === undefined
        ? {
            vi: `Tệp bắt đầu ở dòng ${from}, không dòng nào ghi rằng các dòng trước đã được đóng: thiếu dòng 1–${from - 1}.`,
            en: `The file begins with row ${from}, and no row tells that those before were closed: rows 1–${from - 1} are missing.`,
          }
        : {
            vi: `Dòng ${from} nối vào ${before}, các dòng đã đóng kết thúc bằng ${head}.`,
            en: `Row ${from} is chained to ${before}, the closed rows ended with ${head}.`,
          },
  });
}

function checkClosing(
  closing: ExportClosing,
  line: string,
  state: Reading,
  keys: readonly string[] | undefined,
  tell: Tell,
): void {
  if (JSON.stringify(closing) !== line)
    tell('Dòng kết được viết khác đi.', 'The closing line is written in another way.');
  if (closing.rows !== state.rows || closing.to !== (state.seq ?? 0) || closing.from !== (state.from ?? 0))
    tell(
      `Dòng kết ghi ${closing.rows} dòng (${closing.from}–${closing.to}), tệp có ${state.rows} (${state.from ?? 0}–${state.seq ?? 0}).`,
      `The closing line says ${closing.rows} rows (${closing.from}–${closing.to}), the file has ${state.rows} (${state.from ?? 0}–${state.seq ?? 0}).`,
    );
  if (state.previous !== undefined && closing.head !== state.previous)
    tell(
      `Dòng kết ghi đỉnh ${closing.head}, dòng cuối là ${state.previous}.`,
      `The closing line says the head is ${closing.head}, the last row is ${state.previous}.`,
    );
  if (closing.part !== true && closing.last !== closing.to)
    tell(
      `Sổ cái có đến dòng ${closing.last}, tệp dừng ở ${closing.to}.`,
      `The ledger had rows up to ${closing.last}, the file ends at ${closing.to}.`,
    );
  if (!checkSignature(closing, keys))
    tell('Chữ ký dòng kết không đúng.', 'The closing line’s signature is not right.');
}

function checkRoot(
  root: LedgerRoot,
  { seq = 0, from = 1, closing }: Reading,
  hashes: ReadonlyMap<number, string>,
  keys: readonly string[] | undefined,
  found: Tampering[],
  line: number,
): void {
  const tell = (vi: string, en: string) => found.push({ line, message: { vi, en } });
  if (!checkSignature(root, keys)) {
    tell(`Gốc ngày ${root.day}: chữ ký không đúng.`, `Root of ${root.day}: wrong signature.`);
    return;
  }
  if (root.seq === 0 || root.seq < from) return;
  // A part was asked for: what the ledger had beyond is not in it.
  if (closing?.part === true && root.seq > seq && root.seq <= closing.last) return;
  if (root.seq > seq) {
    tell(
      `Gốc ngày ${root.day} có dòng ${root.seq}, tệp dừng ở ${seq}: phần đuôi bị cắt.`,
      `The root of ${root.day} has row ${root.seq}, the file ends at ${seq}: the tail was cut.`,
    );
    return;
  }
  if (hashes.get(root.seq) !== root.hash)
    tell(
      `Dòng ${root.seq} khác với gốc đã công bố ngày ${root.day}: phải là ${root.hash}.`,
      `Row ${root.seq} differs from the root published on ${root.day}: it should be ${root.hash}.`,
    );
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
