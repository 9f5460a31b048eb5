import type { Api } from './api.ts';
import type { PostSight } from './read.ts';

export interface Confirmed {
  readonly gone: readonly number[];
  readonly present: readonly number[];
}

/**
 * One probe for each absent post. More than `enough` gone is what the gateway takes for a fault of the site, so there
 * is no use in probing on.
 */
export async function confirmAbsent(
  api: Api,
  types: readonly string[],
  absent: readonly number[],
  enough: number,
): Promise<Confirmed> {
  const gone: number[] = [];
  const refused: number[] = [];
  const present: number[] = [];
  for (const id of absent) {
    if (gone.length + refused.length > enough) break;
    const sight = await sightOf(api, types, id);
    if (sight === 'gone') gone.push(id);
    else if (sight === 'refused') refused.push(id);
    else if (sight === 'present') present.push(id);
  }
  if (refused.length > 0) await stillAnswers(api, types);
  return { gone: [...gone, ...refused], present };
}

/** Gone only when every type that is read says so: a post has one type, and we don't know which. */
export async function sightOf(api: Api, types: readonly string[], id: number): Promise<PostSight> {
  const sights: PostSight[] = [];
  for (const type of types) {
    const sight = await api.sight(`${type}/${id}`);
    if (sight === 'present' || sight === 'doubt') return sight;
    sights.push(sight);
  }
  return sights.includes('refused') ? 'refused' : 'gone';
}

/** Was it the post that was refused, or are we? Throws what the list now answers, when it is no list. */
export async function stillAnswers(api: Api, types: readonly string[]): Promise<void> {
  await api.list('posts', types[0] ?? 'posts', { _fields: 'id', per_page: 1 });
}
