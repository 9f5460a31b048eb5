import { toCoded } from '../../schemas/errors.ts';
import type { Api } from './api.ts';
import { LARGEST_PAGE } from './options.ts';
import { MEDIUM_FIELDS, type Medium, NAMED_FIELDS, type Named, type Post } from './wire.ts';

/** What the ids in posts stand for, as far as the site tells. */
export interface Lookups {
  readonly authors: ReadonlyMap<number, Named>;
  readonly categories: ReadonlyMap<number, Named>;
  readonly tags: ReadonlyMap<number, Named>;
  readonly media: ReadonlyMap<number, Medium>;
}

export interface LookupMemory {
  readonly authors: Map<number, Named>;
  readonly categories: Map<number, Named>;
  readonly tags: Map<number, Named>;
  /** Many sites hide who writes; they are not asked again in the same run, nor for a day. */
  authorsRefused: boolean;
}

export function newMemory(authorsRefused: boolean): LookupMemory {
  return { authors: new Map(), categories: new Map(), tags: new Map(), authorsRefused };
}

/** Looks up, at most a hundred ids a request, what isn't known yet. Names are kept for the run, media aren't. */
export async function lookUp(api: Api, posts: readonly Post[], memory: LookupMemory): Promise<Lookups> {
  const named = async (path: string, wanted: readonly number[], known: Map<number, Named>) => {
    const missing = [...new Set(wanted)].filter(id => !known.has(id));
    const found = await included(missing, ids => api.list('names', path, { ...ids, _fields: NAMED_FIELDS }));
    for (const one of found ?? []) known.set(one.id, one);
    return found !== undefined;
  };
  if (!memory.authorsRefused) {
    const told = await named(
      'users',
      posts.flatMap(({ author }) => author ?? []),
      memory.authors,
    );
    memory.authorsRefused = !told;
  }
  await named(
    'categories',
    posts.flatMap(({ categories }) => categories),
    memory.categories,
  );
  await named(
    'tags',
    posts.flatMap(({ tags }) => tags),
    memory.tags,
  );
  const pictures = [...new Set(posts.flatMap(({ featuredMedia }) => featuredMedia ?? []))];
  const media = await included(pictures, ids =>
    api.list('media', 'media', { ...ids, _fields: MEDIUM_FIELDS }),
  );
  return { ...memory, media: new Map((media ?? []).map(one => [one.id, one])) };
}

/** Undefined when the site refuses to tell: then the posts go without. Any other failure is the run's. */
async function included<T>(
  ids: readonly number[],
  ask: (parameters: { include: string; per_page: number }) => Promise<{ reading: { list: readonly T[] } }>,
): Promise<T[] | undefined> {
  const found: T[] = [];
  try {
    for (let from = 0; from < ids.length; from += LARGEST_PAGE) {
      const some = ids.slice(from, from + LARGEST_PAGE);
      const { reading } = await ask({ include: some.join(','), per_page: LARGEST_PAGE });
      found.push(...reading.list);
    }
    return found;
  } catch (thrown) {
    if (REFUSALS.has(toCoded(thrown).code)) return undefined;
    throw thrown;
  }
}

const REFUSALS = new Set<string>([
  'SITE_UNAUTHORISED',
  'SITE_FORBIDDEN',
  'SITE_NOT_FOUND',
  'SITE_GONE',
  'HTML_PAGE',
]);
