import { z } from 'zod';
import { CodedError } from '../../../schemas/errors.ts';
import type { Instant } from '../../../schemas/instant.ts';
import type { Fetch } from '../../harvest/fetch.ts';
import { type Circuit, createCircuit } from './circuit.ts';
import { cleanText } from './clean-remote.ts';
import type { RemoteSource } from './source.ts';

export interface RemoteAnswer {
  readonly data: Readonly<Record<string, unknown>>;
  /** The site's own errors beside its data. */
  readonly errors: readonly string[];
  /** Root names that the errors lead to. */
  readonly failed: readonly string[];
}

export interface Bounds {
  /** Milliseconds. */
  readonly timeout: number;
  readonly maxBytes: number;
}

export interface RemoteAsker {
  /** One operation. Throws when the site doesn't answer with data within the bounds; its readers' unless told others. */
  ask(query: string, variables?: Readonly<Record<string, unknown>>, bounds?: Bounds): Promise<RemoteAnswer>;
  readonly circuit: Circuit;
}

const answerShape = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  // What the site tells of its errors has no say in whether its data is taken.
  errors: z.array(z.unknown()).nullish(),
});
const errorShape = z.object({ message: z.string() });
const pathShape = z.object({ path: z.tuple([z.string()], z.unknown()) });
const MOST_ERRORS = 5;
/** All of a page is cleaned in one go while everybody else waits: this much takes some tenths of a second at worst. */
const LARGEST = 2 * 1024 * 1024;

export function remoteAsker(
  { site, url, headers, live }: RemoteSource,
  fetch: Fetch,
  now: () => Instant,
): RemoteAsker {
  const circuit = createCircuit(site, live.concurrency, now);

  async function send(body: string, { timeout, maxBytes }: Bounds): Promise<RemoteAnswer> {
    const request = {
      url,
      method: 'POST' as const,
      headers: {
        accept: 'application/graphql-response+json, application/json;q=0.9',
        'content-type': 'application/json',
        ...headers,
      },
      body,
      answers: [400, 422],
      offered: true,
      maxBytes,
    };
    const signal = AbortSignal.timeout(timeout);
    const { body: bytes } = await fetch(request, signal).catch(error => {
      throw signal.aborted ? timedOut(site, timeout) : error;
    });
    const { data, errors: told } = read(bytes, site);
    const errors = told ?? [];
    const failed = errors.flatMap(error => pathShape.safeParse(error).data?.path[0] ?? []);
    return { data: data ?? {}, errors: errors.slice(0, MOST_ERRORS).map(messageOf), failed };
  }

  return {
    circuit,
    ask: (query, variables = {}, bounds = { timeout: live.timeout, maxBytes: LARGEST }) =>
      inTime(
        signal => circuit.run(() => send(JSON.stringify({ query, variables }), bounds), signal),
        bounds.timeout,
        site,
      ),
  };
}

/** Waiting for a place counts too: no reader waits longer for a site than its time-out, and whoever gave up gives it up. */
function inTime<T>(act: (signal: AbortSignal) => Promise<T>, timeout: number, site: string): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const waiting = new AbortController();
  const timer = setTimeout(() => {
    const late = timedOut(site, timeout);
    reject(late);
    waiting.abort(late);
  }, timeout + 50);
  const acting = act(waiting.signal);
  acting.catch(() => {});
  return Promise.race([acting, promise]).finally(() => clearTimeout(timer));
}

function messageOf(error: unknown): string {
  return cleanText(errorShape.safeParse(error).data?.message.slice(0, 200) ?? '') || 'no message';
}

function timedOut(site: string, timeout: number): CodedError {
  return new CodedError('TIMED_OUT', `${site} did not answer within ${timeout} ms.`, { data: { site } });
}

function read(bytes: Uint8Array, site: string): z.output<typeof answerShape> {
  try {
    return answerShape.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw new CodedError('UNREADABLE', `${site} sent something that is no GraphQL answer.`, {
      data: { site },
      cause,
    });
  }
}
