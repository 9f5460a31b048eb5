import type { Delivery } from '../../schemas/formats/decode.ts';
import { decode } from '../../schemas/formats/decode.ts';
import type { FeedDocument, Format } from '../../schemas/formats/format.ts';
import { parseFeed } from '../../schemas/formats/read-feed.ts';
import type { Source } from '../../schemas/source.ts';
import type { FetchResponse } from '../connector.ts';
import type { FeedOptions } from './options.ts';
import { readStrictly, type StrictReading } from './strict-reader.ts';

/** One fetched document, and which reader is to read it. */
export interface FeedInput {
  readonly kind: 'own' | 'strict';
  readonly body: Uint8Array;
  readonly delivery: Delivery;
}

export type FeedReading =
  | { readonly kind: 'own'; readonly feed: FeedDocument }
  | { readonly kind: 'strict'; readonly reading: StrictReading };

/**
 * Bytes → feed, by our own reader or by the strict one.
 *
 * @throws CodedError as `parseFeed` does, for documents that are no feed.
 */
export function read(input: FeedInput, formats: readonly Format[]): FeedReading | Promise<FeedReading> {
  const document = decode(input.body, input.delivery);
  if (input.kind === 'own') return { kind: 'own', feed: parseFeed(document, formats) };
  return readStrictly(document.text).then(reading => ({ kind: 'strict', reading }));
}

const TELLING = ['content-type', 'content-location', 'content-language'];

/** What a response says of its body, without what doesn't concern a reader, and how the source wants it read. */
export function deliveryOf(
  response: Pick<FetchResponse, 'url' | 'headers'>,
  source: Source & { readonly options: FeedOptions },
): Delivery {
  const headers = Object.fromEntries(
    TELLING.flatMap(name => (response.headers[name] === undefined ? [] : [[name, response.headers[name]]])),
  );
  return {
    url: response.url,
    headers,
    maxEntries: source.options.maxEntries,
    ...(source.legacyText && { legacyText: source.legacyText }),
  };
}
