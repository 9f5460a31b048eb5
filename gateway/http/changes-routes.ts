import express, { type Request, type Response } from 'express';
import { toRfc3339 } from '../../schemas/instant.ts';
import { toJsonFeedItem } from '../../schemas/json-feed-item.ts';
import type { Document } from '../publish/answer.ts';
import type { Answers } from '../publish/answers.ts';
import {
  CHANGES_MOST,
  CHANGES_USUAL,
  readChangePage,
  toChangeJson,
  withWholeItems,
} from '../publish/change-page.ts';
import { type ChangeSelection, changeSelection } from '../publish/change-selection.ts';
import { readLimit, readSelection } from '../publish/feed-query.ts';
import { outgoingItems } from '../publish/outgoing.ts';
import { bearerOf } from './access.ts';
import { changeStreams } from './change-stream.ts';
import { queryOf } from './query.ts';
import { readOnly } from './read-only.ts';
import { sendAnswer } from './send.ts';
import type { Services } from './services.ts';

/** Milliseconds after midnight in Hanoi when the day's root is surely signed. */
const ROOT_SIGNED_WITHIN = 10 * 60_000;

/** A shared cache must give the portal's key no page without the full texts, and who asks for events no page at all. */
const VARY = 'Accept, Accept-Encoding, Authorization';

/** `/changes`: the change feed as JSON, or as server-sent events for who asks for these alone. */
export function createChangesRoutes(services: Services, answers: Answers): express.Router {
  const { store, federation, now } = services;
  const stream = changeStreams(services);
  const complete = outgoingItems(federation);
  const render = async (
    since: string | undefined,
    limit: number,
    selection: ChangeSelection,
  ): Promise<Document> => {
    const page = await readChangePage(store, { ...(since === undefined ? {} : { since }), limit, selection });
    const body = JSON.stringify(toChangeJson(page, toJsonFeedItem, complete));
    return { mediaType: 'application/json; charset=utf-8', body: `${body}\n`, headers: { Vary: VARY } };
  };
  /** For a key that may read full texts: made for it alone, kept by nobody. */
  const sendWhole = async (
    res: Response,
    since: string | undefined,
    limit: number,
    selection: ChangeSelection,
    scopes: ReadonlySet<string>,
  ): Promise<undefined> => {
    const page = await readChangePage(store, { ...(since === undefined ? {} : { since }), limit, selection });
    const whole = await withWholeItems(store, page, scopes);
    res
      .set({ 'Cache-Control': 'private, no-store', Vary: VARY })
      .json(toChangeJson(whole, toJsonFeedItem, complete));
    return undefined;
  };
  const router = express.Router();
  readOnly(router, '/changes', async (req, res) => {
    const query = queryOf(req.url);
    const selection = changeSelection(federation, readSelection(federation, query));
    const since = query.get('since') || undefined;
    if (wantsStream(req)) {
      const last = req.headers['last-event-id'];
      const from = typeof last === 'string' && last !== '' ? last : since;
      return stream(req, res, { since: from, selection, backfill: query.get('backfill') === '1' });
    }
    const limit = readLimit(query.get('limit'), CHANGES_MOST, CHANGES_USUAL);
    const { rights } = await bearerOf(req.headers.authorization, { ...services, keys: store.keys });
    if ([...rights.scopes].some(scope => scope.startsWith('fulltext:')))
      return sendWhole(res, since, limit, selection, rights.scopes);
    // A new day brings a new ledger root, and moves no change number.
    const day = toRfc3339(now() - ROOT_SIGNED_WITHIN).slice(0, 10);
    const key = `changes ${limit} ${day} ${selection.text} ${since ?? ''}`;
    sendAnswer(req, res, await answers.get(key, () => render(since, limit, selection)));
    return undefined;
  });
  return router;
}

/** `Accept: text/event-stream`, as browsers' EventSource sends it. */
function wantsStream(req: Request): boolean {
  return req.method === 'GET' && (req.headers.accept ?? '').includes('text/event-stream');
}
