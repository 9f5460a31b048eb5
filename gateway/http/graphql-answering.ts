import { createHash } from 'node:crypto';
import {
  type ApolloServerPlugin,
  type GraphQLRequestContextResponseForOperation,
  type GraphQLResponse,
  HeaderMap,
} from '@apollo/server';
import { parse } from 'graphql';
import type { Answer, Graph } from '../graph/graph.ts';
import type { Asked } from './graphql.ts';
import { CACHE_CONTROL, namesTag } from './send.ts';

/** Stands in for a document that was refused, so that Apollo comes to ask for our answer. */
const REFUSED = parse('{ __typename }');

/** Apollo owns HTTP; what is parsed, limited, validated and executed is the graph's one way of answering. */
export function answeringPlugin(graph: Graph): ApolloServerPlugin<Asked> {
  return {
    requestDidStart: async () => ({
      didResolveSource: async context => {
        const prepared = graph.prepare(context.source);
        // With a document in place Apollo neither parses nor validates again.
        Object.assign(context, { document: 'document' in prepared ? prepared.document : REFUSED });
      },
      responseForOperation: context => respond(graph, context),
    }),
  };
}

async function respond(
  graph: Graph,
  { source, request, contextValue }: GraphQLRequestContextResponseForOperation<Asked>,
): Promise<GraphQLResponse> {
  const reading = request.http?.method === 'GET';
  const answer = await graph.answer({
    source,
    operationName: request.operationName,
    variables: request.variables,
    rights: contextValue.rights,
    mayWrite: !reading,
  });
  const { good } = answer;
  // Of a generation that was swapped since, nothing is given.
  const { schema } = graph;
  if (good) contextValue.keep?.(() => graph.schema === schema && good());
  const cacheable = reading && !contextValue.rights.known && !answer.result.errors;
  const headers = cacheable ? forAnybody(answer) : forNobodyElse(answer);
  const [accept, known] = ['accept', 'if-none-match'].map(name => request.http?.headers.get(name));
  const unchanged = known !== undefined && namesTag(known, headers.get('etag') ?? '');
  return {
    // Express leaves the body out of a 304.
    http: { status: cacheable && unchanged ? 304 : statusOf(answer, accept), headers },
    body: { kind: 'single', singleResult: answer.result },
  };
}

function forAnybody({ result }: Answer): HeaderMap {
  const digest = createHash('sha256').update(JSON.stringify(result)).digest('base64url');
  // Weak: the same content goes out under two media types.
  return new HeaderMap([
    ['cache-control', CACHE_CONTROL],
    ['etag', `W/"${digest.slice(0, 27)}"`],
  ]);
}

function forNobodyElse({ refused }: Answer): HeaderMap {
  const headers = new HeaderMap([['cache-control', 'no-store']]);
  if (refused === 405) headers.set('allow', 'POST');
  return headers;
}

/**
 * GraphQL over HTTP, 6.4: as `application/json` even a document that can't be executed is answered with 200, because
 * a proxy may have written any other; as `application/graphql-response+json` the status tells.
 */
function statusOf({ refused }: Answer, accept: string | undefined): number {
  if (refused === undefined) return 200;
  const telling = accept?.includes('application/graphql-response+json') ?? false;
  return refused === 400 && !telling ? 200 : refused;
}
