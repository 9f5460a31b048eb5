import { createHmac, timingSafeEqual } from 'node:crypto';

/** WebSub section 8: "sha1, sha256, sha384, sha512". */
const METHODS = new Set(['sha1', 'sha256', 'sha384', 'sha512']);

/** `X-Hub-Signature: method=hex`, the HMAC of the body as it came. */
export function isSignedBy(secret: string, header: string | undefined, body: Uint8Array): boolean {
  const [method = '', given = ''] = (header ?? '').trim().split('=', 2);
  const name = method.toLowerCase();
  if (!METHODS.has(name) || !/^[\da-f]+$/i.test(given)) return false;
  const right = createHmac(name, secret).update(body).digest();
  const sent = Buffer.from(given, 'hex');
  return sent.length === right.length && timingSafeEqual(sent, right);
}
