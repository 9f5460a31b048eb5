import type { RequestHandler } from 'express';
import { bearerOf } from './access.ts';
import type { Services } from './services.ts';
import type { Usage } from './usage.ts';

/** Whoever watches us must always get through; `/graphql` limits by itself, because its refusals have their own shape. */
const FREE = new Set(['/healthz', '/readyz', '/metrics', '/graphql']);

/**
 * Limits requests without a key by address, where the federation file says so; a request with a good key counts to
 * that key. `req.ip` heeds X-Forwarded-For only from `http.trustedProxies`. Throws RATE_LIMITED.
 */
export function limitAddresses({ adminToken, store, now }: Services, usage: Usage): RequestHandler {
  return async (req, _res, next) => {
    if (!usage.limitsAddresses || FREE.has(req.path)) return next();
    const known = { adminToken, keys: store.keys, now };
    // A header that isn't good must not be a way around the limit.
    const bearer = await bearerOf(req.headers.authorization, known).catch(() => undefined);
    if (bearer?.key) usage.ofKey(bearer.key);
    else if (!bearer?.rights.known) usage.ofAddress(req.ip);
    next();
  };
}
