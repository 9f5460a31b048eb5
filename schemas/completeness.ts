import type { Instant } from './instant.ts';

/** By what a site says what it has published: its sitemaps, its news sitemaps, or the whole list of one source. */
export const CLAIMED_BY = ['sitemap', 'news-sitemap', 'list'] as const;
export type ClaimedBy = (typeof CLAIMED_BY)[number];

/** One claim of a site against what is held. All numbers are of what was published from `since` on. */
export interface Completeness {
  readonly claimedBy: ClaimedBy;
  /** The source whose list it is; absent for a sitemap, which speaks for the whole site. */
  readonly source?: string;
  readonly url: string;
  readonly since: Instant;
  readonly comparedAt: Instant;
  /** Listed and held, or once held and withdrawn. */
  readonly held: number;
  /** Listed, and never seen. */
  readonly missing: number;
  /** Listed, asked for, and no item: too old, refused by a rule, or no article. */
  readonly notTaken: number;
  /** In view and of the claimed time, but not listed. Absent where the claim doesn't tell all. */
  readonly extra?: number;
  /** Fetched because they were missing, at this comparison. */
  readonly fetched: number;
  /** The claim was read to its end. */
  readonly complete: boolean;
  /** At most 100 of each, newest first. */
  readonly missingLinks: readonly string[];
  readonly extraLinks: readonly string[];
}
