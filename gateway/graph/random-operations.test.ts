import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { parse, validate } from 'graphql';
import { randomNumbers } from '../e2e/random-numbers.ts';
import { idOf, newItems, saveItems } from '../e2e/seed.ts';
import { OPERATOR } from '../e2e/seeded-graph.ts';
import { openSeededServices, type SeededServices } from '../e2e/seeded-services.ts';
import { type Answer, createGraph, type Graph } from './graph.ts';
import { type RandomOperation, randomOperation } from './random-operations.example.ts';

const OPERATIONS = Number(process.env.FUZZ_OPERATIONS ?? 400);
const VALUES = {
  ID: [idOf('cong', 'bai-0'), idOf('viec-lam', 'bai-1'), 'urn:uuid:nobody', 'viec-lam', 'bao-a', 'media-alt'],
  URL: ['https://cong.example.vn/bai-0', 'javascript:alert(1)'],
  DateTime: ['2026-11-22T08:00:00+07:00', 'yesterday'],
  String: ['tin', 'viec lam', '', 'bm90IGEgY3Vyc29y'],
  Int: [1, 2, 5, 0, -1],
  Boolean: [true, false],
};

let world: SeededServices;
let lanes: Readonly<Record<'compiled' | 'interpreted' | 'stitched', Graph>>;

beforeAll(async () => {
  world = await openSeededServices();
  await saveItems(world.store, newItems(20));
  lanes = {
    compiled: createGraph(world.services, [], { compileAfter: 0 }),
    interpreted: createGraph(world.services, [], { compileAfter: Number.POSITIVE_INFINITY }),
    stitched: createGraph(world.services, [], { slow: true }),
  };
});
afterAll(() => world.close());

it(`${OPERATIONS} operations that nobody thought of: the same bytes in all lanes`, async () => {
  const { schema } = lanes.compiled;
  const random = randomNumbers(Number(process.env.FUZZ_SEED ?? 20_261_127));
  const went = new Map<Answer['lane'], number>();
  for (let made = 0; made < OPERATIONS; ) {
    const operation = randomOperation(schema, random, VALUES);
    if (validate(schema, parse(operation.source)).length > 0) continue;
    made += 1;
    const [compiled, interpreted, stitched] = await Promise.all([
      ask(lanes.compiled, operation),
      ask(lanes.interpreted, operation),
      ask(lanes.stitched, operation),
    ]);
    expect({ operation, bytes: compiled.bytes }).toEqual({ operation, bytes: interpreted.bytes });
    expect({ operation, bytes: compiled.bytes }).toEqual({ operation, bytes: stitched.bytes });
    went.set(compiled.lane, (went.get(compiled.lane) ?? 0) + 1);
  }
  // Neither were they all refused, nor all left to the interpreter.
  expect(went.get('COMPILED')).toBeGreaterThan(OPERATIONS / 4);
  expect(went.get('FAST')).toBeGreaterThan(OPERATIONS / 8);
}, 600_000);

async function ask(graph: Graph, { source, variables }: RandomOperation) {
  const { result, refused, lane } = await graph.answer({
    source,
    variables,
    rights: OPERATOR,
    mayWrite: false,
  });
  const bytes = JSON.stringify({ refused, result });
  return {
    bytes: bytes.replace(/(for |"logId":")[0-9a-f]{12}/g, '$1…'),
    lane,
  };
}
