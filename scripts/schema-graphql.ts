// npm run schema:graphql [-- --released]
// Writes schemas/schema.graphql: the public schema as every federation has it, with the content schemas that the
// connectors bring along. Tells what would break those who use the API; a test fails until a record says why. With
// --released also schemas/schema.released.graphql, which later changes are compared with: part of a release.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildSchema, type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { connectors } from '../connectors/index.ts';
import { openSeededServices } from '../gateway/e2e/seeded-services.ts';
import { createGraph } from '../gateway/graph/graph.ts';
import { formats } from '../schemas/formats/index.ts';
import { RELEASED, records, releasedSchema, unexplained } from './schema-changes.ts';

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

async function write(released: boolean): Promise<number> {
  const { schema, text } = await currentSchema();
  const before = writtenSchema();
  writeFileSync(FILE, text);
  console.log(`schemas/schema.graphql: ${before === text ? 'as it was' : 'written'}.`);
  const last = releasedSchema();
  const breaking = last === '' ? [] : unexplained(buildSchema(last), schema, records());
  if (breaking.length > 0) {
    console.error('This breaks those who use the released API, and no record of gateway/decisions names it:');
    for (const description of breaking) console.error(`  - \`${description}\``);
    console.error(
      'Keep it and deprecate it, or quote these lines in a record that says why (CONTRIBUTING.md).',
    );
    return 1;
  }
  if (released) writeFileSync(RELEASED, text);
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { released: { type: 'boolean', default: false } } });
  process.exitCode = await write(values.released);
}
