import { createHmac } from 'node:crypto';
import type { CallbackSettings, Webhook } from '../../schemas/federation.ts';

/** WebSub section 8: `X-Hub-Signature: method=signature`, the HMAC of the body under `hub.secret`, in hex. */
export function hubSignature(method: CallbackSettings['signature'], secret: string, body: string): string {
  return `${method}=${createHmac(method, secret).update(body).digest('hex')}`;
}

/**
 * The three headers of Standard Webhooks 1.0.0: HMAC-SHA256 of `id.timestamp.body`, one signature for each secret,
 * so that a receiver that has only one of them can verify while they change over.
 */
export function webhookHeaders(
  { secret, previousSecret }: Pick<Webhook, 'secret' | 'previousSecret'>,
  { id, at, body }: { readonly id: string; readonly at: number; readonly body: string },
): Readonly<Record<string, string>> {
  const seconds = Math.floor(at / 1000);
  const signatures = [secret, previousSecret]
    .filter(key => key !== undefined)
    .map(key => {
      const bytes = Buffer.from(key.replace(/^whsec_/, ''), 'base64');
      return `v1,${createHmac('sha256', bytes).update(`${id}.${seconds}.${body}`).digest('base64')}`;
    });
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': signatures.join(' '),
  };
}
