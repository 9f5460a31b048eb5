import type { Instant } from '../../schemas/instant.ts';
import type { Bilingual } from '../../schemas/text.ts';
import type { StrictSight } from './check-step.ts';

export const SOURCE_KINDS = [
  'feed',
  'wordpress',
  'ghost',
  'strapi',
  'drupal',
  'graphql',
  'sharepoint',
  'json',
  'sitemap',
  'pages',
] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** One way into a site, and what it would give. */
export interface FoundSource {
  readonly kind: SourceKind;
  readonly url: string;
  /** It answered with what it should. */
  readonly works: boolean;
  readonly title?: string;
  /** `rss`, `atom`, `json-feed` … */
  readonly format?: string;
  /** Entries seen; `total` as the source itself counts them. */
  readonly entries?: number;
  readonly total?: number;
  readonly newest?: Instant;
  /** Parts of an item that most entries have. */
  readonly fields: readonly string[];
  readonly note?: Bilingual;
  /** Connector and options that would harvest it; absent where a person must add something first. */
  readonly connector?: { readonly id: string; readonly options: Readonly<Record<string, unknown>> };
  readonly strictReader?: StrictSight;
}

/**
 * Best first: what works before what doesn't; then what tells most and takes back what is taken down (a list that is
 * complete), then feeds with full text, then the rest; among equals the fuller and the fresher.
 */
export function ranked(sources: readonly FoundSource[]): FoundSource[] {
  return sources.toSorted((a, b) => worth(b) - worth(a) || (b.newest ?? 0) - (a.newest ?? 0));
}

const KIND_WORTH: Readonly<Record<SourceKind, number>> = {
  wordpress: 90,
  ghost: 70,
  strapi: 72,
  drupal: 71,
  graphql: 60,
  feed: 65,
  sharepoint: 50,
  json: 55,
  sitemap: 30,
  pages: 10,
};

function worth({ kind, works, fields, entries = 0, connector }: FoundSource): number {
  const full = fields.includes('content') ? 10 : 0;
  return (
    (works ? 1_000 : 0) +
    (connector ? 100 : 0) +
    KIND_WORTH[kind] +
    full +
    fields.length +
    Math.min(entries, 50) / 25
  );
}
