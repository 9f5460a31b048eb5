import type { Instant } from '../../schemas/instant.ts';
import type { Item, Version } from '../../schemas/item.ts';
import type { Tombstone } from './tombstones.ts';
import { toKey } from './window.ts';

/**
 * Of the content, never of the writing: the newest among releases, wordings as we first saw them, and tombstones.
 * The site's own `updated` doesn't count, because sites edit without moving it.
 */
export function newestChange(
  { items, tombstones }: { readonly items: readonly Item[]; readonly tombstones: readonly Tombstone[] },
  versions: Versions,
): Instant {
  const moments = [
    ...items.map(item => toKey(item).at),
    ...[...versions.values()].flatMap(wordings => wordings.slice(0, 1).map(({ at }) => at)),
    ...tombstones.map(({ at }) => at),
  ];
  return moments.reduce((newest, at) => Math.max(newest, at), 0);
}

export type Versions = ReadonlyMap<string, readonly Version[]>;

/** Only new words are an edit to a reader; a new topic or a picture's measured size is none. */
export function editedAt(versions: readonly Version[] = []): { readonly edited?: Instant } {
  const words = ['title', 'summary', 'content'];
  const edit = versions.find(
    ({ kind, changed }) => kind === 'updated' && changed.some(one => words.includes(one)),
  );
  return edit ? { edited: edit.at } : {};
}
