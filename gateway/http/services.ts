import type { Connector, Log } from '../../connectors/connector.ts';
import type { ContentSchema, Federation } from '../../schemas/federation.ts';
import type { Format } from '../../schemas/formats/format.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Rule } from '../../schemas/rules/rule.ts';
import type { Signer } from '../ledger/signer.ts';
import type { Store } from '../store/store.ts';
import type { Metrics } from './metrics.ts';
import type { Tallies } from './tallies.ts';
import type { Usage } from './usage.ts';

/** What the routes are handed: built once in `gateway/main.ts`, never imported from a module. */
export interface Services {
  readonly store: Store;
  readonly federation: Federation;
  readonly connectors: readonly Connector[];
  readonly formats: readonly Format[];
  readonly rules: readonly Rule[];
  /** Those of the federation file and those the connectors bring along. */
  readonly contentSchemas: readonly ContentSchema[];
  readonly adminToken: string;
  /** Signs evidence packs; where it is missing there are none. */
  readonly signer?: Signer;
  readonly log: Log;
  readonly now: () => Instant;
  /** True while the sandbox ministry is what is harvested: pages must say that it is made up. */
  readonly sandbox: boolean;
  /** Who uses us and how much more they may; the routes make one of their own when there is none. */
  readonly usage?: Usage;
  /** Counts on over reloads; the routes make one of their own when there is none. */
  readonly metrics?: Metrics;
  /** Outlive a reload; the routes make their own when there are none. */
  readonly tallies?: Tallies;
  /** The federation as it is now, for what outlives a reload: a stream. Absent: `federation` for ever. */
  readonly newest?: () => Federation;
}
