import express, { type RequestHandler } from 'express';
import { CodedError } from '../../schemas/errors.ts';
import type { HarvestTools } from '../harvest/harvest-source.ts';
import { actOnPush } from '../push/act-on-push.ts';
import { type Signer, verifyPush } from '../push/push-signature.ts';
import { readPush } from '../push/read-push.ts';
import { openPlaces } from './places.ts';
import type { Services } from './services.ts';
import { Tallies } from './tallies.ts';
import { networkOf } from './usage.ts';

const LARGEST = '2mb';
/** From one address, whoever it says it is; and of one site, once its signature is good. */
const PER_ADDRESS = { requests: 600, per: 60_000 };
const PER_SITE = { requests: 600, per: 60_000 };
/**
 * Bodies that are being read: of one network, and in all. Whose they are is not known before they are verified, so that nobody
 * takes a site's places by naming it.
 */
const READ_AT_ONCE = { each: 8, all: 64 } as const;
/** Pushes under way whose signature is good: of one site, and in all. */
const AT_ONCE = { each: 4, all: 16 } as const;

/**
 * `/push/<site>`: what a site says by itself, signed as Standard Webhooks with its own secret; no key besides. Taken through
 * the way of a harvest, or refused with every problem. Nothing that was sent stands in an answer.
 */
export function pushRoutes(
  tools: HarvestTools,
  told: () => void,
  { now, tallies = new Tallies() }: Pick<Services, 'now' | 'tallies'>,
): express.Router {
  const router = express.Router();
  const signers = signersOf(tools);
  // The first push doesn't wait for a thread to start.
  if (signers.size > 0) tools.pool.warm?.();
  const buckets = tallies.buckets('push', 20_000);
  const reading = openPlaces(READ_AT_ONCE);
  const acting = openPlaces(AT_ONCE);

  const admit: RequestHandler<{ site: string }> = (req, res, next) => {
    refuseFlood(buckets.take(`ip ${networkOf(req.ip ?? '')}`, PER_ADDRESS, now()));
    const { site } = req.params;
    if (!signers.has(site))
      throw new CodedError('NOT_FOUND', 'No site of this name takes pushes here.', {
        data: { vi: 'Không có trang nào tên này nhận tin đẩy.' },
      });
    if (req.is('application/json') !== 'application/json')
      throw new CodedError('UNSUPPORTED_MEDIA_TYPE', 'A push is application/json, not compressed.');
    if (!reading.enter(networkOf(req.ip ?? ''), res)) refuseFlood(1_000);
    next();
  };
  router.post(
    '/push/:site',
    admit,
    express.raw({ type: () => true, limit: LARGEST, inflate: false }),
    async (req, res) => {
      const site = String(req.params.site);
      const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
      const signed = verifyPush(req.headers, body, signers.get(site) ?? [], now());
      refuseFlood(buckets.take(`site ${site}`, PER_SITE, now()));
      if (!acting.enter(site, res)) refuseFlood(1_000);
      const pushed = await actOnPush(readPush(body), signed, tools);
      if (pushed.changed) told();
      res.status(202).set('Cache-Control', 'no-store').json(pushed);
    },
  );
  router.all('/push/:site', (_req, res) => {
    res.set('Allow', 'POST');
    throw new CodedError('METHOD_NOT_ALLOWED', 'A push is a signed POST.');
  });
  return router;
}

function signersOf({ federation, connectors }: HarvestTools): ReadonlyMap<string, readonly Signer[]> {
  const signers = new Map<string, Signer[]>();
  for (const source of federation.sources) {
    const secrets = connectors.get(source.connector)?.pushSecrets?.(source.options) ?? [];
    if (secrets.length === 0 || !source.enabled) continue;
    signers.set(source.site, [...(signers.get(source.site) ?? []), { source, secrets }]);
  }
  return signers;
}

function refuseFlood(wait: number): void {
  if (wait <= 0) return;
  throw new CodedError('RATE_LIMITED', 'Too many pushes; please wait.', {
    data: { retryAfter: Math.max(1, Math.ceil(wait / 1000)), vi: 'Gửi quá nhiều; xin chờ ít giây.' },
  });
}
