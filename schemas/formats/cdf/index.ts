import type { Format } from '../format.ts';
import { detect } from './detect.ts';
import { parse } from './parse.ts';

/** Channel Definition Format, 1997: still met on sites that nobody has touched since. */
export const cdf: Format = { id: 'cdf', title: 'CDF', detect, parse };
