import { createHash } from 'node:crypto';
import { readDate } from '../dates.ts';
import type { Entry } from '../entry.ts';
import { CodedError } from '../errors.ts';
import type { Instant } from '../instant.ts';
import type { DateSettings } from '../source.ts';
import { readJson } from './document.ts';
import { type Known, readEntry } from './entry.ts';
import { withIncluded } from './included.ts';
import { isRecord, type Json } from './json-path.ts';
import { checkMap, wrongItems } from './mismatch.ts';
import type { ItemMap } from './options.ts';
import { compilePaths, type Paths } from './paths.ts';
import { textOf } from './values.ts';

/** One answer of the API. */
export interface JsonDocument extends Known {
  readonly body: Uint8Array;
  /** Address after redirects. */
  readonly url: string;
}

export interface JsonReading {
  readonly entries: readonly Entry[];
  readonly broken: number;
  readonly repaired: readonly string[];
  /** Items on the page, read or not. */
  readonly count: number;
  /** What the paging's `total` or `next` found. */
  readonly total?: number;
  readonly next?: string;
  /** Newest `updated` (or `published`) that could be read. */
  readonly newest?: Instant;
  /** Of the bytes: the same page again needs no storing. */
  readonly digest: string;
}

/** More on one page is no page. */
const MOST_ITEMS = 20_000;

/** An answer → its entries. Throws HTML_PAGE, ROBOT_CHECK, EMPTY_DOCUMENT, UNREADABLE, MAP_MISMATCH. */
export function read(document: JsonDocument, options: ItemMap): JsonReading {
  try {
    return readPage(document, options);
  } catch (thrown) {
    if (thrown instanceof CodedError) throw thrown;
    // A path that climbs too deep, a text that no memory holds.
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new CodedError('UNREADABLE', `The JSON could not be read: ${why.slice(0, 300)}`, { cause: thrown });
  }
}

function readPage({ body, url, ...known }: JsonDocument, options: ItemMap): JsonReading {
  const document = withIncluded(readJson(body, url));
  const paths = compilePaths(options);
  const shown = new URL(url).origin + new URL(url).pathname;
  const nodes = itemsOf(document, paths);
  const items = nodes?.filter(isRecord);
  if (!nodes || !items || (nodes.length > 0 && items.length === 0))
    throw wrongItems(document, options, shown);
  const repaired = checkMap(items, paths, options, shown);
  const entries = items.map(item => readEntry(item, paths, options, options.base ?? url, known));
  return {
    entries,
    broken: nodes.length - items.length,
    repaired,
    count: nodes.length,
    digest: createHash('sha256').update(body).digest('base64url').slice(0, 12),
    ...pagingOf(document, paths),
    ...newestOf(entries, known.dates ?? {}),
  };
}

/** The list of items; empty where the path leads to an empty list, undefined where it leads nowhere. */
function itemsOf(document: Json, { items }: Paths): readonly Json[] | undefined {
  const nodes = items.all(document);
  const [only] = nodes;
  // `$.data` for `$.data[*]`: what is meant is plain.
  if (nodes.length === 1 && Array.isArray(only)) return only.slice(0, MOST_ITEMS);
  if (nodes.length === 0 && !items.hasList(document)) return undefined;
  return nodes.slice(0, MOST_ITEMS);
}

function pagingOf(document: Json, paths: Paths): Pick<JsonReading, 'total' | 'next'> {
  const total = Number(textOf(paths.total?.first(document)));
  const next = textOf(paths.next?.first(document));
  return { ...(Number.isFinite(total) && { total }), ...(next !== undefined && { next }) };
}

/**
 * For the mark that is sent back to the site: in the site's own words, so `force`, which says that those are wrong,
 * is left out.
 */
function newestOf(entries: readonly Entry[], { order, zone }: DateSettings): Pick<JsonReading, 'newest'> {
  const settings = { ...(order && { order }), ...(zone && { zone }) };
  let newest = Number.NEGATIVE_INFINITY;
  for (const { updated, published } of entries) {
    const written = updated ?? published;
    newest = Math.max(newest, (written && readDate(written, settings)?.at) || newest);
  }
  return Number.isFinite(newest) ? { newest } : {};
}
