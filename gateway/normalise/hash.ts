import { hash } from 'node:crypto';
import type { Picture, Syndicated } from '../../schemas/item.ts';

/**
 * What moves the hash, in the order in which it is hashed. Not the attribution, which follows from the rest (and from
 * the site's name in the federation file, whose change is no edit of any item).
 */
export const HASHED_FIELDS = [
  'link',
  'title',
  'summary',
  'content',
  'authors',
  'categories',
  'topics',
  'published',
  'updated',
  'language',
  'rights',
  'picture',
  'media',
  'own',
  'origin',
] as const satisfies readonly (keyof Syndicated)[];

type Hashed = Pick<Syndicated, (typeof HASHED_FIELDS)[number]>;

/** SHA-256 (hex) over the site and all that is syndicated. Equal content has equal hashes, whatever its key order. */
export function contentHash(site: string, item: Hashed): string {
  const parts = HASHED_FIELDS.map(field => (field === 'content' ? '' : canonical(hashedPart(item, field))));
  // The content, by far the longest, follows as it is: JSON holds no NUL, so nothing can pass for the border.
  return hash('sha256', `${JSON.stringify([site, ...parts])}\0${item.content}`, 'hex');
}

/** Names of the fields in which two wordings of an item differ. */
export function changedFields(before: Hashed, after: Hashed): string[] {
  return HASHED_FIELDS.filter(field => written(before, field) !== written(after, field));
}

function written(item: Hashed, field: (typeof HASHED_FIELDS)[number]): string | undefined {
  return JSON.stringify(canonical(hashedPart(item, field)));
}

/** A picture's size is measured by us at some later time: knowing it is no edit. */
function hashedPart(item: Hashed, field: (typeof HASHED_FIELDS)[number]): unknown {
  if (field !== 'picture' || !item.picture) return item[field];
  const { url, alt, credit }: Picture = item.picture;
  return { url, alt, credit };
}

function canonical(value: unknown): unknown {
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries.map(([key, one]) => [key, canonical(one)] as const).sort(byKey));
}

function byKey([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
