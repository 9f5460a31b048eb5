import express, { type Request, type RequestHandler } from 'express';
import { CodedError } from '../../schemas/errors.ts';
import type { HarvestTools } from '../harvest/harvest-source.ts';
import { takeDelivery } from '../subscribe/deliver-to-us.ts';
import type { Subscribed } from '../subscribe/subscription.ts';
import { answerHub } from '../subscribe/verify.ts';
import { openPlaces } from './places.ts';
import type { Services } from './services.ts';
import { Tallies } from './tallies.ts';
import { networkOf } from './usage.ts';
import { Windows } from './windows.ts';

const LARGEST = 8 * 1024 * 1024;
/** However many deliveries leave a doubt, a site is not asked oftener for them. */
const ASKED_AGAIN = 10_000;
const PER_ADDRESS = { requests: 600, per: 60_000 };
const AT_ONCE = { each: 2, all: 12 } as const;
const LONGEST_CHALLENGE = 4_096;

/**
 * `/websub/<site>/<source>/<secret>`: where the hubs that sources name call us. Nothing is repeated but the challenge of a
 * subscription that we asked for, as plain text; for every other address there is nothing here.
 */
export function websubRoutes(
  tools: HarvestTools,
  wake: () => void,
  { now, tallies = new Tallies() }: Pick<Services, 'now' | 'tallies'>,
): express.Router {
  const router = express.Router();
  const path = '/websub/:site/:source/:word';
  const buckets = tallies.buckets('websub', 20_000);
  const places = openPlaces(AT_ONCE);
  if (tools.federation.gateway.reachable) tools.pool.warm?.();
  const asking = new Windows(ASKED_AGAIN, now, (err, source) =>
    tools.log.error({ err, source }, 'A source could not be asked after a delivery.'),
  );
  /** The site itself: what a delivery leaves in doubt. */
  const ask = (source: string) =>
    asking.ask(source, async () => {
      await tools.store.work.request(source);
      wake();
    });

  const admit: RequestHandler = (req, _res, next) => {
    const wait = buckets.take(networkOf(req.ip ?? ''), PER_ADDRESS, now());
    if (wait > 0) throw busy('RATE_LIMITED', wait);
    next();
  };

  router.get(path, admit, async (req, res) => {
    const subscribed = await find(req, tools);
    const challenge =
      subscribed &&
      (await answerHub(
        subscribed.id,
        {
          mode: parameter(req, 'hub.mode'),
          topic: parameter(req, 'hub.topic'),
          challenge: parameter(req, 'hub.challenge').slice(0, LONGEST_CHALLENGE),
          seconds: secondsOf(parameter(req, 'hub.lease_seconds')),
          reason: parameter(req, 'hub.reason'),
        },
        tools,
      ));
    if (challenge === undefined) throw nothing('NOT_FOUND');
    res
      .status(200)
      .set({
        'Content-Type': 'text/plain; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
        'Content-Security-Policy': "default-src 'none'; sandbox",
      })
      .end(challenge);
  });

  router.post(
    path,
    admit,
    async (req, res, next) => {
      const subscribed = await find(req, tools);
      // WebSub section 7: after a 410 the hub may end the subscription.
      if (!subscribed) throw nothing('GONE');
      if (!places.enter(subscribed.id, res)) throw busy('UNAVAILABLE', 2_000);
      res.locals.subscribed = subscribed;
      if (Number(req.headers['content-length']) > LARGEST) {
        await ask(subscribed.document.source);
        throw new CodedError('TOO_LARGE', 'The delivery is too large; the site itself is asked.');
      }
      next();
    },
    express.raw({ type: () => true, limit: LARGEST }),
    async (req, res) => {
      const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
      const headers = Object.fromEntries(
        Object.entries(req.headers).flatMap(([name, value]) =>
          typeof value === 'string' ? [[name, value]] : [],
        ),
      );
      const taken = await takeDelivery(res.locals.subscribed as Subscribed, { body, headers }, tools, ask);
      if (taken === 'gone') throw nothing('GONE');
      if (taken === 'later') throw busy('UNAVAILABLE', 5_000);
      res.status(202).set('Cache-Control', 'no-store').end();
    },
  );
  return router;
}

/** By the secret word; the names before it must be those it was made for. */
async function find({ params }: Request, { store }: HarvestTools): Promise<Subscribed | undefined> {
  const { site, source, word } = params;
  if (!/^[\w-]{32}$/.test(String(word))) return undefined;
  const kept = await store.records.get('hub-subscription', String(word));
  return kept?.document.source === `${String(site)}/${String(source)}` ? kept : undefined;
}

/** Given once, or it is not there. */
function parameter({ query }: Request, name: string): string {
  const value: unknown = query[name];
  return typeof value === 'string' ? value : '';
}

function secondsOf(text: string): number | undefined {
  return /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}

function nothing(code: 'NOT_FOUND' | 'GONE'): CodedError {
  return new CodedError(code, 'There is no subscription at this address.');
}

function busy(code: 'RATE_LIMITED' | 'UNAVAILABLE', wait: number): CodedError {
  return new CodedError(code, 'Please try again in a moment.', {
    data: { retryAfter: Math.max(1, Math.ceil(wait / 1000)) },
  });
}
