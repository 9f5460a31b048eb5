import { expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { preparer } from './prepare.ts';

const schema = buildSchema('type Query { items(in: [ID!]): Int }');

it.each([
  ['lists', `{ items(in: ${'['.repeat(60_000)}${']'.repeat(60_000)}) }`],
  ['objects', `{ items(in: ${'{a:'.repeat(60_000)}1${'}'.repeat(60_000)}) }`],
  ['list types', `query($in: ${'['.repeat(60_000)}ID${']'.repeat(60_000)}) { items(in: $in) }`],
  ['selections', `${'{ items '.repeat(60_000)}${'}'.repeat(60_000)}`],
])('%s nested without end are refused as too much, not as a fault of ours', (_what, source) => {
  expect(preparer(schema)(source)).toMatchObject({ errors: [{ extensions: { code: 'LIMIT_EXCEEDED' } }] });
});
