import { Agent } from 'undici';
import type { FetchRequest, FetchResponse, Log } from '../../connectors/connector.ts';
import { CodedError } from '../../schemas/errors.ts';
import type { Federation } from '../../schemas/federation.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { RequestRow } from '../store/requests.ts';
import { type AddressGuard, createAddressGuard } from './addresses.ts';
import { askRobots } from './ask-robots.ts';
import type { Cache } from './cache.ts';
import { guardedConnector, type Resolve, resolveBySystem } from './connect.ts';
import { type Allowance, createExchange, type Exchange, type Exchanger, hostKey } from './exchange.ts';
import { firstHop, isValidator } from './first-hop.ts';
import { freshFor } from './freshness-headers.ts';
import { createHosts, type Hosts } from './hosts.ts';
import { errorOfStatus, errorOfStopping } from './outcomes.ts';
import { type Hop, isRedirect, MOST_REDIRECTS, redirected } from './redirects.ts';
import { createRobots, type Robots } from './robots.ts';
import { shownUrl } from './shown-url.ts';
import { unlessStopped } from './waits.ts';

export interface FetchOptions {
  readonly settings: Federation['fetch'];
  readonly log: Log;
  readonly now: () => Instant;
  readonly onRequest: (row: RequestRow) => void;
  /** Keyv, where replicas share what robots.txt says. */
  readonly cache?: Pick<Cache, 'get' | 'set'>;
  readonly random?: () => number;
  /** Tests only: a resolver of their own, and a certificate of their own. */
  readonly resolve?: Resolve;
  readonly ca?: string;
}

export type Fetch = (request: FetchRequest, signal?: AbortSignal) => Promise<FetchResponse>;

export interface Fetcher {
  /** A fetch whose requests stand in this source's request log. */
  forSource(source: string): Fetch;
  close(): Promise<void>;
}

const CONNECT_TIMEOUT = 5_000;
const SOONEST_AGAIN = 60_000;
const NEVER = new AbortController().signal;

/** What one fetch is made of; passed along instead of closed over. */
interface Parts {
  readonly settings: Federation['fetch'];
  readonly log: Log;
  readonly now: () => Instant;
  readonly guard: AddressGuard;
  readonly exchange: Exchanger;
  readonly hosts: Hosts;
  readonly robots: Robots;
}

/** The one way out: polite, bounded, and only to where it may go. */
export function createFetch(options: FetchOptions): Fetcher {
  const { settings, log, now, onRequest, random = Math.random } = options;
  const guard = createAddressGuard(settings.allowNetworks);
  const agent = new Agent({
    connect: guardedConnector({
      guard,
      resolve: options.resolve ?? resolveBySystem,
      timeout: Math.min(settings.timeout / 2, CONNECT_TIMEOUT),
      ...(options.ca === undefined ? {} : { ca: options.ca }),
    }),
    headersTimeout: settings.timeout,
    bodyTimeout: settings.timeout,
    maxHeaderSize: 64 * 1024,
    pipelining: 1,
    connections: settings.perHost.concurrency,
  });
  const hosts = createHosts({ concurrency: settings.perHost.concurrency, now, random, log });
  const exchange = createExchange({ agent, guard, hosts, userAgent: settings.userAgent, now, onRequest });
  const robots = createRobots({
    ask: (url, source) => askRobots(url, source, exchange, settings.timeout),
    now,
    ...(options.cache ? { cache: options.cache } : {}),
  });
  const parts: Parts = { settings, log, now, guard, exchange, hosts, robots };
  return {
    forSource: source => (request, signal) => follow(request, source, signal ?? NEVER, parts),
    close: () => agent.destroy(),
  };
}

async function follow(
  request: FetchRequest,
  source: string,
  signal: AbortSignal,
  parts: Parts,
): Promise<FetchResponse> {
  const { settings, log, exchange, guard } = parts;
  const clock: Allowance = { left: settings.timeout };
  const maxBytes = Math.min(request.maxBytes ?? settings.maxBytes, settings.maxBytes);
  const wants = (status: number) =>
    (status >= 200 && status <= 299) || (request.answers?.includes(status) ?? false);
  let hop = firstHop(request);
  let permanent = true;
  for (let redirects = 0; ; redirects += 1) {
    guard.checkUrl(hop.url);
    const offered = request.offered === true && hop.url.origin === URL.parse(request.url)?.origin;
    await obeyRobots(hop.url, source, signal, parts, offered);
    const { gap = 0 } = request;
    const answer = await exchange({ hop, source, wants, maxBytes, clock, signal, gap });
    if (isAnswer(answer, hop, wants)) {
      return responseOf(answer, hop, request, { moved: redirects > 0 && permanent, now: parts.now() });
    }
    const asked = { host: hostKey(hop.url), url: shownUrl(hop.url) };
    const next = isRedirect(answer.status)
      ? redirected(hop, answer.status, answer.headers.location)
      : undefined;
    if (!next) throw errorOfStatus(answer.status, asked, answer);
    if (redirects >= MOST_REDIRECTS) throw redirectsTooMany(asked);
    if (next.downgraded) {
      log.info(
        { source, ...asked, to: shownUrl(next.hop.url) },
        `${asked.host} chuyển hướng từ https sang http.`,
      );
    }
    permanent = permanent && next.permanent;
    hop = next.hop;
  }
}

/** A 304 answers only who asked for one. */
function isAnswer(
  { status, challenged }: Exchange,
  { headers }: Hop,
  wants: (status: number) => boolean,
): boolean {
  if (status !== 304) return wants(status) && !challenged;
  return headers['if-none-match'] !== undefined || headers['if-modified-since'] !== undefined;
}

async function obeyRobots(
  url: URL,
  source: string,
  signal: AbortSignal,
  { robots, hosts }: Parts,
  offered: boolean,
): Promise<void> {
  const { allowed, delay, fresh } = await unlessStopped(robots.ruling(url, source), signal).catch(thrown => {
    throw signal.aborted ? errorOfStopping(thrown) : thrown;
  });
  hosts.space(hostKey(url), delay);
  if (allowed || offered) return;
  const host = hostKey(url);
  throw new CodedError('ROBOTS_REFUSED', `${host} asks robots not to read this address (robots.txt).`, {
    data: {
      host,
      url: shownUrl(url),
      retryAfter: Math.max(fresh, SOONEST_AGAIN),
      vi: `Tệp robots.txt của ${host} không cho đọc địa chỉ này: đề nghị quản trị trang cho phép LienThong.`,
    },
  });
}

function responseOf(
  { status, headers, body }: Exchange,
  hop: Hop,
  { validators = {} }: FetchRequest,
  { moved, now }: { moved: boolean; now: Instant },
): FetchResponse {
  const notModified = status === 304;
  const etag = headers.etag ?? (notModified ? validators.etag : undefined);
  const lastModified = headers['last-modified'] ?? (notModified ? validators.lastModified : undefined);
  const maxAge = freshFor(headers, now);
  return {
    url: hop.url.href,
    ...(moved ? { movedTo: hop.url.href } : {}),
    status,
    notModified,
    headers,
    body,
    validators: {
      ...(isValidator(etag) ? { etag } : {}),
      ...(isValidator(lastModified) ? { lastModified } : {}),
    },
    ...(maxAge === undefined ? {} : { maxAge }),
  };
}

function redirectsTooMany(asked: { host: string; url: string }): CodedError {
  return new CodedError('REDIRECTS_TOO_MANY', `${asked.host} redirects in circles or too often.`, {
    data: { ...asked, vi: `${asked.host} chuyển hướng vòng quanh hoặc quá nhiều lần.` },
  });
}
