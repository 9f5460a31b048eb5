import { CodedError } from '../../schemas/errors.ts';
import type { Source } from '../../schemas/source.ts';
import type { Batch, HeldItem } from '../connector.ts';
import { plainFetch } from '../plain-fetch.ts';
import { webPage } from './index.ts';
import type { Input } from './reading.ts';

/** Hanoi's 10:00 on Friday, 27 November 2026. */
export const NOW = Date.parse('2026-11-27T03:00:00Z');

export interface RunInput {
  readonly options: unknown;
  readonly checkpoint?: unknown;
  readonly held?: readonly HeldItem[];
  readonly now?: number;
  readonly since?: number;
  readonly source?: Partial<Source>;
}

export interface Ran {
  readonly batches: readonly Batch[];
  readonly error?: CodedError;
}

/** A source and the world around it, as a harvest is handed them. */
export function setting({ options, checkpoint, held = [], now = NOW, since = 0, source = {} }: RunInput) {
  const parsed = webPage.options.parse(options);
  const job = {
    source: {
      name: 'trang/tin',
      site: 'trang',
      id: 'tin',
      connector: 'web-page',
      every: { min: 1000, max: 60_000 },
      since: 0,
      dates: {},
      enabled: true,
      ...source,
      options: parsed,
    },
    checkpoint: checkpoint === undefined ? undefined : JSON.parse(JSON.stringify(checkpoint)),
    since,
  };
  const tools = {
    fetch: plainFetch,
    read: async (input: Input) => structuredClone(await webPage.read(structuredClone(input), parsed)),
    held: async () => held,
    now: () => now,
    progress: () => {},
    log: { debug() {}, info() {}, warn() {}, error() {} },
    signal: new AbortController().signal,
  };
  return { job, tools };
}

/** One harvest of a real little site; what was given before an error stands. */
export async function run(input: RunInput): Promise<Ran> {
  const { job, tools } = setting(input);
  const batches: Batch[] = [];
  try {
    for await (const batch of webPage.harvest(job, tools)) batches.push(batch);
    return { batches };
  } catch (thrown) {
    if (thrown instanceof CodedError) return { batches, error: thrown };
    throw thrown;
  }
}

/** What the tests look at: title, link without the origin, time, lead picture, summary. */
export function shown({ batches }: Ran, origin: string): object[] {
  return batches.flatMap(({ entries }) =>
    entries.map(({ title, link, published, updated, media, summary }) => ({
      title: title?.value,
      link: link?.replace(origin, ''),
      ...(published !== undefined && { published }),
      ...(updated !== undefined && { updated }),
      ...(summary !== undefined && { summary: summary.value }),
      ...(media[0] && { picture: media[0].url.replace(origin, '') }),
    })),
  );
}
