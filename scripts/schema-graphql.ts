// npm run schema:graphql [-- --because gateway/decisions/<record>.md]
// Writes schemas/schema.graphql: the public schema as every federation has it, with the content schemas that the
// connectors bring along. Refuses a breaking change unless a record says why.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  buildSchema,
  findBreakingChanges,
  type GraphQLSchema,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { connectors } from '../connectors/index.ts';
import { openSeededServices } from '../gateway/e2e/seeded-services.ts';
import { createGraph } from '../gateway/graph/graph.ts';
import { formats } from '../schemas/formats/index.ts';

const FILE = fileURLToPath(new URL('../schemas/schema.graphql', import.meta.url));
const HEAD =
  "# Written by `npm run schema:graphql`; a test keeps it as the program is. A site's own content schemas come on top.\n\n";

/** The public schema, as SDL in one order. */
export async function currentSchema(): Promise<{ readonly schema: GraphQLSchema; readonly text: string }> {
  const known = connectors(formats);
  const contentSchemas = known.flatMap(({ contentSchemas: own }) => own ?? []);
  const { services, close } = await openSeededServices({ connectors: known, contentSchemas });
  try {
    const schema = lexicographicSortSchema(createGraph(services).schema);
    return { schema, text: `${HEAD}${printSchema(schema)}\n` };
  } finally {
    await close();
  }
}

/** What the file on disk says; undefined before it was first written. */
export function writtenSchema(): string | undefined {
  return existsSync(FILE) ? readFileSync(FILE, 'utf8') : undefined;
}

async function write(because: string | undefined): Promise<number> {
  const { schema, text } = await currentSchema();
  const before = writtenSchema();
  const breaking = before === undefined ? [] : findBreakingChanges(buildSchema(before), schema);
  if (breaking.length > 0 && !(because && existsSync(because))) {
    console.error('This would break those who use the API:');
    for (const { description } of breaking) console.error(`  ${description}`);
    console.error(
      'Keep it, deprecate it, or say why in a record: npm run schema:graphql -- --because gateway/decisions/<record>.md',
    );
    return 1;
  }
  writeFileSync(FILE, text);
  console.log(`schemas/schema.graphql: ${before === text ? 'as it was' : 'written'}.`);
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { because: { type: 'string' } } });
  process.exitCode = await write(values.because);
}
