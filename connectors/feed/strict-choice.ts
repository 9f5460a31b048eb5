import type { Entry } from '../../schemas/entry.ts';
import { MAX_TITLE } from '../../schemas/formats/entries.ts';
import type { StrictEntry, StrictReading } from './strict-reader.ts';

/**
 * The entries as the strict reader sees them, for a source whose operator asks for that: its selection, titles and
 * texts, but our ids, links and dates. What it doesn't see is left out.
 */
export function asStrictReaderSees(entries: readonly Entry[], strict: StrictReading): readonly Entry[] {
  if (strict.entries.length === entries.length) {
    return entries.map((entry, at) => merged(entry, strict.entries[at]));
  }
  const byKey = new Map(strict.entries.flatMap(seen => keysOf(seen).map(key => [key, seen] as const)));
  return entries.flatMap(entry => {
    const seen = byKey.get(`id ${entry.sourceId}`) ?? byKey.get(`link ${entry.link}`);
    return seen ? [merged(entry, seen)] : [];
  });
}

function keysOf(seen: StrictEntry): string[] {
  return [...(seen.id ? [`id ${seen.id}`] : []), ...(seen.link ? [`link ${seen.link}`] : [])];
}

function merged(entry: Entry, seen: StrictEntry | undefined): Entry {
  if (!seen) return entry;
  const base = entry.content?.base ?? entry.summary?.base;
  return {
    ...entry,
    ...(seen.title && { title: { type: 'html', value: seen.title.slice(0, MAX_TITLE) } }),
    ...(seen.content && { content: { type: 'html', value: seen.content, ...(base && { base }) } }),
  };
}
