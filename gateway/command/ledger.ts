import { once } from 'node:events';
import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import type { Command } from 'commander';
import { CodedError } from '../../schemas/errors.ts';
import { type LedgerRoot, type Verified, verifyExport } from '../../schemas/ledger-export.ts';
import { exportLedger } from '../ledger/export.ts';
import { dutyReport, showReport } from '../ledger/report.ts';
import { LEAST_YEARS, retainLedger } from '../ledger/retain.ts';
import { readRoots } from '../ledger/roots.ts';
import { openSigner } from '../ledger/signer.ts';
import { openStore } from '../store/open-store.ts';
import type { Setting } from './setting.ts';

type Open = () => Setting;
type Done = (code: number) => void;

/** The ledger: exported, verified without the gateway, checked in place, reported by month. */
export function addLedgerVerbs(program: Command, open: Open, done: Done): void {
  const ledger = program.command('ledger').description('the ledger of acts: append-only, chained, signed');
  ledger
    .command('export')
    .option('--from <row>', 'from this row on', rowNumber)
    .option('--to <row>', 'up to this row', rowNumber)
    .description('write all rows, or a part, as JSON lines ended by a signed closing line')
    .action(async (part: Part) => done(await write(open(), part)));
  ledger
    .command('verify <file>')
    .option(
      '--key <key>',
      'the public key that must have signed it, as /ledger/roots.json shows it; may be repeated',
      oneMore,
    )
    .option('--roots <file>', 'a roots.json that was kept from an earlier day')
    .description('verify an export; needs nothing but the file')
    .action(async (file: string, options: VerifyOptions) => done(verifyFile(file, options)));
  ledger
    .command('check')
    .description('verify the ledger of this gateway in place, against all its signed roots')
    .action(async () => done(await checkInPlace(open())));
  ledger
    .command('retain')
    .requiredOption('--reason <text>', 'why, for the ledger')
    .option('--years <n>', `keep so many years, at least ${LEAST_YEARS}`, Number, LEAST_YEARS)
    .description('remove whole months older than that; a row tells, and the rest still verifies')
    .action(async (options: { years: number; reason: string }) => done(await retain(open(), options)));
  ledger
    .command('report <month>')
    .option('--csv', 'comma-separated values')
    .description('duties of a month (2026-11): min, median, 95th percentile, longest, and every breach')
    .action(async (month: string, { csv }: { csv?: boolean }) =>
      done(await report(open(), month, csv === true)),
    );
}

interface VerifyOptions {
  readonly key?: readonly string[];
  readonly roots?: string;
}

interface Part {
  readonly from?: number;
  readonly to?: number;
}

/** An option that may be given again. */
export function oneMore(key: string, before: readonly string[] = []): readonly string[] {
  return [...before, key];
}

function rowNumber(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new CodedError('BAD_INPUT', `${text} is no row number; they begin at 1.`);
}

async function write(setting: Setting, part: Part): Promise<number> {
  const { environment } = setting;
  const store = await setting.openStore();
  try {
    for await (const line of exportLedger(store, openSigner(environment.data, environment.ledgerKey), part))
      if (!process.stdout.write(line)) await once(process.stdout, 'drain');
    return 0;
  } finally {
    await store.close();
  }
}

function verifyFile(file: string, { key, roots }: VerifyOptions): number {
  const known = roots === undefined ? [] : readRootsFile(roots);
  const verified = verifyExport(readLines(file), { ...(key && { keys: key }), roots: known });
  tell(verified, key !== undefined || known.length > 0);
  return verified.complete && verified.tampering.length === 0 ? 0 : 1;
}

