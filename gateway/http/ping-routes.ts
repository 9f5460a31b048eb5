import express from 'express';
import { toCoded } from '../../schemas/errors.ts';
import { hostOf, isRegistered } from '../../schemas/rules/addresses.ts';
import type { Site } from '../../schemas/site.ts';
import { addressesOf, pingAnswer, readPing } from './read-ping.ts';
import type { Services } from './services.ts';
import { Tallies } from './tallies.ts';
import { Windows } from './windows.ts';

const LARGEST = '16kb';
/** Pings after the first within this time make one more harvest, at its end. */
const WINDOW = 10_000;
const PER_ADDRESS = { requests: 60, per: 60_000 };

/**
 * `/ping`: what every WordPress sends when it is told to (Settings → Writing → Update Services). Says nothing but "something
 * is new": the site's sources fall due at once. Bound to registered sites, and no amplifier: two harvests in ten seconds at
 * most, whoever pings and how often.
 */
export function pingRoutes(
  { store, federation, now, log, tallies = new Tallies() }: Services,
  wake: () => void,
): express.Router {
  const router = express.Router();
  const buckets = tallies.buckets('ping', 20_000);
  const windows = new Windows(WINDOW, now, (thrown, site) =>
    log.error({ err: thrown, site }, 'A ping could not be followed.'),
  );

  async function harvest(site: Site): Promise<void> {
    const own = federation.sources.filter(source => source.site === site.id && source.enabled);
    for (const { name } of own) await store.work.request(name);
    wake();
  }

  router.post('/ping', express.text({ type: () => true, limit: LARGEST }), async (req, res) => {
    const answer = (failed: boolean, message: string) =>
      res
        .set({ 'Content-Type': 'text/xml; charset=utf-8', 'Cache-Control': 'no-store' })
        .send(pingAnswer(failed, message));
    if (buckets.take(req.ip ?? '', PER_ADDRESS, now()) > 0) return answer(true, 'Too many pings from here.');
    try {
      const addresses = addressesOf(readPing(typeof req.body === 'string' ? req.body : ''));
      const site = federation.sites.find(one => addresses.some(address => isOf(address, one)));
      if (!site) return answer(true, 'No site of this federation is at that address.');
      await windows.ask(site.id, () => harvest(site));
      log.debug({ site: site.id }, `${site.id} báo có tin mới.`);
      return answer(false, 'Thanks for the ping.');
    } catch (thrown) {
      const { status, message } = toCoded(thrown);
      if (status >= 500) log.error({ err: thrown }, 'A ping could not be followed.');
      return answer(true, status >= 500 ? 'Please try again.' : message);
    }
  });
  return router;
}

/** By host; in a private network, where many sites share one, by port too. */
function isOf(address: URL, site: Site): boolean {
  const host = hostOf(address.href);
  if (host === undefined || !isRegistered(host, site)) return false;
  const home = new URL(site.homepage);
  return (
    home.hostname !== address.hostname || home.port === address.port || site.hosts.includes(address.host)
  );
}
