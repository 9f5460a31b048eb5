import type { Format } from '../format.ts';
import { detect } from './detect.ts';
import { generateJsonFeed } from './generate.ts';
import { parse } from './parse.ts';

/** JSON Feed 1.0 and 1.1. */
export const jsonFeed: Format = {
  id: 'json-feed',
  title: 'JSON Feed',
  mediaType: 'application/feed+json',
  extension: 'json',
  detect,
  parse,
  generate: generateJsonFeed,
};
