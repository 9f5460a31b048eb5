import type { RequestHandler } from 'express';
import type { Usage } from './usage.ts';

/** Whoever watches us must always get through; `/graphql` limits by itself, because its refusals have their own shape. */
export const FREE = new Set(['/healthz', '/readyz', '/metrics', '/graphql']);

/**
 * Limits requests without a key by address, where the federation file says so; a request with a good key counts to
 * that key. X-Forwarded-For counts only from `http.trustedProxies`. Throws RATE_LIMITED.
 */
export function limitAddresses(usage: Usage): RequestHandler {
  return async (req, _res, next) => {
    if (usage.limitsAddresses && !FREE.has(req.path)) await usage.charge(req);
    next();
  };
}
