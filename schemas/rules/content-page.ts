import { type PageFacts, readPage } from './page-facts.ts';
import type { JudgedItem } from './subject.ts';

const known = new WeakMap<JudgedItem, PageFacts>();

/** What an item's content shows, read once however many rules ask: items never change, they are made anew. */
export function contentPage(item: JudgedItem): PageFacts {
  const page = known.get(item) ?? readPage(item.content, item.link);
  known.set(item, page);
  return page;
}
