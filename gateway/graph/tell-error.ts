import { randomBytes } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Log } from '../../connectors/connector.ts';
import { CodedError, ERROR_CODES, type ErrorCode } from '../../schemas/errors.ts';

/** Characters of a message that quotes who asks. */
const LONGEST = 300;

/**
 * An execution's error as it is given out: `extensions.code` from the closed list and what is safe to show. What we
 * didn't foresee is INTERNAL with an id, under which the log has the rest.
 */
export function tellError(
  error: GraphQLError,
  log: Log,
  path: readonly (string | number)[] | undefined = error.path,
): GraphQLFormattedError {
  // What a resolver threw has no place in the document: delegation loses it, and both lanes answer alike.
  const place = path && { path };
  const coded = codedCause(error);
  if (coded) {
    return { message: coded.message, ...place, extensions: { ...coded.data, code: coded.code } };
  }
  // Errors of compiled operations have none where their cause has none, whatever their type says.
  const { code, http: _status, ...data } = error.extensions ?? {};
  if (isOurs(code)) return { message: brief(error.message), ...place, extensions: { ...data, code } };
  const fault = askersFault(error);
  if (fault) return { ...tellBadRequest(fault), ...place };
  return { ...unforeseen(error, log), ...place };
}

/** The same for what went wrong before execution: a document or variables that can't be taken. */
export function tellBadRequest(error: GraphQLError): GraphQLFormattedError {
  const { locations, message } = error.toJSON();
  return { message: brief(message), ...(locations && { locations }), extensions: { code: 'BAD_INPUT' } };
}

/** Messages repeat what was sent, however long. */
function brief(message: string): string {
  return message.length > LONGEST ? `${message.slice(0, LONGEST).toWellFormed()}…` : message;
}

function unforeseen(error: GraphQLError, log: Log): GraphQLFormattedError {
  const logId = randomBytes(6).toString('hex');
  log.error(
    { err: deepest(error), logId, path: error.path },
    `A query failed for a reason of ours (${logId}).`,
  );
  return {
    message: `Something went wrong on our side. Ask the operator for ${logId}.`,
    extensions: { code: 'INTERNAL', logId },
  };
}

/** Delegation wraps errors, some of them several times. */
function codedCause(error: unknown, depth = 0): CodedError | undefined {
  if (error instanceof CodedError) return error;
  if (depth > 8 || !(error instanceof Error)) return undefined;
  if (error instanceof AggregateError) return codedCause(error.errors[0], depth + 1);
  if (error instanceof GraphQLError) return codedCause(error.originalError, depth + 1);
  return undefined;
}

export function deepest(error: unknown, depth = 0): unknown {
  if (depth > 8 || !(error instanceof GraphQLError) || !error.originalError) return error;
  return deepest(error.originalError, depth + 1);
}

/**
 * graphql-js' own error during execution: an argument or a variable that isn't of its type. It is located once more, unlike
 * that of compiled code; what another site says has no place in the document.
 */
function askersFault(error: GraphQLError): GraphQLError | undefined {
  const cause = error.originalError;
  const own = cause instanceof GraphQLError && cause.nodes ? cause : error;
  if (own.originalError) return undefined;
  return error.path === undefined || /^(?:Argument|Variable) "/.test(own.message) ? own : undefined;
}

function isOurs(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_CODES, code);
}
