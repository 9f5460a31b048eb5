import type { RequestHandler } from 'express';
import { CodedError } from '../../schemas/errors.ts';

/**
 * U+0000 is in nothing that anybody writes, and PostgreSQL keeps no text with it: whoever sends one is told so, and no
 * store is asked. Of an address, and of a body where one has been read.
 */
export const refuseNul: RequestHandler = (req, _res, next) => {
  if (/%00/.test(req.url) || Object.values(req.body ?? {}).some(holdsNul)) {
    throw new CodedError('BAD_INPUT', 'The request holds U+0000; leave it out.');
  }
  next();
};

function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0');
  return Array.isArray(value) && value.some(holdsNul);
}
