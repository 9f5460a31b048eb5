import type { DecodedDocument, FeedDocument } from '../format.ts';
import { parseRss } from '../rss-channel.ts';

/** RSS document → feed. */
export function parse(document: DecodedDocument): FeedDocument {
  return parseRss(document, { id: 'rss' });
}
