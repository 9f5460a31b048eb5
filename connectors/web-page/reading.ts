import type { Entry, ForeignMedia } from '../../schemas/entry.ts';
import type { HubLinks } from '../../schemas/hub-links.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { OwnSchema } from '../../schemas/json-map/entry.ts';
import type { StandIn } from '../../schemas/pages/standing-before.ts';
import type { DateSettings, Source } from '../../schemas/source.ts';
import type { Missed, ReadParts } from './parts.ts';
import type { Marks } from './site-marks.ts';

/** A document as it came, and what its reading has to know; crosses to the reading thread. */
interface Document {
  readonly body: Uint8Array;
  /** Address after redirects. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly now: Instant;
  readonly dates: DateSettings;
  readonly legacyText?: NonNullable<Source['legacyText']>;
  readonly own?: OwnSchema;
}

export type Input =
  | (Document & { readonly kind: 'list' })
  | (Document & { readonly kind: 'sitemap' })
  | (Document & { readonly kind: 'home' })
  | (Document & {
      readonly kind: 'article';
      readonly row: Row;
      readonly marks: Marks;
      readonly lists: readonly string[];
    });

export type Reading =
  | ({ readonly kind: 'list' } & ListReading)
  | ({ readonly kind: 'sitemap' } & SitemapReading)
  | { readonly kind: 'home'; readonly marks: Marks }
  | ({ readonly kind: 'article' } & ArticleReading);

/** An item as its list or its sitemap names it. */
export interface Row {
  readonly link: string;
  readonly parts: ReadParts;
  readonly own?: Readonly<Record<string, unknown>>;
  /** `lastmod`. */
  readonly modified?: Instant;
  readonly missed: readonly Missed[];
  /** Of what it says, without what changes by the hour: another one means that the article changed. */
  readonly digest: string;
}

export interface ListReading {
  readonly rows: readonly Row[];
  /** Items that were there without an address. */
  readonly broken: number;
  readonly next?: string;
  readonly marks: Marks;
  /** Links were found without a selector; this one would find them. */
  readonly guessed?: string;
  /** Where the page says it can be subscribed to: `<link rel="hub">`, `<link rel="self">` (WebSub section 4). */
  readonly hub: HubLinks;
}

export interface SitemapReading {
  readonly rows: readonly Row[];
  /** Sitemaps that an index names. */
  readonly sitemaps: readonly { readonly loc: string; readonly modified?: Instant }[];
}

export type ArticleReading =
  | {
      readonly is: 'article';
      readonly entry: Entry;
      /** Candidates for the lead picture, the most trusted first; which are the site's own is told by its other pages. */
      readonly pictures: readonly ForeignMedia[];
      /** Its time was told from the time of reading. */
      readonly counted: boolean;
      readonly missed: readonly Missed[];
      readonly digest: string;
    }
  | { readonly is: StandIn | 'front-page' | 'no-article' | 'other' };
