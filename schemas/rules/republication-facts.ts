import type { Instant } from '../instant.ts';

/** What the gateway's own records say of a republication; rows of the ledger, read for the rules. */
export interface RepublicationFacts {
  readonly publication: Publication;
  /** Null: looked for, and there is none. */
  readonly agreement: Agreement | null;
  readonly sourceTime: SourceTime;
  /** Plain texts, at the fetch that was used and as given out. */
  readonly wording: Wording;
  /** What each channel shows of the item. */
  readonly outputs: readonly Output[];
  readonly removal: Removal;
  readonly order: Order;
  readonly correction: Correction;
  /** Ids of withdrawn items that a probe of our own outputs still found. */
  readonly servedIds: readonly { readonly channel: string; readonly item: string; readonly why: string }[];
  /** The publisher's limits on the item. */
  readonly limits: { readonly pubStatus: string; readonly embargoed?: Instant; readonly expires?: Instant };
  readonly retention: Retention;
  readonly complaints: Complaints;
  readonly downstream: Downstream;
}

export interface Publication {
  /** Absent while it waits. */
  readonly releasedAt?: Instant;
  readonly mode: 'full-text' | 'summary' | 'headline-link';
  readonly media: number;
}

export interface Agreement {
  readonly id: string;
  readonly parties: readonly string[];
  readonly mode: 'full-text' | 'summary' | 'headline-link';
  readonly media: boolean;
  readonly from: Instant;
  readonly until: Instant;
  /** `sha256:…` of the signed file. */
  readonly document: string;
  readonly delayMinutes?: number;
  /** Corrections may go out before the delay is over. */
  readonly correctionsAtOnce?: boolean;
}

export interface SourceTime {
  readonly declared?: Instant;
  readonly dateOnly?: boolean;
  /** Other times it declared before, for a re-dated item. */
  readonly declaredBefore: readonly Instant[];
  readonly firstSeen: Instant;
  /** The last complete harvest that did not list the item. */
  readonly lastAbsent?: Instant;
}

export interface Wording {
  readonly source: { readonly title: string; readonly text: string };
  readonly released: { readonly title: string; readonly text: string; readonly markedExtract?: boolean };
}

export interface Output {
  /** `html`, `atom`, `rss`, `json-feed`, `graphql`. */
  readonly channel: string;
  readonly authors: readonly string[];
  readonly agency?: string;
  readonly published?: Instant;
  /** The link to the original, plain and followable. */
  readonly link?: string;
  /** It stands beside the attribution, before any other block of links. */
  readonly linkBesideAttribution?: boolean;
  readonly linkStatus?: number;
  readonly canonical?: string;
  readonly comments?: boolean;
  /** The way to the complaint form. */
  readonly complaintLink?: string;
}

export interface Removal {
  readonly verdict: 'there' | 'doubt' | 'removed';
  readonly lastSeen: Instant;
  readonly fullText: boolean;
  readonly hiddenAt?: Instant;
  /** When each channel lost it; absent: it still has it. */
  readonly removedAt: Readonly<Record<string, Instant | null>>;
}

export interface Order {
  readonly sender?: string;
  readonly legalReference?: string;
  readonly scope?: string;
  readonly actor?: string;
  readonly receivedAt: Instant;
  readonly urgent: boolean;
  readonly removedAt: Readonly<Record<string, Instant | null>>;
  readonly receipts: number;
  /** The id or the body came back after the order. */
  readonly cameBack: boolean;
}

export interface Correction {
  readonly detectedAt: Instant;
  readonly replaces?: string;
  readonly falseWithdrawnAt?: Instant;
  readonly releasedAt?: Instant;
  /** Channels and sections of the false version, and of the correction. */
  readonly reachBefore: readonly string[];
  readonly reachNow: readonly string[];
  readonly removedAt?: Instant;
}

export interface Retention {
  readonly contentDays: number;
  readonly processingLogDays: number;
  readonly systemLogDays: number;
  /** Days since the gateway first released anything. */
  readonly runningDays: number;
  readonly chainVerified: boolean;
  readonly sealedCopies: boolean;
  readonly lastRestoreTest?: Instant;
}

export interface Complaints {
  readonly formStatus: number;
  readonly testTicketAccepted: boolean;
  readonly tickets: readonly {
    readonly receivedAt?: Instant;
    readonly decision?: string;
    readonly decidedAt?: Instant;
  }[];
}

export interface Downstream {
  /** The removal or correction. */
  readonly at: Instant;
  readonly entryInFeedsAt?: Instant;
  readonly entryKeptDays: number;
  readonly itemStatus: number;
  readonly cachesPurgedAt?: Instant;
  readonly subscribers: readonly { readonly id: string; readonly acknowledgedAt?: Instant }[];
}
