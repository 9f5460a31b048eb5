import type { Federation } from '../../schemas/federation.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Item } from '../../schemas/item.ts';
import { combineScores, type Score } from '../../schemas/score.ts';
import type { SourceState } from '../../schemas/source.ts';
import { openAlarms } from '../alert/look.ts';
import type { Kept } from '../store/records.ts';
import type { Store } from '../store/store.ts';

/** Everything that waits for a person, and the clocks that run. */
export interface Waiting {
  readonly now: Instant;
  /** Held or hidden for a person to decide, the longest waiting first. */
  readonly held: readonly Item[];
  /** Waiting for their minute. */
  readonly timed: readonly Item[];
  readonly withdrawals: readonly Kept<'withdrawal'>[];
  readonly complaints: readonly Kept<'complaint'>[];
  readonly takedowns: readonly Kept<'takedown'>[];
  readonly doubtful: readonly Kept<'sight'>[];
  readonly failing: readonly SourceState[];
  /** What the operator was told of and is not over. */
  readonly alarms: readonly Kept<'alarm'>[];
  /** Weights of each site's judgements. */
  readonly scores: ReadonlyMap<string, Score>;
}

const SHOWN = 50;

export async function readWaiting(store: Store, { sources }: Federation): Promise<Waiting> {
  const filter = { visibility: ['HELD', 'HIDDEN'] as const };
  const [now, kept, withdrawals, complaints, takedowns, doubtful, states, judged, alarms] = await Promise.all(
    [
      store.now(),
      store.items.page({ filter, order: 'PUBLISHED', first: 500 }),
      store.records.find('withdrawal', { states: ['open'], first: SHOWN }),
      store.records.find('complaint', { states: ['open'], first: SHOWN }),
      store.records.find('takedown', { first: 20 }),
      store.records.find('sight', { states: ['doubt'], first: SHOWN }),
      store.work.states(),
      store.problems.scores(),
      openAlarms(store),
    ],
  );
  const named = new Set(sources.map(({ name }) => name));
  const oldestFirst = (a: Item, b: Item) => a.firstSeen - b.firstSeen;
  return {
    now,
    alarms,
    held: kept
      .filter(
        ({ releaseAt, visibilityReason }) =>
          releaseAt === undefined && visibilityReason !== 'asked' && visibilityReason !== 'site-left',
      )
      .sort(oldestFirst),
    timed: kept
      .filter(({ releaseAt }) => releaseAt !== undefined)
      .sort((a, b) => (a.releaseAt ?? 0) - (b.releaseAt ?? 0)),
    withdrawals,
    complaints,
    takedowns,
    doubtful,
    scores: new Map(
      [...Map.groupBy(judged, ({ site }) => site)].map(([site, parts]) => [
        site,
        combineScores(parts.map(({ score }) => ({ ...score, unknown: 0 }))),
      ]),
    ),
    failing: states.filter(({ source, failures, paused }) => named.has(source) && (failures > 0 || paused)),
  };
}
