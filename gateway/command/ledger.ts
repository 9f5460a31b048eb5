import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { CodedError } from '../../schemas/errors.ts';
import { type LedgerRoot, type Verified, verifyExport } from '../../schemas/ledger-export.ts';
import { exportLedger } from '../ledger/export.ts';
import { dutyReport, showReport } from '../ledger/report.ts';
import { readRoots } from '../ledger/roots.ts';
import { openSigner } from '../ledger/signer.ts';
import type { Setting } from './setting.ts';

type Open = () => Setting;
type Done = (code: number) => void;
/** A ledger of years is some hundred megabytes. */
const LARGEST_EXPORT = 1024 ** 3;

/** The ledger: exported, verified without the gateway, checked in place, reported by month. */
export function addLedgerVerbs(program: Command, open: Open, done: Done): void {
  const ledger = program.command('ledger').description('the ledger of acts: append-only, chained, signed');
  ledger
    .command('export')
    .option('--from <row>', 'from this row on', '1')
    .description('write all rows as JSON lines, ended by a signed closing line')
    .action(async ({ from }: { from: string }) => done(await write(open(), Number(from))));
  ledger
    .command('verify <file>')
    .option('--key <key>', 'the public key that must have signed it, as /ledger/roots.json shows it')
    .option('--roots <file>', 'a roots.json that was kept from an earlier day')
    .description('verify an export; needs nothing but the file')
    .action(async (file: string, options: VerifyOptions) => done(verifyFile(file, options)));
  ledger
    .command('check')
    .description('verify the ledger of this gateway in place, against all its signed roots')
    .action(async () => done(await checkInPlace(open())));
  ledger
    .command('report <month>')
    .option('--csv', 'comma-separated values')
    .description('duties of a month (2026-11): min, median, 95th percentile, longest, and every breach')
    .action(async (month: string, { csv }: { csv?: boolean }) =>
      done(await report(open(), month, csv === true)),
    );
}

interface VerifyOptions {
  readonly key?: string;
  readonly roots?: string;
}

async function write(setting: Setting, from: number): Promise<number> {
  const { environment } = setting;
  const store = await setting.openStore();
  try {
    for await (const line of exportLedger(store, openSigner(environment.data, environment.ledgerKey), from))
      if (!process.stdout.write(line)) await once(process.stdout, 'drain');
    return 0;
  } finally {
    await store.close();
  }
}

function verifyFile(file: string, { key, roots }: VerifyOptions): number {
  const text = readText(file);
  const known = roots === undefined ? [] : readRootsFile(roots);
  const verified = verifyExport(text.split('\n'), { ...(key !== undefined && { key }), roots: known });
  tell(verified, key);
  return verified.complete && verified.tampering.length === 0 ? 0 : 1;
}

function tell({ rows, from, to, head, complete, tampering }: Verified, key: string | undefined): void {
  console.log(`${rows} dòng (${from ?? 0}–${to ?? 0}), đỉnh ${head ?? 'không có'}`);
  for (const { line, message } of tampering.slice(0, 100))
    console.log(`dòng ${line}: ${message.vi} / ${message.en}`);
  if (!complete)
    console.log(
      'KHÔNG TRỌN VẸN: thiếu dòng kết có chữ ký. / INCOMPLETE: the signed closing line is missing.',
    );
  if (complete && tampering.length === 0)
    console.log(
      key === undefined
        ? 'Nguyên vẹn, theo khoá ghi trong chính tệp. Đối chiếu khoá với /ledger/roots.json, hoặc dùng --key. / Intact, by the key in the file itself; compare it with /ledger/roots.json.'
        : 'Nguyên vẹn. / Intact.',
    );
}

async function checkInPlace(setting: Setting): Promise<number> {
  const { environment } = setting;
  const store = await setting.openStore();
  try {
    const lines: string[] = [];
    const signer = openSigner(environment.data, environment.ledgerKey);
    for await (const line of exportLedger(store, signer)) lines.push(line);
    const verified = verifyExport(lines, { roots: await readRoots(store) });
    tell(verified, signer.key);
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

function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8').slice(0, LARGEST_EXPORT);
  } catch (cause) {
    throw new CodedError('BAD_INPUT', `The file ${file} can't be read.`, { cause });
  }
}

function readRootsFile(file: string): readonly LedgerRoot[] {
  const value: unknown = JSON.parse(readText(file));
  const roots = Array.isArray(value) ? value : (value as { roots?: unknown })?.roots;
  if (Array.isArray(roots)) return roots as LedgerRoot[];
  throw new CodedError('BAD_INPUT', `${file} is no roots.json.`);
}
