import { expect, it } from '@jest/globals';
import {
  buildSchema,
  type GraphQLNamedType,
  type GraphQLObjectType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  isSpecifiedDirective,
} from 'graphql';
import { badDeprecations, records, releasedSchema, unexplained } from './schema-changes.ts';
import { currentSchema, writtenSchema } from './schema-graphql.ts';

it('schemas/schema.graphql is the schema of this program: run `npm run schema:graphql`', async () => {
  expect((await currentSchema()).text).toBe(writtenSchema());
});

it('nothing of the released API is taken away but what a record of gateway/decisions names', async () => {
  const { schema } = await currentSchema();
  expect(unexplained(buildSchema(releasedSchema()), schema, records())).toEqual([]);
});

it('whatever is deprecated says since when, what to use instead, and when it goes', async () => {
  expect(badDeprecations((await currentSchema()).schema)).toEqual([]);
});

it('leaves nothing without a description', async () => {
  const { schema } = await currentSchema();
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  expect(types.flatMap(undescribed)).toEqual([]);
  const directives = schema.getDirectives().filter(directive => !isSpecifiedDirective(directive));
  expect(directives.filter(({ description }) => !description)).toEqual([]);
});

it('says of whatever can be null when it is, at the field or for all of its type', async () => {
  const { schema } = await currentSchema();
  const types = Object.values(schema.getTypeMap()).filter(
    type => isObjectType(type) && !/^__/.test(type.name),
  );
  expect(types.flatMap(type => (isObjectType(type) ? silentFields(type) : []))).toEqual([]);
});

function silentFields(type: GraphQLObjectType): string[] {
  if (/null/i.test(type.description ?? '')) return [];
  return Object.values(type.getFields())
    .filter(field => !isNonNullType(field.type) && !/null/i.test(field.description ?? ''))
    .map(field => `${type.name}.${field.name}`);
}

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
