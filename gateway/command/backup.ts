import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { CodedError } from '../../schemas/errors.ts';
import type { LedgerType, LedgerValue } from '../../schemas/ledger.ts';
import { copyStore } from '../backup/copy-store.ts';
import { openProgress } from '../backup/progress.ts';
import { type Restored, restoreArchive } from '../backup/restore-archive.ts';
import { checkContinues, readLaterLedger, reapplyTakeDowns } from '../backup/take-downs-since.ts';
import { writeArchive } from '../backup/write-archive.ts';
import { readRoots } from '../ledger/roots.ts';
import { openSigner } from '../ledger/signer.ts';
import { PROGRAM } from '../program.ts';
import { findRunning } from '../running/announce.ts';
import { fileOf, openSnapshot, type Place } from '../store/open-copying.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import type { Setting } from './setting.ts';

type Open = () => Setting;
type Done = (code: number) => void;

/** Verbs that carry a whole store: into a file, and into another engine. */
export function addBackupVerbs(program: Command, open: Open, done: Done): void {
  program
    .command('backup <file>')
    .description('write everything the store keeps into one archive, while the gateway runs')
    .action(async (file: string) => done(await backup(open(), resolve(file))));
  program
    .command('store')
    .description('the store as a whole')
    .command('copy <target>')
    .description(
      'copy the store into an empty one, keeping cursors: `postgres://…`, or a folder for the embedded one; the gateway must be stopped',
    )
    .action(async (target: string) => done(await copy(open(), target)));
}

/** Options of `restore` when it is given an archive. */
export const RESTORE_OPTIONS: readonly Option[] = [
  new Option('--test', 'restore the archive into a temporary store only, compare, and record the test'),
  new Option(
    '--takedowns <file>',
    'a later `ledger export` or back-up: what it tells was taken down is taken down again',
  ),
];
export interface RestoreFlags {
  readonly test?: true;
  readonly takedowns?: string;
}

async function backup(setting: Setting, file: string): Promise<number> {
  const snapshot = await openSnapshot(setting.storeOptions);
  try {
    const known = await writeArchive(snapshot, file, {
      now: Date.now(),
      program: PROGRAM,
      onProgress: openProgress(),
    });
    await inLedger(setting, 'backup.made', { sha256: known.sha256, rows: known.rows, head: snapshot.head });
    const megabytes = (statSync(file).size / 1e6).toFixed(1);
    console.log(
      `Đã sao lưu ${known.rows} dòng vào ${file} (${megabytes} MB). SHA-256 nội dung: ${known.sha256}`,
    );
    console.log(
      'Tệp chứa toàn văn, dữ liệu liên hệ và khoá của bên nhận: giữ như giữ mật khẩu, ở một máy khác.\n' +
        `Không có trong tệp, hãy giữ riêng: tệp cấu hình, ${join(setting.environment.data, 'ledger-key')}, LIENTHONG_EVIDENCE_KEY và khoá mở của nó.`,
    );
    return 0;
  } finally {
    await snapshot.close();
  }
}

/** Restores an archive in earnest, or as a test. */
export async function restoreBackup(setting: Setting, given: string, flags: RestoreFlags): Promise<number> {
  const file = resolve(given);
  return flags.test ? tryRestore(setting, file) : restoreInEarnest(setting, file, flags);
}

async function restoreInEarnest(
  setting: Setting,
  file: string,
  { takedowns }: RestoreFlags,
): Promise<number> {
  refuseRunning(setting);
  const later = takedowns === undefined ? undefined : await readLaterLedger(takedowns);
  const restored = await restoreArchive(file, setting.storeOptions, {
    onProgress: openProgress(),
    check: ({ head }) => later && checkContinues(later, head),
  });
  const { header, chain } = restored;
  const store = await setting.openStore();
  try {
    await tellLedger(store, 'store.restored', factsOf(restored));
    // What their publishers took back meanwhile is seen at once.
    for (const { source } of await store.work.states()) await store.work.request(source);
    console.log(
      `Đã phục hồi ${restored.rows} dòng của lúc ${header.made}, đọc lại và so khớp từng bảng. Mọi con trỏ cũ của /changes nhận RESYNC_REQUIRED.`,
    );
    const wholesome = sayChain(chain);
    await sayKeys(setting, store);
    if (later === undefined) sayTakeDowns(header.made);
    else {
      const { rows, removed, blocked } = await reapplyTakeDowns(store, later, chain.head);
      console.log(
        `Theo ${rows} dòng sổ cái mới hơn: gỡ lại ${removed} tin, chặn ${blocked} tin chưa có trong bản sao lưu.`,
      );
    }
    return wholesome ? 0 : 1;
  } finally {
    await store.close();
  }
}

