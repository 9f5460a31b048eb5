import { readDate } from '../../schemas/dates.ts';
import type { Batch, Validators } from '../connector.ts';
import type { Collecting } from './batch.ts';
import type { Choice } from './choose.ts';
import { type Known, sameAgain } from './memory.ts';
import { entryOfRow, memoryOf, openArticle } from './open-article.ts';
import type { Row } from './reading.ts';
import type { Run } from './run.ts';

/** Entries of one batch: few where each costs a request, so that little is done twice after a crash. */
const BATCH = { opened: 20, listed: 200 } as const;

/** What reading a page's rows came to. */
export interface RowsRead {
  /** All of them were older than the source wants. */
  readonly old: boolean;
  /** The run's share was used up before the end. */
  readonly cut: boolean;
}

/** Reads rows: opens their pages, or takes them as they stand. Gives batches as they fill. */
export async function* readRows(
  run: Run,
  rows: readonly Row[],
  choice: Choice,
  collecting: Collecting,
): AsyncGenerator<Batch, RowsRead> {
  let old = 0;
  for (const row of rows) {
    if (run.options.open && run.left <= 0) return { old: false, cut: true };
    const isOld = tooOld(run, row.parts.published?.written) || !(await readRow(run, row, choice, collecting));
    if (isOld) {
      old += 1;
      run.progress.memory.set(row.link, { row: row.digest, page: '', at: run.tools.now(), state: 'n' });
    }
    if (collecting.size >= (run.options.open ? BATCH.opened : BATCH.listed)) yield collecting.take();
  }
  return { old: rows.length > 0 && old === rows.length, cut: false };
}

/** False: it is older than the source wants. */
async function readRow(run: Run, row: Row, choice: Choice, collecting: Collecting): Promise<boolean> {
  const { memory } = run.progress;
  const now = run.tools.now();
  if (!run.options.open) {
    memory.set(row.link, { row: row.digest, page: '', at: now, state: '0' });
    const { parts, missed } = row;
    await collecting.add({
      entry: entryOfRow(row, run.job.source.contentSchema?.type),
      pictures: parts.pictures,
      missed,
      counted: parts.published?.relative === true,
    });
    return true;
  }
  run.left -= 1;
  const before = memory.get(row.link);
  const isAway = choice.isAway(row);
  const opened = await openArticle(run, row, isAway ? undefined : validatorsOf(row, before));
  if (opened.is === 'article' && tooOld(run, opened.entry.published)) return false;
  const isSame = opened.is === 'same' || (opened.is === 'article' && isPage(before, opened.page));
  const after =
    isSame && before
      ? { ...before, row: row.digest, at: now, state: sameAgain(before) }
      : memoryOf(opened, row, before, now);
  memory.set(row.link, after);
  const moved = opened.is === 'article' ? opened.entry.link : undefined;
  if (moved !== undefined && moved !== row.link) memory.set(moved, after);
  if (opened.is === 'article' && (!isSame || isAway)) await collecting.add(opened);
  else if (opened.is === 'gone' && before)
    collecting.delete({ link: row.link, basis: 'said', reason: 'the page answers 410' });
  else if (opened.is === 'failed') collecting.broke(1);
  return true;
}

/** An article that was read before: its time of reading is validator enough for servers that compare times. */
function validatorsOf(row: Row, before: Known | undefined): Validators | undefined {
  const isItem = before !== undefined && /\d/.test(before.state) && row.digest.startsWith(before.row);
  return isItem ? { lastModified: new Date(before.at).toUTCString() } : undefined;
}

function isPage(before: Known | undefined, page: string): boolean {
  return before !== undefined && before.page !== '' && page.startsWith(before.page);
}

function tooOld({ job, tools }: Run, written: string | undefined): boolean {
  const at = readDate(written ?? '', { ...job.source.dates, now: tools.now() })?.at;
  // A day without a time lasts until its end.
  return at !== undefined && at + DAY < job.since;
}

const DAY = 24 * 60 * 60 * 1000;
