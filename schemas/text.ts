/** Text as a site wrote it: not yet cleaned, not to be shown. */
export interface ForeignText {
  readonly type: 'text' | 'html' | 'markdown';
  readonly value: string;
  /** What relative references in it are relative to, when the document says (`xml:base`); else the item's link. */
  readonly base?: string;
}

/** A label in the two languages that people here read. */
export interface Bilingual {
  readonly vi: string;
  readonly en: string;
}

export interface Person {
  readonly name: string;
  readonly email?: string;
  readonly url?: string;
}
