import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  OperationTypeNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { compose, isRemoteField } from './compose.ts';
import type { GraphContext } from './context.ts';
import type { Subschema } from './subschema.ts';

/** FAST: the local subschemas composed, without delegation. SLOW: the gateway schema as it is stitched. */
export type Lane = 'FAST' | 'SLOW';

/** How one generation of the graph executes what has been prepared. */
export interface Lanes {
  /** The lane that a document goes, told once a document. */
  laneOf(document: DocumentNode): Lane;
  execute(lane: Lane, execution: Execution): Promise<ExecutionResult>;
}

export interface Execution {
  readonly document: DocumentNode;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>> | null;
  /** Fresh for every execution; there is never a root value. */
  readonly context: GraphContext;
}

/** Both lanes are made of the same stitched schema, so a generation swaps them together. */
export function openLanes(schema: GraphQLSchema, subschemas: readonly Subschema[]): Lanes {
  const composed = compose(schema, subschemas);
  // Kept as long as the parse cache keeps the document itself.
  const known = new WeakMap<DocumentNode, Lane>();
  return {
    laneOf(document) {
      const lane = known.get(document) ?? chooseLane(document, schema, subschemas);
      known.set(document, lane);
      return lane;
    },
    execute: async (lane, { document, operationName, variables, context }) =>
      execute({
        schema: lane === 'FAST' ? composed : schema,
        document,
        contextValue: context,
        operationName,
        variableValues: variables,
      }),
  };
}

/**
 * Slow when anything in the document is a remote site's, whatever `@skip` says; when it writes, because what an act
 * has changed is read again by every subschema; and when it asks for the schema, which is the stitched one.
 */
function chooseLane(document: DocumentNode, schema: GraphQLSchema, subschemas: readonly Subschema[]): Lane {
  let lane: Lane = 'FAST';
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      OperationDefinition: ({ operation }) => {
        if (operation !== OperationTypeNode.QUERY) lane = 'SLOW';
      },
      Field: ({ name: { value: field } }) => {
        const type = types.getParentType()?.name;
        if (field === '__typename' || type === undefined || lane === 'SLOW') return;
        if (field.startsWith('__') || isRemoteField(type, field, subschemas)) lane = 'SLOW';
      },
    }),
  );
  return lane;
}
