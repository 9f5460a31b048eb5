import { createHmac, timingSafeEqual } from 'node:crypto';
import { CodedError } from '../../schemas/errors.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Source } from '../../schemas/source.ts';

/** Standard Webhooks: how far a push's own clock may be from ours. */
const TOLERANCE = 5 * 60_000;
/** "a space delimited list of signatures": more than these are an attack. */
const MOST_SIGNATURES = 10;

export interface Signer {
  readonly source: Source;
  readonly secrets: readonly string[];
}

export interface Signed {
  /** Whose secret it was signed with. */
  readonly source: Source;
  /** `webhook-id`: the same when the same push is sent again. */
  readonly id: string;
}

/**
 * Verifies a push as Standard Webhooks 1.0.0 says: `v1,` and HMAC-SHA256 of `id.timestamp.body` under any of the secrets.
 *
 * @throws CodedError UNAUTHENTICATED, which says what is missing and repeats nothing of it
 */
export function verifyPush(
  headers: Readonly<Record<string, unknown>>,
  body: Uint8Array,
  signers: readonly Signer[],
  now: Instant,
): Signed {
  const header = (name: string) => String(headers[name] ?? '');
  const id = header('webhook-id');
  const timestamp = header('webhook-timestamp');
  if (!/^[\x21-\x7e]{1,200}$/.test(id)) throw unauthenticated('webhook-id is missing or not usable.');
  if (!/^\d{1,12}$/.test(timestamp))
    throw unauthenticated('webhook-timestamp is missing: seconds since 1970.');
  if (Math.abs(now - Number(timestamp) * 1000) > TOLERANCE)
    throw unauthenticated('webhook-timestamp is more than five minutes from our clock.');
  const given = header('webhook-signature').split(' ').slice(0, MOST_SIGNATURES);
  const found = signers.find(({ secrets }) =>
    secrets.some(secret => {
      const right = signatureOf(secret, id, timestamp, body);
      return given.some(one => isSame(one, right));
    }),
  );
  if (!found) throw unauthenticated('webhook-signature does not fit.');
  return { source: found.source, id };
}

function signatureOf(secret: string, id: string, timestamp: string, body: Uint8Array): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;
}

function isSame(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function unauthenticated(message: string): CodedError {
  return new CodedError('UNAUTHENTICATED', message, {
    data: { vi: 'Chữ ký không hợp lệ: xem hướng dẫn đẩy tin.' },
  });
}
