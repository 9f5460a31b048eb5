import type { OutgoingItem } from '../../schemas/formats/format.ts';
import { type Instant, toReadable, toRfc3339 } from '../../schemas/instant.ts';
import type { Item } from '../../schemas/item.ts';
import type { Store } from '../store/store.ts';
import { type Html, html, join } from './html.ts';

/** Items of a story that a page names. */
const MOST_NAMED = 10;

/** The other items of an item's story, the first published first. */
export async function readSameStory(
  { stories, items }: Pick<Store, 'stories' | 'items'>,
  id: string,
): Promise<readonly Item[]> {
  const story = (await stories.ofItems([id])).get(id);
  if (!story) return [];
  const ids = [story.first, ...story.others.map(({ item }) => item)].filter(each => each !== id);
  const found = await items.byIds(ids.slice(0, MOST_NAMED));
  return found.filter(({ visibility }) => visibility === 'RELEASED');
}

/** “The same news”: by whom, when, and the way to our page of it. */
export function sameStory(others: readonly OutgoingItem[]): Html {
  if (others.length === 0) return html``;
  return html`<aside aria-label="Cùng một tin"><h2>Cùng một tin</h2><ul>
${join(others.map(entry))}</ul></aside>
`;
}

function entry({ item, siteName }: OutgoingItem): Html {
  const at: Instant = item.published ?? item.listed;
  return html`<li><a href="./${item.id}">${item.title || siteName}</a> <small>${siteName}, <time datetime="${toRfc3339(at)}">${toReadable(at)}</time></small></li>
`;
}
