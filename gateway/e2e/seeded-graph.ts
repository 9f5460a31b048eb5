import { createGraph, type Graph } from '../graph/graph.ts';
import { ANYBODY, type Rights } from '../http/access.ts';
import { countingStore } from './counting-store.ts';
import { newItems, saveItems } from './seed.ts';
import { openSeededServices, type SeededServices } from './seeded-services.ts';

/** An answer as a client has it after parsing: the test that wrote the query knows its shape. */
export type Parsed = ReturnType<typeof JSON.parse>;

interface WithErrors {
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

export interface SeededGraph {
  readonly world: SeededServices;
  readonly graph: Graph;
  /** Calls of the store's reading rooms since the beginning. */
  readonly calls: string[];
  ask(source: string, how?: { readonly rights?: Rights; readonly variables?: object }): Promise<Parsed>;
  close(): Promise<void>;
}

/** The whole graph over a real store, of either engine, with that many items of all kinds of site. */
export async function openSeededGraph(items: number, databaseUrl?: string): Promise<SeededGraph> {
  const world = await openSeededServices({}, databaseUrl);
  await saveItems(world.store, newItems(items));
  const { store, calls } = countingStore(world.store);
  const graph = createGraph({ ...world.services, store });
  return {
    world,
    graph,
    calls,
    ask: async (source, { rights = ANYBODY, variables = {} } = {}) => {
      const { result } = await graph.answer({ source, rights, variables: { ...variables }, mayWrite: true });
      return JSON.parse(JSON.stringify(result));
    },
    close: () => world.close(),
  };
}

/** Somebody with a key of these scopes. */
export function holder(...scopes: readonly string[]): Rights {
  return { known: true, scopes: new Set(scopes) };
}

export const OPERATOR = holder('read', 'operate');

export function codesOf({ errors }: WithErrors): readonly string[] | undefined {
  return errors?.map(({ extensions }) => extensions.code);
}
