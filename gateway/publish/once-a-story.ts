import type { Item } from '../../schemas/item.ts';
import type { ItemFilter } from '../store/items.ts';
import type { Store } from '../store/store.ts';
import type { Story } from '../store/stories.ts';

export interface OfFeed {
  readonly filter: ItemFilter;
  readonly pinned: readonly Item[];
  /** Is this item excluded by name? Absent: none is. */
  readonly refused?: (item: Item) => boolean;
}

/**
 * Leaves of the items of one story the one that stands for it in this feed: a pinned one, else of those that the feed
 * selects and the public can see the one that was published first. So nothing is left out but what stands there in other
 * words, and when the first leaves view the next takes its place.
 */
export function onceAStory(
  { stories, items }: Pick<Store, 'stories' | 'items'>,
  { filter, pinned, refused }: OfFeed,
): (found: readonly Item[]) => Promise<readonly Item[]> {
  return async found => {
    const told = await stories.ofItems(found.map(({ id }) => id));
    if (told.size === 0) return found;
    const members = new Set([...told.values()].flatMap(partsOf));
    const selected = new Set(await items.meeting([...members], filter));
    if (refused)
      for (const each of await items.byIds([...selected])) if (refused(each)) selected.delete(each.id);
    const atHead = new Set(pinned.map(({ id }) => id));
    return found.filter(({ id }) => {
      const story = told.get(id);
      if (!story) return true;
      const parts = partsOf(story);
      const standsFor = parts.find(part => atHead.has(part)) ?? parts.find(part => selected.has(part));
      // Of a very large story not all are told: who is not told of is not left out.
      return standsFor === id || standsFor === undefined;
    });
  };
}

function partsOf({ first, others }: Story): string[] {
  return [first, ...others.map(({ item }) => item)];
}
