import { expect, it } from '@jest/globals';
import {
  buildSchema,
  findBreakingChanges,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import { currentSchema, writtenSchema } from './schema-graphql.ts';

it('schemas/schema.graphql is the schema of this program: run `npm run schema:graphql`', async () => {
  const { schema, text } = await currentSchema();
  const written = writtenSchema() ?? '';
  expect(findBreakingChanges(buildSchema(written), schema).map(({ description }) => description)).toEqual([]);
  expect(text).toBe(written);
});

it('leaves nothing without a description', async () => {
  const { schema } = await currentSchema();
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  expect(types.flatMap(undescribed)).toEqual([]);
});

const BUILT_IN = new Set(['String', 'Int', 'Float', 'Boolean', 'ID']);

function undescribed(type: GraphQLNamedType): string[] {
  const missing = type.description || BUILT_IN.has(type.name) ? [] : [type.name];
  if (isEnumType(type))
    return [
      ...missing,
      ...type
        .getValues()
        .filter(one => !one.description)
        .map(one => `${type.name}.${one.name}`),
    ];
  if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return missing;
  for (const field of Object.values(type.getFields())) {
    if (!field.description) missing.push(`${type.name}.${field.name}`);
    if (!('args' in field)) continue;
    for (const argument of field.args)
      if (!argument.description) missing.push(`${type.name}.${field.name}(${argument.name})`);
  }
  return missing;
}
