import type { Instant } from '../../schemas/instant.ts';
import type { SourceState } from '../../schemas/source.ts';
import type { Services } from '../http/services.ts';

export type Health = 'OK' | 'NEW' | 'FAILING' | 'PAUSED';

export interface Freshness {
  readonly checkedAt: Instant | null;
  readonly sourceState: Health;
}

/** What the store knows of the sources, read at most every 10 s: freshness may be that much behind. */
export interface SourceStates {
  ofSource(name: string): Promise<SourceState | undefined>;
  ofSources(names: readonly string[]): Promise<readonly SourceState[]>;
  /** When what is known now has run out; undefined before anything was asked. */
  until(): Instant | undefined;
  /** After an act, so that its answer shows it. */
  forget(): void;
}

const KEPT = 10_000;
/** Worst first. */
const WORST: readonly Health[] = ['FAILING', 'PAUSED', 'NEW', 'OK'];

export function sourceStates({ store, now }: Pick<Services, 'store' | 'now'>): SourceStates {
  let kept: { readonly at: Instant; readonly states: Promise<ReadonlyMap<string, SourceState>> } | undefined;

  function current(): Promise<ReadonlyMap<string, SourceState>> {
    const at = now();
    if (kept && at - kept.at < KEPT && at >= kept.at) return kept.states;
    const states = store.work.states().then(all => new Map(all.map(state => [state.source, state])));
    kept = { at, states };
    // A failed reading isn't kept: the next asker tries again.
    states.catch(() => {
      kept = undefined;
    });
    return states;
  }

  return {
    ofSource: async name => (await current()).get(name),
    ofSources: async names => {
      const all = await current();
      return names.map(name => all.get(name)).filter(state => state !== undefined);
    },
    until: () => kept && kept.at + KEPT,
    forget: () => {
      kept = undefined;
    },
  };
}

export function healthOf(state: SourceState | undefined): Health {
  if (!state) return 'NEW';
  if (state.paused) return 'PAUSED';
  if (state.failures > 0) return 'FAILING';
  return state.lastSucceeded === undefined ? 'NEW' : 'OK';
}

/** The newest success and the worst state of several sources. */
export function freshnessOf(states: readonly SourceState[]): Freshness {
  const successes = states.map(state => state.lastSucceeded).filter(at => at !== undefined);
  const healths = new Set(states.map(healthOf));
  return {
    checkedAt: successes.length === 0 ? null : Math.max(...successes),
    sourceState: WORST.find(health => healths.has(health)) ?? 'NEW',
  };
}
