import type { ContentSchema } from './federation.ts';
import type { Instant } from './instant.ts';
import type { LegacyText } from './legacy-text/tables.ts';

/** How a source writes its dates, where it doesn't write them well. */
export interface DateSettings {
  /** Order of day and month in all-number dates. Guessed only when one number is over 12. */
  readonly order?: 'dmy' | 'mdy' | 'ymd';
  /** Zone of dates that carry none: `+07:00` unless set. */
  readonly zone?: string;
  /** Zone that replaces the declared one: for local time labelled GMT, or UTC labelled +0700. */
  readonly force?: string;
}

/** One harvestable endpoint of a site. */
export interface Source {
  /** `<site>/<source>`, the name in paths, commands, logs and metrics. */
  readonly name: string;
  readonly site: string;
  readonly id: string;
  /** Id of the connector that reads it. */
  readonly connector: string;
  /** Already parsed by the connector's own options schema. */
  readonly options: unknown;
  /** Shortest and longest wait between harvests, in milliseconds. */
  readonly every: { readonly min: number; readonly max: number };
  /** Items older than this many milliseconds before the first harvest are not taken. */
  readonly since: number;
  readonly dates: DateSettings;
  /** Legacy Vietnamese charset, only ever by setting: `tcvn3`, `vni`, `viscii`. */
  readonly legacyText?: LegacyText;
  readonly enabled: boolean;
  /** The content schema of its site, for connectors whose options map `own` fields. */
  readonly contentSchema?: ContentSchema;
}

/** What the store knows of a source's work; it decides what is due. */
export interface SourceState {
  readonly source: string;
  /** When it was first registered: items published before this are back-fill. */
  readonly connected: Instant;
  readonly due: Instant;
  /** Since when the federation file no longer names it. */
  readonly left?: Instant;
  readonly paused?: { readonly until?: Instant; readonly reason: string };
  readonly lastStarted?: Instant;
  readonly lastSucceeded?: Instant;
  /** Last time something new or changed came in. */
  readonly lastChanged?: Instant;
  /** Failures in a row; 0 after a success. */
  readonly failures: number;
  readonly lastError?: { readonly code: string; readonly message: string; readonly at: Instant };
  /** Current wait between harvests, adapted to how often the source really publishes, in milliseconds. */
  readonly interval: number;
  readonly harvested: number;
  readonly strictReader?: { readonly entries: number; readonly refusedAt?: string; readonly at: Instant };
}
