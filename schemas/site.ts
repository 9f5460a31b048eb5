/** What kind of publication a site is; the law asks different things of each. */
export const SITE_KINDS = ['portal', 'unit', 'press'] as const;
export type SiteKind = (typeof SITE_KINDS)[number];

/** A participating publication, as the federation file names it. */
export interface Site {
  /** Lower-case slug, unique in the federation: `viec-lam`. Never changes: a new id is a new site. */
  readonly id: string;
  readonly name: string;
  readonly kind: SiteKind;
  readonly homepage: string;
  /** Hosts (`name` or `name:port`) besides the homepage's that this site publishes under. */
  readonly hosts: readonly string[];
  /** GUIDELINES' hand-kept record: owner, agency code, licence … Free-form until rules read it. */
  readonly registry: Readonly<Record<string, unknown>>;
  /** Name of the content schema of this site's own fields. */
  readonly contentSchema?: string;
}
