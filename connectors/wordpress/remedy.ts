import { toCoded } from '../../schemas/errors.ts';
import type { WordPressJob, WordPressTools } from './api.ts';
import { type Checkpoint, readCheckpoint } from './checkpoint.ts';
import { discover } from './discover.ts';
import { LARGEST_PAGE } from './options.ts';

/** The checkpoint to try once more with, when there is something to change; otherwise throws what was thrown. */
export async function remedied(
  job: WordPressJob,
  tools: WordPressTools,
  checkpoint: Checkpoint,
  thrown: unknown,
): Promise<Checkpoint> {
  const { code, data } = toCoded(thrown);
  const perPage = perPageOf(job, checkpoint);
  // Page builders can need more memory or time than PHP is given for a hundred posts.
  if (perPage > FEWEST && (TOO_MUCH.has(code) || (code === 'SITE_FAILED' && HEAVY.has(data.status)))) {
    tools.log.info({ perPage, code }, 'the site could not bear so many posts at once');
    return { ...checkpoint, perPage: Math.max(FEWEST, Math.floor(perPage / 4)) };
  }
  if (!MOVED.has(code) || readCheckpoint(job.checkpoint, checkpoint.url, job.since) === undefined)
    throw thrown;
  // Changed permalinks take the API elsewhere.
  const found = await discover(job, tools).catch(() => undefined);
  if (!found || found.root === checkpoint.root) throw thrown;
  tools.log.info({ from: checkpoint.root, to: found.root }, 'the REST API has moved');
  return { ...checkpoint, ...found };
}

const FEWEST = 10;
const TOO_MUCH = new Set<string>(['TIMED_OUT', 'RESPONSE_TOO_LARGE', 'READING_TIMED_OUT']);
const HEAVY = new Set<unknown>([500, 502, 504]);
const MOVED = new Set<string>(['SITE_NOT_FOUND', 'SITE_GONE', 'HTML_PAGE', 'EMPTY_DOCUMENT', 'UNREADABLE']);

/** Posts a request: what the options say, or what the site could bear. */
export function perPageOf({ source }: WordPressJob, { perPage = LARGEST_PAGE }: Checkpoint): number {
  return Math.min(source.options.perPage, perPage);
}
