import type { Entry } from '../entry.ts';
import type { Instant } from '../instant.ts';
import type { PageFacts } from './page-facts.ts';
import type { Registry } from './registry.ts';
import type { RepublicationFacts } from './republication-facts.ts';

/** Everything a rule may ask for beside its subject. Each is plain data that somebody observed; nothing is fetched here. */
export interface Facts extends RepublicationFacts {
  readonly now: Instant;
  /** Host of the federation's site of kind portal; in a private network with its port. */
  readonly portalHost: string;
  readonly homepage: PageFacts;
  /** A few of the site's own article pages. */
  readonly pages: readonly PageFacts[];
  /** The portal's pages within two clicks of its home page. */
  readonly portalPages: readonly PageFacts[];
  /** The page the item's link leads to, after redirects. */
  readonly page: PageFacts;
  /** The same page at the fetch before. */
  readonly previousPage: PageFacts;
  readonly registry: Registry;
  readonly dns: { readonly aaaa: readonly string[]; readonly answersOnV6?: boolean };
  readonly tls: TlsSight;
  readonly endpoints: readonly EndpointSight[];
  /** Seconds, mobile profile, median of three. */
  readonly performance: {
    readonly fcp: number;
    readonly lcp: number;
    readonly si: number;
    readonly tbt: number;
  };
  readonly outages: readonly Outage[];
  /** Last 30 days. */
  readonly pressReposts: { readonly fullText: number };
  /** The latest article pages, up to 20. */
  readonly latestPages: readonly PageFacts[];
  readonly document: DocumentSight;
  /** What a common strict reader makes of the feed; `refusedAt` in its own words, with the line where it is about syntax. */
  readonly strictReader: { readonly entries: number; readonly refusedAt?: string };
  /** Ids by link at earlier fetches, oldest first. */
  readonly earlierIds: readonly Readonly<Record<string, string>>[];
  /** Articles seen on the home page, and when the feed had them. */
  readonly homepageNews: readonly {
    readonly link: string;
    readonly firstSeen: Instant;
    readonly inFeed: boolean;
  }[];
  readonly goneItems: readonly GoneSight[];
  /** Milliseconds between two polls, the longest lately. */
  readonly longestPollGap: number;
  /** The entry as the source wrote it, before cleaning. */
  readonly entry: Entry;
  /** The nearest earlier item of another site, 0 to 1. */
  readonly similar: {
    readonly item: string;
    readonly site: string;
    readonly kind: string;
    readonly score: number;
  };
  /** Texts of attachments' first pages, with their file names. */
  readonly attachments: readonly { readonly name: string; readonly firstPage?: string }[];
  readonly linkSights: Readonly<Record<string, LinkSight>>;
  /** Hosts of the Ministry's deny-list. */
  readonly denyList: readonly string[];
  readonly mediaSight: { readonly status: number; readonly type?: string; readonly length?: number };
  /** Ids by link of the items we know, for corrections. */
  readonly knownLinks: Readonly<Record<string, string>>;
}
export type Need = keyof Facts;

export interface TlsSight {
  readonly valid: boolean;
  /** `expired`, `wrong-host`, `untrusted` … */
  readonly fault?: string;
  /** `TLSv1.3`. */
  readonly protocol?: string;
  readonly validTo?: Instant;
  /** Where `http://` led; absent when port 80 is closed. */
  readonly httpLeadsTo?: string;
}

export interface EndpointSight {
  readonly kind: 'feed' | 'api' | 'sitemap';
  readonly url: string;
  readonly works: boolean;
  readonly lastmod?: boolean;
}

export interface Outage {
  readonly from: Instant;
  readonly to: Instant;
  /** The record of a planned stop, when there is one. */
  readonly planned?: { readonly noticePublished?: Instant; readonly expectedRecovery?: Instant };
}

export interface DocumentSight {
  readonly status: number;
  readonly contentType?: string;
  /** Charset by the HTTP header, by the XML declaration, and the one that decoded it. */
  readonly charset: { readonly http?: string; readonly declared?: string; readonly used: string };
  readonly text: string;
  /** Did a conditional request answer 304? Absent when it was not tried. */
  readonly notModified?: boolean;
}

export interface GoneSight {
  readonly link: string;
  readonly status: number;
  /** Led to the home page or a section page. */
  readonly redirectedHome?: boolean;
  /** 200 with the site's own words for "no longer here". */
  readonly softText?: boolean;
  /** A deletion entry, canceled status, removal list or signed call. */
  readonly signalled?: boolean;
}

export interface LinkSight {
  /** 0: no answer. */
  readonly status: number;
  /** How often it was tried, 24 hours apart. */
  readonly tries: number;
  /** Hosts it was led through, up to five. */
  readonly hosts: readonly string[];
}
