import { openSeededGraph } from '../e2e/seeded-graph.ts';
import { oddArgumentsConform } from './odd-arguments.conformance.ts';

oddArgumentsConform(() => openSeededGraph(20));
