import {
  type DocumentNode,
  type FormattedExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
} from 'graphql';
import { type CodedError, toCoded } from '../../schemas/errors.ts';
import { MOST_EXPENSIVE } from '../../schemas/prices.ts';
import type { Rights } from '../http/access.ts';
import type { Services } from '../http/services.ts';
import { admit } from './admit.ts';
import { freshContext, type Lasting } from './context.ts';
import type { Cost } from './cost.ts';
import { type Keeping, keepings, overseesNothing } from './keeping.ts';
import { type Lane, type LaneOptions, type Lanes, openLanes } from './lanes.ts';
import { localSubschemas } from './local-subschemas.ts';
import { ERRORS_TOLD, type Prepared, preparer } from './prepare.ts';
import { sourceStates } from './source-states.ts';
import { stitch } from './stitch.ts';
import type { Subschema } from './subschema.ts';
import { tellBadRequest } from './tell-error.ts';
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
 * Builds the gateway schema of all subschemas. Throws CONFIG_INVALID where they can't be joined.
 */
export function createGraph(
  services: Services,
  remotes: readonly Subschema[] = [],
  options: LaneOptions = {},
): Graph {
  const subschemas = [...localSubschemas(services, remotes), ...remotes];
  const schema = stitch(subschemas);
  const lanes = openLanes(schema, subschemas, options);
  const prepare = preparer(schema, !services.federation.graphql.introspection);
  const keepingOf = keepings(schema);
  const lasting: Lasting = { services, subschemas, states: sourceStates(services) };
  return {
    schema,
    subschemas,
    prepare,
    operations: prepare.kept,
    answer: operation => answer(operation, { lanes, prepare, keepingOf, lasting }),
  };
}

interface Parts {
  readonly lanes: Lanes;
  readonly prepare: (source: string) => Prepared;
  readonly keepingOf: (document: DocumentNode) => Keeping;
  readonly lasting: Lasting;
}

/** Parse cache → limits → lane → what is given out. The one way any operation is answered. */
async function answer(operation: Operation, parts: Parts): Promise<Answer> {
  const { lanes, prepare, lasting } = parts;
  const prepared = prepare(operation.source);
  if ('errors' in prepared) return { result: { errors: prepared.errors }, refused: 400 };
  const chosen = getOperationAST(prepared.document, operation.operationName ?? undefined);
  if (!chosen) return { result: { errors: [NO_OPERATION] }, refused: 400 };
  const cost = tryAdmit(prepared.document, chosen, operation, lasting);
  if ('code' in cost) return refused(cost);
  const context = freshContext(lasting, operation.rights);
  const { lane, result } = await lanes({
    document: prepared.document,
    operation: chosen,
    variables: operation.variables ?? null,
    context,
  });
  // Without data nothing was executed: the variables were not of their types.
  if (result.data === undefined) {
    return {
      result: { errors: (result.errors ?? []).slice(0, ERRORS_TOLD).map(tellBadRequest) },
      refused: 400,
    };
  }
  const errors = [...tellErrors(result, lasting.services.log), ...context.siteErrors.values()];
  const given = {
    ...(errors.length > 0 && { errors }),
    data: result.data,
    extensions: extensionsOf(cost, context.siteAges),
  };
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
  const until = Math.min(states.until() ?? Number.POSITIVE_INFINITY, services.now() + RECENTLY);
  return () => services.now() < until;
}

/** Milliseconds. */
const RECENTLY = 10_000;

const NO_OPERATION: GraphQLFormattedError = {
  message: 'Name one of the operations in this document by `operationName`.',
  extensions: { code: 'BAD_INPUT' },
};

function tryAdmit(
  document: DocumentNode,
  chosen: OperationDefinitionNode,
  { variables, rights, mayWrite }: Operation,
  { services }: Lasting,
): Cost | CodedError {
  try {
    return admit(document, chosen, { variables, rights, mayWrite, services });
  } catch (error) {
    return toCoded(error);
  }
}

/** What it cost, so that nobody learns of the limit by a refusal; and how many seconds old live fields are. */
function extensionsOf({ price }: Cost, ages: ReadonlyMap<string, number>) {
  const cost = { asked: price, allowed: MOST_EXPENSIVE };
  if (ages.size === 0) return { cost };
  return { cost, live: [...ages].map(([site, age]) => ({ site, age: Math.ceil(age / 1000) })) };
}

function refused(error: CodedError): Answer {
  const told = { message: error.message, extensions: { ...error.data, code: error.code } };
  return { result: { errors: [told] }, refused: error.status };
}
