import express, { type RequestHandler } from 'express';
import { CodedError } from '../../schemas/errors.ts';
import { hubAddress, readTopic, subscriptionId } from '../deliver/topic.ts';
import { createAddressGuard } from '../harvest/addresses.ts';
import { hostKey } from '../harvest/exchange.ts';
import type { Intent } from '../store/deliveries.ts';
import { refuseNul } from './refuse-nul.ts';
import type { Services } from './services.ts';
import { Tallies } from './tallies.ts';
import { networkOf } from './usage.ts';

/** WebSub section 5.1: "MUST be less than 200 bytes in length". */
const SECRET_BELOW = 200;
const LONGEST_CALLBACK = 2_000;
const DAY = 24 * 60 * 60;
/** Seconds of a subscription lease: when none is asked for, and at most. Never perpetual. */
const LEASE = { usual: 10 * DAY, most: 90 * DAY } as const;
/** Callback hosts and requesters that are counted. */
const COUNTED = 50_000;

/**
 * `/hub`: the WebSub hub of our own feeds. Only takes requests in; verifying and delivering is the delivering
 * thread's, which `wake` calls. Nothing of a request is repeated in an answer.
 */
export function createHubRoutes(services: Services, wake: () => void): express.Router {
  const { store, federation } = services;
  const router = express.Router();
  if (hubAddress(federation) === undefined) return router;
  const limit = limitRequests(services);
  const take: RequestHandler = async (req, res) => {
    if (!req.is('application/x-www-form-urlencoded')) {
      throw new CodedError('UNSUPPORTED_MEDIA_TYPE', 'The hub takes application/x-www-form-urlencoded.');
    }
    const intent = readIntent(req.body, services);
    limit(intent.host, req.ip);
    if (intent.mode === 'subscribe') await refuseCrowd(intent, services);
    await store.deliveries.ask(intent);
    wake();
    // WebSub section 5.1.2: "202 Accepted" once the request was received and will be verified.
    res.status(202).set('Cache-Control', 'no-store').type('text/plain').send('Accepted\n');
  };
  router.post(
    '/hub',
    express.urlencoded({ extended: false, limit: '16kb', parameterLimit: 50 }),
    refuseNul,
    take,
  );
  router.all('/hub', (_req, res) => {
    res.set('Allow', 'POST');
    throw new CodedError(
      'METHOD_NOT_ALLOWED',
      'This is a WebSub hub: it takes POST with hub.mode, hub.topic, hub.callback.',
    );
  });
  return router;
}

/** A stranger can't use us to bother a third host, nor fill the store with requests. */
function limitRequests({
  federation,
  now,
  tallies = new Tallies(),
}: Services): (host: string, address: string | undefined) => void {
  const { rate } = federation.callbacks;
  const hosts = tallies.buckets('hub by host', COUNTED);
  const addresses = tallies.buckets('hub by address', COUNTED);
  return (host, address) => {
    const wait = addresses.take(networkOf(address ?? ''), rate, now()) || hosts.take(host, rate, now());
    if (wait > 0) throw tooMany('Too many requests for this callback host or from this address.', wait);
  };
}

async function refuseCrowd({ id, host, topic }: Intent, { store, federation }: Services): Promise<void> {
  const { perHost, most, topics } = federation.callbacks;
  const crowd = await store.deliveries.crowd(id, host, topic);
  if (crowd.barred) throw new CodedError('FORBIDDEN', 'The operator has switched this subscription off.');
  if (crowd.host >= perHost) throw tooMany('This callback host has as many subscriptions as it may have.');
  if (crowd.all >= most || crowd.topics >= topics)
    throw tooMany('This hub has no room for more subscriptions.');
}

function tooMany(message: string, wait = 60_000): CodedError {
  return new CodedError('RATE_LIMITED', message, {
    data: { retryAfter: Math.max(1, Math.ceil(wait / 1000)) },
  });
}

function readIntent(body: unknown, { federation, formats }: Services): Intent {
  const field = (name: string): string | undefined => {
    const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
    if (value === undefined || typeof value === 'string') return value;
    throw bad(`${name} must be given once.`);
  };
  const mode = field('hub.mode');
  if (mode === 'publish')
    throw bad('This hub hears of its own feeds by itself; nothing need be published to it.');
  if (mode !== 'subscribe' && mode !== 'unsubscribe') throw bad('hub.mode must be subscribe or unsubscribe.');
  const url = readCallback(field('hub.callback'), federation);
  const asked = field('hub.topic') ?? '';
  const { url: topic } = readTopic(asked, federation, formats);
  const secret = readSecret(field('hub.secret'));
  return {
    id: subscriptionId(url.href, topic),
    mode,
    callback: url.href,
    host: hostKey(url),
    topic,
    asked,
    ...(secret === undefined ? {} : { secret }),
    seconds: readSeconds(field('hub.lease_seconds')),
  };
}

function readCallback(text: string | undefined, { callbacks }: Services['federation']): URL {
  const url = text !== undefined && text.length <= LONGEST_CALLBACK ? URL.parse(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw bad(
      'hub.callback must be an http(s) address, at most 2,000 characters, without name and password.',
    );
  url.hash = '';
  try {
    createAddressGuard(callbacks.allowNetworks).checkUrl(url);
  } catch (cause) {
    throw new CodedError('ADDRESS_REFUSED', 'hub.callback is not an address that this hub calls.', { cause });
  }
  return url;
}

function readSecret(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  if (Buffer.byteLength(text) >= SECRET_BELOW) throw bad('hub.secret must be less than 200 bytes.');
  return text;
}

function readSeconds(text: string | undefined): number {
  if (text === undefined || text === '') return LEASE.usual;
  if (!/^[1-9]\d{0,9}$/.test(text)) throw bad('hub.lease_seconds must be a positive whole number.');
  return Math.min(Number(text), LEASE.most);
}

function bad(message: string): CodedError {
  return new CodedError('BAD_INPUT', message);
}
