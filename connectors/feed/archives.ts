import { readDate } from '../../schemas/dates.ts';
import type { FeedDocument, FeedEntry } from '../../schemas/formats/format.ts';
import type { Batch } from '../connector.ts';
import { batchesOf } from './batches.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { FeedJob, FeedTools } from './harvest.ts';

/** Older pages read at most, however far back the source's `since` lies. */
const MAX_PAGES = 20;

/**
 * RFC 5005 pages (`prev-archive`, `next`), newest first, until one lies wholly before the source's `since`. A page that
 * fails ends the walk, not the harvest: the current document is stored by then.
 */
export async function* archivePages(
  from: Checkpoint,
  job: FeedJob,
  tools: FeedTools,
  read: (url: string) => Promise<FeedDocument>,
): AsyncGenerator<Batch> {
  const seen = new Set([from.url, from.asked]);
  let checkpoint = from;
  while (checkpoint.archive) {
    tools.signal.throwIfAborted();
    const { url, pages } = checkpoint.archive;
    tools.progress(`trang lưu trữ ${pages + 1}`);
    seen.add(url);
    const feed = await attempt(() => read(url), tools);
    const next = feed && (feed.prevArchive ?? feed.next);
    const goesOn = feed && next && !seen.has(next) && pages + 1 < MAX_PAGES && !isOlder(feed, job);
    const { archive: _archive, ...finished } = checkpoint;
    const after: Checkpoint = goesOn ? { ...finished, archive: { url: next, pages: pages + 1 } } : finished;
    if (feed) yield* batchesOf(feed, checkpoint, after);
    else yield { entries: [], checkpoint: after };
    checkpoint = after;
  }
}

async function attempt<T>(work: () => Promise<T>, tools: FeedTools): Promise<T | undefined> {
  try {
    return await work();
  } catch (cause) {
    tools.signal.throwIfAborted();
    tools.log.warn({ cause: String(cause) }, 'An archive page could not be read; older items are left out.');
    return undefined;
  }
}

function isOlder(feed: FeedDocument, job: FeedJob): boolean {
  return feed.entries.length === 0 || feed.entries.every(entry => isBefore(entry, job));
}

function isBefore(entry: FeedEntry, job: FeedJob): boolean {
  const written = entry.published ?? entry.updated;
  const date = written === undefined ? undefined : readDate(written, job.source.dates);
  return date !== undefined && date.at < job.since;
}
