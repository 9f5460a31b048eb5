import type { GraphQLFormattedError } from 'graphql';
import type { Rights } from '../http/access.ts';
import type { Services } from '../http/services.ts';
import { type Budget, newBudget } from './limits.ts';
import { type Reads, reads } from './reads.ts';
import type { SourceStates } from './source-states.ts';
import type { Subschema } from './subschema.ts';

/**
 * What resolvers are handed. A fresh one for every execution, never shared: stitching keeps its loaders by it, and
 * an old one would give a withdrawn item for ever.
 */
export interface GraphContext {
  readonly services: Services;
  readonly rights: Rights;
  readonly reads: Reads;
  readonly budget: Budget;
  readonly states: SourceStates;
  readonly subschemas: readonly Subschema[];
  /** Site → what went wrong when it was asked live: one error a site, however many fields it cost. */
  readonly siteErrors: Map<string, GraphQLFormattedError>;
  /** Site → milliseconds since what it says here was asked, where it was not asked now. */
  readonly siteAges: Map<string, number>;
}

/** What outlives an execution. */
export type Lasting = Omit<GraphContext, 'rights' | 'reads' | 'budget' | 'siteErrors' | 'siteAges'>;

export function freshContext(lasting: Lasting, rights: Rights): GraphContext {
  return {
    ...lasting,
    rights,
    reads: reads(lasting.services.store, rights),
    budget: newBudget(),
    siteErrors: new Map(),
    siteAges: new Map(),
  };
}
