import type { FeedDocument } from '../formats/format.ts';
import type { Draft, Media } from '../item.ts';
import type { Site } from '../site.ts';

/** What a rule judges, by its scope. */
export interface Subjects {
  readonly site: SiteSubject;
  readonly feed: FeedSubject;
  readonly item: ItemSubject;
  readonly media: MediaSubject;
  readonly republication: RepublicationSubject;
}
export type Scope = keyof Subjects;
export const SCOPES = ['site', 'feed', 'item', 'media', 'republication'] as const satisfies readonly Scope[];

export interface SiteSubject {
  readonly site: Site;
  /** True when the site judged is the gateway itself; `site.kind` then says nothing. */
  readonly gateway?: boolean;
}

export interface FeedSubject extends SiteSubject {
  /** Address after redirects. */
  readonly url: string;
  /** Absent when nothing could be read even after repair; `failure` says why. */
  readonly feed?: FeedDocument;
  /** A code of schemas/errors.ts: NOT_A_FEED, HTML_PAGE, UNREADABLE … */
  readonly failure?: string;
}

/** A draft before it is stored, or a stored item. */
export type JudgedItem = Omit<Draft, 'keys' | 'notes' | 'judged'>;

export interface ItemSubject extends SiteSubject {
  readonly item: JudgedItem;
}

export interface MediaSubject extends ItemSubject {
  readonly medium: JudgedMedium;
}

export interface JudgedMedium extends Media {
  /** Its place in the item: `media[0]`, `picture`, `content.img[2]`. */
  readonly at: string;
  /** `role=presentation`, or no larger than 32 pixels. */
  readonly decorative?: boolean;
}

export interface RepublicationSubject extends SiteSubject {
  /** What the gateway gives out; absent where a rule is about the gateway as a whole. */
  readonly item?: JudgedItem;
}
