import { createHash } from 'node:crypto';
import type { FeedDocument } from '../../schemas/formats/format.ts';
import { type HubLinks, hubLinks } from '../../schemas/hub-links.ts';
import type { Batch, Delivered, FetchResponse, HarvestJob, SourceFacts, Tools } from '../connector.ts';
import { archivePages } from './archives.ts';
import { batchesOf } from './batches.ts';
import { type Checkpoint, firstCheckpoint, readCheckpoint, strictReaderIsDue } from './checkpoint.ts';
import type { FeedOptions } from './options.ts';
import { deliveryOf, type FeedInput, type FeedReading } from './read.ts';
import { asStrictReaderSees } from './strict-choice.ts';
import { STRICT_TIMEOUT, type StrictReading } from './strict-reader.ts';

export type FeedJob = HarvestJob<FeedOptions>;
export type FeedTools = Tools<FeedInput, FeedReading>;

const ACCEPT =
  'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5';

/**
 * One run over a feed: nothing new is one empty batch; otherwise the document in batches, and at the first harvest the
 * older pages it links to. Entries that are missing from it mean nothing.
 */
export async function* harvest(job: FeedJob, tools: FeedTools): AsyncGenerator<Batch> {
  const { url: asked, archives } = job.source.options;
  const before = readCheckpoint(job.checkpoint, asked) ?? firstCheckpoint(asked);
  const response = await ask(before, tools);
  const hash = response.notModified ? before.hash : hashOf(response.body);
  const isSame =
    response.notModified || (before.hash !== undefined && hash === before.hash && !before.delivered);
  let after: Checkpoint = { ...before };
  if (isSame) {
    yield { entries: [], checkpoint: after, facts: { ...waitFact(undefined, response), ...hubFact(before) } };
  } else {
    const feed = await readOwn(response, job, tools);
    const strict = await secondOpinion(response, feed, before, job, tools);
    const hub = hubOf(feed, response);
    after = afterwards(before, response, hash, strict ? tools.now() : before.strictAt);
    // Of a feed that names none there is nothing to remember.
    if (hub.hubs.length > 0) after = { ...after, hub };
    const isFirst = before.hash === undefined;
    const older = isFirst && archives ? (feed.prevArchive ?? feed.next) : undefined;
    if (older) after = { ...after, archive: { url: older, pages: 0 } };
    const run = { before, after, facts: { ...factsOf(feed, strict, response), hub } };
    for (const batch of inBatches(feed, strict, job, run)) {
      tools.signal.throwIfAborted();
      yield batch;
    }
  }
  if (after.archive) yield* archivePages(after, job, tools, url => readPage(url, job, tools));
}

async function ask(before: Checkpoint, tools: FeedTools): Promise<FetchResponse> {
  tools.signal.throwIfAborted();
  const { etag, lastModified } = before.validators ?? {};
  const validators = {
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { lastModified }),
  };
  return tools.fetch({
    url: before.url,
    headers: { accept: ACCEPT },
    ...((etag ?? lastModified) !== undefined && !before.delivered && { validators }),
  });
}

export async function readPage(url: string, job: FeedJob, tools: FeedTools): Promise<FeedDocument> {
  const response = await tools.fetch({ url, headers: { accept: ACCEPT } });
  return readOwn(response, job, tools);
}

/**
 * What a hub delivers of the feed: the whole of it or what is new. Its entries are taken; what it says is deleted only when
 * nothing in it was broken. The next harvest reads the feed again, whatever its validators say.
 */
export async function* receive(delivered: Delivered, job: FeedJob, tools: FeedTools): AsyncGenerator<Batch> {
  const { url: asked } = job.source.options;
  const before = readCheckpoint(job.checkpoint, asked) ?? firstCheckpoint(asked);
  const feed = await readOwn(delivered, job, tools);
  const isWhole = feed.broken === 0 && feed.repaired.length === 0;
  const after: Checkpoint = { ...before, delivered: true };
  for (const batch of batchesOf({ ...feed, deletions: isWhole ? feed.deletions : [] }, after, after)) {
    tools.signal.throwIfAborted();
    yield batch;
  }
}

