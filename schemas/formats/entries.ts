import type { ForeignText } from '../text.ts';
import type { DecodedDocument, FeedEntry } from './format.ts';
import { elements, type XmlElement } from './xml.ts';

export const MAX_ENTRIES = 5_000;
/** Characters; a title beyond is cut, so that no page and no index has to carry a book. */
export const MAX_TITLE = 2_000;

export interface ReadEntries {
  readonly entries: FeedEntry[];
  readonly broken: number;
  readonly repaired: readonly string[];
}

/** Every entry that can be read; one that is cut off, empty or breaks its reader is counted, and costs nothing else. */
export function readEntries(
  found: readonly XmlElement[],
  document: DecodedDocument,
  read: (entry: XmlElement) => FeedEntry,
): ReadEntries {
  const most = document.maxEntries ?? MAX_ENTRIES;
  const entries: FeedEntry[] = [];
  let broken = 0;
  for (const element of found.slice(0, most)) {
    const entry = element.cut || isEmpty(element) ? undefined : attempt(() => read(element));
    if (entry) entries.push(entry);
    else broken++;
  }
  const repaired = found.length > most ? [`Luồng có ${found.length} mục: chỉ đọc ${most} mục đầu.`] : [];
  return { entries, broken, repaired };
}

/** RDF and CDF items may say all they have in attributes. */
function isEmpty(element: XmlElement): boolean {
  return elements(element).length === 0 && element.attributes.length === 0;
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** First of each, in order, blanks folded, at most 100. */
export function distinct(values: readonly (string | undefined)[]): string[] {
  const seen = new Set<string>();
  for (const value of values) {
    const folded = value?.replace(/\s+/g, ' ').trim();
    if (folded && folded.length <= 500) seen.add(folded);
    if (seen.size >= 100) break;
  }
  return [...seen];
}

export function shortTitle(title: ForeignText | undefined): ForeignText | undefined {
  return title && title.value.length > MAX_TITLE
    ? { ...title, value: title.value.slice(0, MAX_TITLE) }
    : title;
}
