import type { Entry } from '../../schemas/entry.ts';
import type { JsonDocument, JsonReading } from '../../schemas/json-map/read.ts';
import type { Batch, HarvestJob, Tools } from '../connector.ts';
import { findAbsent, Listing } from './absent.ts';
import { type Checkpoint, readCheckpoint } from './checkpoint.ts';
import type { JsonApiOptions } from './options.ts';
import { type Page, pagesOf } from './pages.ts';
import { Progress } from './progress.ts';

/** Entries a batch may have. */
const LARGEST_BATCH = 200;

type JsonTools = Tools<JsonDocument, JsonReading>;

/**
 * One run: everything, or what changed since the newest change stored. Everything is listed at first, whenever the
 * API can't be asked for changes, and from time to time besides: only a complete list shows what is gone. Pages that
 * are the same as in the last list give no entries.
 */
export async function* harvest(job: HarvestJob<JsonApiOptions>, tools: JsonTools): AsyncIterable<Batch> {
  const { options, contentSchema: own, dates } = job.source;
  const progress = new Progress(readCheckpoint(job.checkpoint, options), options, tools.now());
  const listing = new Listing();
  const known = { dates, ...(own && { own }) };
  for await (const page of pagesOf(progress.run, options, known, progress.validators, tools)) {
    const same = progress.take(page, tools.now());
    listing.add(page.reading.entries);
    const reconciles = progress.listedAll(page);
    const after =
      page.last && !reconciles ? progress.done(page, tools.now()) : progress.at(page.next ?? page.at);
    if (!same) yield* batchesOf(page, progress.at(page.at), after);
    if (reconciles) yield await reconcile(listing, progress.done(page, tools.now()), options, tools);
    else if (same && page.last) yield { entries: [], checkpoint: after };
  }
}

function* batchesOf(page: Page, redo: Checkpoint, after: Checkpoint): Iterable<Batch> {
  const { entries, broken } = page.reading;
  const { maxAge } = page.answer;
  const repaired = notesOf(page);
  const parts = chunks(entries);
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    yield {
      entries: part,
      checkpoint: isLast ? after : redo,
      ...(isLast && broken > 0 && { broken }),
      ...(isLast && repaired.length > 0 && { repaired }),
      ...(isLast && maxAge !== undefined && { facts: { wait: maxAge } }),
    };
  }
}

function chunks(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const count = Math.max(1, Math.ceil(entries.length / LARGEST_BATCH));
  return Array.from({ length: count }, (_, index) =>
    entries.slice(index * LARGEST_BATCH, (index + 1) * LARGEST_BATCH),
  );
}

function notesOf({ reading, number, repeat, cut }: Page): readonly string[] {
  return [
    ...(number === 1 ? reading.repaired : []),
    ...(repeat === 'stuck'
      ? ['the site gives the same page again: its paging parameter is another one']
      : []),
    ...(cut && repeat === undefined ? [`stopped after ${number} pages`] : []),
  ];
}

/** A batch of its own, so that the gateway's guard against mass withdrawal costs no entries. */
async function reconcile(
  listing: Listing,
  checkpoint: Checkpoint,
  options: JsonApiOptions,
  tools: JsonTools,
): Promise<Batch> {
  const { deletions, vouched } = await findAbsent(listing, options, tools);
  const note = `${vouched} items are not listed and yet answer: kept`;
  return { entries: [], deletions, checkpoint, complete: true, ...(vouched > 0 && { repaired: [note] }) };
}
