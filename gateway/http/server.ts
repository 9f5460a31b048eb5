import { createServer as createHttpServer, type Server } from 'node:http';
import express from 'express';
import { CodedError } from '../../schemas/errors.ts';
import { Answers } from '../publish/answers.ts';
import { createChangesRoutes } from './changes-routes.ts';
import { answerErrors } from './error-answers.ts';
import { createFeedRoutes } from './feed-routes.ts';
import { feedbackRoutes } from './feedback-routes.ts';
import { createHealthRoutes } from './health-routes.ts';
import { hotListener, throwFailed } from './hot.ts';
import { createItemRoutes } from './item-routes.ts';
import { KeptAnswers } from './kept-answers.ts';
import { ledgerRoutes } from './ledger-routes.ts';
import { limitAddresses } from './limit-addresses.ts';
import { createMetrics } from './metrics.ts';
import { refuseNul } from './refuse-nul.ts';
import type { Services } from './services.ts';
import { siteReportRoutes } from './site-report-routes.ts';
import { createUsage } from './usage.ts';
import { withdrawRoutes } from './withdraw-routes.ts';

/**
 * The whole HTTP side: our own routes, the routers that `main.ts` hands in (GraphQL, the first page), and before them all
 * what is answered from memory; that is let go when the server closes, however long a stream of it goes on.
 */
export function createServer(
  services: Services,
  extra: {
    readonly routers: readonly express.Router[];
    /** Address of the WebSub hub: then every feed links to it. */
    readonly hub?: string;
  } = { routers: [] },
): Server {
  const { store, federation, now, log } = services;
  const answers = new Answers(store, { now, serveStale: federation.serveStale });
  const kept = new KeptAnswers();
  const usage = services.usage ?? createUsage(services);
  const metrics = services.metrics ?? createMetrics(services);
  metrics.follow({ answers, usage, kept });
  const feeds = createFeedRoutes(services, answers, extra.hub);
  const app = express();
  app.disable('x-powered-by');
  // Ready answers bring an ETag of their content; what has none is not for caching.
  app.disable('etag');
  app.set('trust proxy', [...federation.http.trustedProxies]);
  app.use(metrics.count, throwFailed, refuseNul);
  app.use(limitAddresses(usage));
  // First, because what they answer is asked most of all that isn't ready in memory.
  for (const router of extra.routers) app.use(router);
  app.use(feeds.router);
  app.use(createChangesRoutes(services, answers));
  app.use(ledgerRoutes(services, answers));
  app.use(createItemRoutes(services, answers));
  app.use(createHealthRoutes(services), metrics.routes);
  app.use(feedbackRoutes(services), withdrawRoutes(services), siteReportRoutes(services));
  app.use(() => {
    throw new CodedError('NOT_FOUND', 'There is nothing at this address.');
  });
  app.use(answerErrors(log));
  const server = createHttpServer(hotListener(app, { store, usage, metrics, answers, feeds, kept }));
  return server.once('close', () => {
    answers.clear();
    kept.clear();
  });
}
