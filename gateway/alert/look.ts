import type { Log } from '../../connectors/connector.ts';
import {
  ALARM_KINDS,
  type AlarmEvent,
  type AlarmKindId,
  type AlertChannel,
  alarmKind,
} from '../../schemas/alarms.ts';
import type { Federation } from '../../schemas/federation.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Store, Transaction } from '../store/store.ts';
import { concerns } from './channels.ts';
import { queue } from './queue.ts';
import { alarmId, type KeptAlarm, type Move, moveOn } from './transition.ts';
import type { LookTools, Sighting, Watch } from './watch.ts';

/** Alarms that can be open at one time; far more than anybody reads. */
export const MOST_OPEN = 2_000;

export interface AlarmTools {
  readonly store: Store;
  readonly federation: Federation;
  readonly dataDir: string;
  readonly log: Log;
}

/**
 * Looks for every kind of trouble and keeps what changed, with the messages about it, in one transaction. `holds` says,
 * inside that transaction, whether this replica is still the one that looks. Gives what happened.
 */
export async function lookForTrouble(
  tools: AlarmTools,
  watches: readonly Watch[],
  holds: (tx: Transaction) => Promise<boolean> = async () => true,
): Promise<readonly AlarmEvent[]> {
  const { store, federation } = tools;
  const now = await store.now();
  const [{ sightings, blind }, open, pending] = await Promise.all([
    see(tools, watches, now),
    store.records.find('alarm', { states: ['open'], first: MOST_OPEN }),
    store.records.find('alarm', { states: ['pending'], first: MOST_OPEN }),
  ]);
  const seen = new Map(sightings.map(one => [alarmId(one), one]));
  const known = [...open, ...pending].filter(({ document }) => !blind.has(document.kind));
  const ids = [...new Set([...seen.keys(), ...known.map(({ id }) => id)])];
  const kept = new Map((await store.records.byIds('alarm', ids)).map(one => [one.id, one]));
  const moved = ids.filter(id => moveOn(kept.get(id), seen.get(id), now) !== undefined);
  if (moved.length === 0) return [];
  return store.transaction(async tx => {
    if (!(await holds(tx))) return [];
    const events: AlarmEvent[] = [];
    const byChannel = new Map<AlertChannel, AlarmEvent[]>();
    for (const id of moved) {
      // Read again under the lock: another replica may have been here meanwhile.
      const before = await tx.records.get('alarm', id);
      const move = moveOn(before, seen.get(id), now);
      if (!move) continue;
      const { event, channels } = await keep(tx, before, move, federation, now);
      if (!event) continue;
      events.push(event);
      for (const channel of channels) byChannel.set(channel, [...(byChannel.get(channel) ?? []), event]);
    }
    for (const [channel, told] of byChannel) await queue(tx, channel, told, federation, now);
    return events;
  });
}

/** What all watches see; kinds of a watch that failed are blind: nothing is concluded from not seeing them. */
async function see(
  { store, federation, dataDir, log }: AlarmTools,
  watches: readonly Watch[],
  now: Instant,
): Promise<{ readonly sightings: readonly Sighting[]; readonly blind: ReadonlySet<AlarmKindId> }> {
  const tools: LookTools = { store, federation, dataDir, now, threshold: thresholds(federation) };
  const blind = new Set<AlarmKindId>();
  const sightings: Sighting[] = [];
  // One after the other: the look is nobody's hurry, and the store has others to serve.
  for (const watch of watches) {
    try {
      sightings.push(...(await watch.look(tools)));
    } catch (thrown) {
      for (const kind of watch.kinds) blind.add(kind);
      log.warn({ err: thrown, kinds: watch.kinds }, 'Some alarms could not be looked for; tried again.');
    }
  }
  return { sightings: sightings.filter(({ kind }) => !federation.alarms?.[kind]?.off), blind };
}

export function thresholds({ alarms }: Pick<Federation, 'alarms'>): LookTools['threshold'] {
  return kind => alarms?.[kind]?.threshold ?? alarmKind(kind).threshold?.usual ?? 0;
}

async function keep(
  tx: Transaction,
  before: KeptAlarm | undefined,
  { kept, phase }: Move,
  federation: Federation,
  now: Instant,
): Promise<{ readonly event?: AlarmEvent; readonly channels: readonly AlertChannel[] }> {
  if (!kept) {
    if (before) await tx.records.remove('alarm', [before.id]);
    return { channels: [] };
  }
  const { kind, subject, since, sentence, told } = kept.document;
  const about = { kind, subject, ...(kept.site !== undefined && { site: kept.site }) };
  const all = federation.alerts ?? [];
  const channels =
    phase === 'over'
      ? all.filter(({ id }) => told.includes(id) && !federation.alarms?.[kind]?.off)
      : all.filter(channel => concerns(channel, about));
  const heard = phase === 'on' || phase === 'worse' ? channels.map(({ id }) => id) : [];
  await tx.records.put({
    ...kept,
    document: { ...kept.document, told: [...new Set([...told, ...heard])] },
  });
  if (!phase) return { channels: [] };
  const at = phase === 'over' ? (kept.document.closed ?? now) : now;
  return { event: { phase, ...about, at, since, sentence }, channels };
}

/** Open alarms, in the order of their kinds, then the oldest first. */
export async function openAlarms(store: Pick<Store, 'records'>): Promise<readonly KeptAlarm[]> {
  const open = await store.records.find('alarm', { states: ['open'], first: MOST_OPEN });
  const rank = new Map<string, number>(ALARM_KINDS.map(({ id }, index) => [id, index]));
  return open.toSorted(
    (a, b) => (rank.get(a.document.kind) ?? 0) - (rank.get(b.document.kind) ?? 0) || a.at - b.at,
  );
}
