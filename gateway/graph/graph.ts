import {
  type DocumentNode,
  type FormattedExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import { CodedError, toCoded } from '../../schemas/errors.ts';
import { type Rights, requireScope } from '../http/access.ts';
import type { Services } from '../http/services.ts';
import { freshContext, type Lasting } from './context.ts';
import { requireAffordable } from './cost.ts';
import { type Keeping, keepings, overseesNothing } from './keeping.ts';
import { type Lane, type Lanes, openLanes } from './lanes.ts';
import { localSubschemas } from './local-subschemas.ts';
import { type Prepared, preparer } from './prepare.ts';
import { sourceStates } from './source-states.ts';
import { stitch } from './stitch.ts';
import type { Subschema } from './subschema.ts';
import { tellErrors } from './tell-errors.ts';

/** One operation as somebody asks it, by HTTP or from within. */
export interface Operation {
  readonly source: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly rights: Rights;
  /** Writing is allowed: false where a link alone must not act, as in GET. */
  readonly mayWrite: boolean;
}

export interface Answer {
  /** Without `data` when it was refused before execution. */
  readonly result: FormattedExecutionResult;
  /** Set when refused before execution: the HTTP status that says so. */
  readonly refused?: number;
  /** How it was executed; absent when it was refused. */
  readonly lane?: Lane;
  /**
   * Set where the same rights may be given the same answer again while this says so and the store's revision, as it was
   * before this answer, has not moved.
   */
  readonly good?: () => boolean;
}

export interface Graph {
  readonly schema: GraphQLSchema;
  readonly subschemas: readonly Subschema[];
  /** Is this document one that could be executed? Cached. */
  prepare(source: string): Prepared;
  /** Operations that were asked lately, by their text. */
  operations(): readonly (readonly [source: string, document: DocumentNode])[];
  answer(operation: Operation): Promise<Answer>;
}

/**
 * Builds the gateway schema of all subschemas. Throws CONFIG_INVALID where they can't be joined. With `slow` every
 * operation is delegated: only for proving that both lanes give the same answers.
 */
export function createGraph(
  services: Services,
  remotes: readonly Subschema[] = [],
  { slow = false }: { readonly slow?: boolean } = {},
): Graph {
  const subschemas = [...localSubschemas(services, remotes), ...remotes];
  const schema = stitch(subschemas);
  const lanes = openLanes(schema, subschemas);
  const prepare = preparer(schema);
  const keepingOf = keepings(schema);
  const lasting: Lasting = { services, subschemas, states: sourceStates(services) };
  return {
    schema,
    subschemas,
    prepare,
    operations: prepare.kept,
    answer: operation => answer(operation, { lanes, slow, prepare, keepingOf, lasting }),
  };
}

interface Parts {
  readonly lanes: Lanes;
  readonly slow: boolean;
  readonly prepare: (source: string) => Prepared;
  readonly keepingOf: (document: DocumentNode) => Keeping;
  readonly lasting: Lasting;
}

/** Parse cache → limits → lane → what is given out. The one way any operation is answered. */
async function answer(operation: Operation, parts: Parts): Promise<Answer> {
  const { lanes, slow, prepare, lasting } = parts;
  const prepared = prepare(operation.source);
  if ('errors' in prepared) return { result: { errors: prepared.errors }, refused: 400 };
  const chosen = getOperationAST(prepared.document, operation.operationName ?? undefined);
  if (!chosen) return { result: { errors: [NO_OPERATION] }, refused: 400 };
  const refusal =
    refuseCost(prepared.document, chosen, operation) ??
    (chosen.operation === OperationTypeNode.QUERY ? undefined : refuseWriting(operation));
  if (refusal) return refused(refusal);
  const context = freshContext(lasting, operation.rights);
  const lane = slow ? 'SLOW' : lanes.laneOf(prepared.document);
  const result = await lanes.execute(lane, {
    document: prepared.document,
    operationName: operation.operationName ?? null,
    variables: operation.variables ?? null,
    context,
  });
  const errors = [...tellErrors(result, lasting.services.log), ...context.siteErrors.values()];
  // Without data nothing was executed: the variables were not of their types.
  const given = {
    ...(errors.length > 0 && { errors }),
    ...(result.data !== undefined && { data: result.data }),
  };
  if (result.data === undefined) return { result: given, refused: 400 };
  const good = errors.length === 0 ? goodFor(prepared.document, operation, parts) : undefined;
  return { result: given, lane, ...(good && { good }) };
}

/** How long the answer is good, after it was made: what is recent is so only for those who asked after its reading. */
function goodFor(
  document: DocumentNode,
  { rights }: Operation,
  { keepingOf, lasting: { states, services } }: Parts,
): Answer['good'] {
  const keeping = overseesNothing(rights) ? keepingOf(document) : 'NEVER';
  if (keeping === 'NEVER') return undefined;
  if (keeping === 'SETTLED') return () => true;
  const until = states.until();
  return () => services.now() < until;
}

const NO_OPERATION: GraphQLFormattedError = {
  message: 'Name one of the operations in this document by `operationName`.',
  extensions: { code: 'BAD_INPUT' },
};

/** Told before anything is executed, for all lanes alike. */
function refuseCost(
  document: DocumentNode,
  chosen: OperationDefinitionNode,
  { variables }: Operation,
): CodedError | undefined {
  try {
    requireAffordable(document, chosen, variables);
    return undefined;
  } catch (error) {
    return toCoded(error);
  }
}

/** Every mutation needs the operator; told before anything is executed, so the status can say it. */
function refuseWriting({ rights, mayWrite }: Operation): CodedError | undefined {
  if (!mayWrite) return new CodedError('METHOD_NOT_ALLOWED', 'What changes something is asked by POST.');
  try {
    requireScope(rights, 'operate');
    return undefined;
  } catch (error) {
    return toCoded(error);
  }
}

function refused(error: CodedError): Answer {
  const told = { message: error.message, extensions: { ...error.data, code: error.code } };
  return { result: { errors: [told] }, refused: error.status };
}
