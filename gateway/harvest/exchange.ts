import type { Agent, Dispatcher } from 'undici';
import type { CodedError } from '../../schemas/errors.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { RequestRow } from '../store/requests.ts';
import { type AddressGuard, portOf } from './addresses.ts';
import { contentEncodings, decodeBody, tooLarge } from './decode.ts';
import { retryAfter } from './freshness-headers.ts';
import type { Hosts, Turn } from './hosts.ts';
import { errorOfStopping, errorOfThrown, type Stage } from './outcomes.ts';
import type { Hop } from './redirects.ts';
import { shownUrl } from './shown-url.ts';

/** One request and its answer, redirects not followed. */
export interface Exchange {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Decoded; empty when the status was not asked for. */
  readonly body: Uint8Array;
  /** Milliseconds the host wants not to be asked, by any of us. */
  readonly retryAfter?: number;
  /** A robot check stands before the site, and this is its page. */
  readonly challenged: boolean;
}

export interface Ask {
  readonly hop: Hop;
  readonly source: string;
  /** Statuses whose body is wanted. */
  readonly wants: (status: number) => boolean;
  readonly maxBytes: number;
  readonly clock: Allowance;
  readonly signal: AbortSignal;
  /** robots.txt: that it is ill or slow says nothing of the rest of the host. */
  readonly minor?: boolean;
  /** Milliseconds since the request before it to the same host, at least. */
  readonly gap?: number;
}

/** Milliseconds left for a whole fetch, redirects included; waiting for a place doesn't count. */
export interface Allowance {
  left: number;
}

export interface ExchangeOptions {
  readonly agent: Agent;
  readonly guard: AddressGuard;
  readonly hosts: Hosts;
  readonly userAgent: string;
  readonly now: () => Instant;
  readonly onRequest: (row: RequestRow) => void;
}

const ENCODINGS = 'gzip, deflate, br';
/** Of a body nobody wants, so much is read to keep the connection; a longer one is cut off. */
const UNWANTED = 64 * 1024;
const UNWANTED_TIME = 1_000;
/** Says the request's framing and way, which is undici's and ours to decide. */
const OURS = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'keep-alive',
  'accept-encoding',
]);

export type Exchanger = (ask: Ask) => Promise<Exchange>;

export function createExchange(options: ExchangeOptions): Exchanger {
  const { guard, hosts, now, onRequest } = options;

  return async function exchange(ask) {
    const { hop, source, signal, clock } = ask;
    guard.checkUrl(hop.url);
    const turn = await hosts.enter(hostKey(hop.url), signal, ask.gap).catch(thrown => {
      throw failure(thrown, ask, 'headers');
    });
    const progress: Progress = { stage: 'headers', bytes: 0 };
    const started = performance.now();
    const at = now();
    let outcome = '';
    try {
      const answer = await send(ask, options, progress);
      outcome = String(answer.status);
      return settled(answer, turn, ask, now());
    } catch (thrown) {
      const error = failure(thrown, ask, progress.stage);
      outcome = error.code;
      turn.leave(blames(error, ask) ? 'failed' : 'undecided');
      throw error;
    } finally {
      const milliseconds = Math.round(performance.now() - started);
      clock.left -= milliseconds;
      onRequest({
        at,
        source,
        host: hop.url.host,
        method: hop.method,
        url: shownUrl(hop.url),
        outcome,
        bytes: progress.bytes,
        milliseconds,
        notModified: outcome === '304',
      });
    }
  };
}

/** host:port, the unit of all manners. */
export function hostKey(url: URL): string {
  return `${url.hostname}:${portOf(url)}`;
}

interface Progress {
  stage: Stage;
  /** As they came over the wire. */
  bytes: number;
}

type Answer = Pick<Exchange, 'status' | 'headers' | 'body'>;

async function send(ask: Ask, { agent, userAgent }: ExchangeOptions, progress: Progress): Promise<Answer> {
  const { hop, clock, signal } = ask;
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(new DOMException('', 'TimeoutError')), Math.max(clock.left, 1));
  const stop = () => giveUp.abort(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    const response = await agent.request({
      origin: hop.url.origin,
      path: `${hop.url.pathname}${hop.url.search}`,
      method: hop.method,
      headers: requestHeaders(hop, userAgent),
      body: hop.body ?? null,
      signal: giveUp.signal,
    });
    progress.stage = 'body';
    const headers = flatHeaders(response.headers);
    return { status: response.statusCode, headers, body: await bodyOf(response, headers, ask, progress) };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

async function bodyOf(
  { body, statusCode }: Dispatcher.ResponseData,
  headers: Exchange['headers'],
  { hop, wants, maxBytes }: Ask,
  progress: Progress,
): Promise<Uint8Array> {
  // Whoever reads it hears of its errors; an error after that must not bring the process down.
  body.on('error', () => {});
  if (hop.method === 'HEAD' || statusCode === 304 || !wants(statusCode)) {
    // Its end, or its failing, is of no interest: the status has told everything.
    await body.dump({ limit: UNWANTED, signal: AbortSignal.timeout(UNWANTED_TIME) }).catch(() => undefined);
    return new Uint8Array();
  }
  const encodings = contentEncodings(headers['content-encoding']);
  try {
    if (Number(headers['content-length']) > maxBytes) throw tooLarge(maxBytes);
    return await decodeBody(measured(body, progress), encodings, maxBytes);
  } finally {
    body.destroy();
  }
}

async function* measured(body: AsyncIterable<Uint8Array>, progress: Progress): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    progress.bytes += chunk.length;
    yield chunk;
  }
}

/** Leaves the host's turn, and makes all of us wait when it was told to: 429, 503, or 5xx with Retry-After. */
function settled(answer: Answer, turn: Turn, { minor = false }: Ask, now: Instant): Exchange {
  const { status, headers } = answer;
  const asked = status === 429 || status >= 500 ? retryAfter(headers, now) : undefined;
  const pauses = asked !== undefined || status === 429 || (status === 503 && !minor);
  const wait = pauses ? turn.pause(status, asked) : undefined;
  turn.leave(status < 500 ? 'answered' : minor ? 'undecided' : 'failed');
  const challenged = headers['cf-mitigated'] === 'challenge';
  return { ...answer, challenged, ...(wait === undefined ? {} : { retryAfter: wait }) };
}

function failure(thrown: unknown, { hop, signal }: Ask, stage: Stage): CodedError {
  if (signal.aborted) return errorOfStopping(thrown);
  return errorOfThrown(thrown, { host: hostKey(hop.url), url: shownUrl(hop.url) }, stage);
}

/** Is this the host's failure, and not our own refusal to go on? */
function blames({ code }: CodedError, { minor = false }: Ask): boolean {
  if (code === 'TIMED_OUT') return !minor;
  return code === 'DNS_FAILED' || code === 'CONNECT_FAILED' || code === 'TLS_FAILED';
}

function requestHeaders(hop: Hop, userAgent: string): Record<string, string> {
  const own = Object.entries(hop.headers).filter(([name]) => !OURS.has(name));
  return { 'user-agent': userAgent, accept: '*/*', ...Object.fromEntries(own), 'accept-encoding': ENCODINGS };
}

function flatHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const flat: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}
