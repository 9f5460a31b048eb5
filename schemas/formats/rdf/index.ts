import type { Format } from '../format.ts';
import { detect } from './detect.ts';
import { parse } from './parse.ts';

/** RSS 0.90, 1.0 and 1.1: items stand beside the channel, in RDF. */
export const rdf: Format = { id: 'rdf', title: 'RSS 1.0 (RDF)', detect, parse };
