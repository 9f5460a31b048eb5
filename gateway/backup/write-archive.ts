import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { CodedError } from '../../schemas/errors.ts';
import { toRfc3339 } from '../../schemas/instant.ts';
import { RowSum, type Snapshot } from '../store/copying.ts';
import { FORMAT, type Header, type Known, type OnProgress, VERSION } from './archive.ts';

/**
 * Writes everything of the snapshot as an archive that only its owner may read (0600). It appears under its name once it is
 * whole and on the disk; what stops in between leaves nothing. Throws CONFLICT where there is a file of that name.
 */
export async function writeArchive(
  snapshot: Snapshot,
  file: string,
  {
    now,
    program,
    onProgress,
  }: { readonly now: number; readonly program: string; readonly onProgress?: OnProgress },
): Promise<Known> {
  const draft = `${file}.part`;
  const made: { known?: Known } = {};
  const target = await create(file, draft);
  try {
    const lines = linesOf(snapshot, { now, program, ...(onProgress && { onProgress }) }, known => {
      made.known = known;
    });
    await pipeline(
      Readable.from(lines),
      createGzip({ level: 6 }),
      createWriteStream(draft, { fd: target.fd, autoClose: false }),
    );
    await target.sync();
    await target.close();
    await rename(draft, file);
  } catch (thrown) {
    await target.close().catch(() => undefined);
    await rm(draft, { force: true });
    throw thrown;
  }
  if (!made.known) throw new Error('An archive ended without its closing line.');
  return made.known;
}

async function create(file: string, draft: string) {
  const taken = await open(file, 'r').catch(() => undefined);
  await taken?.close();
  if (taken)
    throw new CodedError(
      'CONFLICT',
      `Đã có tệp ${file}; hãy chọn tên khác, bản sao lưu không bao giờ bị ghi đè.`,
    );
  await rm(draft, { force: true });
  return open(draft, 'wx', 0o600).catch(cause => {
    throw new CodedError('BAD_INPUT', `Không ghi được ${file}: ${(cause as Error).message}.`, { cause });
  });
}

async function* linesOf(
  snapshot: Snapshot,
  {
    now,
    program,
    onProgress,
  }: { readonly now: number; readonly program: string; readonly onProgress?: OnProgress },
  done: (known: Known) => void,
): AsyncGenerator<string> {
  const all = createHash('sha256');
  const say = (...values: readonly unknown[]): string => {
    const text = values.map(value => `${JSON.stringify(value)}\n`).join('');
    all.update(text);
    return text;
  };
  const { engine, version, epoch, head } = snapshot;
  const header: Header = {
    format: FORMAT,
    version: VERSION,
    made: toRfc3339(now),
    program,
    engine,
    store: { version, epoch, head },
  };
  yield say(header);
  const sums = new Map<string, { rows: number; sum: string }>();
  for (const shape of snapshot.tables) {
    yield say(shape);
    const sum = new RowSum();
    for await (const batch of snapshot.rows(shape)) {
      for (const row of batch) sum.add(row);
      onProgress?.(shape.table, sum.count);
      yield say(...batch);
    }
    sums.set(shape.table, { rows: sum.count, sum: sum.hex });
    yield say({ end: shape.table, rows: sum.count, sum: sum.hex });
  }
  const rows = [...sums.values()].reduce((total, one) => total + one.rows, 0);
  const sha256 = all.digest('hex');
  done({ header, sha256, rows, sums });
  yield `${JSON.stringify({ closing: true, tables: sums.size, rows, sha256 })}\n`;
}
