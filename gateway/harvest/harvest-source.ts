import type {
  Batch,
  Connector,
  FetchRequest,
  FetchResponse,
  HarvestJob,
  Log,
  Tools,
} from '../../connectors/connector.ts';
import { CodedError, toCoded } from '../../schemas/errors.ts';
import type { Federation } from '../../schemas/federation.ts';
import type { HubLinks } from '../../schemas/hub-links.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Draft } from '../../schemas/item.ts';
import type { Rule } from '../../schemas/rules/rule.ts';
import type { Site } from '../../schemas/site.ts';
import type { Source, SourceState } from '../../schemas/source.ts';
import { type JudgingContext, judgingOf } from '../judge/judge-items.ts';
import { recordedFor } from '../judge/recorded.ts';
import { type InForce, type Recorded, rulesInForce } from '../judge/rules-in-force.ts';
import type { Signer } from '../ledger/signer.ts';
import { deletionKeys } from '../normalise/identity.ts';
import type { NormaliseContext, Normalised } from '../normalise/normalise.ts';
import type { RequestRow } from '../store/requests.ts';
import type { Store } from '../store/store.ts';
import type { Lease } from '../store/work.ts';
import { doubtDates } from './doubt-dates.ts';
import { findSimilar } from './find-similar.ts';
import { measureNew } from './measure-new.ts';
import { noteDoubts, type Overreach } from './note-doubts.ts';
import type { ReadingPool } from './reading-pool.ts';
import type { ReadingTask } from './reading-thread.ts';
import { type BatchToStore, type Stored, storeBatch } from './store-batch.ts';

/** Milliseconds a document may take to read, and a batch to normalise. */
const READING_TIMEOUT = 10_000;
/** Bytes of JSON a checkpoint may have. */
const CHECKPOINT_BYTES = 16 * 1024;
/** A source that loses more than this share, and more than five, in one run is ill, not clearing up. */
const MASS_WITHDRAWAL = { items: 5, share: 0.1 } as const;
/** Of so many new items of a run, a rule that touches more than this share raises an alarm. */
const OVERREACH = { items: 20, share: 0.2 } as const;
/** New items of one run. A site that makes up posts as fast as we ask would otherwise fill the disk in one run. */
const MOST_NEW = 10_000;

export interface HarvestTools {
  readonly store: Store;
  readonly federation: Federation;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly rules: readonly Rule[];
  /** Signs the ledger's daily roots, in the process that schedules. */
  readonly signer?: Signer;
  readonly pool: ReadingPool;
  /** The polite, safe fetch, already bound to the source's request log. */
  readonly fetchFor: (
    source: string,
  ) => (request: FetchRequest, signal?: AbortSignal) => Promise<FetchResponse>;
  readonly log: Log;
  /** Notes a request that was made by another way than `fetchFor`. */
  readonly onRequest?: (row: RequestRow) => void;
  readonly onProgress?: (source: string, message: string) => void;
}

/** What one run did, whether it ended well or not. */
export interface Harvest extends Stored {
  readonly batches: number;
  readonly refused: number;
  readonly broken: number;
  readonly notes: readonly string[];
  /** Settings that would put the source right, for its operator. */
  readonly doubts: readonly string[];
  /** Longest wait the source asked for, in milliseconds. */
  readonly wait?: number;
  readonly strictReader?: SourceState['strictReader'];
  /** Where the source says that it can be subscribed to. */
  readonly hub?: HubLinks;
  readonly error?: CodedError;
}

/**
 * One run of a connector over a leased source. Every batch is stored before the next is asked for; what was stored
 * stays when a later batch fails. Never throws: a failing source is a result.
 */
