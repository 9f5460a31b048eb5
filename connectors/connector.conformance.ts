import { describe, expect, it } from '@jest/globals';
import type { Entry } from '../schemas/entry.ts';
import { CodedError } from '../schemas/errors.ts';
import type { Instant } from '../schemas/instant.ts';
import type { Source } from '../schemas/source.ts';
import type { Batch, Collected, Connector, HarvestJob, Listed, Tools } from './connector.ts';
import { plainFetch } from './plain-fetch.ts';

/** A real local site, made for one test, and what a first harvest of it must give. */
export interface SiteUnderTest {
  readonly options: unknown;
  /** Entries of one whole first harvest, each told apart by `sourceId` or link. */
  readonly entries: number;
  readonly since?: Instant;
  close(): Promise<void>;
}

const LARGEST_BATCH = 200;
const LARGEST_CHECKPOINT = 16 * 1024;

/** What every connector must do, whatever it reads. A connector's own test says only what is peculiar to it. */
export function testConnector<Options, Input, Reading>(
  connector: Connector<Options, Input, Reading>,
  openSite: () => Promise<SiteUnderTest>,
): void {
  type World = ReturnType<typeof createWorld<Options, Input, Reading>>;

  async function onSite(test: (world: World, site: SiteUnderTest) => Promise<void>): Promise<void> {
    const site = await openSite();
    try {
      await test(createWorld(connector, site), site);
    } finally {
      await site.close();
    }
  }

  describe(`connector ${connector.id}`, () => {
    it('gives every entry once, in batches of at most 200', () =>
      onSite(async (world, site) => {
        const { batches, entries } = await world.run();
        expect(batches.length).toBeGreaterThan(0);
        expect(Math.max(...batches.map(batch => batch.entries.length))).toBeLessThanOrEqual(LARGEST_BATCH);
        expect(new Set(entries.map(keyOf)).size).toBe(site.entries);
        expect(entries).toHaveLength(site.entries);
      }));

    it('gives checkpoints that are small and survive JSON', () =>
      onSite(async world => {
        for (const { checkpoint } of (await world.run()).batches) {
          const json = JSON.stringify(checkpoint);
          expect(json.length).toBeLessThanOrEqual(LARGEST_CHECKPOINT);
          expect(JSON.parse(json)).toEqual(checkpoint);
        }
      }));

    it('goes on after any batch, and loses nothing', () =>
      onSite(async (world, site) => {
        const { batches } = await world.run();
        for (let stored = 1; stored <= batches.length; stored++) {
          const before = await world.run({ stopAfter: stored });
          const after = await world.run({ checkpoint: before.batches.at(-1)?.checkpoint });
          const keys = [...before.entries, ...after.entries].map(keyOf);
          expect(new Set(keys).size).toBe(site.entries);
        }
      }));

    it('has nothing to tell of a site where nothing has happened, and says so with the same checkpoint', () =>
      onSite(async world => {
        const first = await world.run();
        const second = await world.run({ checkpoint: first.batches.at(-1)?.checkpoint });
        expect(second.entries.length).toBeLessThan(first.entries.length);
        const third = await world.run({ checkpoint: second.batches.at(-1)?.checkpoint });
        expect(third.batches.at(-1)?.checkpoint).toEqual(second.batches.at(-1)?.checkpoint);
        expect(third.deletions).toEqual([]);
      }));

    it('lists what it gives, if it lists at all, and gives again what is wanted of that', () =>
      onSite(async (world, site) => {
        const { entries, batches } = await world.run();
        const { listing, collect } = await world.list(batches.at(-1)?.checkpoint);
        // A window of a feed is no list of everything.
        if (!listing) return;
        expect(new Set(listing.listed.map(keyOf)).size).toBe(site.entries);
        const wanted = listing.listed.filter((_, index) => index % 2 === 0);
        const nobody = { sourceId: 'nobody-has-this', link: 'https://nobody.example/nothing' };
        const collected = await collect([...wanted, nobody]);
        const given = collected.flatMap(one => one.entries);
        expect(given.map(keyOf).toSorted()).toEqual(wanted.map(keyOf).toSorted());
        expect(new Set(given.map(entry => JSON.stringify(entry)))).toEqual(
          new Set(entries.filter(e => given.some(g => keyOf(g) === keyOf(e))).map(e => JSON.stringify(e))),
        );
        expect(collected.flatMap(one => one.answered)).toEqual(expect.arrayContaining([...wanted]));
        expect(Math.max(...collected.map(one => one.entries.length))).toBeLessThanOrEqual(LARGEST_BATCH);
      }));

    it.each([
      ['a word', 'nonsense'],
      ['a number', 42],
      ['a list', [1, 2]],
      ['another version', { v: 999, version: 999 }],
      ['nothing', null],
    ])('starts over on a checkpoint it can’t read: %s', (_name, checkpoint) =>
      onSite(async (world, site) => {
        const { entries } = await world.run({ checkpoint });
        expect(new Set(entries.map(keyOf)).size).toBe(site.entries);
      }),
    );

    it('stops when it is told to, before it begins and between batches', () =>
      onSite(async world => {
        const before = AbortSignal.abort(new Error('stopping'));
        await expect(world.run({ signal: before })).rejects.toThrow();
        const during = new AbortController();
        const stopped = world.run({
          signal: during.signal,
          onBatch: () => during.abort(new Error('stopping')),
        });
        const { batches } = await stopped.catch(() => ({ batches: [] }));
        expect(batches.length).toBeLessThanOrEqual(1);
      }));

    it('reads garbage or refuses it by a coded error', () =>
      onSite(async world => {
        await world.run();
        for (const input of world.inputs.slice(0, 3).flatMap(spoilt)) {
          try {
            await connector.read(input, world.options);
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(CodedError);
          }
        }
      }));
  });
}

