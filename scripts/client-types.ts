// npm run client:types
// Writes scripts/example-client/operations.ts: the operations of schemas/operations/, each with its types and its hash,
// from schemas/schema.graphql. A test keeps it fresh.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { codegen } from '@graphql-codegen/core';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import { buildSchema, type DocumentNode, getOperationAST, parse, print } from 'graphql';

const SCHEMA = new URL('../schemas/schema.graphql', import.meta.url);
const OPERATIONS = new URL('../schemas/operations/', import.meta.url);
const WRITTEN = fileURLToPath(new URL('example-client/operations.ts', import.meta.url));

const HEAD = `// Written by \`npm run client:types\` from schemas/operations/*.graphql and schemas/schema.graphql: don't edit.
import type { Operation } from './client.ts';

`;

/** What the file must be. */
export async function clientTypes(): Promise<string> {
  const text = readFileSync(SCHEMA, 'utf8');
  const documents = readdirSync(OPERATIONS)
    .toSorted()
    .map(name => ({ location: name, document: parse(readFileSync(new URL(name, OPERATIONS), 'utf8')) }));
  const types = await codegen({
    filename: WRITTEN,
    schema: parse(text),
    schemaAst: buildSchema(text),
    documents,
    plugins: [{ operations: {} }],
    pluginMap: { operations: typescriptOperations },
    config: {
      scalars: { DateTime: 'string', URL: 'string', HTML: 'string' },
      immutableTypes: true,
      skipTypename: true,
    },
  });
  return `${HEAD}${types.trim()}\n\n${documents.map(({ document }) => constantOf(document)).join('\n')}`;
}

/** The file as it is. */
export function writtenTypes(): string {
  return readFileSync(WRITTEN, 'utf8');
}

/** `TimTin`: the text that is sent, the hash it is known by, and for the compiler what goes in and comes out. */
function constantOf(document: DocumentNode): string {
  const name = getOperationAST(document)?.name?.value;
  if (name === undefined) throw new Error('Each file holds one operation with a name.');
  const text = print(document);
  const sha256 = createHash('sha256').update(text).digest('hex');
  const value = { name, sha256, text };
  return `export const ${name}: Operation<${name}Query, ${name}QueryVariables> = ${JSON.stringify(value, null, 2)};\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(WRITTEN, await clientTypes());
  console.log('scripts/example-client/operations.ts: written.');
}
