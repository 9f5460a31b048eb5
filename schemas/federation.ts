import type { AlarmChanges, AlertChannel } from './alarms.ts';
import type { PressAgreement, PressSettings, RuleException } from './republication.ts';
import type { Pack, RuleChange } from './rules/pack.ts';
import type { Site, SiteKind } from './site.ts';
import type { Source } from './source.ts';

/** GraphQL scalars a content schema's fields may have; `[X]` for lists. */
export const OWN_FIELD_TYPES = ['String', 'Int', 'Float', 'Boolean', 'DateTime', 'URL', 'HTML'] as const;

/** A site's own fields, typed: becomes a GraphQL type and a subschema. */
export interface ContentSchema {
  readonly name: string;
  /** GraphQL type name: `UnitDocument`. */
  readonly type: string;
  /** Field name → `String`, `[String]`, … */
  readonly fields: Readonly<Record<string, string>>;
}

/** A subject named in the federation file, mapped from categories and keywords. */
export interface Topic {
  readonly id: string;
  readonly title: string;
  readonly categories: readonly string[];
  readonly keywords: readonly string[];
  readonly sites: readonly string[];
}

/** OR within a list, AND between lists; an empty list selects all. */
export interface Selection {
  readonly sites: readonly string[];
  readonly topics: readonly string[];
  readonly kinds: readonly SiteKind[];
}

/** Configured selection, order and limits of a republished feed. */
export interface FeedDefinition {
  readonly id: string;
  readonly title: string;
  readonly select: Selection;
  readonly order: 'published' | 'released';
  /** One entry a story. */
  readonly distinct?: 'story';
  /** At most this many of any 20 consecutive entries from one site; absent: no bound. */
  readonly perSite?: number;
  readonly pin: readonly { readonly link: string; readonly until?: number }[];
  readonly exclude: readonly { readonly link: string; readonly reason: string }[];
}

/** `check` of the federation file: the self-check that anybody may ask for. */
export interface CheckSettings {
  /** CIDR or host:port that may be private: a list of its own, because anybody chooses the address. */
  readonly allowNetworks: readonly string[];
  /** Checks that one address (IPv6: one /64) may ask for. */
  readonly perAddress: { readonly requests: number; readonly per: number };
  /** Checks in all. */
  readonly inAll: { readonly requests: number; readonly per: number };
  /** Checks of one site, whoever asks: nobody makes us a nuisance to it. */
  readonly perSite: { readonly requests: number; readonly per: number };
  /** Checks that run at one time. */
  readonly concurrency: number;
}

/** Who is told of every change by a signed POST. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  /** `whsec_` and base64. */
  readonly secret: string;
  /** Still signed with while the receiver changes over. */
  readonly previousSecret?: string;
  readonly select: Selection;
  readonly events: readonly ('put' | 'tombstone')[];
  /** Items from before their site was connected, too. */
  readonly backfill: boolean;
}

/** `callbacks` of the federation file: whom we call when something changes. */
export interface CallbackSettings {
  /** CIDR or host:port that may be private: a list of its own, because subscribers choose the address. */
  readonly allowNetworks: readonly string[];
  readonly hub: boolean;
  /** Method of `X-Hub-Signature`. */
  readonly signature: 'sha256' | 'sha384' | 'sha512';
  /** Milliseconds for one request. */
  readonly timeout: number;
  /** Milliseconds of failing without a break after which a subscriber is disabled. */
  readonly giveUpAfter: number;
  /** WebSub subscriptions of one host:port, in all, and how many topics they may name. */
  readonly perHost: number;
  readonly most: number;
  readonly topics: number;
  /** Requests to the hub for one callback host, and from one address. */
  readonly rate: { readonly requests: number; readonly per: number };
  readonly webhooks: readonly Webhook[];
}

/** What an operator chose, read and checked: the federation file in memory. */
export interface Federation {
  readonly gateway: {
    readonly title: string;
    readonly publicUrl: string;
    /** `publicUrl` is written in the file: others can call us there. */
    readonly reachable?: true;
    readonly language: string;
    readonly timeZone: string;
  };
  readonly fetch: {
    /** CIDR or host:port that may be private. */
    readonly allowNetworks: readonly string[];
    readonly userAgent: string;
    readonly perHost: { readonly concurrency: number };
    /** Decoded bytes of one document. */
    readonly maxBytes: number;
    /** Milliseconds for one whole request. */
    readonly timeout: number;
  };
  readonly sites: readonly Site[];
  readonly sources: readonly Source[];
  readonly contentSchemas: readonly ContentSchema[];
  readonly topics: readonly Topic[];
  readonly feeds: readonly FeedDefinition[];
  /** How many requests, in how many milliseconds, an address may make without a key; absent: no limit. */
  readonly limits?: { readonly anonymous?: { readonly requests: number; readonly per: number } };
  readonly http: { readonly trustedProxies: readonly string[] };
  /** Whether anybody may ask `/graphql` for its schema. */
  readonly graphql: { readonly introspection: boolean };
  /** Milliseconds last answers may be served without the store. */
  readonly serveStale: number;
  readonly tombstoneDays: number;
  readonly evidenceDays?: number;
  readonly guidelines: {
    readonly pack: Pack;
    /** What anybody may see of scores and problems. */
    readonly public: 'none' | 'score' | 'all';
    /** Hosts nobody may link to. */
    readonly denyList: readonly string[];
    readonly overrides: Readonly<Record<string, RuleChange>>;
    readonly exceptions: readonly RuleException[];
  };
  readonly republication: {
    readonly press: PressSettings;
    readonly agreements: readonly PressAgreement[];
  };
  /** The public self-check: what it may reach, and how often it may be asked. */
  readonly check: CheckSettings;
  readonly callbacks: CallbackSettings;
  /** Who is told of trouble; nobody when absent. */
  readonly alerts?: readonly AlertChannel[];
  /** What differs from the alarms' usual thresholds. */
  readonly alarms?: AlarmChanges;
}
