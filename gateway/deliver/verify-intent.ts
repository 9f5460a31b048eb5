import { randomBytes } from 'node:crypto';
import type { Intent, Turn } from '../store/deliveries.ts';
import { attempt } from './attempt.ts';
import { withParameters } from './push-topic.ts';
import type { DeliverTools } from './tools.ts';

/**
 * WebSub section 5.3: asks the callback, once, whether it meant it. Only a 2xx whose body is the challenge, and
 * nothing but it, says yes; an unsubscription that isn't confirmed changes nothing.
 */
export async function verifyIntent(turn: Turn<Intent>, tools: DeliverTools): Promise<void> {
  const { id, mode, callback, asked, seconds } = turn.of;
  const challenge = randomBytes(24).toString('hex');
  const url = withParameters(callback, {
    'hub.mode': mode,
    'hub.topic': asked,
    'hub.challenge': challenge,
    ...(mode === 'subscribe' ? { 'hub.lease_seconds': String(seconds) } : {}),
  });
  const about = { subscription: id, kind: 'verify', from: 0, number: 0, attempt: 1 } as const;
  const { row, answer } = await attempt(tools.fetch, { url, method: 'GET' }, about, () => tools.store.now());
  const confirmed = row.taken && answer?.body === challenge;
  const outcome = row.taken && !confirmed ? { outcome: 'CHALLENGE_MISMATCH', taken: false } : {};
  const kept = mode === 'subscribe' ? 'subscribed' : 'unsubscribed';
  await tools.store.deliveries.settleIntent(turn, confirmed ? kept : undefined, { ...row, ...outcome });
  tools.log.debug({ subscription: id, mode, confirmed }, 'An intent was verified, or not.');
}