function tell({ rows, from, to, head, complete, tampering }: Verified, keyIsKnown: boolean): void {
  console.log(`${rows} dòng (${from ?? 0}–${to ?? 0}), đỉnh ${head ?? 'không có'}`);
  for (const { line, message } of tampering.slice(0, 100))
    console.log(`dòng ${line}: ${message.vi} / ${message.en}`);
  if (!complete)
    console.log(
      'KHÔNG TRỌN VẸN: thiếu dòng kết có chữ ký. / INCOMPLETE: the signed closing line is missing.',
    );
  if (complete && tampering.length === 0)
    console.log(
      keyIsKnown
        ? 'Nguyên vẹn. / Intact.'
        : 'Nguyên vẹn, theo khoá ghi trong chính tệp. Đối chiếu khoá với /ledger/roots.json, hoặc dùng --key. / Intact, by the key in the file itself; compare it with /ledger/roots.json.',
    );
}

async function checkInPlace(setting: Setting): Promise<number> {
  const { environment } = setting;
  const store = await setting.openStore();
  try {
    const lines: string[] = [];
    const signer = openSigner(environment.data, environment.ledgerKey);
    for await (const line of exportLedger(store, signer)) lines.push(line);
    const roots = await readRoots(store, 10_000);
    // The key of today may be newer than the last root's.
    const keys = [...new Set([signer.key, ...roots.map(({ key }) => key)])];
    const verified = verifyExport(lines, { keys, roots });
    tell(verified, true);
    return verified.tampering.length === 0 ? 0 : 1;
  } finally {
    await store.close();
  }
}

async function report(setting: Setting, month: string, csv: boolean): Promise<number> {
  if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(month))
    throw new CodedError('BAD_INPUT', `${month} is no month; write 2026-11.`);
  const store = await setting.openStore();
  try {
    console.log(showReport(await dutyReport(store, month), csv));
    return 0;
  } finally {
    await store.close();
  }
}

async function retain(
  setting: Setting,
  { years, reason }: { readonly years: number; readonly reason: string },
): Promise<number> {
  const { storeOptions, log } = setting;
  // On PostgreSQL only the tables' owner may remove rows.
  const { migrateUrl } = storeOptions;
  const store = await openStore({ ...storeOptions, log, ...(migrateUrl && { databaseUrl: migrateUrl }) });
  try {
    const removed = await retainLedger(store, { years, actor: 'operator', reason });
    console.log(
      removed
        ? `Đã đóng và xoá dòng ${removed.from}–${removed.to}; chuỗi tiếp tục từ ${removed.head}. / Rows ${removed.from}–${removed.to} were closed and removed.`
        : 'Không có tháng nào đủ cũ. / No month is old enough.',
    );
    return 0;
  } finally {
    await store.close();
  }
}

const CHUNK = 1 << 20;
/** No row of ours comes near; a line without an end must not fill the memory. */
const LONGEST_LINE = 64 << 20;

/** A ledger of years may be larger than one string can be. */
function* readLines(file: string): Generator<string> {
  const from = openFile(file);
  const decoder = new StringDecoder('utf8');
  const chunk = Buffer.alloc(CHUNK);
  let rest = '';
  try {
    for (let read = readSync(from, chunk); read > 0; read = readSync(from, chunk)) {
      const lines = (rest + decoder.write(chunk.subarray(0, read))).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > LONGEST_LINE)
        throw new CodedError('BAD_INPUT', `${file} is no export: a line has no end.`);
      yield* lines;
    }
    rest += decoder.end();
    if (rest !== '') yield rest;
  } finally {
    if (from !== 0) closeSync(from);
  }
}

function openFile(file: string): number {
  try {
    return file === '-' ? 0 : openSync(file, 'r');
  } catch (cause) {
    throw new CodedError('BAD_INPUT', `The file ${file} can't be read.`, { cause });
  }
}

function readRootsFile(file: string): readonly LedgerRoot[] {
  const value = parse([...readLines(file)].join('\n'));
  const roots = Array.isArray(value) ? value : (value as { roots?: unknown })?.roots;
  if (Array.isArray(roots)) return roots as LedgerRoot[];
  throw new CodedError('BAD_INPUT', `${file} is no roots.json.`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
