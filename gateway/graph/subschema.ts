import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';
import type { SubschemaText } from '../../schemas/subschemas/subschema.ts';
import type { GraphContext } from './context.ts';
import { SCALARS } from './scalars.ts';

/** One part of the graph, ready to be executed alone or joined. */
export interface Subschema {
  readonly text: SubschemaText;
  readonly kind: 'LOCAL' | 'REMOTE';
  /** Ids of the sites whose items it says something of. */
  readonly sites: readonly string[];
  readonly schema: GraphQLSchema;
  /** How it is doing at this moment. */
  readonly state: () => SubschemaState;
  /** Of a remote: the source whose items have `type` as their `own`. */
  readonly live?: { readonly source: string; readonly type: string };
}

/** DOWN: does not answer, its fields are null. CHANGED: its schema no longer fits, the last good one serves on. */
export type SubschemaState = 'UP' | 'DOWN' | 'CHANGED';

export type Resolver<Parent = unknown, Args = unknown> = (
  parent: Parent,
  args: Args,
  context: GraphContext,
) => unknown;

/** `Type.field` → how it is answered. Fields without one are read off their parent. */
export type Resolvers = Readonly<Record<string, Readonly<Record<string, Resolver<never, never>>>>>;

export function localSubschema(
  text: SubschemaText,
  sites: readonly string[],
  resolvers: Resolvers,
): Subschema {
  const scalars = Object.entries(SCALARS).filter(([name]) => text.sdl.includes(`scalar ${name}`));
  const schema = makeExecutableSchema<GraphContext>({
    typeDefs: text.sdl,
    resolvers: [
      Object.fromEntries(scalars),
      ...Object.entries(resolvers).map(([type, fields]) => ({ [type]: fields })),
    ],
  });
  return { text, kind: 'LOCAL', sites, schema, state: () => 'UP' };
}
