import express from 'express';
import { CodedError } from '../../schemas/errors.ts';
import { toRfc3339 } from '../../schemas/instant.ts';
import { toJsonFeedItem } from '../../schemas/json-feed-item.ts';
import type { Document } from '../publish/answer.ts';
import type { Answers } from '../publish/answers.ts';
import { CHANGES_MOST, CHANGES_USUAL, readChangePage, toChangeJson } from '../publish/change-page.ts';
import { readLimit } from '../publish/feed-query.ts';
import { outgoingItems } from '../publish/outgoing.ts';
import { queryOf } from './query.ts';
import { readOnly } from './read-only.ts';
import { sendAnswer } from './send.ts';
import type { Services } from './services.ts';

/** Milliseconds after midnight in Hanoi when the day's root is surely signed. */
const ROOT_SIGNED_WITHIN = 10 * 60_000;

/** `/changes`: the change feed as JSON. */
export function createChangesRoutes({ store, federation, now }: Services, answers: Answers): express.Router {
  const complete = outgoingItems(federation);
  const render = async (since: string | undefined, limit: number): Promise<Document> => {
    const page = await readChangePage(store, { ...(since === undefined ? {} : { since }), limit });
    const body = JSON.stringify(toChangeJson(page, toJsonFeedItem, complete));
    return { mediaType: 'application/json; charset=utf-8', body: `${body}\n` };
  };
  const router = express.Router();
  readOnly(router, '/changes', async (req, res) => {
    const query = queryOf(req.url);
    refuseSelection(query);
    const since = query.get('since') || undefined;
    const limit = readLimit(query.get('limit'), CHANGES_MOST, CHANGES_USUAL);
    // A new day brings a new ledger root, and moves no change number.
    const day = toRfc3339(now() - ROOT_SIGNED_WITHIN).slice(0, 10);
    const key = `changes ${limit} ${day} ${since ?? ''}`;
    sendAnswer(req, res, await answers.get(key, () => render(since, limit)));
  });
  return router;
}

/** A reader who thinks the page is selected would take missing items for deleted ones: refuse, don't ignore. */
function refuseSelection(query: URLSearchParams): void {
  const named = ['sites', 'topics', 'kinds'].filter(name => query.get(name));
  if (named.length === 0) return;
  throw new CodedError(
    'BAD_INPUT',
    `This change feed is of the whole federation and takes no ${named.join(', ')}: ` +
      'read all of it and choose by _lienthong.site and _lienthong.topics, or read a selected feed under /feeds/.',
  );
}
