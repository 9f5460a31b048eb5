import { atom } from './atom/index.ts';
import { cdf } from './cdf/index.ts';
import type { Format } from './format.ts';
import { jsonFeed } from './json-feed/index.ts';
import { rdf } from './rdf/index.ts';
import { rss } from './rss/index.ts';

/** One line per format. */
export const formats: readonly Format[] = [
  atom, //
  rss,
  rdf,
  jsonFeed,
  cdf,
];
