import type { AlarmEvent, AlarmKindId } from './alarms.ts';
import type { Completeness } from './completeness.ts';
import type { Instant } from './instant.ts';
import type { Media, Picture } from './item.ts';
import type { LedgerRoot } from './ledger-export.ts';
import type { PressAgreement, RuleException } from './republication.ts';
import type { Bilingual } from './text.ts';

/**
 * What the gateway keeps of its own work, by kind: each kind's document. A kind is added here and nowhere else; its
 * document is plain JSON. See gateway/store/records.ts for how they are kept and found.
 */
export interface Records {
  /** Text that the public may not see: an item's content that was trimmed. Id: the item's. */
  readonly 'full-text': FullText;
  /** States: `in-force`, `ended`. */
  readonly agreement: PressAgreement;
  /** States: `in-force`, `ended`. Id: `<site>/<rule>`. */
  readonly exception: RuleException;
  /** One act that took items away. States: `running` until every consumer has confirmed or had its time, `done`. */
  readonly takedown: TakeDown;
  /** What may not come back by any way: `item:<id>`, `body:<sha256>`. State: `in-force`. */
  readonly block: Block;
  /** A reader's complaint. States: `open`, `upheld`, `rejected`. Id: the ticket number. */
  readonly complaint: Complaint;
  /** A publisher's call to withdraw. States: `open`, `confirmed`, `rejected`. */
  readonly withdrawal: Withdrawal;
  /** A publisher's named contact, with the hash of the code that lets them pull articles. Id: the site's. */
  readonly contact: Contact;
  /** When a site as a whole was last looked at. Id: the site's; due: the next time. */
  readonly audit: SiteAudit;
  /** What a site says it has published against what is held. Id: the site's; due: the next comparison. */
  readonly completeness: SiteCompleteness;
  /** A day's signed root of the ledger. Id: ISO day. */
  readonly 'ledger-root': LedgerRoot;
  /** One sealed copy of an erased item. Id: the item's and the time; due: when it is destroyed. */
  readonly evidence: SealedCopy;
  /** How a site stood on a day in Hanoi. Id: `<site>/<ISO day>`. */
  readonly 'day-score': { readonly day: string; readonly score: number | null; readonly unknown: number };
  /** A signed push that was done: it is not done twice. Id: `<site>/<webhook-id>`; due: when it may be forgotten. */
  readonly push: { readonly op: string; readonly item?: string };
  /** Our own subscription to a source's topic at its hub. Id: the secret word of its path; due: the next act. See {@link HubSubscription}. */
  readonly 'hub-subscription': HubSubscription;
  /** What is known of an item's page at its source. Id: the item's; due: the next look. States: `seen`, `doubt`. */
  readonly sight: SightRecord;
  /** Trouble that the operator hears of. Id: `<kind>:<subject>`. States: `pending`, `open`, `over`; due: forgotten. */
  readonly alarm: Alarm;
  /** One message by one channel. States: `waiting`, `sent`, `failed`; due: the next try, then when it is forgotten. */
  readonly notice: Notice;
  /** How a channel of alerts fares. Id: the channel's. */
  readonly 'alert-channel': ChannelState;
  /** Which replica looks for trouble; due: how long. Id: `watch`. */
  readonly 'alert-lease': { readonly token: string };
  /** What did not fit when the ledger was last looked through. Id: `walk`. */
  readonly 'ledger-walk': LedgerWalk;
  /** What a harvest found odd about its source. Id: `<source> empty`, or `<source> rule <rule>`. */
  readonly 'source-doubt': SourceDoubt;
  /** How far stored items were given the topics of the federation file as it is. Id: `topics`. */
  readonly 'topic-mapping': TopicMapping;
  /** A site's GraphQL schema that does not fit what is offered of it. Id: the source's name. */
  readonly 'remote-schema': { readonly broken: readonly string[] };
}
export type RecordKind = keyof Records;

export interface TopicMapping {
  /** Of the file's topics. */
  readonly fingerprint: string;
  /** All items have them. */
  readonly done: boolean;
  /** Those listed before this one wait. */
  readonly after?: { readonly at: Instant; readonly n: number };
}

/** What trimming took from an item, so that it can be given back without a harvest. */
export interface FullText {
  readonly content: string;
  readonly contentText: string;
  readonly summary: string;
  readonly media: readonly Media[];
  readonly picture?: Picture;
  /** Hash of the item as it was before trimming. */
  readonly hash: string;
}

export interface SiteAudit {
  readonly requests: number;
  readonly milliseconds: number;
  /** Why it could not be looked at. */
  readonly failure?: { readonly code: string; readonly message: string };
  /** When its https certificate ends, as last seen. */
  readonly certificateUntil?: Instant;
}

export interface SiteCompleteness {
  readonly claims: readonly Completeness[];
  /** Keys of what was listed, asked for and found to be no item: it is not asked for again. */
  readonly passedOver: readonly string[];
  /** Why the comparison could not be made. */
  readonly failure?: { readonly code: string; readonly message: string };
}

