import { toCoded } from '../../schemas/errors.ts';
import type { HarvestTools } from '../harvest/harvest-source.ts';
import { LEASE, type Subscribed } from './subscription.ts';

/** `denied`: it says no (4xx). `failed`: no answer that decides, tried again. */
export type HubAnswer =
  | { readonly kind: 'accepted' /** Where it permanently is now. */; readonly movedTo?: string }
  | { readonly kind: 'denied' | 'failed'; readonly reason: string };

const REDIRECTS = [301, 302, 303, 307, 308];
const PERMANENT = [301, 308];
const MOST_REDIRECTS = 3;
const ANSWER_BYTES = 16 * 1024;

/**
 * WebSub section 5.1: the request to a hub. A redirect is followed with the same POST, as the Recommendation wants it of 307
 * and 308 and as hubs mean it by 301 and 302. Goes out by the guarded fetch: no private network, no robots.txt in the way,
 * because the site offers this address to us.
 */
export async function askHub(
  subscribed: Subscribed,
  mode: 'subscribe' | 'unsubscribe',
  { fetchFor }: Pick<HarvestTools, 'fetchFor'>,
  signal?: AbortSignal,
): Promise<HubAnswer> {
  const { source, hub, topic, callback, secret } = subscribed.document;
  const form = new URLSearchParams({
    'hub.callback': callback,
    'hub.mode': mode,
    'hub.topic': topic,
    ...(mode === 'subscribe' && {
      'hub.secret': secret,
      'hub.lease_seconds': String(LEASE.asked / 1000),
    }),
  });
  const fetch = fetchFor(source);
  let url = hub;
  let permanent = true;
  try {
    for (let redirects = 0; ; redirects += 1) {
      const answer = await fetch(
        {
          url,
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: form.toString(),
          answers: REDIRECTS,
          maxBytes: ANSWER_BYTES,
          offered: true,
        },
        signal,
      );
      if (!REDIRECTS.includes(answer.status))
        return { kind: 'accepted', ...(redirects > 0 && permanent && { movedTo: url }) };
      const next = URL.parse(answer.headers.location ?? '', url);
      if (!next || redirects >= MOST_REDIRECTS) return { kind: 'failed', reason: 'REDIRECTS_TOO_MANY' };
      permanent &&= PERMANENT.includes(answer.status);
      url = next.href;
    }
  } catch (thrown) {
    const { code, data } = toCoded(thrown);
    const status = typeof data.status === 'number' ? data.status : undefined;
    const saysNo = status !== undefined && status >= 400 && status < 500 && status !== 408 && status !== 429;
    return {
      kind: saysNo || code === 'ADDRESS_REFUSED' ? 'denied' : 'failed',
      reason: status === undefined ? code : String(status),
    };
  }
}
