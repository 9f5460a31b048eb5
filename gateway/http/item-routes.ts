import express from 'express';
import type { Answers } from '../publish/answers.ts';
import { outgoingItems } from '../publish/outgoing.ts';
import { readItemId, readPublicItem, renderItemPage } from './item-page.ts';
import { readOnly } from './read-only.ts';
import { readSameStory } from './same-story.ts';
import { sendAnswer } from './send.ts';
import type { Services } from './services.ts';

/** `/items/<id>`: `Item.page`. */
export function createItemRoutes({ store, federation, sandbox }: Services, answers: Answers): express.Router {
  const complete = outgoingItems(federation);
  const router = express.Router();
  readOnly(router, '/items/:id', async (req, res) => {
    const id = readItemId(String(req.params.id));
    const render = async () => {
      const [item, story] = await Promise.all([readPublicItem(store, id), readSameStory(store, id)]);
      return renderItemPage(complete(item), { sandbox, story: story.map(complete) });
    };
    sendAnswer(req, res, await answers.get(`item ${id}`, render));
  });
  return router;
}
