import type { Services } from '../http/services.ts';
import { createGraph, type Graph } from './graph.ts';
import type { Remotes } from './remote/remotes.ts';

const OPERATIONS_KEPT = 500;

export interface Generations {
  /** Always answers by the newest good generation; one that is answering ends in its own. */
  readonly graph: Graph;
  /** Reads remote schemas anew and swaps where they changed. Never throws: the last good generation serves on. */
  refresh(): Promise<boolean>;
}

/** Builds a new graph beside the old one and swaps. Throws CONFIG_INVALID only for the first. */
export function openGenerations(services: Services, remotes: Remotes): Generations {
  let current = createGraph(services, remotes.subschemas());
  /** Operations of earlier generations: readers still send them. */
  let earlier: ReturnType<Graph['operations']> = [];
  const operations = () => [...new Map([...earlier, ...current.operations()])].slice(-OPERATIONS_KEPT);
  return {
    graph: {
      get schema() {
        return current.schema;
      },
      get subschemas() {
        return current.subschemas;
      },
      prepare: source => current.prepare(source),
      operations,
      answer: operation => current.answer(operation),
    },
    async refresh() {
      try {
        if (!(await remotes.refresh({ schema: current.schema, operations }))) return false;
        const next = createGraph(services, remotes.subschemas());
        earlier = operations();
        current = next;
        services.log.info({}, 'Remote schemas have changed: a new generation of the graph serves.');
        return true;
      } catch (error) {
        services.log.error(
          { err: error },
          'A new generation of the graph was refused; the last good one serves on.',
        );
        return false;
      }
    },
  };
}
