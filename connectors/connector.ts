import type { z } from 'zod';
import type { Deletion, Entry } from '../schemas/entry.ts';
import type { ContentSchema } from '../schemas/federation.ts';
import type { HubLinks } from '../schemas/hub-links.ts';
import type { Instant } from '../schemas/instant.ts';
import type { Source } from '../schemas/source.ts';
import type { Bilingual } from '../schemas/text.ts';

/** A plugin that reads one kind of source. One folder, one line in `connectors/index.ts`. */
export interface Connector<Options = unknown, Input = unknown, Reading = unknown> {
  /** Folder name, doc name, and the word in the federation file. */
  readonly id: string;
  readonly title: Bilingual;
  readonly summary: Bilingual;
  /** Its `sourceId`s are the CMS' own numbers: two of them are two posts, whatever address they share for a while. */
  readonly stableIds?: true;
  /** What a source's `options` may be; each field described, because help and the JSON Schema are made of it. */
  readonly options: z.ZodType<Options>;
  /** Options that pass, for docs and the meta-test. */
  readonly example: unknown;
  /** GraphQL types this connector brings along for `Item.own`, besides those in the federation file. */
  readonly contentSchemas?: readonly ContentSchema[];
  /** What a site sent → what it says. Pure, total; runs in a thread that is killed when it takes too long. */
  read(input: Input, options: Options): Reading | Promise<Reading>;
  /** One run over the source: asks, reads, and gives batches of at most 200 entries, each with its checkpoint. */
  harvest(job: HarvestJob<Options>, tools: Tools<Input, Reading>): AsyncIterable<Batch>;
  /** Is this one item still there? Without it, a HEAD of its link decides. */
  probe?(held: HeldItem, job: HarvestJob<Options>, tools: Tools<Input, Reading>): Promise<Sight>;
  /**
   * Reads what was delivered instead of asked for, as `harvest` reads what it asked for. Its checkpoint must let the next
   * harvest look at everything: a delivery may be old, or not all. Without it a delivery only makes the source due.
   */
  receive?(
    delivered: Delivered,
    job: HarvestJob<Options>,
    tools: Tools<Input, Reading>,
  ): AsyncIterable<Batch>;
  /** Secrets (`whsec_…`) that such a source's signed pushes are checked with. Such a source tells; it is never asked. */
  pushSecrets?(options: Options): readonly string[];
  /** Address of the same content for any feed reader, when these options name one. */
  feedAddress?(options: Options): string | undefined;
  /** What the source says it has published since `job.since`; undefined where it says no such thing. */
  list?(job: HarvestJob<Options>, tools: Tools<Input, Reading>): Promise<Listing | undefined>;
  /** Asks for what was listed, by this source or by its site, and isn't held. */
  collect?(
    wanted: readonly Listed[],
    job: HarvestJob<Options>,
    tools: Tools<Input, Reading>,
  ): AsyncIterable<Collected>;
}

/** One thing that was published: enough of it to tell whether it is held. */
export interface Listed {
  readonly sourceId?: string;
  readonly link?: string;
  readonly published?: Instant;
}

/** At most 200 entries. */
export interface Collected {
  readonly entries: readonly Entry[];
  /** Of what was wanted, that about which the source has spoken: its entry is here, or there is none to be had. */
  readonly answered: readonly Listed[];
}

export interface Listing {
  /** Where it says so. */
  readonly url: string;
  readonly listed: readonly Listed[];
  /** Nothing since `job.since` was left out. */
  readonly complete: boolean;
}

export interface HarvestJob<Options = unknown> {
  readonly source: Source & { readonly options: Options };
  /** What this connector's last stored batch carried; `undefined` at first. Unreadable means: start over. */
  readonly checkpoint: unknown;
  /** Items published before this are not wanted. */
  readonly since: Instant;
}

