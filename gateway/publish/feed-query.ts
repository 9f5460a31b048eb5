import { fromBase64url, toBase64url } from '../../schemas/cursor.ts';
import { CodedError } from '../../schemas/errors.ts';
import type { Federation, FeedDefinition, Selection } from '../../schemas/federation.ts';
import { words } from '../../schemas/fold.ts';
import { SITE_KINDS } from '../../schemas/site.ts';
import type { After } from '../store/items.ts';
import { LONGEST_SEARCH } from '../store/search-text.ts';

export const DEFAULT_LIMIT = 50;
const MOST = 500;
/** The feed of whatever is looked for: `/feeds/search.atom?q=`. No federation file may name one so. */
const SEARCH = 'search';

/** What one address of a feed asks for, checked. */
export interface FeedQuery {
  readonly definition: FeedDefinition;
  /** The definition's selection and the reader's own, both of which an item must meet. */
  readonly selections: readonly Selection[];
  /** The reader's own. */
  readonly asked: Selection;
  readonly limit: number;
  /** True when the address names no limit, or the usual one. */
  readonly usualLimit: boolean;
  /** The reader wants each story once, which the definition itself doesn't say; `definition.distinct` says it then. */
  readonly distinct?: 'story';
  /** Words that every item must have; only of the feed `search`. */
  readonly text?: string;
  /** RFC 5005 paging: items released before this one. */
  readonly after?: After;
  /** RFC 5005 archive, counted from 1, the oldest. */
  readonly archive?: number;
  /** Canonical query string with its `?`, or `''`: equal for addresses that ask the same. */
  readonly search: string;
}

/** Throws NOT_FOUND for an unknown feed and BAD_INPUT, naming the value, for what can't be asked of one. */
export function readFeedQuery(federation: Federation, feedId: string, params: URLSearchParams): FeedQuery {
  const text = feedId === SEARCH ? readText(params.get('q')) : undefined;
  const defined = text === undefined ? federation.feeds.find(({ id }) => id === feedId) : searching(text);
  if (!defined) throw new CodedError('NOT_FOUND', `There is no feed “${feedId.slice(0, 100)}”.`);
  const distinct = defined.distinct ? undefined : readDistinct(params.get('distinct'));
  const definition = distinct ? { ...defined, distinct } : defined;
  const asked = readSelection(federation, params);
  const limit = readLimit(params.get('limit'), MOST, DEFAULT_LIMIT);
  const after = readAfter(params.get('after'));
  const archive = text === undefined ? readArchive(params.get('archive')) : undefined;
  return {
    definition,
    selections: [definition.select, asked],
    asked,
    limit,
    usualLimit: limit === DEFAULT_LIMIT,
    ...(distinct && { distinct }),
    ...(text === undefined ? {} : { text }),
    ...(after === undefined ? {} : { after }),
    ...(archive === undefined ? {} : { archive }),
    search: toSearch(asked, {
      q: text,
      distinct,
      limit: limit === DEFAULT_LIMIT || archive !== undefined ? undefined : limit,
      after: params.get('after') || undefined,
      archive,
    }),
  };
}

const NO_SELECTION: Selection = { sites: [], topics: [], kinds: [] };

/** What was released with these words, newest first: best first would hide what is new from who subscribes. */
function searching(text: string): FeedDefinition {
  const title = `Tìm “${text}”`;
  return { id: SEARCH, title, select: NO_SELECTION, order: 'published', pin: [], exclude: [] };
}

/** Folded white space, so that equal searches have one address. Throws BAD_INPUT without words, or with too many. */
function readText(q: string | null): string {
  const text = (q ?? '').normalize('NFC').trim().replace(/\s+/g, ' ');
  if (text.length <= LONGEST_SEARCH && words(text).length > 0) return text;
  throw new CodedError('BAD_INPUT', `q must be words to look for, 1 to ${LONGEST_SEARCH} characters.`);
}

/** The canonical query string of a selection and whatever else is given. */
export function toSearch(
  selection: Selection,
  rest: Readonly<Record<string, string | number | undefined>>,
): string {
  const lists = [selection.sites, selection.topics, selection.kinds].map(list => list.join(','));
  const named = { sites: lists[0], topics: lists[1], kinds: lists[2], ...rest };
  const pairs = Object.entries(named).filter(([, value]) => value !== undefined && value !== '');
  return pairs.length === 0
    ? ''
    : `?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(String(value)).replaceAll('%2C', ',')}`).join('&')}`;
}

/** `after=` as `next` links carry it. */
export function toAfter({ at, n }: After): string {
  return toBase64url([at, n]);
}

export function readLimit(text: string | null, most: number, usual: number): number {
  if (text === null || text === '') return usual;
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > most) {
    throw new CodedError(
      'BAD_INPUT',
      `limit must be a whole number from 1 to ${most}, not “${text.slice(0, 40)}”.`,
    );
  }
  return limit;
}

/** `sites`, `topics`, `kinds`: OR within, AND between. Throws BAD_INPUT for an unknown id. */
export function readSelection({ sites, topics }: Federation, params: URLSearchParams): Selection {
  return {
    sites: readIds(
      params,
      'sites',
      sites.map(site => site.id),
    ),
    topics: readIds(
      params,
      'topics',
      topics.map(topic => topic.id),
    ),
    kinds: readIds(params, 'kinds', SITE_KINDS),
  };
}

/** Comma lists and repeated parameters alike; sorted, so that equal selections have one address. */
function readIds<Id extends string>(
  params: URLSearchParams,
  name: string,
  known: readonly Id[],
): readonly Id[] {
  const asked = new Set(
    params
      .getAll(name)
      .flatMap(list => list.split(','))
      .filter(id => id !== ''),
  );
  const found = known.filter(id => asked.delete(id)).sort();
  const [unknown] = asked;
  if (unknown !== undefined) {
    throw new CodedError('BAD_INPUT', `${name}: “${unknown.slice(0, 100)}” is not known here.`);
  }
  return [...new Set(found)];
}

function readDistinct(text: string | null): 'story' | undefined {
  if (!text) return undefined;
  if (text === 'story') return text;
  throw new CodedError('BAD_INPUT', `distinct must be “story”, not “${text.slice(0, 40)}”.`);
}

function readAfter(text: string | null): After | undefined {
  if (!text) return undefined;
  const [at, n, ...rest] = fromBase64url(text) ?? [];
  if (!Number.isSafeInteger(at) || !Number.isSafeInteger(n) || rest.length > 0) {
    throw new CodedError('BAD_INPUT', 'after must be taken from a link that this feed gave out.');
  }
  return { at: Number(at), n: Number(n) };
}

function readArchive(text: string | null): number | undefined {
  if (text === null || text === '') return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new CodedError('BAD_INPUT', 'archive must be a whole number from 1.');
  return Number(text);
}