interface RunOptions {
  readonly checkpoint?: unknown;
  /** Batches taken before the run is dropped, as if the process had been killed. */
  readonly stopAfter?: number;
  readonly signal?: AbortSignal;
  readonly onBatch?: () => void;
}

function createWorld<Options, Input, Reading>(
  connector: Connector<Options, Input, Reading>,
  site: SiteUnderTest,
) {
  const options = connector.options.parse(site.options);
  const inputs: Input[] = [];
  const held: Entry[] = [];
  return {
    options,
    inputs,
    async run({ checkpoint, stopAfter = Number.POSITIVE_INFINITY, signal, onBatch }: RunOptions = {}) {
      const batches: Batch[] = [];
      const job = jobFor(connector.id, options, checkpoint, site.since ?? 0);
      const tools = toolsFor(connector, options, {
        inputs,
        held,
        signal: signal ?? new AbortController().signal,
      });
      for await (const batch of connector.harvest(job, tools)) {
        batches.push(batch);
        held.push(...batch.entries);
        onBatch?.();
        if (batches.length >= stopAfter) break;
      }
      return {
        batches,
        entries: batches.flatMap(batch => batch.entries),
        deletions: batches.flatMap(batch => batch.deletions ?? []),
      };
    },
    async list(checkpoint: unknown) {
      const job = jobFor(connector.id, options, checkpoint, site.since ?? 0);
      const { signal } = new AbortController();
      const tools = toolsFor(connector, options, { inputs, held, signal });
      return {
        listing: await connector.list?.(job, tools),
        async collect(wanted: readonly Listed[]): Promise<Collected[]> {
          const collected: Collected[] = [];
          for await (const some of connector.collect?.(wanted, job, tools) ?? []) collected.push(some);
          return collected;
        },
      };
    },
  };
}

function jobFor<Options>(
  connector: string,
  options: Options,
  checkpoint: unknown,
  since: Instant,
): HarvestJob<Options> {
  const source: Source & { readonly options: Options } = {
    name: 'thu/nguon',
    site: 'thu',
    id: 'nguon',
    connector,
    options,
    every: { min: 1_000, max: 60_000 },
    since: 0,
    dates: {},
    enabled: true,
  };
  return { source, checkpoint, since };
}

interface Surroundings<Input> {
  readonly inputs: Input[];
  readonly held: readonly Entry[];
  readonly signal: AbortSignal;
}

function toolsFor<Options, Input, Reading>(
  connector: Connector<Options, Input, Reading>,
  options: Options,
  { inputs, held, signal }: Surroundings<Input>,
): Tools<Input, Reading> {
  return {
    fetch: request => plainFetch(request, signal),
    async read(input) {
      inputs.push(input);
      // Over a structured clone there and back, as through a thread.
      const reading: Reading = await connector.read(structuredClone(input), options);
      return structuredClone(reading);
    },
    held: async newest =>
      [...new Map(held.map(entry => [keyOf(entry), entry])).values()].slice(-newest).map(toHeld),
    now: () => Date.now(),
    progress: () => {},
    log: { debug() {}, info() {}, warn() {}, error() {} },
    signal,
  };
}

function toHeld(entry: Entry) {
  return {
    id: `urn:test:${keyOf(entry)}`,
    link: entry.link ?? '',
    ...(entry.sourceId !== undefined && { sourceId: entry.sourceId }),
  };
}

function keyOf(entry: Entry | Listed): string {
  return entry.sourceId ?? entry.link ?? JSON.stringify(entry);
}

const GARBAGE = [
  '',
  '\u0000\u0001\u0002',
  'null',
  '[]',
  '{"items":[null,1,"x",{}],"data":{}}',
  '[null,1,"x",{"id":{},"title":[]}]',
  '<!doctype html><title>Not found</title>',
  '<rss><channel><item><title>',
  '<'.repeat(10_000),
  '['.repeat(10_000),
];

/** An input with each of its documents replaced by something a site might send on its worst day. */
function spoilt<Input>(input: Input): Input[] {
  const bytes = [new Uint8Array([0xff, 0xfe, 0x00]), new Uint8Array(0)];
  const documents = [...GARBAGE.map(text => new TextEncoder().encode(text)), ...bytes];
  return documents.map(document => replaceDocuments(input, document));
}

function replaceDocuments<T>(value: T, document: Uint8Array): T {
  return replaced(value, document) as T;
}

function replaced(value: unknown, document: Uint8Array): unknown {
  if (value instanceof Uint8Array) return document;
  if (typeof value === 'string' && value.length > 200) return new TextDecoder().decode(document);
  if (Array.isArray(value)) return value.map(part => replaced(part, document));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, replaced(part, document)]));
}
