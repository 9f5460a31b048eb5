import { CodedError } from '../../schemas/errors.ts';
import { NETWORK_SENTENCES, STAGES, STATUS_SENTENCES, WAITING_SENTENCES } from './outcome-sentences.ts';

export interface Asked {
  /** host:port that was asked. */
  readonly host: string;
  /** Address fit to be shown. */
  readonly url: string;
}

/** Where in the exchange it went wrong. */
export type Stage = keyof typeof STAGES;

/** A status that is no answer here → the named error, in both languages, with `data.status` and `data.retryAfter`. */
export function errorOfStatus(
  status: number,
  { host, url }: Asked,
  { retryAfter, challenged = false }: { readonly retryAfter?: number; readonly challenged?: boolean } = {},
): CodedError {
  const data = { host, url, status, ...(retryAfter === undefined ? {} : { retryAfter }) };
  const code = challenged ? 'ROBOT_CHECK' : codeOfStatus(status);
  const { en, vi } = STATUS_SENTENCES[code](host, status);
  return new CodedError(code, en, { data: { ...data, vi } });
}

type StatusCode = keyof typeof STATUS_SENTENCES;

function codeOfStatus(status: number): StatusCode {
  if (status === 401) return 'SITE_UNAUTHORISED';
  if (status === 403) return 'SITE_FORBIDDEN';
  if (status === 404) return 'SITE_NOT_FOUND';
  if (status === 410) return 'SITE_GONE';
  if (status === 429) return 'SITE_RATE_LIMITED';
  return status >= 500 && status <= 599 ? 'SITE_FAILED' : 'SITE_UNEXPECTED';
}

/** A host that may not be asked for a while: its circuit is open, or it asked for peace. Nothing was sent. */
export function errorOfWaiting(code: keyof typeof WAITING_SENTENCES, host: string, wait: number): CodedError {
  const { en, vi } = WAITING_SENTENCES[code](host, Math.ceil(wait / 1000));
  return new CodedError(code, en, { data: { host, retryAfter: Math.round(wait), asked: false, vi } });
}

/** We gave up ourselves; nobody else is to blame. */
export function errorOfStopping(cause: unknown): CodedError {
  return new CodedError('UNAVAILABLE', 'The request was given up because we are stopping.', {
    data: { aborted: true, vi: 'Yêu cầu bị dừng vì hệ thống đang dừng.' },
    cause,
  });
}

/** What undici, TLS, the resolver or a decoder threw → the named error. Coded errors pass as they are. */
export function errorOfThrown(thrown: unknown, { host, url }: Asked, stage: Stage): CodedError {
  const coded = findCoded(thrown);
  if (coded) return withAsked(coded, { host, url });
  const known = causeCodes(thrown).flatMap(cause => outcomeOf(cause, stage) ?? [])[0];
  const { code, stage: found } = known ?? { code: 'CONNECT_FAILED' as const, stage };
  const { en, vi } = NETWORK_SENTENCES[code](host, STAGES[found]);
  const reason = causeCodes(thrown)[0];
  const data = { host, url, stage: found, ...(reason === undefined ? {} : { reason }), vi };
  return new CodedError(code, en, { data, cause: thrown });
}

type NetworkCode = keyof typeof NETWORK_SENTENCES;

function outcomeOf(reason: string, stage: Stage): { code: NetworkCode; stage: Stage } | undefined {
  switch (reason) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
    case 'ENODATA':
    case 'ESERVFAIL':
      return { code: 'DNS_FAILED', stage: 'connect' };
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return { code: 'TIMED_OUT', stage: 'connect' };
    case 'UND_ERR_HEADERS_TIMEOUT':
      return { code: 'TIMED_OUT', stage: 'headers' };
    case 'UND_ERR_BODY_TIMEOUT':
      return { code: 'TIMED_OUT', stage: 'body' };
    case 'TimeoutError':
      return { code: 'TIMED_OUT', stage };
    case 'UND_ERR_DESTROYED':
    case 'UND_ERR_CLOSED':
      return { code: 'UNAVAILABLE', stage };
    case 'UND_ERR_INVALID_ARG':
      return { code: 'BAD_INPUT', stage: 'connect' };
    case 'ECONNREFUSED':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
      return { code: 'CONNECT_FAILED', stage: 'connect' };
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
      return { code: 'CONNECT_FAILED', stage };
    case 'UND_ERR_HEADERS_OVERFLOW':
    case 'HPE_HEADER_OVERFLOW':
      return { code: 'SITE_UNEXPECTED', stage: 'headers' };
  }
  if (/^(?:ERR_TLS|ERR_SSL|EPROTO|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|ERR_OSSL)/.test(reason)) {
    return { code: 'TLS_FAILED', stage: 'connect' };
  }
  if (reason.startsWith('HPE_') || reason === 'HTTPParserError') return { code: 'SITE_UNEXPECTED', stage };
  if (/^(?:Z_|ERR__ERROR_|ERR_BROTLI|ERR_PADDING|ERR_BUFFER|ZSTD_|ERR_ZSTD)/.test(reason)) {
    return { code: 'ENCODING_BROKEN', stage: 'body' };
  }
  return undefined;
}

/** Codes (or the names, where there is none) of an error and of its causes, outermost first. */
function causeCodes(thrown: unknown): string[] {
  return chain(thrown).flatMap(error => {
    if ('code' in error && typeof error.code === 'string') return [error.code];
    return 'name' in error && NAMED.has(String(error.name)) ? [String(error.name)] : [];
  });
}

/** Errors that may come without a code. */
const NAMED = new Set(['TimeoutError', 'HTTPParserError']);

function findCoded(thrown: unknown): CodedError | undefined {
  return chain(thrown).find(error => error instanceof CodedError);
}

/** The thrown thing, its causes, and all that failed together (`AggregateError`); at most ten. */
function chain(thrown: unknown): object[] {
  const found: object[] = [];
  const queue: unknown[] = [thrown];
  while (queue.length > 0 && found.length < 10) {
    const error = queue.shift();
    if (typeof error !== 'object' || error === null) continue;
    found.push(error);
    if ('errors' in error && Array.isArray(error.errors)) queue.push(...error.errors);
    if ('cause' in error) queue.push(error.cause);
  }
  return found;
}

function withAsked(error: CodedError, asked: Asked): CodedError {
  if (error.data.url !== undefined) return error;
  return new CodedError(error.code, error.message, { data: { ...asked, ...error.data }, cause: error });
}
