import type { GraphQLFormattedError } from 'graphql';
import { ERROR_CODES } from '../../schemas/errors.ts';

/** What is wrong with a persisted query: Apollo gives these no code. */
const UNCODED = new Set(['provided sha does not match query', 'Unsupported persisted query version']);

/** Apollo's own errors, about HTTP alone, in the words of our closed list. */
export function tellApolloError(error: GraphQLFormattedError): GraphQLFormattedError {
  const { code, ...rest } = error.extensions ?? {};
  if (typeof code === 'string' && Object.hasOwn(ERROR_CODES, code)) return error;
  if (error.message.startsWith('GET requests only support'))
    return withCode(error, rest, 'METHOD_NOT_ALLOWED');
  if (error.message.startsWith('Apollo Server supports only'))
    return withCode(error, rest, 'METHOD_NOT_ALLOWED');
  if (UNCODED.has(error.message)) return withCode(error, rest, 'BAD_INPUT');
  return withCode(error, rest, code === 'INTERNAL_SERVER_ERROR' ? 'INTERNAL' : 'BAD_INPUT');
}

function withCode(error: GraphQLFormattedError, rest: object, code: string): GraphQLFormattedError {
  const message = code === 'INTERNAL' ? 'Something went wrong on our side.' : error.message;
  return { ...error, message, extensions: { ...rest, code } };
}
