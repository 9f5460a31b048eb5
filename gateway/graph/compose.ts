import { MapperKind, mapSchema } from '@graphql-tools/utils';
import {
  defaultFieldResolver,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLUnionType,
  isObjectType,
} from 'graphql';
import type { EntryPoint } from '../../schemas/subschemas/subschema.ts';
import type { GraphContext } from './context.ts';
import type { Subschema } from './subschema.ts';

type Resolve = GraphQLFieldResolver<unknown, GraphContext>;

/**
 * The gateway schema once more, type for type, with the local subschemas' own resolvers in place of delegation. Made
 * of what stitching made, so that both lanes have the same types, descriptions and order. Fields of remote sites can't
 * be answered here: `asksRemote` tells which operations have them.
 */
export function compose(gateway: GraphQLSchema, subschemas: readonly Subschema[]): GraphQLSchema {
  const locals = subschemas.filter(({ kind }) => kind === 'LOCAL');
  return mapSchema(gateway, {
    [MapperKind.OBJECT_FIELD]: (config, field, type) => ({
      ...config,
      resolve: resolverOf(type, field, locals) ?? refuseRemote,
    }),
    // Stitching's own resolver looks for what delegation left; ours say `__typename`.
    [MapperKind.UNION_TYPE]: union => new GraphQLUnionType({ ...union.toConfig(), resolveType: undefined }),
  });
}

/** Whose field this is among the remote subschemas; the key of a merged type is in its stub already. */
export function isRemoteField(type: string, field: string, subschemas: readonly Subschema[]): boolean {
  return !subschemas.some(each => each.kind === 'LOCAL' && fieldOf(each.schema, type, field));
}

function resolverOf(type: string, field: string, locals: readonly Subschema[]): Resolve | undefined {
  const owner = locals.find(({ schema }) => fieldOf(schema, type, field));
  const resolve = owner && fieldOf(owner.schema, type, field)?.resolve;
  if (!owner) return undefined;
  const entryPoint = owner.text.merges[type];
  const own: Resolve = resolve ?? defaultFieldResolver;
  return entryPoint && isStubElsewhere(type, entryPoint, owner, locals)
    ? ofCompleted(own, entryPoint, owner.schema)
    : own;
}

/** A stub carries only its key; all other merged types are whole objects that every subschema reads. */
function isStubElsewhere(
  type: string,
  { key }: EntryPoint,
  owner: Subschema,
  locals: readonly Subschema[],
): boolean {
  return locals.some(each => {
    const found = each === owner ? undefined : typeOf(each.schema, type);
    return found !== undefined && Object.keys(found.getFields()).join() === key;
  });
}

/** What a stub stands for is asked of its subschema's entry point once, as delegation would. */
function ofCompleted(resolve: Resolve, { field, key }: EntryPoint, schema: GraphQLSchema): Resolve {
  const entryPoint = fieldOf(schema, 'Query', field)?.resolve;
  const completed = new WeakMap<object, Promise<unknown>>();
  return async (stub, args, context, info) => {
    if (!entryPoint || !isStub(stub)) return null;
    let entity = completed.get(stub);
    if (!entity) {
      entity = Promise.resolve(entryPoint(undefined, { ids: [stub[key]] }, context, info)).then(first);
      completed.set(stub, entity);
    }
    const found = await entity;
    return found === null || found === undefined ? null : resolve(found, args, context, info);
  };
}

function first(found: unknown): unknown {
  return Array.isArray(found) ? found[0] : undefined;
}

function isStub(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function fieldOf(schema: GraphQLSchema, type: string, field: string) {
  return typeOf(schema, type)?.getFields()[field];
}

function typeOf(schema: GraphQLSchema, name: string): GraphQLObjectType | undefined {
  const type = schema.getType(name);
  return isObjectType(type) ? type : undefined;
}

const refuseRemote: Resolve = (_parent, _args, _context, { parentType, fieldName }) => {
  throw new Error(`${parentType.name}.${fieldName} is asked of a site: never in the fast lane.`);
};
