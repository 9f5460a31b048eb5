import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { type Instant, toRfc3339 } from '../../schemas/instant.ts';
import { SCALAR_TEXTS } from '../../schemas/subschemas/scalars.ts';

const RFC_3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/;

/**
 * Resolvers for the three scalars. Inside a DateTime is an Instant. Each is idempotent, because a delegated value
 * is serialised twice: by its subschema and by the gateway schema.
 */
export const SCALARS = {
  DateTime: scalar('DateTime', toDateTime, fromDateTime),
  URL: scalar('URL', toUrl, toUrl),
  HTML: scalar('HTML', toText, toText),
};

function scalar(
  name: keyof typeof SCALAR_TEXTS,
  serialize: (value: unknown) => string,
  parseValue: (value: unknown) => unknown,
): GraphQLScalarType {
  const parseLiteral = (node: ValueNode) => {
    if (node.kind !== Kind.STRING) throw badScalar(`${name} is written as a string.`);
    return parseValue(node.value);
  };
  return new GraphQLScalarType({ name, ...SCALAR_TEXTS[name], serialize, parseValue, parseLiteral });
}

function toDateTime(value: unknown): string {
  return toRfc3339(typeof value === 'number' ? value : fromDateTime(value));
}

function fromDateTime(value: unknown): Instant {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  const at = typeof value === 'string' && RFC_3339.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) throw badScalar('DateTime is RFC 3339 with a zone: 2026-11-22T08:30:00+07:00.');
  return at;
}

function toUrl(value: unknown): string {
  if (typeof value === 'string' && value.length <= 4000 && isWebAddress(value)) return value;
  throw badScalar('URL is an absolute http or https address of at most 4000 characters.');
}

/** What the URL scalar takes: an absolute http or https address. */
export function isWebAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:');
}

function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  throw badScalar('HTML is a string.');
}

function badScalar(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_INPUT' } });
}
