import { type Instant, toReadable } from '../../schemas/instant.ts';
import type { Attribution } from '../../schemas/item.ts';
import type { Site } from '../../schemas/site.ts';
import type { Person } from '../../schemas/text.ts';

/** The line to print beside a republished item: `Phạm Công – Báo Dân trí, 08:30, 21/11/2026`. */
export function attributionOf(
  site: Site,
  item: {
    readonly authors: readonly Person[];
    readonly published?: Instant | undefined;
    readonly link: string;
  },
): Attribution {
  const agency = agencyOf(site);
  const authors = item.authors.map(({ name }) => name).filter(name => name !== agency);
  const who = authors.length > 0 ? `${authors.join(', ')} – ${agency}` : agency;
  const { published, link } = item;
  const text = published === undefined ? who : `${who}, ${toReadable(published)}`;
  return { text, agency, authors, ...(published !== undefined && { published }), link };
}

/** A newspaper bears the name of its licence where the register has one; any other site its own name. */
function agencyOf({ kind, name, registry }: Site): string {
  const registered = registry.agency;
  return kind === 'press' && typeof registered === 'string' && registered.trim() !== ''
    ? registered.trim()
    : name;
}
