import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildClientSchema,
  buildSchema,
  type GraphQLSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
  printSchema,
} from 'graphql';
import type { Log } from '../../../connectors/connector.ts';
import { toCoded } from '../../../schemas/errors.ts';
import type { Federation } from '../../../schemas/federation.ts';
import type { Instant } from '../../../schemas/instant.ts';
import type { Fetch } from '../../harvest/fetch.ts';
import type { Graph } from '../graph.ts';
import type { Subschema, SubschemaState } from '../subschema.ts';
import { type RemoteAsker, remoteAsker } from './ask-remote.ts';
import { type Breakage, breakageOf } from './breakage.ts';
import type { KeptRows } from './kept-rows.ts';
import { type Offer, offerOf } from './offer.ts';
import { remoteSubschema } from './remote-subschema.ts';
import { type RemoteSource, remoteSources } from './source.ts';

/** For a site's whole schema, which nobody waits for: a large one takes longer than any reader would. */
const SCHEMA_BOUNDS = { timeout: 20_000, maxBytes: 8 * 1024 * 1024 };

export interface RemotesOptions {
  readonly federation: Federation;
  readonly fetchFor: (source: string) => Fetch;
  /** Where last known schemas are kept. */
  readonly dataDir: string;
  readonly log: Log;
  readonly now: () => Instant;
  /** What sites said lately; without it each is asked each time. */
  readonly kept?: KeptRows;
  /** Told once each time it changes: what of a source's schema no longer fits what is offered of it; empty: it fits. */
  readonly onFit?: (source: string, broken: readonly string[]) => void;
}

/** All sites that are asked live, as far as their schemas are known. */
export interface Remotes {
  subschemas(): readonly Subschema[];
  /** False while there is a site of which nothing can be offered, because its schema was never read. */
  known(): boolean;
  /** Reads the sites' schemas anew. True when what is offered has changed and a new generation is due. */
  refresh(graph?: AskedGraph): Promise<boolean>;
}

/** The graph that serves now, for telling whom a change would concern. */
export type AskedGraph = Pick<Graph, 'schema' | 'operations'>;

interface Remote {
  readonly source: RemoteSource;
  readonly asker: RemoteAsker;
  offer?: Offer;
  known: 'UP' | 'DOWN' | 'CHANGED';
  /** What was told of it last: the same is not told every minute. */
  told?: string;
  /** What `onFit` heard last. */
  fit?: string;
}

/** Throws CONFIG_INVALID for what the federation file may not ask for, and for a pinned SDL that lacks a field. */
export function openRemotes({
  federation,
  fetchFor,
  dataDir,
  log,
  now,
  kept,
  onFit,
}: RemotesOptions): Remotes {
  const folder = join(dataDir, 'remote-schemas');
  const remotes = remoteSources(federation).map((source): Remote => {
    const asker = remoteAsker(source, fetchFor(source.source), now);
    const { sdl } = source.live;
    // A pinned schema is the operator's word: what it lacks is a fault of the file.
    if (sdl !== undefined) {
      return { source, asker, known: 'UP', offer: offerOf(buildSchema(readFileSync(sdl, 'utf8')), source) };
    }
    const offer = lastKnown(join(folder, fileOf(source)), source, log);
    return { source, asker, known: 'DOWN', ...(offer && { offer }) };
  });

  async function refreshOne(remote: Remote, graph?: AskedGraph): Promise<boolean> {
    const { source, asker } = remote;
    if (source.live.sdl !== undefined) return false;
    let schema: GraphQLSchema;
    try {
      const { data } = await asker.ask(getIntrospectionQuery({ descriptions: true }), {}, SCHEMA_BOUNDS);
      schema = buildClientSchema(data as unknown as IntrospectionQuery);
    } catch (error) {
      remote.known = 'DOWN';
      const { code } = toCoded(error);
      log.warn({ site: source.site, code }, `${source.site}: its GraphQL schema can't be read now.`);
      return false;
    }
    const breakage = remote.offer && breakageOf(schema, source, remote.offer, graph);
    if (breakage) {
      tellBroken(remote, breakage);
      return false;
    }
    let offer: Offer;
    try {
      offer = offerOf(schema, source);
    } catch (error) {
      tellBroken(remote, { broken: [toCoded(error).message], fields: [], operations: [] });
      return false;
    }
    remote.known = 'UP';
    delete remote.told;
    noteFit(remote, []);
    const changed = offer.text.sdl !== remote.offer?.text.sdl;
    remote.offer = offer;
    if (changed) keepKnown(source, schema);
    return changed;
  }

  /** A disk that takes nothing costs the next start this schema, and nobody the present one. */
  function keepKnown(source: RemoteSource, schema: GraphQLSchema): void {
    try {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, fileOf(source)), printSchema(schema));
    } catch (err) {
      log.warn(
        { site: source.site, err },
        `${source.source}: its schema could not be kept for the next start.`,
      );
    }
  }

  /** Whatever a site says of itself costs its own renewal, never another site's. */
  async function tryRefresh(remote: Remote, graph?: AskedGraph): Promise<boolean> {
    try {
      return await refreshOne(remote, graph);
    } catch (err) {
      remote.known = 'CHANGED';
      const { site, source } = remote.source;
      log.error({ site, source, err }, `${source}: its GraphQL schema could not be taken.`);
      return false;
    }
  }

  function noteFit(remote: Remote, broken: readonly string[]): void {
    const fit = JSON.stringify(broken);
    if (remote.fit === fit) return;
    remote.fit = fit;
    onFit?.(remote.source.source, broken);
  }

  function tellBroken(remote: Remote, breakage: Breakage): void {
    const { site, source } = remote.source;
    const told = JSON.stringify(breakage.broken);
    remote.known = 'CHANGED';
    noteFit(remote, breakage.broken);
    if (remote.told === told) return;
    remote.told = told;
    const serves = remote.offer ? 'the last good one serves on' : 'nothing of it is offered';
    const message = `${source}: its GraphQL schema doesn't fit what is offered; ${serves}.`;
    log.error({ site, source, ...breakage }, message);
  }

  return {
    subschemas: () =>
      remotes.flatMap(remote =>
        remote.offer ? remoteSubschema({ ...remote, offer: remote.offer, kept }, () => stateOf(remote)) : [],
      ),
    known: () => remotes.every(({ offer }) => offer !== undefined),
    refresh: async graph => (await Promise.all(remotes.map(each => tryRefresh(each, graph)))).some(Boolean),
  };
}

function stateOf({ known, asker }: Remote): SubschemaState {
  return asker.circuit.open ? 'DOWN' : known;
}

function lastKnown(file: string, source: RemoteSource, log: Log): Offer | undefined {
  let sdl: string;
  try {
    sdl = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  try {
    return offerOf(buildSchema(sdl), source);
  } catch (error) {
    log.warn(
      { site: source.site, err: error },
      `${source.site}: its last known schema lacks what is now listed.`,
    );
    return undefined;
  }
}

function fileOf({ source }: RemoteSource): string {
  return `${source.replaceAll('/', '.')}.graphql`;
}
