import type { Deletion } from '../../schemas/entry.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { HeldItem } from '../connector.ts';
import type { Api } from './api.ts';
import { zoned } from './changed.ts';
import { postIdOf, sourceIdOf } from './entry.ts';
import { LARGEST_PAGE } from './options.ts';
import { PLACE_FIELDS, type Post } from './wire.ts';

/** What the site lists, without texts. */
export interface Listing {
  readonly posts: ReadonlyMap<number, Post>;
  /** Posts published after this would be in it; -Infinity when it lists all. */
  readonly from: Instant;
}

export interface Differences {
  /** Listed and readable, but not held. */
  readonly missing: readonly number[];
  /** Held, and the list says that they ask for a password now. */
  readonly closed: readonly number[];
  /** Held, of the listed time, but not listed. */
  readonly absent: readonly number[];
}

const SECOND = 1000;
/** 50,000 ids; a site with more is compared by its newest only. */
const MOST_PAGES = 500;

/** The newest hundred ids of each type. */
export async function newestListing(api: Api, types: readonly string[], since: Instant): Promise<Listing> {
  const posts = new Map<number, Post>();
  let from = Number.NEGATIVE_INFINITY;
  for (const type of types) {
    const { reading, pages } = await ask(api, type, since, { orderby: 'date', order: 'desc' });
    for (const post of reading.list) posts.set(post.id, post);
    const oldest = Math.min(...reading.list.flatMap(({ dateGmt }) => (dateGmt ? Date.parse(dateGmt) : [])));
    // Where the header was dropped, a full page means that there may be more.
    const cut = pages > 1 || (pages === 0 && reading.list.length >= LARGEST_PAGE);
    if (cut) from = Math.max(from, Number.isFinite(oldest) ? oldest : Number.POSITIVE_INFINITY);
  }
  return { posts, from };
}

/** All ids of each type since `since`; undefined when there are too many to say that these are all. */
export async function fullListing(
  api: Api,
  types: readonly string[],
  since: Instant,
  progress: (message: string) => void,
): Promise<Listing | undefined> {
  const posts = new Map<number, Post>();
  for (const type of types) {
    for await (const { list, page, pages } of idPages(api, type, since)) {
      if (pages > MOST_PAGES) return undefined;
      for (const post of list) posts.set(post.id, post);
      if (pages > 1) progress(`đối chiếu mã bài ${type}: trang ${page}/${pages}`);
    }
  }
  return { posts, from: Number.NEGATIVE_INFINITY };
}

/** By id, because equal dates have no order of their own and a page break would lose some. */
async function* idPages(api: Api, type: string, since: Instant) {
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const order = { orderby: 'id', order: 'desc', page: page > 1 ? page : undefined };
    const { reading, pages: told } = await ask(api, type, since, order);
    pages = told === 0 && reading.list.length >= LARGEST_PAGE ? page + 1 : told;
    yield { list: reading.list, page, pages };
    if (reading.list.length === 0) return;
  }
}

function ask(
  api: Api,
  type: string,
  since: Instant,
  order: { orderby: string; order: string; page?: number | undefined },
) {
  return api.list('posts', type, {
    _fields: PLACE_FIELDS,
    per_page: LARGEST_PAGE,
    after: zoned(since - SECOND),
    ...order,
  });
}

/** Compares a list with what is held. Items from before `since` are in no list, so they are never missed. */
export function compare({ posts, from }: Listing, held: readonly HeldItem[], since: Instant): Differences {
  const byId = new Map(held.flatMap(withPostId));
  const listed = [...posts.values()];
  const inTime = ({ published }: HeldItem) =>
    published === undefined ? from === Number.NEGATIVE_INFINITY : published > Math.max(from, since);
  return {
    missing: listed.filter(post => !post.protected && !byId.has(post.id)).map(({ id }) => id),
    closed: listed.filter(post => post.protected && byId.has(post.id)).map(({ id }) => id),
    absent: [...byId].filter(([id, item]) => !posts.has(id) && inTime(item)).map(([id]) => id),
  };
}

function withPostId(item: HeldItem): [number, HeldItem][] {
  const id = postIdOf(item.sourceId);
  return id === undefined ? [] : [[id, item]];
}

export const closedDeletion = (id: number): Deletion => ({
  sourceId: sourceIdOf(id),
  basis: 'said',
  reason: 'password asked',
});

export const absentDeletion = (id: number): Deletion => ({
  sourceId: sourceIdOf(id),
  basis: 'absent',
  reason: 'not listed, and refused when asked for',
});
