import type { Entry } from '../../schemas/entry.ts';
import type { FeedDocument, FeedEntry } from '../../schemas/formats/format.ts';
import type { Batch, SourceFacts } from '../connector.ts';
import type { Checkpoint } from './checkpoint.ts';

/** Entries of one batch, at most. */
const BATCH = 200;

/** A document in batches, at least one; what it says of itself goes with the first, `after` only with the last. */
export function* batchesOf(
  feed: FeedDocument,
  before: Checkpoint,
  after: Checkpoint,
  facts?: SourceFacts,
): Generator<Batch> {
  for (let at = 0; ; at += BATCH) {
    const isLast = at + BATCH >= feed.entries.length;
    yield {
      entries: feed.entries.slice(at, at + BATCH).map(toEntry),
      checkpoint: isLast ? after : before,
      ...(at === 0 && toldBy(feed)),
      ...(at === 0 && facts && { facts }),
    };
    if (isLast) return;
  }
}

function toldBy(feed: FeedDocument): Partial<Batch> {
  return {
    ...(feed.deletions.length > 0 && { deletions: feed.deletions }),
    ...(feed.broken > 0 && { broken: feed.broken }),
    ...(feed.repaired.length > 0 && { repaired: feed.repaired }),
  };
}

/** What only feeds know stays behind. */
export function toEntry(entry: FeedEntry): Entry {
  const { comments: _comments, asWritten: _asWritten, ...rest } = entry;
  return rest;
}
