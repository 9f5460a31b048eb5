import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import type { GraphContext } from './context.ts';
import { fieldsOf } from './limits.ts';
import { isConditional } from './without-skipped.ts';

/** One operation as code. Its result has no `data` when the variables are not of their types. */
export type Compiled = (
  root: undefined,
  context: GraphContext,
  variables: Readonly<Record<string, unknown>> | null,
) => Promise<ExecutionResult> | ExecutionResult;

/** Making the code takes as long as tens of executions, so it must be worth it. */
const AFTER = 3;
/** Operations whose code is kept. */
const KEPT = 100;
/** Fields, each as often as its fragments are spread: larger operations are rare, and their code takes megabytes. */
const LARGEST = 200;

interface Asked {
  times: number;
  query?: Compiled | 'NONE';
}

/**
 * Finds the code of an operation that has been asked `after` times; nothing when it was asked less often, or when it is
 * one that is never compiled. Bounded: the code least lately used goes first.
 */
export function compiler(
  schema: GraphQLSchema,
  after = AFTER,
): (document: DocumentNode, operation: OperationDefinitionNode) => Compiled | undefined {
  const asked = new WeakMap<OperationDefinitionNode, Asked>();
  const kept = new Set<Asked>();
  return (document, operation) => {
    const one = asked.get(operation) ?? { times: 0 };
    asked.set(operation, one);
    one.times += 1;
    if (one.times <= after) return undefined;
    one.query ??= compile(schema, document, operation) ?? 'NONE';
    if (one.query === 'NONE') return undefined;
    kept.delete(one);
    kept.add(one);
    if (kept.size > KEPT) forgetOldest(kept);
    return one.query;
  };
}

function forgetOldest(kept: Set<Asked>): void {
  const [oldest] = kept;
  if (!oldest) return;
  kept.delete(oldest);
  oldest.times = 0;
  delete oldest.query;
}

function compile(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Compiled | undefined {
  if (fieldsOf(document, operation) > LARGEST) return undefined;
  // Of `nodes @skip(if: true) { id } nodes { title }` the code would give both: graphql-jit tests a field, not its path.
  if (isConditional(document) || namesPrototype(document)) return undefined;
  if (mayMeetNull(schema, document, operation)) return undefined;
  const compiled = compileQuery(schema, document, operation.name?.value, {
    // Nothing of ours throws without a stack of its own.
    disablingCapturingStackErrors: true,
  });
  return isCompiledQuery(compiled) ? (compiled.query as Compiled) : undefined;
}

/** `{ __proto__: id }` is a field like any other, `$__proto__` a variable; in the code they would be a prototype. */
function namesPrototype(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    [Kind.NAME]: ({ value }) => {
      if (value === '__proto__') found = true;
    },
  });
  return found;
}

/**
 * `kinds: [$kind]` of `$kind: SiteKind = UNIT`: what has a default may stand where null may not, and be given null all the
 * same. The code would hand that on: it looks whether an argument is null, and not at what is inside.
 */
function mayMeetNull(
  schema: GraphQLSchema,
  document: DocumentNode,
  { variableDefinitions = [] }: OperationDefinitionNode,
): boolean {
  const nullable = new Set(
    variableDefinitions
      .filter(({ type }) => type.kind !== Kind.NON_NULL_TYPE)
      .map(({ variable }) => variable.name.value),
  );
  const types = new TypeInfo(schema);
  let found = false;
  visit(
    document,
    visitWithTypeInfo(types, {
      [Kind.VARIABLE_DEFINITION]: () => false,
      [Kind.VARIABLE]: ({ name }) => {
        if (nullable.has(name.value) && isNonNullType(types.getInputType())) found = true;
      },
    }),
  );
  return found;
}
