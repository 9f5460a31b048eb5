import { fromBase64url, toBase64url } from '../../../schemas/cursor.ts';
import { CodedError } from '../../../schemas/errors.ts';
import type { Story, StoryPart, StoryPlace } from '../../store/stories.ts';
import type { GraphContext } from '../context.ts';
import { type FilterInput, toFilter } from '../item-filter.ts';
import { requirePageSize } from '../limits.ts';
import type { Resolvers } from '../subschema.ts';

interface StoriesArguments {
  readonly filter?: Pick<
    FilterInput,
    'sites' | 'kinds' | 'topics' | 'publishedAfter' | 'publishedBefore'
  > | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

/** `Query.stories`. */
export async function stories(
  _parent: unknown,
  { filter, first, after }: StoriesArguments,
  { services, rights, budget }: GraphContext,
) {
  const size = requirePageSize(first);
  budget.spend(size);
  const place = after ? placeOf(after) : undefined;
  const found = await services.store.stories.page({
    filter: toFilter(filter, services.federation, rights),
    first: size + 1,
    ...(place && { after: place }),
  });
  const page = found.slice(0, size);
  const last = page.at(-1)?.place;
  return {
    nodes: page.map(({ story }) => story),
    pageInfo: {
      hasNextPage: found.length > size,
      endCursor: last ? toBase64url(['STORY', last.at, last.id]) : null,
    },
  };
}

export const STORY_RESOLVERS: Resolvers = {
  Story: {
    published: ({ at }: Story) => at,
    first: ({ first }: Story, _args: unknown, { reads }: GraphContext) => reads.item(first),
    count: ({ others }: Story) => others.length,
    others: ({ others }: Story, { first }: { readonly first?: number | null }) =>
      others.slice(0, requirePageSize(first)),
  },
  StoryItem: {
    item: ({ item }: StoryPart, _args: unknown, { reads }: GraphContext) => reads.item(item),
  },
};

function placeOf(cursor: string): StoryPlace {
  const [kind, at, id] = fromBase64url(cursor) ?? [];
  if (kind === 'STORY' && typeof at === 'number' && Number.isSafeInteger(at) && typeof id === 'string')
    return { at, id };
  throw new CodedError('BAD_CURSOR', '`after` must be an endCursor of this list.');
}
