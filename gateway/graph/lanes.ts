import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  getVariableValues,
  type OperationDefinitionNode,
  OperationTypeNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { type Compiled, compiler } from './compiled.ts';
import { compose, isRemoteField } from './compose.ts';
import type { GraphContext } from './context.ts';
import type { Subschema } from './subschema.ts';
import { withoutSkipped } from './without-skipped.ts';

/**
 * FAST: the local subschemas composed, without delegation; COMPILED: the same, by code made of what is asked again and
 * again. SLOW: the gateway schema as it is stitched.
 */
export type Lane = 'COMPILED' | 'FAST' | 'SLOW';

/** How one generation of the graph executes what has been prepared. */
export type Lanes = (execution: Execution) => Promise<Executed>;

export interface Executed {
  readonly lane: Lane;
  /** Without `data` when nothing was executed, because the variables are not of their types. */
  readonly result: ExecutionResult;
}

export interface Execution {
  readonly document: DocumentNode;
  /** Which of the document's. */
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>> | null;
  /** Fresh for every execution; there is never a root value. */
  readonly context: GraphContext;
}

export interface LaneOptions {
  /** Every operation is delegated: only for proving that all lanes give the same answers. */
  readonly slow?: boolean;
  /** How often an operation is asked before it is compiled; `Infinity` for never. */
  readonly compileAfter?: number;
}

/** All lanes are made of the same stitched schema, so a generation swaps them together. */
export function openLanes(
  schema: GraphQLSchema,
  subschemas: readonly Subschema[],
  { slow = false, compileAfter }: LaneOptions = {},
): Lanes {
  const composed = compose(schema, subschemas);
  const compiled = compiler(composed, compileAfter);
  // Kept as long as the parse cache keeps the document itself.
  const delegated = new WeakMap<DocumentNode, boolean>();
  const isDelegated = (document: DocumentNode): boolean => {
    const known = delegated.get(document) ?? asksStitched(document, schema, subschemas);
    delegated.set(document, known);
    return known;
  };
  return async execution => {
    if (slow || isDelegated(execution.document)) return delegate(schema, execution);
    const query = areTyped(composed, execution) && compiled(execution.document, execution.operation);
    return (query && (await run(query, execution))) || interpret('FAST', composed, execution);
  };
}

function delegate(schema: GraphQLSchema, execution: Execution): Promise<Executed> {
  const { document, operation, variables } = execution;
  const asked = withoutSkipped(document, operation, variables);
  return interpret('SLOW', schema, { ...execution, document: asked });
}

async function interpret(lane: Lane, schema: GraphQLSchema, execution: Execution): Promise<Executed> {
  const { document, operation, variables, context } = execution;
  const result = await execute({
    schema,
    document,
    contextValue: context,
    operationName: operation.name?.value ?? null,
    variableValues: variables,
  });
  return { lane, result };
}

/** Compiled code takes some variables that aren't: `[]` for an input object, null for `$constructor: URL!`. */
function areTyped(schema: GraphQLSchema, { operation, variables }: Execution): boolean {
  const declared = operation.variableDefinitions ?? [];
  if (declared.length === 0) return true;
  return getVariableValues(schema, declared, variables ?? {}, { maxErrors: 1 }).errors === undefined;
}

/** Nothing when the variables are refused: the interpreter refuses them too, in the words of every other lane. */
async function run(query: Compiled, { context, variables }: Execution): Promise<Executed | undefined> {
  const result = await query(undefined, context, variables);
  return result.data === undefined ? undefined : { lane: 'COMPILED', result };
}

/**
 * When anything in the document is a remote site's, whatever `@skip` says; when it writes, because what an act has
 * changed is read again by every subschema; and when it asks for the schema, which is the stitched one.
 */
function asksStitched(
  document: DocumentNode,
  schema: GraphQLSchema,
  subschemas: readonly Subschema[],
): boolean {
  let found = false;
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      OperationDefinition: ({ operation }) => {
        if (operation !== OperationTypeNode.QUERY) found = true;
      },
      Field: ({ name: { value: field } }) => {
        const type = types.getParentType()?.name;
        if (field === '__typename' || type === undefined || found) return;
        if (field.startsWith('__') || isRemoteField(type, field, subschemas)) found = true;
      },
    }),
  );
  return found;
}