export async function harvestSource(
  lease: Lease,
  signal: AbortSignal,
  tools: HarvestTools,
): Promise<Harvest> {
  const run = newRun();
  const told: {
    wait?: number;
    strictReader?: SourceState['strictReader'];
    hub?: HubLinks;
    listed?: number;
  } = {};
  try {
    const turn = await prepareTurn(lease.source, signal, tools);
    let checkpoint: string | undefined = JSON.stringify(turn.job.checkpoint);
    for await (const batch of turn.connector.harvest(turn.job, turn.tools)) {
      signal.throwIfAborted();
      checkpoint = await takeBatch(batch, checkpoint, lease, turn, run, tools);
      if (batch.facts?.wait !== undefined) told.wait = Math.max(told.wait ?? 0, batch.facts.wait);
      if (batch.facts?.hub) told.hub = batch.facts.hub;
      if (batch.facts?.strictReader)
        told.strictReader = { ...batch.facts.strictReader, at: await tools.store.now() };
      if (batch.facts?.listed !== undefined) told.listed = (told.listed ?? 0) + batch.facts.listed;
    }
    const { wait, strictReader, hub } = told;
    const overreaching = overreach(run);
    run.doubts.push(...overreaching.map(one => overreachWords(lease.source, run, one)));
    await noteDoubts(tools.store, lease.source, {
      created: run.created,
      enough: run.created >= OVERREACH.items,
      overreaching,
      ...(told.listed !== undefined && { listed: told.listed }),
    });
    return {
      ...run,
      ...(wait !== undefined && { wait }),
      ...(strictReader && { strictReader }),
      ...(hub && { hub }),
    };
  } catch (thrown) {
    const error = signal.aborted
      ? new CodedError('UNAVAILABLE', 'The gateway is stopping.', { cause: thrown })
      : toCoded(thrown);
    const { listed: _listed, ...facts } = told;
    return { ...run, ...facts, error };
  }
}

export function newRun(): Run {
  return {
    created: 0,
    updated: 0,
    withdrawn: 0,
    doubted: 0,
    touched: {},
    batches: 0,
    refused: 0,
    broken: 0,
    notes: [],
    doubts: [],
  };
}

/** A rule that touches much of what is new is wrong about the source, or the source is ill: a person should look. */
function overreach({ created, touched }: Run): Overreach[] {
  if (created < OVERREACH.items) return [];
  return Object.entries(touched).flatMap(([rule, count]) =>
    count > created * OVERREACH.share ? [{ rule, touched: count }] : [],
  );
}

function overreachWords(source: string, { created }: Run, { rule, touched }: Overreach): string {
  return `Quy tắc ${rule} giữ hoặc lược ${touched} trên ${created} tin mới của ${source}. Hãy xem lại quy tắc (guidelines.overrides, hoặc miễn cho trang này) hay trang nguồn.`;
}

/** Everything one run needs, found once. */
export interface Turn {
  readonly site: Site;
  readonly source: Source;
  readonly connector: Connector;
  readonly job: HarvestJob;
  readonly tools: Tools;
  readonly connected: Instant;
  /** When the harvest before this one ended well. */
  readonly lastSucceeded: Instant | undefined;
  readonly recorded: Recorded;
  readonly inForce: InForce;
}

export type Run = {
  created: number;
  updated: number;
  withdrawn: number;
  doubted: number;
  touched: Record<string, number>;
  batches: number;
  refused: number;
  broken: number;
  notes: string[];
  doubts: string[];
};

export async function prepareTurn(name: string, signal: AbortSignal, tools: HarvestTools): Promise<Turn> {
  const { store, federation } = tools;
  const source = federation.sources.find(one => one.name === name);
  const site = federation.sites.find(({ id }) => id === source?.site);
  const connector = source && tools.connectors.get(source.connector);
  if (!source || !site || !connector) {
    throw new CodedError(
      'CONFIG_INVALID',
      `The federation file has no source ${name} that can be harvested.`,
    );
  }
  const [saved, state] = await Promise.all([
    store.work.checkpoint(source.name),
    store.work.state(source.name),
  ]);
  const now = await store.now();
  const connected = state?.connected ?? now;
  const recorded = await recordedFor(store, site.id);
  const checkpoint = saved?.connector === connector.id ? saved.value : undefined;
  const job: HarvestJob = { source, checkpoint, since: connected - source.since };
  return {
    site,
    source,
    connector,
    job,
    connected,
    lastSucceeded: state?.lastSucceeded,
    recorded,
    inForce: rulesInForce(federation, tools.rules, site.id, now, recorded),
    tools: connectorTools(source, connector, signal, tools),
  };
}

