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
  const lasting: Lasting = { services, subschemas, states: sourceStates(services) };
  return {
    schema,
    subschemas,
    prepare,
    operations: prepare.kept,
    answer: operation => answer(operation, { lanes, slow, prepare, lasting }),
  };
}

interface Parts {
  readonly lanes: Lanes;
  readonly slow: boolean;
  readonly prepare: (source: string) => Prepared;
  readonly lasting: Lasting;
}

/** Parse cache → limits → lane → what is given out. The one way any operation is answered. */
async function answer(operation: Operation, { lanes, slow, prepare, lasting }: Parts): Promise<Answer> {
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
  return result.data === undefined ? { result: given, refused: 400 } : { result: given, lane };
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