async function readOwn(
  response: Pick<FetchResponse, 'url' | 'headers' | 'body'>,
  job: FeedJob,
  tools: FeedTools,
): Promise<FeedDocument> {
  const delivery = deliveryOf(response, job.source);
  const reading = await tools.read({ kind: 'own', body: response.body, delivery });
  if (reading.kind !== 'own') throw new TypeError('The reader answered another question.');
  return reading.feed;
}

/** Asked at the first harvest, once a day, and whenever we had to repair; its failure is an opinion, never ours. */
async function secondOpinion(
  response: FetchResponse,
  feed: FeedDocument,
  before: Checkpoint,
  job: FeedJob,
  tools: FeedTools,
): Promise<StrictReading | undefined> {
  const repaired = feed.repaired.length > 0 || feed.broken > 0;
  const isWanted =
    repaired || job.source.options.reader === 'strict' || strictReaderIsDue(before, tools.now());
  if (!isWanted || feed.format === 'json-feed') return undefined;
  const delivery = deliveryOf(response, job.source);
  try {
    const reading = await tools.read({ kind: 'strict', body: response.body, delivery }, STRICT_TIMEOUT);
    return reading.kind === 'strict' ? reading.reading : undefined;
  } catch (thrown) {
    tools.signal.throwIfAborted();
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    return { entries: [], refusedAt: why.slice(0, 300) };
  }
}

function afterwards(
  before: Checkpoint,
  response: FetchResponse,
  hash: string | undefined,
  strictAt: number | undefined,
): Checkpoint {
  const { etag, lastModified } = response.validators;
  const { validators: _validators, delivered: _delivered, hub: _hub, ...rest } = before;
  return {
    ...rest,
    url: response.movedTo ?? before.url,
    ...((etag ?? lastModified) !== undefined && {
      validators: { ...(etag && { etag }), ...(lastModified && { lastModified }) },
    }),
    ...(hash !== undefined && { hash }),
    ...(strictAt !== undefined && { strictAt }),
  };
}

interface Run {
  readonly before: Checkpoint;
  readonly after: Checkpoint;
  readonly facts: SourceFacts;
}

/** Until its last batch is stored, a document is not known: an interrupted run asks for it again. */
function* inBatches(
  feed: FeedDocument,
  strict: StrictReading | undefined,
  job: FeedJob,
  { before, after, facts }: Run,
): Generator<Batch> {
  const chosen = job.source.options.reader === 'strict' && strict && !strict.refusedAt;
  const entries = chosen ? asStrictReaderSees(feed.entries, strict) : feed.entries;
  const { validators: _validators, hash: _hash, ...unfinished } = before;
  yield* batchesOf({ ...feed, entries }, unfinished, after, facts);
}

function factsOf(
  feed: FeedDocument,
  strict: StrictReading | undefined,
  response: FetchResponse,
): SourceFacts {
  return {
    ...(feed.title && { title: feed.title }),
    ...(feed.language && { language: feed.language }),
    listed: feed.entries.length,
    ...waitFact(feed.wait, response),
    ...(strict && {
      strictReader: {
        entries: strict.entries.length,
        ...(strict.refusedAt !== undefined && { refusedAt: strict.refusedAt }),
      },
    }),
  };
}

/** The feed's own word of where it is pushed from; its topic URL is its `rel=self`, else where we found it. */
function hubOf(feed: FeedDocument, { headers, url }: FetchResponse): HubLinks {
  const { hubs, self = url } = hubLinks(headers.link, { hubs: [feed.hub], self: feed.self }, url);
  return { hubs, ...(hubs.length > 0 && { self }) };
}

function hubFact({ hub }: Checkpoint): Pick<SourceFacts, 'hub'> {
  if (!hub) return {};
  const { hubs, self } = hub;
  return { hub: { hubs, ...(self !== undefined && { self }) } };
}

function waitFact(wait: number | undefined, response: FetchResponse): { wait?: number } {
  const longest = Math.max(wait ?? 0, response.maxAge ?? 0);
  return longest > 0 ? { wait: longest } : {};
}

function hashOf(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('base64url');
}