function connectorTools(
  source: Source,
  connector: Connector,
  signal: AbortSignal,
  tools: HarvestTools,
): Tools {
  const fetch = tools.fetchFor(source.name);
  return {
    fetch: request => fetch(request, signal),
    read(input, timeout = READING_TIMEOUT) {
      const task: ReadingTask = { kind: 'read', connector: connector.id, input, options: source.options };
      return tools.pool.run(task, Math.min(timeout, READING_TIMEOUT), signal);
    },
    async held(newest) {
      const items = await tools.store.items.held(source.name, newest);
      return items.map(({ id, sourceId, link, published }) => ({
        id,
        link,
        ...(sourceId === undefined ? {} : { sourceId }),
        ...(published === undefined ? {} : { published }),
      }));
    },
    now: () => Date.now(),
    progress: message => tools.onProgress?.(source.name, message),
    log: tools.log,
    signal,
  };
}

/** What storing is told besides, of what came by itself. */
export type Told = Pick<BatchToStore, 'delivered' | 'within'> & { readonly pushed?: true };

/** Normalises and stores one batch; gives its checkpoint, as JSON. */
export async function takeBatch(
  batch: Batch,
  before: string | undefined,
  lease: Lease,
  turn: Turn,
  run: Run,
  tools: HarvestTools,
  { pushed, ...told }: Told = {},
): Promise<string | undefined> {
  const checkpoint = JSON.stringify(batch.checkpoint);
  if (checkpoint !== undefined && checkpoint.length > CHECKPOINT_BYTES) {
    throw new CodedError('INTERNAL', `The connector's checkpoint is over ${CHECKPOINT_BYTES} bytes.`);
  }
  const { drafts: read, refused } = await normaliseEntries(batch, turn, tools);
  const unmeasured = pushed ? read.map((draft): Draft => ({ ...draft, pushed })) : read;
  const drafts = await measureNew(unmeasured, {
    store: tools.store,
    fetch: tools.fetchFor(turn.source.name),
    signal: turn.tools.signal,
  });
  run.batches += 1;
  run.broken += batch.broken ?? 0;
  run.refused += refused.length;
  run.notes.push(
    ...(batch.repaired ?? []),
    ...refused.map(({ entry, reason }) => `${entry}: ${reason}`).slice(0, 20),
  );

  const doubt = await doubtDates(batch.entries, turn.source, tools.store, turn.lastSucceeded);
  if (doubt !== undefined) run.doubts.push(doubt);

  const deletions = batch.deletions ?? [];
  if (drafts.length === 0 && deletions.length === 0 && checkpoint === before) return before;
  const papers = tools.federation.sites.filter(({ kind }) => kind === 'press');
  guardFlood(run, turn);
  await guardMassWithdrawal(deletions.filter(({ basis }) => basis === 'absent').length, turn, run, tools);
  const stored = await storeBatch(tools.store, {
    lease,
    site: turn.site,
    connector: turn.connector.id,
    stableIds: turn.connector.stableIds === true,
    outranks: other => outranks(turn.connector, other, tools),
    drafts,
    deletions: deletions.map(deletion => deletionKeys(deletion, turn.source)),
    checkpoint: batch.checkpoint,
    // What a site pushes it wants out, however old it is.
    since: pushed ? Number.NEGATIVE_INFINITY : turn.job.since,
    connected: turn.connected,
    inForce: turn.inForce,
    press: tools.federation.republication.press,
    papers,
    // Where no paper takes part there is nothing to be like.
    ...(papers.length > 0 && { similar: await findSimilar(drafts, tools.store, turn.lastSucceeded) }),
    // Where nothing is asked for, nothing is known of what was not there.
    ...(turn.lastSucceeded === undefined || pushed ? {} : { lastAbsent: turn.lastSucceeded }),
    ...told,
  });
  run.created += stored.created;
  run.updated += stored.updated;
  run.withdrawn += stored.withdrawn;
  run.doubted += stored.doubted;
  for (const [rule, count] of Object.entries(stored.touched))
    run.touched[rule] = (run.touched[rule] ?? 0) + count;
  return checkpoint;
}

