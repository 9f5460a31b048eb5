import { toCoded } from '../../schemas/errors.ts';
import { type Answer, failure, type JsonRead, jsonOf, restErrorOf, textOf } from './answer.ts';
import { type Home, readHome } from './home.ts';
import { type Medium, type Named, type Post, readMedium, readNamed, readPost, record, text } from './wire.ts';

/** What was asked of the site, and what it answered. */
export type Input =
  | { readonly asked: 'home'; readonly answer: Answer; readonly linkHeader?: string }
  | { readonly asked: 'root' | 'posts' | 'names' | 'media' | 'sight'; readonly answer: Answer };

export interface List<T> {
  readonly list: readonly T[];
  /** Members that could not be read at all. */
  readonly broken: number;
  readonly repaired: readonly string[];
}

export type Reading =
  | ({ readonly asked: 'home' } & Home)
  | { readonly asked: 'root'; readonly title?: string }
  | ({ readonly asked: 'posts' } & List<Post>)
  | ({ readonly asked: 'names' } & List<Named>)
  | ({ readonly asked: 'media' } & List<Medium>)
  | { readonly asked: 'sight'; readonly sight: PostSight };

/** `refused`: 401 or 403 by WordPress itself, which says gone only while the list still answers. */
export type PostSight = 'present' | 'gone' | 'refused' | 'doubt';

/** What the site sent → what it says. Pure; throws nothing but CodedErrors, whatever it is given. */
export function read(input: Input): Reading {
  switch (input.asked) {
    case 'home':
      return { asked: 'home', ...readHome(input.answer, input.linkHeader) };
    case 'root':
      return { asked: 'root', ...readRoot(input.answer) };
    case 'posts':
      return { asked: 'posts', ...readList(input.answer, readPost) };
    case 'names':
      return { asked: 'names', ...readList(input.answer, readNamed) };
    case 'media':
      return { asked: 'media', ...readList(input.answer, readMedium) };
    case 'sight':
      return { asked: 'sight', sight: readSight(input.answer) };
  }
}

/** The API's index must name `wp/v2`, or it is somebody else's JSON. */
function readRoot(answer: Answer): { title?: string } {
  const index = record(jsonOf(answer).value);
  const namespaces = index.namespaces;
  if (!Array.isArray(namespaces) || !namespaces.includes('wp/v2')) {
    throw failure('SITE_NOT_FOUND', answer);
  }
  const title = text(index.name);
  return title === undefined ? {} : { title };
}

function readList<T>(answer: Answer, readOne: (value: unknown) => T | undefined): List<T> {
  const { value, repaired } = pageOf(answer);
  const members = membersOf(value);
  if (!members) {
    throw failure('UNREADABLE', answer);
  }
  const list = members.flatMap(one => readOne(one) ?? []);
  return { list, broken: members.length - list.length, repaired };
}

/** A page beyond the last, as when posts go while we read, is an empty one. */
function pageOf(answer: Answer): JsonRead {
  try {
    return jsonOf(answer);
  } catch (thrown) {
    if (toCoded(thrown).data.restCode === 'rest_post_invalid_page_number') return { value: [], repaired: [] };
    throw thrown;
  }
}

/** PHP's json_encode makes an object of a list with holes in its keys, which a plugin's filter easily leaves. */
function membersOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  const entries = Object.entries(record(value));
  return entries.length > 0 && entries.every(([key]) => /^\d+$/.test(key))
    ? entries.map(([, one]) => one)
    : undefined;
}

/** One post's own address: only WordPress' own words count, never a page or another program's 404. */
function readSight(answer: Answer): PostSight {
  let value: unknown;
  try {
    value = JSON.parse(textOf(answer));
  } catch {
    return 'doubt';
  }
  const error = restErrorOf(value);
  if (error) return sightOfError(answer.status, error.code);
  const post = readPost(value);
  if (!post || answer.status >= 400) return 'doubt';
  return post.protected || (post.status !== undefined && post.status !== 'publish') ? 'gone' : 'present';
}

function sightOfError(status: number, code: string): PostSight {
  if (code === 'rest_post_invalid_id' && (status === 404 || status === 410)) return 'gone';
  return code === 'rest_forbidden' && (status === 401 || status === 403) ? 'refused' : 'doubt';
}
