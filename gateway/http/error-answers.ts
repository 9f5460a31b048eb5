import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Log } from '../../connectors/connector.ts';
import { CodedError, toCoded } from '../../schemas/errors.ts';
import { sendErrorPage } from './error-page.ts';

/** Everything thrown ends here: code and sentence as JSON, or a plain page for people. */
export function answerErrors(log: Log): ErrorRequestHandler {
  return (thrown, req, res, next) => {
    const error = codedOf(thrown);
    if (error.status >= 500) log.error({ err: thrown, path: req.path, code: error.code }, 'request failed');
    if (res.headersSent) {
      next(thrown);
      return;
    }
    sendError(req, res, error);
  };
}

export function sendError(req: Request, res: Response, error: CodedError): void {
  res.status(error.status).set({
    'Cache-Control': 'no-store',
    'Access-Control-Allow-Origin': '*',
    'X-Content-Type-Options': 'nosniff',
    Vary: 'Accept',
  });
  if (error.code === 'UNAVAILABLE' || error.code === 'RATE_LIMITED') {
    res.set('Retry-After', String(error.data.retryAfter ?? 30));
  }
  if (req.accepts(['json', 'html']) === 'html') sendErrorPage(res, error);
  else res.json({ error: { code: error.code, message: error.message, ...extras(error) } });
}

/** What a code promises besides its sentence. */
function extras({ code, data }: CodedError): Readonly<Record<string, unknown>> {
  if (code === 'RESYNC_REQUIRED') return { resync: data.resync };
  if (code === 'INVALID_ITEM') return { problems: data.problems };
  if (code === 'GONE') return { reason: data.reason, replacedBy: data.replacedBy };
  return {};
}

/** Express and its body parsers throw errors with a status of their own. */
function codedOf(thrown: unknown): CodedError {
  if (thrown instanceof URIError) return new CodedError('BAD_INPUT', 'The address is not well-formed.');
  const status = thrown instanceof Error && 'status' in thrown ? thrown.status : undefined;
  if (thrown instanceof CodedError || typeof status !== 'number') return toCoded(thrown);
  if (status === 413) return new CodedError('TOO_LARGE', 'The request is too large.', { cause: thrown });
  if (status === 415)
    return new CodedError('UNSUPPORTED_MEDIA_TYPE', 'This media type is not taken here.', { cause: thrown });
  if (status >= 400 && status < 500)
    return new CodedError('BAD_INPUT', 'The request could not be read.', { cause: thrown });
  return toCoded(thrown);
}
