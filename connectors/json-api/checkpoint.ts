import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { JsonApiOptions } from './options.ts';

const place = z.union([z.number(), z.string()]);
const validators = z.object({ etag: z.string().optional(), lastModified: z.string().optional() });
const run = z.object({
  /** `all` lists everything, `since` what changed. */
  kind: z.enum(['all', 'since']),
  /** Where to go on; absent: at the first page. */
  at: place.optional(),
  /** The mark this run asks from. */
  from: z.number().optional(),
  /** Newest change seen so far in it. */
  newest: z.number().optional(),
});
const shape = z.object({
  version: z.literal(1),
  /** What the options were; with others, start over. */
  key: z.string(),
  /** Newest change that is stored, in milliseconds. */
  newest: z.number().optional(),
  /** When everything was last listed to the end, and in how many pages. */
  listed: z.number().optional(),
  pages: z.number().optional(),
  /** Digests of the pages of the last finished list, in order. */
  digests: z.array(z.string()).optional(),
  /** Of an unfinished run. */
  run: run.optional(),
  /** Of the one page that is all. */
  validators: validators.optional(),
});

export type Checkpoint = z.output<typeof shape>;
export type Run = z.output<typeof run>;
export type Place = z.output<typeof place>;

/** The last checkpoint; a new one when it can't be read or the options have changed since. */
export function readCheckpoint(value: unknown, options: JsonApiOptions): Checkpoint {
  const key = keyOf(options);
  const { data } = shape.safeParse(value);
  return data?.key === key ? data : { version: 1, key };
}

/** A hash, because the options carry secrets. Headers are left out: a renewed token is no new source. */
function keyOf({ headers: _headers, ...rest }: JsonApiOptions): string {
  return createHash('sha256').update(JSON.stringify(rest)).digest('hex').slice(0, 16);
}