/** A document that came by itself: a WebSub delivery, the item of a signed push. */
export interface Delivered {
  readonly body: Uint8Array;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** What it is the content of; addresses in it are relative to this. */
  readonly url: string;
}

/** One page of a harvest. Stored whole or not at all, together with its checkpoint. */
export interface Batch {
  readonly entries: readonly Entry[];
  readonly deletions?: readonly Deletion[];
  /** JSON of at most 16 KB: what the next run needs to go on after this batch. */
  readonly checkpoint: unknown;
  /** True on the last batch of a run that listed everything the source has. */
  readonly complete?: boolean;
  /** Entries that were there and could not be read at all. */
  readonly broken?: number;
  /** What had to be repaired to read it, for people. */
  readonly repaired?: readonly string[];
  readonly facts?: SourceFacts;
  readonly lacks?: readonly Lack[];
}

/** A part that a place named in the options did not give, for whoever sets the source up. */
export interface Lack {
  /** `published`, `picture`, `own.number` … */
  readonly part: string;
  /** Where it was looked for, as the options write it. */
  readonly place: string;
  readonly missing: number;
  /** Entries that were looked at. */
  readonly of: number;
  /** Address of one where it was missing. */
  readonly example?: string;
}

/** What a source says of itself. */
export interface SourceFacts {
  readonly title?: string;
  readonly language?: string;
  /** Where and as what it can be subscribed to, as of its last document; absent: not known. */
  readonly hub?: HubLinks;
  /** Milliseconds the source asks us to wait: RSS `ttl`, `sy:updatePeriod`, `max-age`. */
  readonly wait?: number;
  readonly strictReader?: { readonly entries: number; readonly refusedAt?: string };
  /** How many entries its document or list shows, where it was read anew: 0 is a source that has run empty. */
  readonly listed?: number;
}

/** The world, as far as a connector may touch it. */
export interface Tools<Input = unknown, Reading = unknown> {
  fetch(request: FetchRequest): Promise<FetchResponse>;
  /** This connector's `read`, in a thread of its own, at most `timeout` (10 s) milliseconds. */
  read(input: Input, timeout?: number): Promise<Reading>;
  /** Items of this source that the store holds and has not withdrawn, newest first. */
  held(newest: number): Promise<readonly HeldItem[]>;
  now(): Instant;
  /** For people who watch: `trang 3/12`. */
  progress(message: string): void;
  readonly log: Log;
  readonly signal: AbortSignal;
}

export interface Log {
  debug(data: object, message: string): void;
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}

export interface HeldItem {
  readonly id: string;
  readonly sourceId?: string;
  readonly link: string;
  readonly published?: Instant;
}

/** `gone`: the site says so. `doubt`: no answer that decides. */
export type Sight = 'present' | 'gone' | 'doubt';

export interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}

export interface FetchRequest {
  readonly url: string;
  readonly method?: 'GET' | 'HEAD' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Makes the request conditional. */
  readonly validators?: Validators;
  /** Decoded bytes; never above the federation's `fetch.maxBytes`. */
  readonly maxBytes?: number;
  /** Statuses that are an answer here; any other outside 2xx and 304 throws a CodedError with `data.status`. */
  readonly answers?: readonly number[];
  /**
   * The operator says that the site's owner offers this address to us: robots.txt, written for crawlers, may slow us
   * down there but doesn't refuse. Not where a redirect leads to another origin.
   */
  readonly offered?: boolean;
  /** Milliseconds between this request and the one before it to the same host, at least. */
  readonly gap?: number;
}

export interface FetchResponse {
  /** Address after redirects. */
  readonly url: string;
  /** The new address when every redirect on the way was permanent. */
  readonly movedTo?: string;
  readonly status: number;
  readonly notModified: boolean;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Content-decoded bytes; empty on 304 and HEAD. */
  readonly body: Uint8Array;
  readonly validators: Validators;
  /** Milliseconds of `Cache-Control: max-age` (or Expires), if any. */
  readonly maxAge?: number;
}
