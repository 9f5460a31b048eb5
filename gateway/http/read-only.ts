import type { Request, RequestHandler, Response, Router } from 'express';
import { CodedError } from '../../schemas/errors.ts';

/** A public address that is only read: GET and HEAD, readable from any page (CORS), 405 for the rest. */
export function readOnly(
  router: Router,
  path: string,
  answer: (req: Request, res: Response) => Promise<void> | void,
): void {
  const handle: RequestHandler = (req, res) => {
    if (req.method === 'GET' || req.method === 'HEAD') return answer(req, res);
    res.set('Allow', 'GET, HEAD, OPTIONS');
    if (req.method !== 'OPTIONS') {
      throw new CodedError('METHOD_NOT_ALLOWED', `${req.method} is not taken here; GET and HEAD are.`);
    }
    res.set({
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS',
      'Access-Control-Allow-Headers':
        'If-None-Match, If-Modified-Since, Accept, Cache-Control, Authorization, Last-Event-ID',
      'Access-Control-Max-Age': '86400',
    });
    res.status(204).end();
    return undefined;
  };
  router.all(path, handle);
}
