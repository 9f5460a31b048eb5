import type { SubschemaConfig } from '@graphql-tools/delegate';
import { stitchSchemas } from '@graphql-tools/stitch';
import { filterSchema } from '@graphql-tools/utils';
import type { GraphQLSchema } from 'graphql';
import type { EntryPoint } from '../../schemas/subschemas/subschema.ts';
import { refuseConflicts } from './refuse-conflicts.ts';
import { SCALARS } from './scalars.ts';
import type { Subschema } from './subschema.ts';

/** The gateway schema: always what stitching makes of all subschemas. Throws CONFIG_INVALID on a conflict. */
export function stitch(subschemas: readonly Subschema[]): GraphQLSchema {
  refuseConflicts(subschemas);
  return stitchSchemas({
    subschemas: subschemas.map(toConfig),
    resolvers: SCALARS,
    typeMergingOptions: {
      // By default the last one's description stands, even where it has none.
      typeDescriptionsMerger: candidates =>
        candidates.map(({ type }) => type.description).find(text => !!text),
    },
  });
}

function toConfig({ schema, text }: Subschema): SubschemaConfig {
  const merge = Object.entries(text.merges).map(([type, entryPoint]) => [type, mergeBy(entryPoint)]);
  return {
    schema,
    merge: Object.fromEntries(merge),
    // Entry points stay callable for the gateway, and out of what the public sees.
    transforms: [{ transformSchema: withoutEntryPoints }],
  };
}

function withoutEntryPoints(schema: GraphQLSchema): GraphQLSchema {
  return filterSchema({ schema, rootFieldFilter: (_operation, field) => !field.startsWith('_') });
}

function mergeBy({ field, key }: EntryPoint) {
  return {
    fieldName: field,
    selectionSet: `{ ${key} }`,
    key: (parent: Readonly<Record<string, unknown>>) => parent[key],
    argsFromKeys: (ids: readonly unknown[]) => ({ ids }),
  };
}
