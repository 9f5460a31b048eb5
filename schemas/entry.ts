import type { ForeignText, Person } from './text.ts';

/** A picture, film, sound or document that an entry names. Addresses are absolute, nothing is checked yet. */
export interface ForeignMedia {
  readonly url: string;
  readonly type?: string;
  /** Bytes, as declared. */
  readonly length?: number;
  readonly width?: number;
  readonly height?: number;
  readonly alt?: string;
  readonly caption?: string;
  readonly credit?: string;
  readonly rights?: string;
  /** `lead` when the site itself calls it the item's picture. */
  readonly role?: 'lead' | 'thumbnail' | 'enclosure' | 'content';
}

/** Where a re-posted entry says it comes from: Atom's `source`, RSS's `source`, `dc:source`. */
export interface Origin {
  readonly title?: string;
  readonly link?: string;
  readonly id?: string;
  /** As written by the site. */
  readonly published?: string;
}

/**
 * One entry as a connector read it: everything is what the site said, absent where it could not be read.
 * Dates stay as written, because only the source's settings can tell what they mean.
 */
export interface Entry {
  /** The site's own id: guid, Atom id, post number. */
  readonly sourceId?: string;
  /** Where people read it, absolute. */
  readonly link?: string;
  /** The site's canonical address, when it gives one. */
  readonly canonical?: string;
  /** Other addresses of the same page: AMP, mobile, short. */
  readonly otherLinks?: readonly string[];
  readonly title?: ForeignText;
  readonly summary?: ForeignText;
  readonly content?: ForeignText;
  readonly published?: string;
  readonly updated?: string;
  readonly authors: readonly Person[];
  readonly categories: readonly string[];
  readonly rights?: string;
  readonly language?: string;
  readonly media: readonly ForeignMedia[];
  readonly origin?: Origin;
  /** What the publisher says of it; ninjs 1.4 `pubstatus`. */
  readonly pubStatus?: 'usable' | 'withheld' | 'canceled';
  /** Values for the site's content schema. */
  readonly own?: { readonly type: string; readonly fields: Readonly<Record<string, unknown>> };
  /** Parts that were there but could not be read, for people: `published: "hôm qua"`. */
  readonly unread?: readonly string[];
}

/** The publisher's word, or our finding, that an item is gone. */
export interface Deletion {
  readonly sourceId?: string;
  readonly link?: string;
  /** As written by the site, when it says. */
  readonly at?: string;
  /**
   * `said`: a deletion entry or a canceled status. `absent`: missing from a complete list and confirmed by one
   * probe; only these count towards the guard against mass withdrawal.
   */
  readonly basis: 'said' | 'absent';
  readonly reason?: string;
}
