import { z } from 'zod';
import type { Instant } from '../../schemas/instant.ts';

const instant = z.int().nonnegative();
const shape = z.object({
  version: z.literal(1),
  /** The address and the oldest date this was made for: with others, start over. */
  url: z.string(),
  since: instant,
  root: z.string(),
  title: z.string().optional(),
  language: z.string().optional(),
  /** Rest base → newest modification time stored. */
  marks: z.record(z.string(), instant),
  /** Rest base → `id@modified` of what was stored last, so that it isn't looked up again when it is listed again. */
  recent: z.record(z.string(), z.array(z.string())).default({}),
  /** When all ids were last compared. */
  reconciled: instant.optional(),
  /** Ids that were fetched for being listed but not held; not again before all ids are compared again. */
  asked: z.array(z.int()).default([]),
  /** Ids that are not listed and yet answer: not probed again before all ids are compared again. */
  vouched: z.array(z.int()).default([]),
  /** Posts a request, where the site could not bear as many as the options say; forgotten every six hours. */
  perPage: z.int().positive().optional(),
  /** When the site last refused to name its authors. */
  authorsRefused: instant.optional(),
});

export type Checkpoint = z.output<typeof shape>;

/** Together these keep a checkpoint under 16 KB. */
const MOST_IDS = 200;
/** Of all types. Less than a page, so that asking again from the oldest of them on is one request. */
const MOST_RECENT = 80;

/** The last checkpoint, if it can be read and was made for the same address and no shorter a past. */
export function readCheckpoint(value: unknown, url: string, since: Instant): Checkpoint | undefined {
  const { data } = shape.safeParse(value);
  return data && data.url === url && data.since <= since ? data : undefined;
}

export function boundedIds(ids: readonly number[]): number[] {
  return ids.slice(-MOST_IDS);
}

/** How many recent posts are remembered of each type. */
export function recentOf(types: readonly string[]): number {
  return Math.max(4, Math.floor(MOST_RECENT / types.length));
}
