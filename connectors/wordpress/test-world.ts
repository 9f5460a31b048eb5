import type { Deletion, Entry } from '../../schemas/entry.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Batch, FetchRequest, FetchResponse, HeldItem } from '../connector.ts';
import { plainFetch } from '../plain-fetch.ts';
import type { WordPressJob, WordPressTools } from './api.ts';
import { wordpress } from './index.ts';
import { type Input, read } from './read.ts';

/** A gateway as small as a connector's tests need it: asks for real, reads for real, stores in a Map. */
export interface World {
  /** Harvests once more, from the last checkpoint that was stored. */
  harvest(options?: HarvestOptions): Promise<Harvested>;
  readonly held: Map<string, Entry>;
  readonly requests: string[];
  checkpoint: unknown;
  now: Instant;
  readonly job: () => WordPressJob;
  readonly tools: WordPressTools;
}

export interface HarvestOptions {
  /** Stops, as if killed, before the batch of this number is stored. */
  readonly killAt?: number;
  /** Called after each stored batch: a site changes while it is read. */
  readonly between?: (batch: number) => Promise<void>;
}

export interface Harvested {
  readonly batches: readonly Batch[];
  /** In the order given, repeats included. */
  readonly entries: readonly Entry[];
  readonly deletions: readonly Deletion[];
  readonly requests: readonly string[];
}

export function createWorld(input: unknown, { since = 0 }: { since?: Instant } = {}): World {
  const options = wordpress.options.parse(input);
  const requests: string[] = [];
  const source = {
    name: 'viec-lam/bai',
    site: 'viec-lam',
    id: 'bai',
    connector: 'wordpress',
    options,
    every: { min: 1000, max: 600_000 },
    since: 0,
    dates: {},
    enabled: true,
  };
  const world: World = {
    held: new Map(),
    requests,
    checkpoint: undefined,
    now: Date.now(),
    job: () => ({ source, checkpoint: world.checkpoint, since }),
    tools: {
      fetch: request => fetchFor(request, requests),
      // Over a structured clone and back, as through a thread.
      read: async asked => structuredClone(read(structuredClone<Input>(asked))),
      held: async newest => [...world.held.values()].map(toHeld).sort(newestFirst).slice(0, newest),
      now: () => world.now,
      progress: () => {},
      log: { debug() {}, info() {}, warn() {}, error() {} },
      signal: new AbortController().signal,
    },
    harvest: at => harvestOnce(world, at ?? {}),
  };
  return world;
}

async function harvestOnce(world: World, { killAt, between }: HarvestOptions): Promise<Harvested> {
  const before = world.requests.length;
  const batches: Batch[] = [];
  for await (const batch of wordpress.harvest(world.job(), world.tools)) {
    if (batches.length === killAt) break;
    batches.push(batch);
    store(world, batch);
    await between?.(batches.length);
  }
  return {
    batches,
    entries: batches.flatMap(({ entries }) => entries),
    deletions: batches.flatMap(({ deletions = [] }) => deletions),
    requests: world.requests.slice(before),
  };
}

function store(world: World, { entries, deletions = [], checkpoint }: Batch): void {
  for (const entry of entries) world.held.set(entry.sourceId ?? '', entry);
  for (const { sourceId } of deletions) world.held.delete(sourceId ?? '');
  world.checkpoint = JSON.parse(JSON.stringify(checkpoint));
}

function toHeld({ sourceId = '', link = '', published = '' }: Entry): HeldItem {
  return { id: `urn:${sourceId}`, sourceId, link, published: Date.parse(published) };
}

function newestFirst(one: HeldItem, other: HeldItem): number {
  return (other.published ?? 0) - (one.published ?? 0);
}

function fetchFor(request: FetchRequest, requests: string[]): Promise<FetchResponse> {
  requests.push(request.url);
  return plainFetch(request);
}
