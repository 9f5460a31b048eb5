import type { TombstoneReason } from '../change.ts';
import type { Deletion, Entry } from '../entry.ts';
import type { Instant } from '../instant.ts';
import type { Item } from '../item.ts';
import type { ForeignText, Person } from '../text.ts';

/** A plugin that knows one feed format, in one or both directions. */
export interface Format {
  /** Folder name: `atom`, `rss`, `rdf`, `json-feed`. */
  readonly id: string;
  readonly title: string;
  /** What it is served as, and the ending of its path. Only for formats that generate. */
  readonly mediaType?: string;
  readonly extension?: string;
  /** Is this decoded document one of ours? Cheap: looks at the root, not at the whole. */
  detect?(document: DecodedDocument): boolean;
  /** Document → feed. Total: what can't be read is absent and counted. Throws CodedError only for the whole. */
  parse?(document: DecodedDocument): FeedDocument;
  /** Feed → document, well-formed for any input. */
  generate?(feed: OutgoingFeed): string;
}

/** A document after charset decoding and repair. */
export interface DecodedDocument {
  readonly text: string;
  /** Address it came from, the base of relative references. */
  readonly url?: string;
  readonly contentType?: string;
  readonly contentLocation?: string;
  readonly contentLanguage?: string;
  /** Charset used, as named by the WHATWG or, outside it, by IANA. */
  readonly encoding: string;
  /** What was wrong with the bytes, for people. */
  readonly repaired: readonly string[];
  /** Entries beyond this many are left unread; 5,000 when not given. */
  readonly maxEntries?: number;
}

/** A feed as read. Its own texts are plain; `asWritten` keeps those that came with markup. */
export interface FeedDocument {
  readonly format: string;
  readonly version?: string;
  readonly title?: string;
  readonly link?: string;
  readonly id?: string;
  readonly description?: string;
  readonly language?: string;
  readonly rights?: string;
  readonly generator?: string;
  readonly image?: string;
  readonly updated?: string;
  readonly published?: string;
  readonly authors: readonly Person[];
  readonly categories: readonly string[];
  readonly hub?: string;
  readonly self?: string;
  readonly next?: string;
  readonly prevArchive?: string;
  /** RFC 5005 `fh:complete`. */
  readonly complete?: boolean;
  /** Milliseconds: `ttl` or `sy:updatePeriod`. */
  readonly wait?: number;
  readonly entries: readonly FeedEntry[];
  readonly deletions: readonly Deletion[];
  /** Entries that could not be read at all. */
  readonly broken: number;
  readonly repaired: readonly string[];
  readonly asWritten?: {
    readonly title?: ForeignText;
    readonly description?: ForeignText;
    readonly rights?: ForeignText;
  };
}

/** An entry as read, with what only feeds know. */
export interface FeedEntry extends Entry {
  /** The link was written without scheme and host, and no `xml:base` said what it is relative to. */
  readonly relativeLink?: true;
  /** RSS: a guid that claims to be a permalink (as it does unless it says otherwise) and is no http(s) address. */
  readonly idIsNoLink?: true;
  readonly comments?: string;
  readonly asWritten?: { readonly rights?: ForeignText; readonly originTitle?: ForeignText };
}

/** A feed to write: everything in it is already decided, ordered and allowed. */
export interface OutgoingFeed {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly language: string;
  /** Of the content: newest change among entries and tombstones, never the time of writing. */
  readonly updated: Instant;
  readonly homepage: string;
  readonly self: string;
  readonly links: readonly { readonly rel: string; readonly href: string; readonly type?: string }[];
  /** True for an RFC 5005 archive document. */
  readonly archive?: boolean;
  readonly items: readonly OutgoingItem[];
  readonly tombstones: readonly {
    readonly id: string;
    readonly at: Instant;
    readonly reason: TombstoneReason;
    /** Id of the item that corrects it, or that it is part of now. */
    readonly replacedBy?: string;
  }[];
  readonly generator: string;
}

export interface OutgoingItem {
  readonly item: Item;
  readonly siteName: string;
  readonly siteHomepage: string;
  readonly topicTitles: readonly string[];
  /** Where a reader complains about it. */
  readonly feedback?: string;
  /** When its present wording was first seen, if it is not the first: sites edit without moving their `updated`. */
  readonly edited?: Instant;
}
