import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Validators } from '../connector.ts';
import { hashOf, Memory } from './memory.ts';
import type { WebPageOptions } from './options.ts';
import { SiteMarks } from './site-marks.ts';

const visit = z.object({
  /** Everything that it named was read. */
  whole: z.boolean(),
  etag: z.string().max(120).optional(),
  lastModified: z.string().max(40).optional(),
});
const shape = z.object({
  version: z.literal(1),
  /** What the options were; with others, start over. */
  key: z.string(),
  /** Articles that were read, packed. */
  known: z.string().max(14_000),
  forgot: z.boolean().optional(),
  /** Lists and sitemaps by the hash of their addresses. */
  visits: z.record(z.string(), visit),
  marks: z.object({
    names: z.array(z.string()),
    pictures: z.array(z.string()),
    summaries: z.array(z.string()),
  }),
});

type Visit = z.output<typeof visit>;
const MOST_VISITS = 12;
const LONGEST_ETAG = 60;

/** What a run goes on from and what it leaves behind. */
export class Progress {
  readonly memory: Memory;
  readonly marks: SiteMarks;
  readonly #key: string;
  readonly #visits: Map<string, Visit>;

  constructor(checkpoint: unknown, options: WebPageOptions) {
    this.#key = keyOf(options);
    const { data } = shape.safeParse(checkpoint);
    const before = data?.key === this.#key ? data : undefined;
    this.memory = new Memory(before?.known ?? '', before?.forgot ?? false);
    this.marks = new SiteMarks(before?.marks);
    this.#visits = new Map(Object.entries(before?.visits ?? {}));
  }

  /** Was the list read to its end last time? */
  isWhole(address: string): boolean {
    return this.#visits.get(hashOf(address))?.whole === true;
  }

  /** Only where everything on it was read does its being unchanged mean that there is nothing to do. */
  validators(address: string): Validators | undefined {
    const seen = this.#visits.get(hashOf(address));
    if (!seen?.whole) return undefined;
    const { etag, lastModified } = seen;
    if (etag === undefined && lastModified === undefined) return undefined;
    return { ...(etag !== undefined && { etag }), ...(lastModified !== undefined && { lastModified }) };
  }

  visited(address: string, whole: boolean, { etag, lastModified }: Validators = {}): void {
    const isShort = etag !== undefined && etag.length <= LONGEST_ETAG;
    this.#visits.set(hashOf(address), {
      whole,
      ...(whole && isShort && { etag }),
      ...(whole && lastModified !== undefined && lastModified.length <= 40 && { lastModified }),
    });
  }

  checkpoint(): Readonly<Record<string, unknown>> {
    return {
      version: 1,
      key: this.#key,
      known: this.memory.pack(),
      ...(this.memory.forgot && { forgot: true }),
      visits: Object.fromEntries(
        [...this.#visits].toSorted(([a], [b]) => (a < b ? -1 : 1)).slice(-MOST_VISITS),
      ),
      marks: this.marks.pack(),
    };
  }
}

/** What is read, not how politely. */
function keyOf({ perRun: _perRun, gap: _gap, ...rest }: WebPageOptions): string {
  return createHash('sha256').update(JSON.stringify(rest)).digest('hex').slice(0, 12);
}