/** Cleans a batch's entries in a reading thread. */
export async function normaliseEntries(
  batch: Batch,
  turn: Turn,
  tools: HarvestTools,
): Promise<Pick<Normalised, 'drafts' | 'refused'>> {
  if (batch.entries.length === 0) return { drafts: [], refused: [] };
  const language = batch.facts?.language;
  const context: NormaliseContext = {
    site: turn.site,
    source: turn.source,
    topics: tools.federation.topics,
    now: await tools.store.now(),
    ...(language ? { facts: { language } } : {}),
  };
  const task: ReadingTask = {
    kind: 'normalise',
    entries: batch.entries,
    context,
    judging: judgingContext(turn, tools, context.now),
  };
  return (await tools.pool.run(task, READING_TIMEOUT, turn.tools.signal)) as Normalised;
}

function judgingContext(
  { site, source, recorded, inForce }: Turn,
  { federation }: HarvestTools,
  now: Instant,
): JudgingContext {
  return { ...judgingOf(federation, site, recorded, now, inForce.agreement), dates: source.dates };
}

/**
 * A source that left the federation keeps nothing; and of two sources of one site, the one that knows its CMS' numbers,
 * and so notices what is gone, keeps what the other only mentions.
 */
function outranks(connector: Connector, other: string, { federation, connectors }: HarvestTools): boolean {
  const source = federation.sources.find(({ name }) => name === other);
  if (!source) return true;
  // One that is only told of its items notices nothing by itself.
  if (connectors.get(source.connector)?.pushSecrets) return connector.pushSecrets === undefined;
  return connector.stableIds === true && connectors.get(source.connector)?.stableIds !== true;
}

/** What was stored stays and the next run goes on from there; being a failure, it waits longer each time. */
function guardFlood({ created }: Run, { source }: Turn): void {
  if (created < MOST_NEW) return;
  throw new CodedError(
    'MASS_ARRIVAL',
    `${source.name} gave ${created} new items at once; the rest waits for the next harvest.`,
    {
      data: {
        created,
        vi: `${source.name} đưa ra ${created} tin mới cùng lúc: phần còn lại chờ lượt thu sau. Nếu trang không có ngần ấy tin, hãy kiểm tra trang nguồn.`,
      },
    },
  );
}

/** A list that suddenly lacks much is a broken list until a person says otherwise. */
async function guardMassWithdrawal(absent: number, turn: Turn, run: Run, tools: HarvestTools): Promise<void> {
  const gone = run.withdrawn + absent;
  if (absent === 0 || gone <= MASS_WITHDRAWAL.items) return;
  const held = (await tools.store.items.held(turn.source.name, 10_000)).length + run.withdrawn;
  if (gone <= held * MASS_WITHDRAWAL.share) return;
  throw new CodedError(
    'MASS_WITHDRAWAL',
    `${gone} of ${held} items of ${turn.source.name} are missing at once. Nothing was withdrawn; please look at the site.`,
    {
      data: {
        gone,
        held,
        vi: `${gone} trên ${held} tin của ${turn.source.name} mất cùng lúc. Chưa gỡ tin nào; hãy kiểm tra trang nguồn.`,
      },
    },
  );
}
