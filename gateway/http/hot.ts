import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import { overseesNothing } from '../graph/keeping.ts';
import { type Answers, withinPatience } from '../publish/answers.ts';
import type { Asked, FeedRoutes } from './feed-routes.ts';
import { type KeptAnswers, keyOf } from './kept-answers.ts';
import type { Metrics } from './metrics.ts';
import { readWhole } from './read-whole.ts';
import { sendAnswer } from './send.ts';
import type { Services } from './services.ts';
import type { Usage } from './usage.ts';

/** Longer operations are not kept. */
const LONGEST = 64 * 1024;

export interface HotParts {
  readonly store: Services['store'];
  readonly usage: Usage;
  readonly metrics: Metrics;
  readonly answers: Answers;
  readonly feeds: Pick<FeedRoutes, 'known'>;
  readonly kept: KeptAnswers;
}

/**
 * Stands before everything else and gives again what was given before: feeds, 304 and operations, from bytes in memory
 * of the store's present revision. Limits, quotas and counts are those of everybody. What it doesn't hold, or can't
 * decide at a glance, goes on as if it weren't there.
 */
export function hotListener(cold: RequestListener, parts: HotParts): RequestListener {
  const { feeds } = parts;
  return (request, response) => {
    const { method, url = '' } = request;
    const reading = method === 'GET' || method === 'HEAD';
    const feed = reading ? feeds.known(url) : undefined;
    if (feed) {
      giveFeed(request, response, feed, parts).catch((failed: unknown) => {
        Object.assign(response, { locals: { [FAILED]: failed } });
        cold(request, response);
      });
    } else if (isOperation(request)) {
      giveOperation(request, response, parts).then(
        given => given || cold(request, response),
        // GraphQL meets the same trouble and has its own shape for telling it.
        () => cold(request, response),
      );
    } else cold(request, response);
  };
}

/** Throws what went wrong before Express came in, for Express' way of telling it. */
export const throwFailed: RequestHandler = (_request, response, next) => next(response.locals[FAILED]);

const FAILED = 'failed';

async function giveFeed(
  request: IncomingMessage,
  response: ServerResponse,
  { key, render }: Asked,
  { usage, metrics, answers }: HotParts,
): Promise<void> {
  const began = performance.now();
  if (usage.limitsAddresses) await usage.charge(request);
  sendAnswer(request, response, await answers.get(key, render));
  metrics.counted('/feeds/:name', request.method ?? '', response.statusCode, began);
}

async function giveOperation(
  request: IncomingMessage,
  response: ServerResponse,
  { store, usage, metrics, kept }: HotParts,
): Promise<boolean> {
  const began = performance.now();
  const length = Number(request.headers['content-length'] ?? 0);
  const body = request.method === 'POST' ? await readWhole(request, length) : undefined;
  const who = await askerOf(request, usage);
  const key = who === undefined ? undefined : keyOf(request, body, who);
  if (key === undefined) return false;
  // Asked before the answer is made: what it is kept under is never newer than what it tells.
  const revision = await withinPatience(store.revision());
  if (kept.give(key, revision, response)) {
    metrics.counted('/graphql', request.method ?? '', response.statusCode, began);
    return true;
  }
  kept.watch(key, revision, response);
  return false;
}

/** A POST whose body is short and all there is to read, or a GET with everything in its address. */
function isOperation({ method, url = '', headers }: IncomingMessage): boolean {
  if (method === 'GET') return url.startsWith('/graphql?') && url.length <= LONGEST;
  if (method !== 'POST' || url !== '/graphql' || headers['content-encoding'] !== undefined) return false;
  const length = Number(headers['content-length'] ?? 0);
  return length > 0 && length <= LONGEST;
}

/** Whose answers are shared: all of nobody's, and all of those whose keys only read. */
async function askerOf(request: IncomingMessage, usage: Usage): Promise<string | undefined> {
  if (request.headers.authorization === undefined && !usage.limitsAddresses) return '';
  const { bearer } = await usage.charge(request);
  if (!bearer || !overseesNothing(bearer.rights)) return undefined;
  return bearer.rights.known ? 'read' : '';
}
