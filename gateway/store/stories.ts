import type { Origin } from '../../schemas/entry.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Visibility } from '../../schemas/item.ts';
import type { SiteKind } from '../../schemas/site.ts';
import type { Telling } from '../../schemas/stories/reading.ts';

/** Items of several sites that tell the same news, as far as the public can see them. */
export interface Story {
  /** Stays while the story lasts, whichever of its items leave. */
  readonly id: string;
  /** Item that was published first. */
  readonly first: string;
  /** Its time. */
  readonly at: Instant;
  /** In the order of publication. */
  readonly others: readonly StoryPart[];
}

export interface StoryPart {
  readonly item: string;
  /** 0 to 1: how alike it is to the first, or to the nearest of the story where those two were not found alike. */
  readonly score: number;
  /** It says whom it has it from. */
  readonly namesSource: boolean;
}

/** OR within a list, AND between fields; each field may be met by another item of the story. */
export interface StoryFilter {
  readonly sites?: readonly string[];
  readonly kinds?: readonly SiteKind[];
  readonly topics?: readonly string[];
  /** Of the first item. */
  readonly publishedAfter?: Instant;
  readonly publishedBefore?: Instant;
}

export interface StoryPlace {
  readonly at: Instant;
  readonly id: string;
}

/**
 * What is public is decided when it is read: an item that isn't RELEASED at this moment is in no story, whatever was
 * joined when.
 */
export interface StoryReader {
  /** By item: the story that it is in. */
  ofItems(ids: readonly string[]): Promise<ReadonlyMap<string, Story>>;
  /** Newest first, each with its place in the list. */
  page(query: {
    readonly filter: StoryFilter;
    readonly first: number;
    readonly after?: StoryPlace;
  }): Promise<readonly { readonly place: StoryPlace; readonly story: Story }[]>;
}

/** An item that may be like another: its text is long enough to tell. */
export interface Likeness {
  readonly n: number;
  readonly id: string;
  readonly site: string;
  readonly kind: SiteKind;
  readonly visibility: Visibility;
  readonly listed: Instant;
  /** A hash of the whole text: equal numbers, equal texts. */
  readonly whole: number;
  readonly namesSource: boolean;
  /** Of the text that was compared last. */
  readonly compared?: string;
  readonly story?: string;
}

/** One look into one bucket, from a moment on: back in time, or forth. */
export interface Probe {
  readonly place: number;
  readonly at: Instant;
  readonly back: boolean;
}

/** Items that one look gives, nearest in time first. */
export const LOOK = { back: 16, forth: 8 } as const;

export interface LikenessReader {
  /** Numbers of the items that each look finds. */
  look(probes: readonly Probe[]): Promise<readonly (readonly number[])[]>;
  likenesses(ns: readonly number[]): Promise<ReadonlyMap<number, Likeness>>;
  /** The whole texts, those that were trimmed too. */
  texts(ns: readonly number[]): Promise<ReadonlyMap<number, Told>>;
}

export interface Told extends Telling {
  readonly origin?: Origin;
}

/** An item that was stored, edited, shown or hidden since it was last joined. */
export interface Due {
  readonly n: number;
  readonly id: string;
  readonly site: string;
  readonly kind: SiteKind;
  readonly visibility: Visibility;
  readonly listed: Instant;
  /** Of the text as the source wrote it: trimming doesn't move it. */
  readonly hash: string;
  /** Of the text that was compared last. */
  readonly compared?: string;
}

export interface StoryRoom extends StoryReader, LikenessReader {
  /** Takes items that are to be joined, the newest first; for `ttl` milliseconds nobody else gets them. */
  take(limit: number, ttl: number): Promise<readonly Due[]>;
}

/** What is kept of a text, so that others are found to be like it: hashes of some of its runs of words, never words. */
export interface Sketched {
  readonly n: number;
  /** The moment under which it lies in its buckets. */
  readonly at: Instant;
  readonly places: readonly number[];
  readonly whole: number;
  readonly namesSource: boolean;
}

/** Two items that tell the same news. */
export interface AlikePair {
  readonly a: number;
  readonly b: number;
  readonly score: number;
}

/** One list that a story stands in. `all` has the label `''`. */
export interface StoryLine {
  readonly type: 'all' | 'site' | 'kind' | 'topic';
  readonly label: string;
  readonly at: Instant;
  readonly id: string;
}

/** What joining writes. */
export interface StoryWriter extends Pick<LikenessReader, 'likenesses'> {
  /** Transactions that move stories wait for each other from here to their commit. */
  lock(): Promise<void>;
  /** Those that are still as they were taken, locked until the transaction ends. */
  unmoved(dues: readonly Due[]): Promise<readonly Due[]>;
  /** Replaces what was kept of the same items. */
  sketch(sketches: readonly Sketched[]): Promise<void>;
  /** Sketches, buckets and pairs, for good, and the lists of stories that nobody is in any more. */
  forget(ns: readonly number[]): Promise<void>;
  /** Replaces the pairs of the items that were compared; a pair with what is gone by now is left out. */
  pair(
    compared: readonly { readonly n: number; readonly hash: string }[],
    pairs: readonly AlikePair[],
  ): Promise<void>;
  /** Every pair with one of these, which is `a`. */
  pairsOf(ns: readonly number[]): Promise<readonly AlikePair[]>;
  /** Which story each is in from now on. */
  assign(stories: ReadonlyMap<number, string | undefined>): Promise<void>;
  members(stories: readonly string[]): Promise<readonly Likeness[]>;
  topics(ns: readonly number[]): Promise<ReadonlyMap<number, readonly string[]>>;
  lines(stories: readonly string[]): Promise<readonly StoryLine[]>;
  /** Replaces all lines of these stories. */
  setLines(stories: readonly string[], lines: readonly StoryLine[]): Promise<void>;
  /** They are joined. */
  done(ns: readonly number[]): Promise<void>;
  /** They are to be taken again, at once. */
  giveBack(ns: readonly number[]): Promise<void>;
  /** What was answered of stories is no longer true. */
  moved(): Promise<void>;
}
