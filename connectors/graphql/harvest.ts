import type { Instant } from '../../schemas/instant.ts';
import type { Batch, HarvestJob, Tools } from '../connector.ts';
import { findAbsent, Listing } from './absent.ts';
import { type Checkpoint, type Place, type Run, readCheckpoint } from './checkpoint.ts';
import type { GraphqlOptions } from './options.ts';
import type { GraphqlReading, JsonDocument } from './read.ts';
import { requestFor } from './request.ts';

const LARGEST_BATCH = 200;
/** Keeps a checkpoint under 16 KB. */
const MOST_DIGESTS = 500;
const HOUR = 60 * 60_000;

/**
 * One run: everything, or what changed since the newest change stored. Everything is listed whenever the operation
 * can't be asked for changes, and every six hours (a day without `complete`): only a complete list shows what is gone.
 */
export async function* harvest(
  job: HarvestJob<GraphqlOptions>,
  tools: Tools<JsonDocument, GraphqlReading>,
): AsyncIterable<Batch> {
  const { options } = job.source;
  const before = readCheckpoint(job.checkpoint, options);
  const run = before.run ?? startRun(before, options, tools.now());
  const soFar: SoFar = {
    listing: new Listing(),
    seen: new Set(),
    digests: [],
    newest: run.newest,
    faulty: false,
  };
  let { at } = run;
  for (let number = 1; ; number += 1) {
    tools.signal.throwIfAborted();
    const page = await readPage({ number, at, run, before, soFar }, job, tools);
    tools.progress(`trang ${number}, ${page.reading.count} bài`);
    const done = ended(before, run, { newest: soFar.newest, pages: page.digests }, options, tools.now());
    const after = page.last && !page.reconciles ? done : page.last ? page.redo : page.onward;
    if (!page.same || page.last) yield* batchesOf(page.told, page.notes, page.redo, after);
    if (page.reconciles) {
      const deletions = await findAbsent(soFar.listing, tools);
      yield { entries: [], deletions, checkpoint: done, complete: true };
    }
    if (page.last) return;
    at = page.next;
  }
}

/** What one run has seen on its pages. */
interface SoFar {
  readonly listing: Listing;
  readonly seen: Set<string>;
  readonly digests: string[];
  newest: Instant | undefined;
  /** The site told errors on some page. */
  faulty: boolean;
}

interface Turn {
  /** From 1. */
  readonly number: number;
  readonly at: Place | undefined;
  readonly run: Run;
  readonly before: Checkpoint;
  readonly soFar: SoFar;
}

/** Asks for one page and tells what it means for the run. */
async function readPage(
  { number, at, run, before, soFar }: Turn,
  { source: { options, contentSchema: own, dates } }: HarvestJob<GraphqlOptions>,
  tools: Tools<JsonDocument, GraphqlReading>,
) {
  const { body, url } = await tools.fetch(requestFor(options, at, run.from));
  const reading = await tools.read({ body, url, dates, ...(own && { own }) });
  soFar.newest = later(soFar.newest, reading.newest, tools.now());
  soFar.listing.add(reading.entries);
  soFar.digests.push(reading.digest);
  soFar.faulty ||= reading.errors.length > 0;
  const next = placeAfter(options.paging, at, reading);
  const stuck = isRepeat(reading, next, soFar.seen);
  const cut = next !== undefined && number >= (options.paging?.most ?? 1);
  const last = next === undefined || stuck || cut;
  const fromStart = run.kind === 'all' && before.run === undefined;
  // Byte for byte as in the last list, and so already stored.
  const same = fromStart && before.digests?.[number - 1] === reading.digest;
  return {
    reading,
    told: same ? { ...reading, entries: [] } : reading,
    next,
    last,
    same,
    // A list with errors in it, on whichever page, is not all there is.
    reconciles: last && fromStart && !cut && !stuck && options.complete && !soFar.faulty,
    digests: fromStart ? soFar.digests.slice(0, MOST_DIGESTS) : [],
    notes: notesOf(reading, number, stuck),
    redo: { ...before, run: { ...run, ...placed(at), ...marked(soFar.newest) } },
    onward: { ...before, run: { ...run, ...placed(next), ...marked(soFar.newest) } },
  };
}

function notesOf({ repaired, errors }: GraphqlReading, number: number, stuck: boolean): readonly string[] {
  return [
    ...(number === 1 ? repaired : []),
    ...errors.map(error => `the site told: ${error}`),
    ...(stuck ? ['the site gives the same page again: its paging variable is another one'] : []),
  ];
}

function startRun({ newest, listed }: Checkpoint, { since, complete }: GraphqlOptions, now: Instant): Run {
  const overdue = listed === undefined || now - listed >= (complete ? 6 : 24) * HOUR;
  return since && newest !== undefined && !overdue ? { kind: 'since', from: newest } : { kind: 'all' };
}

/** Without `since` it changes with nothing, and so costs no writing. */
function ended(
  { version, key, newest: before, listed, digests: known }: Checkpoint,
  { kind }: Run,
  { newest, pages }: { readonly newest: Instant | undefined; readonly pages: string[] },
  { since }: GraphqlOptions,
  now: Instant,
): Checkpoint {
  const digests = kind === 'all' ? pages : (known ?? []);
  if (!since) return { version, key, digests };
  const at = kind === 'all' ? now : listed;
  return { version, key, digests, ...marked(newest ?? before), ...(at !== undefined && { listed: at }) };
}

function* batchesOf(
  { entries, broken }: GraphqlReading,
  repaired: readonly string[],
  redo: Checkpoint,
  after: Checkpoint,
): Iterable<Batch> {
  const count = Math.max(1, Math.ceil(entries.length / LARGEST_BATCH));
  for (let index = 0; index < count; index += 1) {
    const isLast = index === count - 1;
    yield {
      entries: entries.slice(index * LARGEST_BATCH, (index + 1) * LARGEST_BATCH),
      checkpoint: isLast ? after : redo,
      ...(isLast && broken > 0 && { broken }),
      ...(isLast && repaired.length > 0 && { repaired }),
    };
  }
}

function placeAfter(
  paging: GraphqlOptions['paging'],
  at: Place | undefined,
  { count, total, next, more }: GraphqlReading,
): Place | undefined {
  if (!paging) return undefined;
  if (!('start' in paging)) return more === false ? undefined : next;
  if (count === 0) return undefined;
  const after = Number(at ?? paging.start) + (paging.kind === 'page' ? 1 : count);
  return after < paging.start + (total ?? Number.POSITIVE_INFINITY) ? after : undefined;
}

/** The same page or the same cursor again: going on would never end. */
function isRepeat({ entries, count }: GraphqlReading, next: Place | undefined, seen: Set<string>): boolean {
  const page = entries.map(({ sourceId, link }) => sourceId ?? link).join('\n');
  const turn = `→${next}`;
  const again = (count > 0 && seen.has(page)) || (typeof next === 'string' && seen.has(turn));
  seen.add(page).add(turn);
  return again;
}

/** A date in the future would make the site's later changes invisible. */
function later(newest: Instant | undefined, found: Instant | undefined, now: Instant): Instant | undefined {
  return found === undefined ? newest : Math.max(newest ?? 0, Math.min(found, now));
}

function placed(at: Place | undefined): { at?: Place } {
  return at === undefined ? {} : { at };
}

function marked(newest: Instant | undefined): { newest?: Instant } {
  return newest === undefined ? {} : { newest };
}
