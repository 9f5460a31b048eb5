import type { AlarmKindId } from '../../schemas/alarms.ts';
import type { Federation } from '../../schemas/federation.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Bilingual } from '../../schemas/text.ts';
import type { Store } from '../store/store.ts';

/** Trouble as it stands at one look. */
export interface Sighting {
  readonly kind: AlarmKindId;
  /** Tells it from others of its kind: a source, a site, a paper. */
  readonly subject: string;
  readonly site?: string;
  /** When it began, as far as that is known. */
  readonly since: Instant;
  /** Grows as it becomes more pressing; each step is told once. */
  readonly step?: number;
  /** Milliseconds that it must be seen for before it counts: what often puts itself right. */
  readonly settle?: number;
  /** What is wrong, and what to do: one sentence. */
  readonly sentence: Bilingual;
}

export interface LookTools {
  readonly store: Store;
  readonly federation: Federation;
  readonly dataDir: string;
  readonly now: Instant;
  /** The kind's threshold, as the federation file has it. */
  readonly threshold: (kind: AlarmKindId) => number;
}

/** Looks for some kinds of trouble. Bounded and quick; what it throws leaves its alarms as they were. */
export interface Watch {
  readonly kinds: readonly AlarmKindId[];
  look(tools: LookTools): Promise<readonly Sighting[]>;
}
