import type { Format } from '../format.ts';
import { detect } from './detect.ts';
import { generateRss } from './generate.ts';
import { parse } from './parse.ts';

/** RSS 0.91 to 2.0, with the modules people use: content, Dublin Core, Media RSS, iTunes, Atom links. */
export const rss: Format = {
  id: 'rss',
  title: 'RSS',
  mediaType: 'application/rss+xml',
  extension: 'rss',
  detect,
  parse,
  generate: generateRss,
};
