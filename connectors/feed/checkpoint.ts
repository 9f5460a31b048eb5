import { z } from 'zod';
import type { Instant } from '../../schemas/instant.ts';

const shape = z.object({
  v: z.literal(1),
  /** The address in the options when this was made: with another, start over. */
  asked: z.string(),
  /** Where the feed is now, after permanent redirects. */
  url: z.string(),
  /** Of the document whose entries are all stored; absent while some are not. */
  validators: z
    .object({ etag: z.string().max(1_000).optional(), lastModified: z.string().max(200).optional() })
    .optional(),
  hash: z.string().optional(),
  /** Something was delivered since: it may have been old, so the next harvest reads the whole document again. */
  delivered: z.literal(true).optional(),
  /** Where the document said that it can be subscribed to. */
  hub: z
    .object({
      hubs: z.array(z.string().max(2_000)).max(5).readonly(),
      self: z.string().max(2_000).optional(),
    })
    .optional(),
  /** When the strict reader last looked. */
  strictAt: z.number().optional(),
  /** Older pages still to be read, and how many were. */
  archive: z.object({ url: z.string(), pages: z.int() }).optional(),
});

export type Checkpoint = z.output<typeof shape>;

/** The last checkpoint, if it can be read and was made for this address. */
export function readCheckpoint(value: unknown, asked: string): Checkpoint | undefined {
  const { data } = shape.safeParse(value);
  return data?.asked === asked ? data : undefined;
}

export function firstCheckpoint(asked: string): Checkpoint {
  return { v: 1, asked, url: asked };
}

const DAY = 24 * 60 * 60 * 1000;

export function strictReaderIsDue(checkpoint: Checkpoint, now: Instant): boolean {
  return checkpoint.strictAt === undefined || now - checkpoint.strictAt >= DAY;
}
