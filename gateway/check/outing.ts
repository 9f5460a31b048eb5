import type { FetchRequest, FetchResponse, Log } from '../../connectors/connector.ts';
import { CodedError, toCoded } from '../../schemas/errors.ts';
import type { Federation } from '../../schemas/federation.ts';
import type { Instant } from '../../schemas/instant.ts';
import { type AddressGuard, createAddressGuard } from '../harvest/addresses.ts';
import { type Resolve, resolveBySystem } from '../harvest/connect.ts';
import { createFetch } from '../harvest/fetch.ts';
import { sleep } from '../harvest/waits.ts';
import type { RequestRow } from '../store/requests.ts';

/** What one request came to: an answer, or why there is none. */
export type Answer = { readonly response: FetchResponse } | { readonly error: CodedError };

export interface OutingSettings {
  readonly fetch: Federation['fetch'];
  readonly log: Log;
  readonly now: () => Instant;
  /** Requests in all, robots.txt and redirects counted. */
  readonly most: number;
  /** How many of them finding out what the site offers may take; twenty at most. */
  readonly discovery: number;
  /** Decoded bytes in all. */
  readonly bytes: number;
  /** Milliseconds between the starts of two requests. */
  readonly gap: number;
  /** Under which name requests are made, and who else is told of each. */
  readonly source?: string;
  readonly onRequest?: (row: RequestRow) => void;
  /** Ends everything: time is over, or whoever asked went away. */
  readonly signal: AbortSignal;
  /** Tests only. */
  readonly resolve?: Resolve;
  readonly ca?: string;
}

/** One visit to a site, from the first request to the last: guarded, obedient to robots.txt, spaced, and bounded. */
export interface Outing {
  /** One request after the other; never throws. */
  ask(request: FetchRequest): Promise<Answer>;
  readonly guard: AddressGuard;
  readonly resolve: Resolve;
  readonly ca?: string;
  /** Ends when time is over, however many requests are left. */
  readonly deadline: AbortSignal;
  /** Requests made so far. */
  requests(): number;
  readonly discovery: number;
  /** No more may be asked. */
  spent(): boolean;
  close(): Promise<void>;
}

export function openOuting(settings: OutingSettings): Outing {
  const { fetch, log, now, most, gap, resolve = resolveBySystem, ca } = settings;
  const enough = new AbortController();
  const signal = AbortSignal.any([settings.signal, enough.signal]);
  let requests = 0;
  let left = settings.bytes;
  let last = Promise.resolve();
  const fetcher = createFetch({
    settings: fetch,
    log,
    now,
    resolve,
    ...(ca !== undefined && { ca }),
    onRequest: row => {
      requests += 1;
      settings.onRequest?.(row);
      // A redirect would be one more: the next hop finds the door shut.
      if (requests >= most) enough.abort();
    },
  });
  const go = fetcher.forSource(settings.source ?? 'check');
  const spent = () => signal.aborted || left <= 0;

  async function askNow(request: FetchRequest): Promise<Answer> {
    if (spent()) return { error: tooMuch() };
    try {
      if (requests > 0 && gap > 0) await sleep(gap, signal);
      const response = await go({ ...request, maxBytes: Math.min(left, fetch.maxBytes) }, signal);
      left -= response.body.length;
      return { response };
    } catch (thrown) {
      const error = toCoded(thrown);
      return { error: signal.aborted && error.code !== 'ADDRESS_REFUSED' ? tooMuch(error) : error };
    }
  }

  return {
    ask(request) {
      const answer = last.then(() => askNow(request));
      last = answer.then(() => undefined);
      return answer;
    },
    guard: createAddressGuard(fetch.allowNetworks),
    resolve,
    ...(ca !== undefined && { ca }),
    deadline: settings.signal,
    requests: () => requests,
    discovery: settings.discovery,
    spent,
    close: () => fetcher.close(),
  };
}

function tooMuch(cause?: unknown): CodedError {
  return new CodedError('LIMIT_EXCEEDED', 'The time, the requests or the bytes of this check are used up.', {
    data: { vi: 'Đã hết thời gian, số lượt hỏi hoặc dung lượng của lần kiểm tra này.' },
    cause,
  });
}