/** Opened only with the evidence key, by an act that the ledger tells. */
export interface SealedCopy {
  /** X25519, base64url: of this copy, and of whom it is sealed to. */
  readonly publicKey: string;
  readonly recipient: string;
  /** AES-256-GCM, base64. */
  readonly text: string;
  readonly tag: string;
}

export interface TakeDown {
  readonly items: readonly string[];
  readonly reason: string;
  /** Who ordered it, and by which paper; absent: the operator's own decision. */
  readonly sender?: string;
  readonly reference?: string;
  readonly urgent: boolean;
  readonly actor: string;
  readonly receivedAt: Instant;
  /** By when it must be gone: 24 hours, 6 when urgent (NĐ 333/2026 Điều 16(4), second-hand). */
  readonly dueAt: Instant;
  /** Commit of the removal: from then on no channel of ours has it. */
  readonly removedAt: Instant;
  /** Number of the change log's head after it: whoever has confirmed this or more has been told. */
  readonly change?: number;
  /** Subscribers whom it concerned; there once it is `done`. */
  readonly consumers?: readonly ConsumerReceipt[];
}

/** One subscriber's word on a take-down. `waiting`: it had not confirmed when the time was over. */
export interface ConsumerReceipt {
  readonly subscription: string;
  readonly receipt: 'confirmed' | 'waiting';
  /** When it answered 2xx to the last of the tombstones. */
  readonly at?: Instant;
}

export interface Block {
  readonly takedown: string;
  readonly reason: string;
}

export interface Complaint {
  readonly item?: string;
  readonly text: string;
  /** How to answer; the only personal data, erased with the decision. */
  readonly contact?: string;
  readonly receivedAt: Instant;
  readonly decision?: string;
  readonly decidedAt?: Instant;
}

export interface Withdrawal {
  readonly items: readonly string[];
  readonly links: readonly string[];
  readonly reason: string;
  readonly contact: string;
  readonly askedAt: Instant;
}

export interface Contact {
  readonly name: string;
  /** Hex SHA-256 of the code. */
  readonly hash: string;
  readonly made: Instant;
}

export interface SightRecord {
  readonly link: string;
  /** The item came out by it; `sourceReleased` and kind of terms are the item's own. */
  readonly source: string;
  readonly lastSeen: Instant;
  /** The look that left a doubt, as gateway/harvest/sight.ts wrote it. */
  readonly doubt?: { readonly at: Instant; readonly because: string; readonly status?: number };
}

export interface Alarm {
  readonly kind: AlarmKindId;
  readonly subject: string;
  /** When the trouble began, as far as it can be told; for a pending one, when it was first seen. */
  readonly since: Instant;
  /** Grows as it becomes more pressing; each step is told once. */
  readonly step: number;
  readonly sentence: Bilingual;
  /** Since when it is not seen any more. */
  readonly clearSince?: Instant;
  readonly closed?: Instant;
  /** When it came on in the last day: who flaps must be well for longer. */
  readonly openings: readonly Instant[];
  /** Channels that heard of it: they hear that it is over. */
  readonly told: readonly string[];
}

export interface Notice {
  readonly channel: string;
  /** `quiet`: what came in the quiet hours. */
  readonly kind: 'alarm' | 'quiet' | 'digest';
  readonly events: readonly AlarmEvent[];
  /** The digest's own lines, already in the channel's language. */
  readonly lines?: readonly string[];
  readonly tries: number;
  /** What the last try came to. */
  readonly outcome?: string;
  readonly sentAt?: Instant;
}

export interface ChannelState {
  readonly failures: number;
  readonly failingSince?: Instant;
  /** Not before this. */
  readonly next?: Instant;
  readonly outcome?: string;
  /** The replica that sends by it, and how long. */
  readonly lease?: { readonly token: string; readonly until: Instant };
  /** ISO day of the last digest. */
  readonly digest?: string;
}

export interface LedgerWalk {
  /** Rows that did not fit when they were last looked at. */
  readonly broken: readonly number[];
}

export interface SourceDoubt {
  readonly source: string;
  /** Of a rule that touches much of what is new. */
  readonly rule?: string;
  readonly touched?: number;
  readonly of?: number;
}

/**
 * States: `asked` (not verified yet), `active`, `denied` (the hub said no), `ending` (we unsubscribe), `off` (nobody can call
 * us: no `gateway.publicUrl`). Secrets stand here because signatures are checked with them; never logged, never shown.
 */
export interface HubSubscription {
  /** `<site>/<source>`. */
  readonly source: string;
  readonly hub: string;
  /** All that the source named. */
  readonly hubs: readonly string[];
  readonly topic: string;
  /** As the hub was told. */
  readonly callback: string;
  /** `hub.secret`. */
  readonly secret: string;
  /** What was asked of the hub and is not verified yet. */
  readonly asked?: { readonly mode: 'subscribe' | 'unsubscribe'; readonly at: Instant };
  /** End of the subscription lease. */
  readonly validUntil?: Instant;
  /** In a row. */
  readonly failures: number;
  /** The last delivery whose signature was good. */
  readonly delivered?: Instant;
  /** When a harvest found what the hub had not told; deliveries since then clear it. */
  readonly missed?: Instant;
  /** Why it is not active, in a word or the hub's own. */
  readonly reason?: string;
}
