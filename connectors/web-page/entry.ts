import type { Entry } from '../../schemas/entry.ts';
import type { ReadParts } from './parts.ts';

/** What an entry bears beside the parts that were read: its addresses, and the site's own fields. */
export type Beside = Pick<Entry, 'link' | 'canonical' | 'otherLinks' | 'own'>;

/** The parts of an item as an entry; its pictures wait until the lead one is chosen. */
export function entryOf(
  { id, title, summary, published, updated, language, rights, authors, categories }: ReadParts,
  beside: Beside,
): Entry {
  return {
    ...(id !== undefined && { sourceId: id }),
    ...(title !== undefined && { title: { type: 'text', value: title } }),
    ...(summary !== undefined && { summary: { type: 'text', value: summary } }),
    ...(published && { published: published.written }),
    ...(updated && { updated: updated.written }),
    authors,
    categories,
    ...(language !== undefined && { language }),
    ...(rights !== undefined && { rights }),
    media: [],
    ...beside,
  };
}
