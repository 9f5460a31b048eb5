import type { Instant } from '../../schemas/instant.ts';
import type { IdentityKey, Item, Version, Visibility } from '../../schemas/item.ts';
import type { SiteKind } from '../../schemas/site.ts';
import type { Phrase } from './search-text.ts';

/** OR within a list, AND between fields; an empty or absent list selects all. */
export interface ItemFilter {
  readonly sites?: readonly string[];
  readonly kinds?: readonly SiteKind[];
  /** Names of the sources that keep the items. */
  readonly sources?: readonly string[];
  readonly topics?: readonly string[];
  readonly categories?: readonly string[];
  readonly language?: string;
  readonly publishedAfter?: Instant;
  readonly publishedBefore?: Instant;
  readonly releasedAfter?: Instant;
  /** Text as a person typed it; see `search`. */
  readonly text?: string;
  /** RELEASED unless the caller may see more. */
  readonly visibility?: readonly Visibility[];
}

/** How the matches of a search spread. Each map is value → how many. */
export interface Facets {
  readonly sites: ReadonlyMap<string, number>;
  readonly kinds: ReadonlyMap<SiteKind, number>;
  readonly topics: ReadonlyMap<string, number>;
  /** Matches that were counted. */
  readonly counted: number;
  /** There are more matches than were looked at: the counts are of the newest of them. */
  readonly capped: boolean;
}

export interface CategoryCount {
  readonly category: string;
  readonly site: string;
  readonly items: number;
}

/** PUBLISHED sorts by (listed, n), RELEASED by (released, n); newest first. */
export type ItemOrder = 'PUBLISHED' | 'RELEASED';

/** Keyset: the sort key of the last row of the page before. */
export interface After {
  readonly at: Instant;
  readonly n: number;
}

/** Versions kept of one item. */
export const VERSIONS_KEPT = 50;

export interface ItemReader {
  page(query: {
    readonly filter: ItemFilter;
    readonly order: ItemOrder;
    readonly first: number;
    readonly after?: After;
  }): Promise<readonly Item[]>;
  /** In the order asked; an unknown id is left out. All visibilities: the caller decides what to show. */
  byIds(ids: readonly string[]): Promise<readonly Item[]>;
  /** Which of these ids meet the filter, in no order. */
  meeting(ids: readonly string[], filter: ItemFilter): Promise<ReadonlySet<string>>;
  /** By any comparison key of a link that was ever an identity key: canonical, guid that is a link, alternate. */
  byLinks(keys: readonly string[]): Promise<readonly Item[]>;
  /**
   * Best first: accent-exact matches and title matches before folded ones, of the newest 2,000 that the filter selects
   * of each rank. `offset` ≤ 10 000.
   */
  search(query: {
    readonly text: string;
    readonly filter: ItemFilter;
    readonly first: number;
    readonly offset: number;
  }): Promise<readonly Item[]>;
  /** How the matches spread over sites, kinds and topics: all of them, or the newest 2,000 where there are more. */
  facets(query: { readonly text: string; readonly filter: ItemFilter }): Promise<Facets>;
  /** Every phrase, folded, of which a search of this text finds one: what is marked in a match. */
  phrases(text: string): readonly Phrase[];
  /** Newest first, per item, content of withdrawn items never. */
  versions(ids: readonly string[]): Promise<ReadonlyMap<string, readonly Version[]>>;
  /** Not withdrawn items of one source, newest first. */
  held(source: string, newest: number): Promise<readonly Item[]>;
  /** How many the public can see, per category as it is written and site; in no order. */
  categories(): Promise<readonly CategoryCount[]>;
  /** How many the public can see, per site. */
  counts(): Promise<ReadonlyMap<string, number>>;
  /**
   * Where a feed's archives end: the sort keys (released, n) of every `size`th item ever released by these sites and
   * kinds, oldest first, counted from `after` on and whatever has become of the items since. At most `limit` keys.
   */
  releaseMarks?(query: {
    readonly filter: Pick<ItemFilter, 'sites' | 'kinds'>;
    readonly size: number;
    readonly after?: After;
    readonly limit: number;
  }): Promise<readonly After[]>;
  /** Not withdrawn items whose content an older version of the cleaner cleaned. */
  uncleaned(version: number, limit: number): Promise<readonly Item[]>;
  /**
   * HELD and HIDDEN items that only a person can decide: without a minute, and neither their publisher's own wish nor gone
   * with their site. The earliest listed first.
   */
  waiting(limit: number): Promise<readonly Item[]>;
  /** HELD items, and HIDDEN ones with a minute, whose minute has come; oldest first. */
  releasable(limit: number): Promise<readonly Item[]>;
}

/** Reads here lock what they return until the transaction ends. */
export interface ItemWriter {
  /** Which item each set of keys belongs to within a site; several when keys of one entry point at several. */
  resolve(site: string, keys: readonly (readonly IdentityKey[])[]): Promise<readonly (readonly string[])[]>;
  current(ids: readonly string[]): Promise<ReadonlyMap<string, Item>>;
  /** Inserts new items and gives them their `n`; replaces known ones whole; keeps search and topics in step. */
  save(items: readonly (Omit<Item, 'n'> & { readonly n?: number })[]): Promise<void>;
  addKeys(site: string, keys: readonly { readonly item: string; readonly key: IdentityKey }[]): Promise<void>;
  /** Of each item the newest 50 stay: a page that differs at each request must not fill the disk. */
  addVersions(versions: readonly Version[]): Promise<void>;
  /** All keys of one item now lead to another. */
  moveKeys(from: string, to: string): Promise<void>;
  /** Content out of items, versions, search, problems and what was trimmed, for good; the row stays as WITHDRAWN with its keys. */
  erase(ids: readonly string[]): Promise<void>;
}
