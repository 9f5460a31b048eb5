import {
  type DocumentNode,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  parse,
  validate,
} from 'graphql';
import { CodedError } from '../../schemas/errors.ts';
import { LIMITS, requireModest } from './limits.ts';
import { tellBadRequest } from './tell-error.ts';

/** A document that may be executed, or why it can't be. */
export type Prepared =
  | { readonly document: DocumentNode }
  | { readonly errors: readonly GraphQLFormattedError[] };

export interface Preparer {
  (source: string): Prepared;
  /** The documents it holds that may be executed, by their text. */
  kept(): readonly (readonly [source: string, document: DocumentNode])[];
}

const KEPT = 500;
/** Longer documents are rare and would fill the cache: they are prepared each time. */
const KEPT_LENGTH = 10_000;
/** Faults of one document or of its variables that are told; more say no more. */
export const ERRORS_TOLD = 20;

/**
 * Parse → limits → validate, each document once. Bounded: the least lately used goes first. `hideSuggestions`: a
 * misspelt field is not answered with those that there are.
 */
export function preparer(schema: GraphQLSchema, hideSuggestions = false): Preparer {
  const kept = new Map<string, Prepared>();
  const find = (source: string): Prepared => {
    const known = kept.get(source);
    kept.delete(source);
    const prepared = known ?? prepare(source, schema, hideSuggestions);
    if (source.length <= KEPT_LENGTH) kept.set(source, prepared);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return prepared;
  };
  return Object.assign(find, {
    kept: () =>
      [...kept].flatMap(([source, one]) => ('document' in one ? [[source, one.document] as const] : [])),
  });
}

function prepare(source: string, schema: GraphQLSchema, hideSuggestions: boolean): Prepared {
  try {
    const document = parse(source, { maxTokens: LIMITS.tokens });
    requireModest(document);
    const errors = validate(schema, document, undefined, { maxErrors: ERRORS_TOLD, hideSuggestions });
    return errors.length > 0 ? { errors: errors.map(tellInvalid) } : { document };
  } catch (error) {
    return { errors: [refusal(error)] };
  }
}

/** What validation found. It gives up on a document whose fields would have to be compared too often. */
function tellInvalid(error: GraphQLError): GraphQLFormattedError {
  if (error.message !== 'Validation aborted.') return tellBadRequest(error);
  return {
    message: 'This document asks the same fields too often to be checked; ask each of them once.',
    extensions: { code: 'LIMIT_EXCEEDED', limit: 'sameFields', allowed: 1 },
  };
}

function refusal(error: unknown): GraphQLFormattedError {
  if (error instanceof CodedError) {
    return { message: error.message, extensions: { ...error.data, code: error.code } };
  }
  // The parser descends once for each bracket; thousands of them exhaust the stack before the tokens are counted.
  if (error instanceof RangeError) {
    return {
      message: 'This document is nested too deeply.',
      extensions: { code: 'LIMIT_EXCEEDED', limit: 'depth', allowed: LIMITS.depth },
    };
  }
  if (!(error instanceof GraphQLError)) throw error;
  // graphql-js gives this refusal no code of its own, and spells it “more that”.
  if (!/contains more tha[nt] \d+ tokens/.test(error.message)) return tellBadRequest(error);
  const allowed = LIMITS.tokens;
  return {
    message: `This document has too many tokens; ${allowed} are allowed.`,
    extensions: { code: 'LIMIT_EXCEEDED', limit: 'tokens', allowed },
  };
}
