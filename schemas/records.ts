import type { Media, Picture } from './item.ts';
import type { PressAgreement, RuleException } from './republication.ts';

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
}
export type RecordKind = keyof Records;

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
