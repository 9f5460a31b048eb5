import type { Instant } from '../../schemas/instant.ts';
import type { Api } from './api.ts';
import { POST_FIELDS, type Post } from './wire.ts';

export interface Page {
  readonly posts: readonly Post[];
  readonly broken: number;
  readonly repaired: readonly string[];
  /** Everything modified up to here has been read. */
  readonly mark: Instant;
  /** Pages that remain, as far as the site says. */
  readonly remaining: number;
}

interface Walk {
  readonly api: Api;
  readonly type: string;
  readonly perPage: number;
  /** Published after. */
  readonly since: Instant;
  /** Modified after; undefined reads from the beginning. */
  readonly mark: Instant | undefined;
}

/** A bound on what one run may ask, whatever the site says of its number of pages. */
const MOST_PAGES = 1000;
const SECOND = 1000;

/**
 * Posts changed since the mark, oldest change first. Page numbers shift when a post that was read already is edited
 * meanwhile, so the next page is asked for by time: what was modified from the last post's second on. Page numbers
 * count only within one second, as after an import.
 */
export async function* changedPosts(walk: Walk): AsyncGenerator<Page> {
  const seen = new Set<string>();
  let after = walk.mark;
  let page = 1;
  for (let asked = 0; asked < MOST_PAGES; asked += 1) {
    const { reading, pages } = await ask(walk, { after, page, order: 'asc' });
    if (page === 1 && ignoresTime(reading.list, after, seen)) return yield* wholeList(walk, seen);
    const posts = reading.list.filter(post => !seen.has(stampOf(post)));
    for (const post of posts) seen.add(stampOf(post));
    const last = lastModified(reading.list);
    const { broken, repaired } = reading;
    yield { posts, broken, repaired, mark: last ?? after ?? 0, remaining: Math.max(0, pages - page) };
    if (isLast(reading, { page, pages }, walk)) return;
    const next = last === undefined ? undefined : last - SECOND;
    if (next !== undefined && next > (after ?? 0)) [after, page] = [next, 1];
    else page += 1;
  }
}

/** Without the header that counts pages, a page that isn't full is the last. */
function isLast(
  { list, broken }: { list: readonly Post[]; broken: number },
  { page, pages }: { page: number; pages: number },
  { perPage }: Walk,
): boolean {
  const length = list.length + broken;
  return length === 0 || (pages === 0 ? length < perPage : page >= pages);
}

/** A post in one wording: the same id comes again when it is edited meanwhile. */
export function stampOf({ id, modifiedGmt }: Post): string {
  return `${id}@${modifiedGmt ?? ''}`;
}

/** The modification time in a stamp, 0 where there is none. */
export function timeOfStamp(stamp: string): Instant {
  return Date.parse(stamp.slice(stamp.indexOf('@') + 1)) || 0;
}

export function modifiedAt({ modifiedGmt }: Post): Instant | undefined {
  return modifiedGmt === undefined ? undefined : Date.parse(modifiedGmt);
}

/** Before 5.7 `modified_after` is no parameter, and unknown parameters are ignored without a word. */
function ignoresTime(
  [first]: readonly Post[],
  after: Instant | undefined,
  seen: ReadonlySet<string>,
): boolean {
  if (after === undefined || first === undefined) return false;
  const modified = modifiedAt(first) ?? after;
  return modified < after - LARGEST_OFFSET || (modified < after && seen.has(stampOf(first)));
}

/** A server that reads our UTC as its own time is off by its zone, which only repeats posts. */
const LARGEST_OFFSET = 14 * 60 * 60 * SECOND;

/** Newest change first, until the mark is passed; the mark moves at the end only. */
async function* wholeList(walk: Walk, seen: ReadonlySet<string>): AsyncGenerator<Page> {
  const mark = walk.mark ?? 0;
  let newest = mark;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { reading, pages } = await ask(walk, { after: undefined, page, order: 'desc' });
    const times = reading.list.flatMap(post => modifiedAt(post) ?? []);
    newest = Math.max(newest, ...times);
    const ended = isLast(reading, { page, pages }, walk) || Math.max(0, ...times) < mark;
    yield {
      posts: reading.list.filter(post => (modifiedAt(post) ?? mark) >= mark && !seen.has(stampOf(post))),
      broken: reading.broken,
      repaired: reading.repaired,
      mark: ended ? newest : mark,
      remaining: ended ? 0 : Math.max(0, pages - page),
    };
    if (ended) return;
  }
}

function ask(
  { api, type, perPage, since }: Walk,
  { after, page, order }: { after: Instant | undefined; page: number; order: 'asc' | 'desc' },
) {
  return api.list('posts', type, {
    _fields: POST_FIELDS,
    per_page: perPage,
    page: page > 1 ? page : undefined,
    orderby: 'modified',
    order,
    after: zoned(since - SECOND),
    modified_after: after === undefined ? undefined : zoned(after),
  });
}

/** With a zone, because WordPress reads a time without one as its own. 1970 itself it takes for no date at all. */
export function zoned(at: Instant): string | undefined {
  return at < SECOND ? undefined : `${new Date(at).toISOString().slice(0, 19)}Z`;
}

function lastModified(posts: readonly Post[]): Instant | undefined {
  const times = posts.flatMap(post => modifiedAt(post) ?? []);
  return times.length > 0 ? Math.max(...times) : undefined;
}
