import type { Format } from '../format.ts';
import { detect } from './detect.ts';
import { generateAtom } from './generate.ts';
import { parse } from './parse.ts';

/** Atom 1.0 (RFC 4287) and 0.3, with RFC 5005 paging and RFC 6721 tombstones. */
export const atom: Format = {
  id: 'atom',
  title: 'Atom',
  mediaType: 'application/atom+xml',
  extension: 'atom',
  detect,
  parse,
  generate: generateAtom,
};
