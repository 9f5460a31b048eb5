import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { CodedError } from '../../schemas/errors.ts';
import { type Cells, RowSum, type TableShape } from '../store/copying.ts';
import { STORE_VERSION } from '../store/open-copying.ts';
import {
  closingShape,
  endShape,
  FORMAT,
  type Header,
  headerShape,
  type Known,
  type Sums,
  tableShape,
  VERSION,
} from './archive.ts';

const BATCH = 500;
/** No row of ours comes near; a line without an end must not fill the memory. */
const LONGEST_LINE = 256 << 20;
const LINE_FEED = 0x0a;

/** What takes an archive's content as it is read. */
export interface Taker {
  header?(header: Header): Promise<void>;
  table(shape: TableShape): Promise<void>;
  rows(shape: TableShape, rows: readonly Cells[]): Promise<void>;
}

/**
 * Reads a whole archive, line by line, and verifies it on the way: counts, sums, and the checksum of the closing line. Throws
 * BAD_INPUT for what is no archive, damaged, incomplete, or made by a newer program; what was taken until then is worth nothing.
 */
export async function readArchive(file: string, taker: Taker): Promise<Known> {
  const all = createHash('sha256');
  const lines = linesOf(file);
  const first = await lines.next();
  const header = headerOf(file, first.done ? undefined : parse(file, first.value));
  if (!first.done) all.update(first.value);
  await taker.header?.(header);
  const tables = new Tables(file, taker);
  for await (const line of lines) {
    const value = parse(file, line);
    if (isClosing(value)) {
      const known = { header, sha256: all.digest('hex'), ...tables.all() };
      checkClosing(file, value, known);
      if (!(await lines.next()).done) throw damaged(file, 'còn dữ liệu sau dòng kết');
      return known;
    }
    await tables.take(value);
    all.update(line);
  }
  throw new CodedError('BAD_INPUT', `${file} KHÔNG TRỌN VẸN: thiếu dòng kết. Dùng một bản sao lưu khác.`);
}

/** The tables of an archive, one after the other. */
class Tables {
  readonly #file: string;
  readonly #taker: Taker;
  readonly #sums = new Map<string, { rows: number; sum: string }>();
  #open: { readonly shape: TableShape; readonly sum: RowSum } | undefined;
  #waiting: Cells[] = [];

  constructor(file: string, taker: Taker) {
    this.#file = file;
    this.#taker = taker;
  }

  async take(value: unknown): Promise<void> {
    if (Array.isArray(value)) return this.#row(value as Cells);
    return this.#open ? this.#end(value) : this.#begin(value);
  }

  all(): { readonly sums: Sums; readonly rows: number } {
    if (this.#open) throw damaged(this.#file, `bảng ${this.#open.shape.table} không có kết thúc`);
    const rows = [...this.#sums.values()].reduce((total, one) => total + one.rows, 0);
    return { sums: this.#sums, rows };
  }

  async #row(cells: Cells): Promise<void> {
    if (!this.#open) throw damaged(this.#file, 'có dòng ngoài bảng');
    this.#open.sum.add(cells);
    this.#waiting.push(cells);
    if (this.#waiting.length >= BATCH) await this.#hand(this.#open.shape);
  }

  async #hand(shape: TableShape): Promise<void> {
    const rows = this.#waiting;
    this.#waiting = [];
    if (rows.length > 0) await this.#taker.rows(shape, rows);
  }

  async #begin(value: unknown): Promise<void> {
    const { data } = tableShape.safeParse(value);
    if (!data || this.#sums.has(data.table)) throw damaged(this.#file, 'thứ tự các bảng không đúng');
    const { last, ...rest } = data;
    const shape = last === undefined ? rest : { ...rest, last };
    this.#open = { shape, sum: new RowSum() };
    await this.#taker.table(shape);
  }

  async #end(value: unknown): Promise<void> {
    const { data: end } = endShape.safeParse(value);
    const { shape, sum } = this.#open as { shape: TableShape; sum: RowSum };
    if (end?.end !== shape.table || end.rows !== sum.count || end.sum !== sum.hex)
      throw damaged(this.#file, `bảng ${shape.table} có ${sum.count} dòng, không khớp với số đã ghi`);
    await this.#hand(shape);
    this.#sums.set(shape.table, { rows: sum.count, sum: sum.hex });
    this.#open = undefined;
  }
}

function checkClosing(file: string, value: unknown, { rows, sums, sha256 }: Known): void {
  const { data: closing } = closingShape.safeParse(value);
  if (closing?.rows !== rows || closing.tables !== sums.size)
    throw damaged(file, 'số bảng hoặc số dòng không khớp với dòng kết');
  if (closing.sha256 !== sha256)
    throw damaged(file, `mã SHA-256 là ${sha256}, dòng kết ghi ${closing.sha256}`);
}

function isClosing(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'closing' in value;
}

function headerOf(file: string, value: unknown): Header {
  const { data: header } = headerShape.safeParse(value);
  if (header?.format !== FORMAT)
    throw new CodedError('BAD_INPUT', `${file} không phải bản sao lưu của Liên Thông.`);
  if (header.version > VERSION || header.store.version > STORE_VERSION)
    throw new CodedError(
      'BAD_INPUT',
      `${file} do phiên bản mới hơn (${header.program}, kho ${header.store.version}) tạo ra; phiên bản này biết đến kho ${STORE_VERSION}. Hãy dùng phiên bản mới.`,
    );
  return header;
}

function parse(file: string, line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch (cause) {
    throw damaged(file, 'có dòng không đọc được', cause);
  }
}

function damaged(file: string, why: string, cause?: unknown): CodedError {
  return new CodedError('BAD_INPUT', `${file} đã hỏng: ${why}. Dùng một bản sao lưu khác.`, { cause });
}

/** Lines with their line feeds, as bytes. */
async function* linesOf(file: string): AsyncGenerator<Buffer> {
  const source = createReadStream(file);
  const plain = source.pipe(createGunzip());
  source.on('error', error => plain.destroy(error));
  let rest: Buffer[] = [];
  let waiting = 0;
  try {
    for await (const chunk of plain as AsyncIterable<Buffer>) {
      let from = 0;
      for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
        const end = chunk.subarray(from, at + 1);
        yield rest.length > 0 ? Buffer.concat([...rest, end]) : end;
        [rest, waiting, from] = [[], 0, at + 1];
      }
      if (from < chunk.length) rest.push(chunk.subarray(from));
      waiting += chunk.length - from;
      if (waiting > LONGEST_LINE) throw damaged(file, 'có dòng dài không có kết thúc');
    }
  } catch (cause) {
    if (cause instanceof CodedError) throw cause;
    throw unreadable(file, cause as NodeJS.ErrnoException);
  } finally {
    source.destroy();
  }
  if (rest.length > 0) throw damaged(file, 'dòng cuối bị cụt');
}

function unreadable(file: string, cause: NodeJS.ErrnoException): CodedError {
  switch (cause.code) {
    case 'ENOENT':
      return new CodedError('BAD_INPUT', `Không có tệp ${file}.`, { cause });
    case 'Z_DATA_ERROR':
      return new CodedError('BAD_INPUT', `${file} không phải bản sao lưu, hoặc đã hỏng (gzip).`, { cause });
    case 'Z_BUF_ERROR':
      return new CodedError('BAD_INPUT', `${file} KHÔNG TRỌN VẸN: tệp bị cụt.`, { cause });
    default:
      return new CodedError('BAD_INPUT', `Không đọc được ${file}: ${cause.message}.`, { cause });
  }
}
