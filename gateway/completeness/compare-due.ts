import { toCoded } from '../../schemas/errors.ts';
import type { SiteCompleteness } from '../../schemas/records.ts';
import type { Site } from '../../schemas/site.ts';
import type { HarvestTools } from '../harvest/harvest-source.ts';
import type { Store } from '../store/store.ts';
import { compareSite } from './compare-site.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const AFTER_FAILURE = 6 * HOUR;
/** A replica that died in the middle leaves the site to others after this long. */
const CLAIM = 30 * 60_000;
const NOTHING: SiteCompleteness = { claims: [], passedOver: [] };

/**
 * Holds what one site says it has published against what is held, once a day, and fetches what is missing where a
 * connector can. Gives the site's id; undefined when none is due. Ticked by the scheduler of every replica.
 */
export async function compareDue(tools: HarvestTools, signal: AbortSignal): Promise<string | undefined> {
  const site = await claim(tools.store, tools.federation.sites);
  if (!site) return undefined;
  await compareNow(site, tools, signal);
  return site.id;
}

/** The same for one site, due or not. */
export async function compareNow(
  site: Site,
  tools: HarvestTools,
  signal: AbortSignal,
): Promise<SiteCompleteness> {
  const { store } = tools;
  const before = (await store.records.get('completeness', site.id))?.document ?? NOTHING;
  const document = await compareSite(site, before, tools, signal).catch((thrown): SiteCompleteness => {
    const { code, message } = toCoded(thrown);
    return { ...before, failure: { code, message } };
  });
  // Half a comparison says nothing: the site falls due again.
  if (signal.aborted) return before;
  const now = await store.now();
  const due = now + (document.failure ? AFTER_FAILURE : DAY);
  await store.transaction(tx =>
    tx.records.put({ kind: 'completeness', id: site.id, site: site.id, at: now, due, document }),
  );
  return document;
}

async function claim(store: Store, sites: readonly Site[]): Promise<Site | undefined> {
  const ids = sites.map(({ id }) => id);
  const known = new Map((await store.records.byIds('completeness', ids)).map(one => [one.id, one]));
  const now = await store.now();
  const site = sites.find(({ id }) => (known.get(id)?.due ?? 0) <= now);
  if (!site) return undefined;
  return store.transaction(async tx => {
    const kept = await tx.records.get('completeness', site.id);
    if ((kept?.due ?? 0) > now) return undefined;
    await tx.records.put({
      kind: 'completeness',
      id: site.id,
      site: site.id,
      at: kept?.at ?? now,
      due: now + CLAIM,
      document: kept?.document ?? NOTHING,
    });
    return site;
  });
}
