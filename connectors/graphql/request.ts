import type { Instant } from '../../schemas/instant.ts';
import type { FetchRequest } from '../connector.ts';
import type { Place } from './checkpoint.ts';
import type { GraphqlOptions } from './options.ts';

/** What two clocks and a slow commit at the site may lie apart. */
const OVERLAP = 10 * 60_000;

/** The operation for one page, as POST. GraphQL over HTTP answers a refused one with 400 and its `errors`. */
export function requestFor(
  options: GraphqlOptions,
  at: Place | undefined,
  from: Instant | undefined,
): FetchRequest {
  const { url, headers, query, operationName } = options;
  return {
    url,
    method: 'POST',
    headers: {
      accept: 'application/graphql-response+json, application/json;q=0.9',
      'content-type': 'application/json',
      ...headers,
    },
    body: JSON.stringify({
      query,
      variables: variablesOf(options, at, from),
      ...(operationName !== undefined && { operationName }),
    }),
    answers: [400, 422],
    offered: true,
  };
}

function variablesOf(
  { variables, paging, since }: GraphqlOptions,
  at: Place | undefined,
  from: Instant | undefined,
): Record<string, unknown> {
  const start = paging && 'start' in paging ? paging.start : undefined;
  const place = at ?? start;
  return {
    ...variables,
    ...(paging?.size !== undefined && { [paging.size]: paging.pageSize }),
    ...(paging && place !== undefined && { [paging.variable]: place }),
    ...(since && from !== undefined && { [since.variable]: moment(since.format, from - OVERLAP) }),
  };
}

function moment(format: NonNullable<GraphqlOptions['since']>['format'], at: Instant): string | number {
  if (format === 'iso') return new Date(at).toISOString();
  return format === 'epoch' ? Math.floor(at / 1000) : at;
}