/** Into a temporary folder beside the data, so that the disk is the one that would have to bear it. */
async function tryRestore(setting: Setting, file: string): Promise<number> {
  mkdirSync(setting.environment.data, { recursive: true });
  const dataDir = mkdtempSync(join(setting.environment.data, 'restore-test-'));
  try {
    const restored = await restoreArchive(file, { dataDir }, { onProgress: openProgress() });
    const wholesome = sayChain(restored.chain);
    const store = await setting.openStore();
    try {
      const own = await store.ledger.since(restored.chain.head.seq - 1, 1);
      const ours = restored.chain.rows === 0 || own[0]?.hash === restored.chain.head.hash;
      if (!ours)
        console.log(
          'Bản sao lưu này không phải của kho đang dùng: sổ cái của nó không phải phần đầu của sổ cái ở đây.',
        );
      else await tellLedger(store, 'restore.tested', { ...factsOf(restored), passed: wholesome });
      const items = restored.sums.get('item')?.rows ?? 0;
      console.log(
        `Phục hồi thử đạt: ${restored.rows} dòng, ${items} tin, lúc ${restored.header.made}; đọc lại khớp từng bảng.`,
      );
      if (ours) console.log('Đã ghi vào sổ cái (restore.tested).');
      return wholesome && ours ? 0 : 1;
    } finally {
      await store.close();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function copy(setting: Setting, target: string): Promise<number> {
  refuseRunning(setting);
  const from = setting.storeOptions;
  const to = placeOf(target);
  if (
    to.databaseUrl === undefined &&
    from.databaseUrl === undefined &&
    fileOf(to.dataDir) === fileOf(resolve(from.dataDir))
  )
    throw new CodedError('BAD_INPUT', 'Nguồn và đích là một kho.');
  const { rows, head } = await copyStore(from, to, openProgress());
  const { databaseUrl: _url, migrateUrl: _migrate, ...rest } = from;
  const store = await openStore({ ...rest, ...to, log: setting.log });
  try {
    await tellLedger(store, 'store.copied', {
      from: from.databaseUrl === undefined ? 'sqlite' : 'postgres',
      to: store.engine,
      rows,
      head,
    });
  } finally {
    await store.close();
  }
  console.log(`Đã chép ${rows} dòng, đọc lại và so khớp từng bảng; con trỏ của bên nhận vẫn dùng được.`);
  console.log(
    to.databaseUrl === undefined
      ? `Từ nay chạy với LIENTHONG_DATA=${target}, không có DATABASE_URL; chép sang đó tệp ledger-key và admin-token.`
      : 'Từ nay chạy với DATABASE_URL là địa chỉ ấy; giữ nguyên LIENTHONG_DATA. Kho cũ để yên, không chạy lại trên đó.',
  );
  return 0;
}

function placeOf(target: string): Place {
  if (/^postgres(?:ql)?:\/\//.test(target)) return { dataDir: '.', databaseUrl: target };
  if (target.includes('://')) throw new CodedError('BAD_INPUT', 'Đích là postgres://… hoặc một thư mục.');
  return { dataDir: resolve(target) };
}

function refuseRunning({ environment }: Setting): void {
  const [running] = findRunning(environment.data);
  if (!running) return;
  throw new CodedError(
    'CONFLICT',
    `Hệ thống đang chạy (tiến trình ${running.pid}, ${running.url}). Hãy dừng rồi làm lại; sao lưu thì không cần dừng.`,
  );
}

function sayChain({ rows, head, broken }: Restored['chain']): boolean {
  if (broken === undefined) {
    console.log(`Sổ cái: ${rows} dòng nối liền nhau, đỉnh ${head.seq} ${head.hash.slice(0, 16)}…`);
    return true;
  }
  console.log(
    `CẢNH BÁO: sổ cái trong bản sao lưu không nguyên vẹn từ dòng ${broken}. Dữ liệu vẫn dùng được; đối chiếu với roots.json đã giữ để biết từ bao giờ.`,
  );
  return false;
}

/** The key is no part of an archive: with another one the ledger tells of a change of keys. */
async function sayKeys({ environment }: Setting, store: Store): Promise<void> {
  const [root] = await readRoots(store, 1);
  const { key } = openSigner(environment.data, environment.ledgerKey);
  if (!root || root.key === key) return;
  console.log(
    `CẢNH BÁO: khoá ký sổ cái ở đây (${key}) không phải khoá đã ký trước kia (${root.key}). Chép tệp ledger-key cũ vào ${environment.data} trước khi chạy, nếu còn.`,
  );
}

function sayTakeDowns(made: string): void {
  console.log(
    `CẢNH BÁO: tin bị gỡ sau ${made} đang có lại trong kho này, vì bản sao lưu chưa biết. Trước khi chạy, nếu còn kho cũ hoặc sổ cái mới hơn: làm lại vào kho trống với --takedowns <ledger export hoặc bản sao lưu mới hơn>; nếu không, xem lại các công văn gỡ tin từ lúc ấy và dùng \`takedown\`. Nguồn nào cũng sẽ được hỏi lại ngay khi chạy.`,
  );
}

function factsOf({ header, sha256, rows, chain }: Restored): Readonly<Record<string, LedgerValue>> {
  return {
    sha256,
    rows,
    made: header.made,
    engine: header.engine,
    head: header.store.head,
    ledgerHead: chain.head.seq,
    ...(chain.broken !== undefined && { ledgerBroken: chain.broken }),
  };
}

async function inLedger(
  setting: Setting,
  type: LedgerType,
  details: Readonly<Record<string, LedgerValue>>,
): Promise<void> {
  const store = await setting.openStore();
  await tellLedger(store, type, details).finally(() => store.close());
}

async function tellLedger(
  store: Store,
  type: LedgerType,
  details: Readonly<Record<string, LedgerValue>>,
): Promise<void> {
  await store.transaction(async tx => tx.ledger.append({ type, actor: 'operator', details }));
}

/** An archive's name; an item's id never is one. */
export function isArchive(what: string): boolean {
  return !what.startsWith('urn:') && (existsSync(what) || /[./\\]/.test(what));
}
