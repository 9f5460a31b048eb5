import type { Origin } from './entry.ts';
import type { Instant } from './instant.ts';
import type { Republication } from './republication.ts';
import type { Judged } from './rules/judged.ts';
import type { SiteKind } from './site.ts';
import type { Person } from './text.ts';

/**
 * The stored state of an item. HELD → RELEASED ⇄ HIDDEN, and each of the three → WITHDRAWN.
 * Never a clock comparison in a query: a committed act moves it, together with its change row.
 */
export const VISIBILITIES = ['HELD', 'RELEASED', 'HIDDEN', 'WITHDRAWN'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

export const PUB_STATUSES = ['usable', 'withheld', 'canceled'] as const;
export type PubStatus = (typeof PUB_STATUSES)[number];

/** A medium after normalising: https where possible, typed, sized where known. */
export interface Media {
  readonly url: string;
  readonly type?: string;
  readonly length?: number;
  readonly width?: number;
  readonly height?: number;
  readonly alt?: string;
  readonly caption?: string;
  readonly credit?: string;
  readonly rights?: string;
}

export interface Picture {
  readonly url: string;
  readonly width?: number;
  readonly height?: number;
  readonly alt?: string;
  readonly credit?: string;
}

/** The line to print beside a republished item, whole and in parts. */
export interface Attribution {
  /** `Phạm Công – Báo Dân trí, 08:30, 21/11/2026`. */
  readonly text: string;
  readonly agency: string;
  readonly authors: readonly string[];
  readonly published?: Instant;
  readonly link: string;
}

/** What is syndicated: exactly these fields make the hash that decides whether a put is written. */
export interface Syndicated {
  /** The publisher's own page, cleaned of tracking. */
  readonly link: string;
  /** Plain text, NFC, one line. */
  readonly title: string;
  /** Plain text. */
  readonly summary: string;
  /** Clean HTML, `''` when the source gives none. */
  readonly content: string;
  readonly authors: readonly Person[];
  readonly categories: readonly string[];
  /** Topic ids of the federation file. */
  readonly topics: readonly string[];
  readonly published?: Instant;
  readonly updated?: Instant;
  /** BCP 47. */
  readonly language?: string;
  readonly rights?: string;
  readonly picture?: Picture;
  readonly media: readonly Media[];
  readonly own?: { readonly type: string; readonly fields: Readonly<Record<string, unknown>> };
  readonly origin?: Origin;
  readonly attribution: Attribution;
}

/** One way to recognise an item again. Trust falls from left to right. */
export const IDENTITY_KEY_KINDS = ['native', 'guid', 'link', 'alternate'] as const;
export interface IdentityKey {
  readonly kind: (typeof IDENTITY_KEY_KINDS)[number];
  readonly key: string;
}

/** What normalising makes of an entry, before the store knows which item it is. */
export interface Draft extends Syndicated {
  readonly site: string;
  readonly siteKind: SiteKind;
  readonly source: string;
  readonly sourceId?: string;
  /** Comparison key of the link; not public. */
  readonly canonicalLink: string;
  /** The content without markup, white space folded: what is searched and excerpted. */
  readonly contentText: string;
  readonly pubStatus: PubStatus;
  /** At least one, most trusted first. */
  readonly keys: readonly IdentityKey[];
  /** SHA-256 (hex) over the Syndicated fields and the site. */
  readonly hash: string;
  /** Version of the sanitiser that cleaned the content. */
  readonly cleaner: number;
  /** Its site pushed this wording: what another of its sources says of it stands behind, unless it is later. */
  readonly pushed?: true;
  /** What was repaired or lost on the way, for people. */
  readonly notes: readonly string[];
  /** What the rules say of it, as far as its own text tells. */
  readonly judged?: Judged;
}

/** The canonical content unit in the store. */
export interface Item extends Omit<Draft, 'keys' | 'notes' | 'judged'> {
  /** `urn:uuid:<v5>`, minted once, the same string in every channel. */
  readonly id: string;
  /** Arrival number, unique and growing. */
  readonly n: number;
  readonly visibility: Visibility;
  readonly visibilityReason?: string;
  readonly releaseAt?: Instant;
  readonly firstSeen: Instant;
  /** min(published ?? firstSeen, firstSeen), fixed at first sight; newest first sorts by (listed, n). */
  readonly listed: Instant;
  /** First time visible to the public. */
  readonly released?: Instant;
  /** Came in older than the connection of its source. */
  readonly backfill: boolean;
  /** Terms of a press item, or of one that re-posts a paper. */
  readonly republication?: Republication;
  /** Ids of the items it corrects: each is withdrawn, its tombstone leads here. */
  readonly corrects?: readonly string[];
  /** When its publisher called it back by hand: only a later wording, or a push, brings it back. */
  readonly takenBack?: Instant;
  /** Its page is looked at: its source doesn't tell what is gone. */
  readonly probed?: true;
  /** Hash of the item before trimming; absent: nothing was taken from it. */
  readonly sourceHash?: string;
  /** Rules that a person let pass, each with how many findings stood when they did. */
  readonly approved?: Readonly<Record<string, number>>;
}

/** One earlier or present wording of an item. */
export interface Version {
  readonly item: string;
  readonly at: Instant;
  readonly hash: string;
  /** `created`, `updated` or `restored`. */
  readonly kind: 'created' | 'updated' | 'restored';
  /** Names of the syndicated fields that changed. */
  readonly changed: readonly string[];
}
