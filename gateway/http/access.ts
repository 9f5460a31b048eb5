import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { CodedError } from '../../schemas/errors.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { ApiKey, KeyRoom } from '../store/keys.ts';

export { adminToken } from './admin-token.ts';

/** What somebody who asks may do. Made only from the Authorization header: no cookie is ever read. */
export interface Rights {
  /** Came with a valid token, whatever it allows. */
  readonly known: boolean;
  /** `read`, `operate`, `site:<id>`, `fulltext:<site>`. */
  readonly scopes: ReadonlySet<string>;
  /** Public id of the key that was shown; none for the operator's token. Ledgers name it. */
  readonly key?: string;
}

export const ANYBODY: Rights = { known: false, scopes: new Set() };
const OPERATOR: Rights = { known: true, scopes: new Set(['read', 'operate']) };

const SCOPE = /^(?:read|operate|(?:site|fulltext):[a-z0-9][a-z0-9-]{0,62})$/;
const BEARER = /^Bearer ([\x21-\x7e]{1,500})$/i;
const KEY = /^lt_[0-9a-f]{12}_[A-Za-z0-9_-]{43}$/;

/** What tokens are known by. */
export interface Known {
  readonly adminToken: string;
  readonly keys: KeyRoom;
  readonly now: () => Instant;
}

export interface Bearer {
  readonly rights: Rights;
  /** The key that was shown; none for the operator's token and for nobody. */
  readonly key?: ApiKey;
}

/** Who asks; ANYBODY without the header. Throws UNAUTHENTICATED for a token that isn't good. */
export async function bearerOf(authorization: string | undefined, known: Known): Promise<Bearer> {
  if (authorization === undefined) return { rights: ANYBODY };
  const token = BEARER.exec(authorization.trim())?.[1];
  if (token === undefined) throw badToken();
  if (sameSecret(token, known.adminToken)) return { rights: OPERATOR };
  if (!KEY.test(token)) throw badToken();
  const key = await known.keys.byHash(sha256(token));
  if (!key || key.revoked !== undefined) throw badToken();
  const now = known.now();
  if (key.expires !== undefined && key.expires <= now) throw badToken('This key has expired.');
  if (key.old && (key.graceUntil ?? 0) <= now) throw badToken('This key was rotated; use its new secret.');
  return { rights: { known: true, scopes: new Set(key.scopes), key: key.id }, key };
}

/** The operator, or the key of that very site. */
export function mayOversee(rights: Rights, site: string): boolean {
  return rights.scopes.has('operate') || rights.scopes.has(`site:${site}`);
}

/** Throws UNAUTHENTICATED for who is nobody, FORBIDDEN for who lacks the scope. */
export function requireScope(rights: Rights, scope: string): void {
  if (rights.scopes.has(scope)) return;
  if (!rights.known) throw new CodedError('UNAUTHENTICATED', `This needs a token with the scope ${scope}.`);
  throw new CodedError('FORBIDDEN', `This token lacks the scope ${scope}.`, { data: { scope } });
}

/** A new key. Its text is returned this once; only its hash is kept. Throws BAD_INPUT for a scope that isn't one. */
export async function createKey(
  keys: KeyRoom,
  { title, scopes, created, ...rest }: Pick<ApiKey, 'title' | 'scopes' | 'created' | 'expires' | 'quota'>,
): Promise<{ readonly key: ApiKey; readonly text: string }> {
  const wrong = scopes.find(scope => !SCOPE.test(scope));
  if (wrong !== undefined || scopes.length === 0) {
    throw new CodedError(
      'BAD_INPUT',
      'A key has at least one scope of: read, operate, site:<id>, fulltext:<site>.',
      {
        data: { scope: wrong ?? null },
      },
    );
  }
  const id = randomBytes(6).toString('hex');
  const text = newSecret(id);
  const key: ApiKey = { id, title, scopes: [...new Set(scopes)], created, ...rest };
  await keys.create(key, sha256(text));
  return { key, text };
}

/** Another secret for a key; the present one is good until `graceUntil`. Undefined when no key in use has the id. */
export async function rotateKey(keys: KeyRoom, id: string, graceUntil: Instant): Promise<string | undefined> {
  const text = newSecret(id);
  return (await keys.rotate(id, sha256(text), graceUntil)) ? text : undefined;
}

function newSecret(id: string): string {
  return `lt_${id}_${randomBytes(32).toString('base64url')}`;
}

function badToken(message = 'This token is unknown, revoked or not one of ours.'): CodedError {
  return new CodedError('UNAUTHENTICATED', message);
}

/** Compares in a time that tells nothing, whatever the lengths. */
function sameSecret(given: string, wanted: string): boolean {
  if (wanted === '') return false;
  return timingSafeEqual(
    createHash('sha256').update(given).digest(),
    createHash('sha256').update(wanted).digest(),
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
