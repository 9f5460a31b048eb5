import { readDate } from '../../schemas/dates.ts';
import type { FeedDocument, FeedEntry } from '../../schemas/formats/format.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Collected, Listed, Listing } from '../connector.ts';
import { toEntry } from './batches.ts';
import { readCheckpoint } from './checkpoint.ts';
import { type FeedJob, type FeedTools, readPage } from './harvest.ts';

/** Pages walked at most: 5,000 entries of the usual fifty a page. */
const MOST_PAGES = 100;

/** Everything a feed with older pages (RFC 5005) says it has published; a bare window says nothing of what it left out. */
export async function listPages(job: FeedJob, tools: FeedTools): Promise<Listing | undefined> {
  const listed: Listed[] = [];
  let pages = 0;
  let complete = false;
  for await (const { feed, isLast } of pagesOf(job, tools)) {
    pages += 1;
    complete = isLast;
    listed.push(...feed.entries.flatMap(entry => wantedSince(entry, job)));
  }
  if (pages < 2) return undefined;
  return { url: job.source.options.url, listed, complete };
}

/** Walks the same pages again and gives what is wanted of them. */
export async function* collectFromPages(
  wanted: readonly Listed[],
  job: FeedJob,
  tools: FeedTools,
): AsyncGenerator<Collected> {
  let left = wanted;
  for await (const { feed } of pagesOf(job, tools)) {
    const names = new Set(feed.entries.flatMap(namesOf));
    const answered = left.filter(one => namesOf(one).some(name => names.has(name)));
    left = left.filter(one => !answered.includes(one));
    const asked = new Set(answered.flatMap(namesOf));
    const found = feed.entries.filter(entry => namesOf(entry).some(name => asked.has(name)));
    for (let at = 0; at < found.length; at += BATCH)
      yield { entries: found.slice(at, at + BATCH).map(toEntry), answered: at === 0 ? answered : [] };
    if (left.length === 0) return;
  }
}

function namesOf({ sourceId, link }: Listed | FeedEntry): string[] {
  return [...(sourceId ? [`id ${sourceId}`] : []), ...(link ? [`link ${link}`] : [])];
}

const BATCH = 200;

/** The current document and those it leads to, newest first, until one lies wholly before the source's `since`. */
async function* pagesOf(
  job: FeedJob,
  tools: FeedTools,
): AsyncGenerator<{ readonly feed: FeedDocument; readonly isLast: boolean }> {
  const { url: asked } = job.source.options;
  const seen = new Set<string>();
  let url: string | undefined = readCheckpoint(job.checkpoint, asked)?.url ?? asked;
  while (url !== undefined && seen.size < MOST_PAGES) {
    tools.signal.throwIfAborted();
    seen.add(url);
    const feed: FeedDocument = await readPage(url, job, tools);
    const next: string | undefined = feed.prevArchive ?? feed.next;
    const goesOn = next !== undefined && !seen.has(next) && feed.entries.some(entry => isWanted(entry, job));
    yield { feed, isLast: !goesOn };
    if (seen.size > 1) tools.progress(`trang ${seen.size}`);
    url = goesOn ? next : undefined;
  }
}

function wantedSince(entry: FeedEntry, job: FeedJob): Listed[] {
  if (!isWanted(entry, job)) return [];
  const { sourceId, link } = entry;
  const published = dateOf(entry, job);
  return [
    {
      ...(sourceId !== undefined && { sourceId }),
      ...(link !== undefined && { link }),
      ...(published !== undefined && { published }),
    },
  ];
}

function isWanted(entry: FeedEntry, job: FeedJob): boolean {
  return (dateOf(entry, job) ?? Number.POSITIVE_INFINITY) >= job.since;
}

function dateOf({ published, updated }: FeedEntry, { source }: FeedJob): Instant | undefined {
  const written = published ?? updated;
  return written === undefined ? undefined : readDate(written, source.dates)?.at;
}
