import { Kind, parse, specifiedScalarTypes } from 'graphql';
import { CodedError } from '../../schemas/errors.ts';
import type { ContentSchema } from '../../schemas/federation.ts';
import type { SubschemaText } from '../../schemas/subschemas/subschema.ts';

/**
 * A content schema's stub stands in the SDL of `items`, where a type written twice silently becomes one. Throws
 * CONFIG_INVALID for a type name that is ours, and for two schemas that share one.
 */
export function refuseTakenTypes(schemas: readonly ContentSchema[], ours: readonly SubschemaText[]): void {
  const taken = new Map<string, string>([
    ...specifiedScalarTypes.map(({ name }) => [name, 'GraphQL'] as const),
    ...['Query', 'Mutation', 'Subscription', 'Own'].map(name => [name, 'items'] as const),
    ...ours.flatMap(text => declared(text.sdl).map(name => [name, text.id] as const)),
  ]);
  for (const { name, type } of schemas) {
    const owner = taken.get(type);
    if (owner !== undefined) {
      throw new CodedError(
        'CONFIG_INVALID',
        `The type ${type} of content schema ${name} is taken by ${owner}. Name it differently.`,
        { data: { type, contentSchema: name, owner } },
      );
    }
    taken.set(type, `content schema ${name}`);
  }
}

function declared(sdl: string): readonly string[] {
  return parse(sdl).definitions.flatMap(node =>
    'name' in node && node.kind !== Kind.OPERATION_DEFINITION && node.name ? node.name.value : [],
  );
}
