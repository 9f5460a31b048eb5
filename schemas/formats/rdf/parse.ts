import type { DecodedDocument, FeedDocument } from '../format.ts';
import { parseRss } from '../rss-channel.ts';

/** RDF document → feed. */
export function parse(document: DecodedDocument): FeedDocument {
  const isOld = document.text.slice(0, 4_096).includes('my.netscape.com/rdf/simple/0.9');
  return parseRss(document, { id: 'rdf', version: isOld ? '0.90' : '1.0' });
}
