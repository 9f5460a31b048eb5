// npm run bench:abuse: how long each abusive operation of `gateway/graph/abuses.example.ts` takes to be refused, against
// how long an ordinary list takes to be answered, in one process. Prints; never fails for being slow.
import { openSeededGraph } from '../../gateway/e2e/seeded-graph.ts';
import { ABUSES, type Abuse } from '../../gateway/graph/abuses.example.ts';
import { ANYBODY } from '../../gateway/http/access.ts';
import { ms } from './table.ts';

const ROUNDS = 5;
const SHOWN = 8;
const ORDINARY: Abuse = {
  name: 'an ordinary list',
  source: '{ items(first: 20) { nodes { id title link published site { id name } } } }',
};

const seeded = await openSeededGraph(60);
try {
  const ordinary = await median(ORDINARY);
  const refusals: { readonly name: string; readonly took: number }[] = [];
  for (const abuse of ABUSES) refusals.push({ name: abuse.name, took: await median(abuse) });
  refusals.sort((one, other) => other.took - one.took);
  const at = (share: number) => refusals[Math.floor(refusals.length * (1 - share))]?.took ?? 0;
  console.log(`${ABUSES.length} abusive operations, each the median of ${ROUNDS}`);
  console.log(`refused: median ${ms(at(0.5))}, p95 ${ms(at(0.95))}, slowest ${ms(refusals[0]?.took ?? 0)}`);
  console.log(`against ${ORDINARY.name}, answered from memory: ${ms(ordinary)}`);
  for (const { name, took } of refusals.slice(0, SHOWN)) console.log(`  ${ms(took).padStart(8)}  ${name}`);
} finally {
  await seeded.close();
}

/** Milliseconds. A comment makes each round another document, so that no parse cache helps. */
async function median(abuse: Abuse): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await time(abuse, round));
  return rounds.toSorted((one, other) => one - other)[Math.floor(ROUNDS / 2)] ?? 0;
}

async function time({ source, variables = {}, operationName }: Abuse, round: number): Promise<number> {
  const started = performance.now();
  await seeded.graph.answer({
    source: `# ${round}\n${source}`,
    variables,
    operationName,
    rights: ANYBODY,
    mayWrite: true,
  });
  return performance.now() - started;
}
