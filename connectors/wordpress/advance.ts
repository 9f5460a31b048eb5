import type { Instant } from '../../schemas/instant.ts';
import type { WordPressJob, WordPressTools } from './api.ts';
import { type Page, stampOf, timeOfStamp } from './changed.ts';
import { boundedIds, type Checkpoint, recentOf } from './checkpoint.ts';
import type { Differing } from './differing.ts';
import { discover } from './discover.ts';

/** Covers clocks that differ and saves that take their time between reading the clock and being listed. */
const OVERLAP = 5 * 60 * 1000;
/** Authors that were refused are asked for again after this long. */
export const DAY = 24 * 60 * 60 * 1000;

/** Before anything was read: where the API is. */
export async function firstCheckpoint(job: WordPressJob, tools: WordPressTools): Promise<Checkpoint> {
  const found = await discover(job, tools);
  const { url } = job.source.options;
  return { version: 1, url, since: job.since, ...found, marks: {}, recent: {}, asked: [], vouched: [] };
}

/** Where to read on: some minutes before the mark, but after an import no further back than what is remembered. */
export function startOf(
  { marks, recent }: Checkpoint,
  type: string,
  types: readonly string[],
): number | undefined {
  const mark = marks[type];
  if (mark === undefined) return undefined;
  const known = recent[type] ?? [];
  const remembered = known.length < recentOf(types) ? 0 : timeOfStamp(known[0] ?? '') - 1000;
  return Math.min(mark, Math.max(mark - OVERLAP, remembered));
}

/** After one page of changes. */
export function advanced(
  checkpoint: Checkpoint,
  { type, page, job, tools }: { type: string; page: Page; job: WordPressJob; tools: WordPressTools },
): Checkpoint {
  // A site whose clock is ahead must not make us wait until ours has caught up.
  const mark = Math.min(Math.max(checkpoint.marks[type] ?? 0, page.mark), tools.now());
  const stamps = new Set([...(checkpoint.recent[type] ?? []), ...page.posts.map(stampOf)]);
  const late = [...stamps].filter(stamp => timeOfStamp(stamp) >= mark - OVERLAP).sort(byTime);
  const recent = late.slice(-recentOf(job.source.options.types));
  return {
    ...checkpoint,
    marks: { ...checkpoint.marks, [type]: mark },
    recent: { ...checkpoint.recent, [type]: recent },
  };
}

function byTime(one: string, other: string): number {
  return timeOfStamp(one) - timeOfStamp(other);
}

/** After the whole run. */
export function settled(
  checkpoint: Checkpoint,
  { found, authorsRefused, now }: { found: Differing; authorsRefused: boolean; now: Instant },
): Checkpoint {
  const { authorsRefused: refusedAt = now, perPage, ...rest } = checkpoint;
  return {
    ...rest,
    asked: boundedIds([...(found.full ? [] : checkpoint.asked), ...found.missing]),
    vouched: boundedIds([...(found.full ? [] : checkpoint.vouched), ...found.present]),
    ...(found.full ? { reconciled: now } : perPage !== undefined && { perPage }),
    ...(authorsRefused && { authorsRefused: now - refusedAt < DAY ? refusedAt : now }),
  };
}
