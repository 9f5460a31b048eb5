import { ApolloServer, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import express from 'express';
import { GraphQLError } from 'graphql';
import { toCoded } from '../../schemas/errors.ts';
import { createGraph, type Graph } from '../graph/graph.ts';
import { ANYBODY, type Rights } from './access.ts';
import { answeringPlugin } from './graphql-answering.ts';
import { tellApolloError } from './graphql-errors.ts';
import { bodyFault, cors, graphqlRequests } from './graphql-requests.ts';
import { isKeep, KEEP, type Keep } from './kept-answers.ts';
import { playground } from './playground.ts';
import { playgroundExamples } from './playground-examples.ts';
import type { Services } from './services.ts';
import { createUsage, type Usage } from './usage.ts';

/** What Apollo carries from the request to our answering: nothing that resolvers see. */
export interface Asked {
  readonly rights: Rights;
  /** Takes an answer that may be given again, where somebody keeps answers before us. */
  readonly keep?: Keep;
}

/** `/graphql` as GraphQL over HTTP, and the playground for a browser. Throws CONFIG_INVALID. */
export async function createGraphqlRoutes(
  services: Services,
  graph: Graph = createGraph(services),
): Promise<express.Router> {
  const server = new ApolloServer<Asked>({
    schema: graph.schema,
    plugins: [
      answeringPlugin(graph),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
    ],
    formatError: tellApolloError,
    logger: apolloLog(services.log),
    // No cookie is ever read here and only JSON is taken, so there is no request to forge.
    csrfPrevention: false,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    introspection: true,
    documentStore: null,
  });
  await server.start();
  const usage = services.usage ?? createUsage(services);

  const router = express.Router();
  router.use('/graphql', cors);
  router.use(
    '/graphql',
    playground(() => playgroundExamples(graph.subschemas), services.federation.graphql),
  );
  router.all('/graphql', ...graphqlRequests());
  router.all('/graphql', expressMiddleware(server, { context: ({ req, res }) => asked(req, res, usage) }));
  router.use('/graphql', bodyFault);
  return router;
}

/** Apollo hands over one message; our log wants its data first. */
function apolloLog(log: Services['log']) {
  const say = (level: keyof Services['log']) => (message?: unknown) => log[level]({}, `Apollo: ${message}`);
  return { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') };
}

async function asked(request: express.Request, response: express.Response, usage: Usage): Promise<Asked> {
  try {
    const { bearer, badToken } = await usage.charge(request);
    if (badToken) throw badToken;
    const keep: unknown = response.locals[KEEP];
    return { rights: bearer?.rights ?? ANYBODY, ...(isKeep(keep) && { keep }) };
  } catch (error) {
    const { message, code, status, data } = toCoded(error);
    const headers = new HeaderMap(status === 401 ? [['www-authenticate', 'Bearer']] : []);
    if (data.retryAfter !== undefined) headers.set('retry-after', String(data.retryAfter));
    throw new GraphQLError(message, { extensions: { ...data, code, http: { status, headers } } });
  }
}
