import { CodedError } from '../../schemas/errors.ts';
import type { Allowance, Exchanger } from './exchange.ts';
import { type Hop, isRedirect, MOST_REDIRECTS, redirected } from './redirects.ts';
import type { RobotsAnswer } from './robots.ts';

/** Longer than connecting may take, so that a dead host is known from a slow robots.txt. */
const ROBOTS_TIMEOUT = 8_000;
const ROBOTS_BYTES = 1024 * 1024;
/** It is asked for all sources of a host together, so none of them may stop it. */
const NEVER = new AbortController().signal;

/** RFC 9309, 2.3.1: at least five redirects, also to other hosts; 4xx means no rules. */
export async function askRobots(
  url: URL,
  source: string,
  exchange: Exchanger,
  timeout: number,
): Promise<RobotsAnswer> {
  const clock: Allowance = { left: Math.min(timeout, ROBOTS_TIMEOUT) };
  const wants = (status: number) => status >= 200 && status <= 299;
  let hop: Hop = { url, method: 'GET', headers: { accept: 'text/plain,*/*;q=0.1' } };
  try {
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const answer = await exchange({
        hop,
        source,
        wants,
        maxBytes: ROBOTS_BYTES,
        clock,
        signal: NEVER,
        minor: true,
      });
      if (wants(answer.status)) return { text: new TextDecoder().decode(answer.body) };
      if (answer.status >= 500) return 'ill';
      const next = isRedirect(answer.status) && redirected(hop, answer.status, answer.headers.location);
      if (!next) return 'none';
      hop = next.hop;
    }
    return 'none';
  } catch (thrown) {
    if (hop.url === url && wouldFailAlike(thrown)) throw thrown;
    return 'none';
  }
}

/** When robots.txt fails like this the document would too: asking twice would only be impolite. */
function wouldFailAlike(thrown: unknown): boolean {
  if (!(thrown instanceof CodedError)) return true;
  const { code, data } = thrown;
  return UNREACHABLE.has(code) || data.asked === false || (code === 'TIMED_OUT' && data.stage === 'connect');
}

const UNREACHABLE = new Set(['ADDRESS_REFUSED', 'DNS_FAILED', 'CONNECT_FAILED', 'TLS_FAILED', 'UNAVAILABLE']);
