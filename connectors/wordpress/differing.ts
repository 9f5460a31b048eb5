import type { Api, WordPressJob, WordPressTools } from './api.ts';
import { modifiedAt, stampOf } from './changed.ts';
import type { Checkpoint } from './checkpoint.ts';
import { confirmAbsent } from './confirm.ts';
import { compare, fullListing, type Listing, newestListing } from './reconcile.ts';

export interface Differing {
  /** All ids were compared, not only the newest. */
  readonly full: boolean;
  /** Listed, not held or held in an older wording, to be fetched. */
  readonly missing: readonly number[];
  readonly closed: readonly number[];
  /** Not listed any more, and confirmed. */
  readonly gone: readonly number[];
  /** Not listed, and there all the same. */
  readonly present: readonly number[];
}

interface Asked {
  readonly api: Api;
  readonly tools: WordPressTools;
  readonly job: WordPressJob;
  readonly checkpoint: Checkpoint;
  /** Of the run's beginning. */
  readonly start: Checkpoint;
  readonly seen: ReadonlySet<string>;
  readonly given: ReadonlySet<number>;
}

const SIX_HOURS = 6 * 60 * 60 * 1000;
/** What one run fetches beyond what changed; the rest waits for the next. */
const MOST_MISSING = 2000;
const HELD_NEWEST = 1000;
const HELD_ALL = 100_000;

/**
 * What `modified_after` can't show: posts that were trashed, unpublished or closed, and posts that came out without
 * being modified, as scheduled ones do.
 */
export async function differing(asked: Asked): Promise<Differing> {
  const { api, tools, job, checkpoint } = asked;
  const { types } = job.source.options;
  const due = checkpoint.reconciled === undefined || tools.now() - checkpoint.reconciled >= SIX_HOURS;
  const all = due ? await fullListing(api, types, job.since, tools.progress) : undefined;
  if (due && !all) tools.log.warn({ types }, 'too many posts to compare all ids: only the newest are');
  const listing = all ?? (await newestListing(api, types, job.since));
  const held = await tools.held(due ? HELD_ALL : HELD_NEWEST);
  const { missing, closed, absent } = compare(listing, held, job.since);
  const vouched = new Set(due ? [] : checkpoint.vouched);
  const doubtful = absent.filter(id => !vouched.has(id));
  const { gone, present } = await confirmAbsent(
    api,
    types,
    doubtful,
    due ? massOf(held.length) : Number.POSITIVE_INFINITY,
  );
  const wanted = new Set([...unasked(missing, asked, due), ...overlooked(listing, asked)]);
  return { full: due, missing: [...wanted].slice(0, MOST_MISSING), closed, gone, present };
}

/** More gone than this in one run is the gateway's to refuse; only a count of all that is held can tell. */
function massOf(held: number): number {
  return Math.max(5, Math.ceil(held / 10));
}

/** Not held, not given in this run, and not fetched in vain since all ids were last compared. */
function unasked(missing: readonly number[], { given, checkpoint }: Asked, due: boolean): readonly number[] {
  const before = new Set(due ? [] : checkpoint.asked);
  return missing.filter(id => !before.has(id) && !given.has(id));
}

/** Changed after the last mark and yet not shown as changed: local clocks are set back, and caches lag. */
function overlooked({ posts }: Listing, { start, seen }: Asked): readonly number[] {
  const marks = Object.values(start.marks);
  if (marks.length === 0) return [];
  const newest = Math.max(...marks);
  const changed = [...posts.values()].filter(post => !post.protected && (modifiedAt(post) ?? 0) > newest);
  return changed.filter(post => !seen.has(stampOf(post))).map(({ id }) => id);
}
