import { toRfc3339 } from '../../schemas/instant.ts';
import { combineScores } from '../../schemas/score.ts';
import type { Store } from '../store/store.ts';

export interface DayScore {
  /** ISO day in Hanoi. */
  readonly day: string;
  readonly score: number | null;
  readonly unknown: number;
}

/** Writes down how every site stands today; the last of a day stays. Ticked by the scheduler. */
export async function keepScores(store: Store): Promise<void> {
  const [now, scores] = await Promise.all([store.now(), store.problems.scores()]);
  const day = toRfc3339(now).slice(0, 10);
  const bySite = Map.groupBy(scores, ({ site }) => site);
  const records = [...bySite].map(([site, parts]) => {
    const whole = combineScores(parts.map(({ score }) => ({ ...score, unknown: 0 })));
    const document = { day, score: whole.score ?? null, unknown: Math.round(whole.unknown * 1000) / 1000 };
    return {
      kind: 'day-score' as const,
      id: `${site}/${day}`,
      site,
      at: Date.parse(`${day}T00:00:00+07:00`),
      document,
    };
  });
  const known = new Map(
    (
      await store.records.byIds(
        'day-score',
        records.map(({ id }) => id),
      )
    ).map(({ id, document }) => [id, JSON.stringify(document)]),
  );
  const changed = records.filter(({ id, document }) => known.get(id) !== JSON.stringify(document));
  if (changed.length > 0) await store.transaction(tx => tx.records.put(...changed));
}

/** Oldest first. */
export async function scoreHistory(store: Store, site: string, days: number): Promise<DayScore[]> {
  const found = await store.records.find('day-score', { site, first: days });
  return found.map(({ document }) => document).reverse();
}
