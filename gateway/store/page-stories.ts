import { type Lane, lanesOf } from './lanes.ts';
import type { Story, StoryPlace, StoryReader } from './stories.ts';

/**
 * A page of stories. `lines`: the first places of a lane; `tell`: what the public can see of stories. What items became a
 * moment ago may cost a place its story: then it is read on.
 */
export async function pageStories(
  { filter, first, after }: Parameters<StoryReader['page']>[0],
  lines: (lane: Lane, after: StoryPlace | undefined) => Promise<readonly StoryPlace[]>,
  tell: (ids: readonly string[]) => Promise<ReadonlyMap<string, Story>>,
): ReturnType<StoryReader['page']> {
  const found: { readonly place: StoryPlace; readonly story: Story }[] = [];
  for (let from = after; found.length < first; ) {
    const runs = await Promise.all(lanesOf(filter).map(lane => lines(lane, from)));
    const places = newest(runs.flat(), first);
    const stories = await tell(places.map(({ id }) => id));
    for (const place of places) {
      const story = stories.get(place.id);
      if (story) found.push({ place, story });
    }
    if (places.length < first) break;
    from = places.at(-1);
  }
  return found.slice(0, first);
}

/** One story may stand in several lanes. */
function newest(places: readonly StoryPlace[], first: number): StoryPlace[] {
  const byId = new Map(places.map(place => [place.id, place]));
  return [...byId.values()].sort((x, y) => y.at - x.at || (x.id < y.id ? 1 : -1)).slice(0, first);
}
