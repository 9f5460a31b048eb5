import { CodedError } from '../errors.ts';
import { type Delivery, decode } from './decode.ts';
import type { DecodedDocument, FeedDocument, Format } from './format.ts';
import { refuseOtherPages } from './refuse.ts';

/**
 * Bytes → feed: decode, refuse what is none, find the format, parse.
 *
 * @throws CodedError EMPTY_DOCUMENT, HTML_PAGE, ROBOT_CHECK, NOT_A_FEED, UNREADABLE, RESPONSE_TOO_LARGE.
 */
export function readFeed(bytes: Uint8Array, delivery: Delivery, formats: readonly Format[]): FeedDocument {
  return parseFeed(decode(bytes, delivery), formats);
}

export function parseFeed(document: DecodedDocument, formats: readonly Format[]): FeedDocument {
  refuseOtherPages(document);
  const format = formats.find(candidate => candidate.parse && candidate.detect?.(document));
  if (!format?.parse) throw new CodedError('NOT_A_FEED', 'The document is of no feed format that is known.');
  return format.parse(document);
}
