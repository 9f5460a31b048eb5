/**
 * Every error this program gives out, and the HTTP status it has when it is an answer of ours.
 * A code for machines, a sentence for people, a cause for us.
 */
export const ERROR_CODES = {
  // Answers to those who ask us.
  BAD_INPUT: 400,
  BAD_CURSOR: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  ADDRESS_REFUSED: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  /** The state it is in does not allow the act; the message says what would. */
  CONFLICT: 409,
  GONE: 410,
  RESYNC_REQUIRED: 410,
  TOO_LARGE: 413,
  /** It was understood and is not in order; `data.problems` tells each place and its remedy. */
  INVALID_ITEM: 422,
  UNSUPPORTED_MEDIA_TYPE: 415,
  LIMIT_EXCEEDED: 400,
  RATE_LIMITED: 429,
  // Named by the protocol of automatic persisted queries: the client sends the whole document next.
  PERSISTED_QUERY_NOT_FOUND: 200,
  INTERNAL: 500,
  UNAVAILABLE: 503,
  // What an operator's file or command got wrong.
  CONFIG_INVALID: 500,
  // How asking a site can fail.
  DNS_FAILED: 502,
  CONNECT_FAILED: 502,
  TLS_FAILED: 502,
  TIMED_OUT: 504,
  REDIRECTS_TOO_MANY: 502,
  RESPONSE_TOO_LARGE: 502,
  ENCODING_BROKEN: 502,
  ROBOTS_REFUSED: 502,
  CIRCUIT_OPEN: 502,
  SITE_UNAUTHORISED: 502,
  SITE_FORBIDDEN: 502,
  SITE_NOT_FOUND: 502,
  SITE_GONE: 502,
  SITE_RATE_LIMITED: 502,
  SITE_FAILED: 502,
  SITE_UNEXPECTED: 502,
  // What a site sent that can't be read as what its source says it is.
  NOT_A_FEED: 502,
  HTML_PAGE: 502,
  ROBOT_CHECK: 502,
  EMPTY_DOCUMENT: 502,
  UNREADABLE: 502,
  READING_TIMED_OUT: 502,
  MAP_MISMATCH: 502,
  MASS_WITHDRAWAL: 502,
  MASS_ARRIVAL: 502,
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** An error with a code from the closed list. `data` is safe to show: no secrets, no personal data. */
export class CodedError extends Error {
  readonly code: ErrorCode;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    { data = {}, cause }: { data?: Readonly<Record<string, unknown>>; cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'CodedError';
    this.code = code;
    this.data = data;
  }

  get status(): number {
    return ERROR_CODES[this.code];
  }
}

/** The coded error in anything thrown: itself, or INTERNAL with the thrown thing as its cause. */
export function toCoded(thrown: unknown): CodedError {
  if (thrown instanceof CodedError) return thrown;
  // Errors that crossed a worker boundary keep their fields but lose their class.
  if (thrown instanceof Error && 'code' in thrown && String(thrown.code) in ERROR_CODES) {
    const data = 'data' in thrown && typeof thrown.data === 'object' && thrown.data ? thrown.data : {};
    return new CodedError(thrown.code as ErrorCode, thrown.message, { data: { ...data }, cause: thrown });
  }
  return new CodedError('INTERNAL', 'Something went wrong on our side.', { cause: thrown });
}
