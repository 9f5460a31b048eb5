import express from 'express';
import { CodedError } from '../../schemas/errors.ts';
import { LIMITS } from '../graph/limits.ts';

/** What is seen to before Apollo gets a request: which methods, which bodies. */
export function graphqlRequests(): readonly express.RequestHandler[] {
  return [headLikeGet, jsonOnly, express.json({ limit: LIMITS.requestBytes })];
}

/** Anybody's page may ask, without credentials: no `Allow-Credentials`, ever. */
export const cors: express.RequestHandler = (request, response, next) => {
  response.set('Access-Control-Allow-Origin', '*').set('Access-Control-Expose-Headers', 'ETag, Retry-After');
  response.vary('Accept').vary('Authorization');
  if (request.method !== 'OPTIONS') return next();
  response
    .set('Allow', 'GET, HEAD, POST, OPTIONS')
    .set('Access-Control-Allow-Methods', 'GET, HEAD, POST, OPTIONS')
    .set('Access-Control-Allow-Headers', 'Authorization, Content-Type, Accept, If-None-Match')
    .set('Access-Control-Max-Age', '86400')
    .status(204)
    .end();
};

/** RFC 9110, 9.3.2: HEAD is GET without the body, which Node leaves out by itself. Apollo knows GET alone. */
const headLikeGet: express.RequestHandler = (request, _response, next) => {
  if (request.method === 'HEAD') request.method = 'GET';
  next();
};

/** Forms and texts are what a foreign page can send without asking; only JSON is taken. */
const jsonOnly: express.RequestHandler = (request, response, next) => {
  if (request.method !== 'POST' || request.is('application/json') === 'application/json') return next();
  refuse(response, new CodedError('UNSUPPORTED_MEDIA_TYPE', 'Send `content-type: application/json`.'));
};

/** What express.json couldn't take. */
export const bodyFault: express.ErrorRequestHandler = (error, _request, response, next) => {
  const fault = response.headersSent ? undefined : faultOf(error);
  if (!fault) return next(error);
  refuse(response, fault);
};

function faultOf({ type, status }: { readonly type?: unknown; readonly status?: unknown }) {
  switch (type) {
    case 'entity.too.large':
      return new CodedError('TOO_LARGE', `A request has at most ${LIMITS.requestBytes} bytes.`, {
        data: { allowed: LIMITS.requestBytes },
      });
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new CodedError(
        'UNSUPPORTED_MEDIA_TYPE',
        'Send JSON in UTF-8, plain or compressed by gzip, deflate or br.',
      );
    case 'entity.parse.failed':
      return new CodedError('BAD_INPUT', 'The body must be a JSON object in UTF-8.');
    default:
      // Broken compression, a length that isn't that of the body, …: each parser has words of its own.
      return typeof status === 'number' && status >= 400 && status < 500
        ? new CodedError('BAD_INPUT', 'The body could not be read as it was announced.')
        : undefined;
  }
}

function refuse(response: express.Response, { status, message, code, data }: CodedError): void {
  response.set('Cache-Control', 'no-store');
  response.status(status).json({ errors: [{ message, extensions: { ...data, code } }] });
}
