/** One request of a chain. */
export interface Hop {
  readonly url: URL;
  readonly method: 'GET' | 'HEAD' | 'POST';
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Redirected {
  readonly hop: Hop;
  readonly permanent: boolean;
  /** From https to http. */
  readonly downgraded: boolean;
}

export const MOST_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const LONGEST_URL = 8_192;
/** What another origin may see; anything else may be a secret (`X-Api-Key`). */
const HARMLESS = new Set(['accept', 'accept-language', 'if-none-match', 'if-modified-since', 'content-type']);

export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status);
}

/** The next request of a chain by RFC 9110, 15.4; undefined when the answer names no usable address. */
export function redirected(from: Hop, status: number, location: string | undefined): Redirected | undefined {
  if (!location || location.length > LONGEST_URL) return undefined;
  const url = URL.parse(utf8(location), from.url.href);
  if (!url) return undefined;
  // Names and passwords in a redirect are somebody else's wish, not the operator's.
  url.username = '';
  url.password = '';
  url.hash = '';
  const toGet = from.method === 'POST' && status <= 303;
  const headers = sameKeeper(from.url, url) ? from.headers : only(from.headers, HARMLESS);
  const { body, ...rest } = from;
  const hop: Hop = toGet
    ? { ...rest, url, method: 'GET', headers: without(headers, 'content-type') }
    : { ...rest, url, headers, ...(body === undefined ? {} : { body }) };
  return {
    hop,
    permanent: status === 301 || status === 308,
    downgraded: from.url.protocol === 'https:' && url.protocol === 'http:',
  };
}

/** The same origin, or the same host that moved itself from http to https. */
function sameKeeper(from: URL, to: URL): boolean {
  if (from.origin === to.origin) return true;
  return from.hostname === to.hostname && from.port === '' && to.port === '' && to.protocol === 'https:';
}

function only(headers: Hop['headers'], names: ReadonlySet<string>): Hop['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => names.has(name)));
}

function without(headers: Hop['headers'], name: string): Hop['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([each]) => each !== name));
}

/** Headers come as Latin-1; sites write addresses in UTF-8. */
function utf8(header: string): string {
  if (!/[\x80-\xff]/.test(header)) return header;
  return Buffer.from(header, 'latin1').toString('utf8');
}
