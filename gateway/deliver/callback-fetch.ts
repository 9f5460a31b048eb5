import { Agent } from 'undici';
import type { Federation } from '../../schemas/federation.ts';
import type { Instant } from '../../schemas/instant.ts';
import { createAddressGuard } from '../harvest/addresses.ts';
import { guardedConnector, resolveBySystem } from '../harvest/connect.ts';
import { createExchange } from '../harvest/exchange.ts';
import { createCallbackHosts } from './callback-hosts.ts';

export interface CallbackRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface CallbackAnswer {
  readonly status: number;
  /** Of a GET that was answered by 2xx, at most 4 KB; otherwise empty: nothing of it is ever shown to anybody. */
  readonly body: string;
  /** Milliseconds the receiver asks us to wait. */
  readonly retryAfter?: number;
}

/** Throws CodedError where no answer came: ADDRESS_REFUSED, DNS_FAILED, CONNECT_FAILED, TLS_FAILED, TIMED_OUT … */
export type CallbackFetch = (request: CallbackRequest) => Promise<CallbackAnswer>;

export interface CallbackFetcher {
  readonly fetch: CallbackFetch;
  close(): Promise<void>;
}

/** Requests to one host:port at one time; more than may be ailing, so that those never hold all of them. */
const PER_HOST = 32;
const ANSWER_BYTES = 4 * 1024;
const CONNECT_TIMEOUT = 5_000;

/**
 * The harvest's guarded way out, with the callbacks' own list of private networks. No robots.txt: the receiver asked
 * for this request. No redirect is followed: WebSub section 7 and Standard Webhooks count one as a failure, and so
 * a callback can't lead us anywhere else.
 */
export function createCallbackFetch({
  federation: { callbacks, fetch },
  now,
}: {
  readonly federation: Pick<Federation, 'callbacks' | 'fetch'>;
  readonly now: () => Instant;
}): CallbackFetcher {
  const guard = createAddressGuard(callbacks.allowNetworks);
  const { timeout } = callbacks;
  const agent = new Agent({
    connect: guardedConnector({
      guard,
      resolve: resolveBySystem,
      timeout: Math.min(timeout / 2, CONNECT_TIMEOUT),
    }),
    headersTimeout: timeout,
    bodyTimeout: timeout,
    maxHeaderSize: 16 * 1024,
    pipelining: 1,
    connections: PER_HOST,
  });
  const hosts = createCallbackHosts(PER_HOST);
  // What is asked of whom stands in the delivery log; the request log is the sites' own.
  const exchange = createExchange({
    agent,
    guard,
    hosts,
    userAgent: fetch.userAgent,
    now,
    onRequest: () => {},
  });
  const signal = new AbortController();
  return {
    async fetch({ url: address, method, headers = {}, body }) {
      const url = new URL(address);
      url.hash = '';
      const answer = await exchange({
        hop: { url, method, headers, ...(body === undefined ? {} : { body }) },
        source: 'callback',
        wants: status => method === 'GET' && status >= 200 && status <= 299,
        maxBytes: ANSWER_BYTES,
        clock: { left: timeout },
        signal: signal.signal,
      });
      return {
        status: answer.status,
        body: Buffer.from(answer.body).toString('utf8'),
        ...(answer.retryAfter ? { retryAfter: answer.retryAfter } : {}),
      };
    },
    async close() {
      signal.abort();
      await agent.destroy();
    },
  };
}
