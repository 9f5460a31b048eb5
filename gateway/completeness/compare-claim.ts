import { createHash } from 'node:crypto';
import type { Listed } from '../../connectors/connector.ts';
import type { Completeness } from '../../schemas/completeness.ts';
import type { Instant } from '../../schemas/instant.ts';
import { keysOf } from '../normalise/identity.ts';
import type { Store } from '../store/store.ts';
import type { Claim } from './site-claims.ts';

/** Addresses that are shown of what is missing or extra. */
const SHOWN = 100;
/** Identities looked up in one transaction, which holds the store's lock on SQLite. */
const TOGETHER = 500;

/** An item of the site that the public can see. */
export interface InView {
  readonly id: string;
  readonly source: string;
  readonly link: string;
  readonly listed: Instant;
}

export interface Compared {
  readonly completeness: Completeness;
  /** All of what is listed and was never seen. */
  readonly missing: readonly Listed[];
}

/**
 * Holds one claim against the store. Everything is told by identity keys, so that an item that came by another source,
 * moved, merged or was withdrawn is none that is missing.
 */
export async function compareClaim(
  claim: Claim,
  {
    store,
    site,
    inView,
    passedOver,
    now,
  }: {
    readonly store: Store;
    readonly site: string;
    /** Newest first. */
    readonly inView: readonly InView[];
    readonly passedOver: ReadonlySet<string>;
    readonly now: Instant;
  },
): Promise<Compared> {
  const known = await resolveAll(claim.listed, claim.source, store, site);
  const absent = claim.listed.filter((_, index) => (known[index] ?? []).length === 0);
  const missing = absent.filter(one => !passedOver.has(listedKey(one)));
  const found = new Set(known.flat());
  const extra = claim.complete
    ? inView.filter(
        item =>
          item.listed >= claim.since &&
          (claim.source === undefined || item.source === claim.source) &&
          !found.has(item.id),
      )
    : undefined;
  const { claimedBy, source, url, since, complete } = claim;
  return {
    missing,
    completeness: {
      claimedBy,
      ...(source !== undefined && { source }),
      url,
      since,
      comparedAt: now,
      held: claim.listed.length - absent.length,
      missing: missing.length,
      notTaken: absent.length - missing.length,
      ...(extra && { extra: extra.length }),
      fetched: 0,
      complete,
      missingLinks: shownOf(missing),
      extraLinks: (extra ?? []).slice(0, SHOWN).map(({ link }) => link),
    },
  };
}

/** What of a claim was never seen, asked again after some of it was fetched. */
export async function absentOf(
  listed: readonly Listed[],
  { source }: Claim,
  store: Store,
  site: string,
): Promise<Listed[]> {
  const known = await resolveAll(listed, source, store, site);
  return listed.filter((_, index) => (known[index] ?? []).length === 0);
}

/** The comparison after what was missing has been asked for: `absent` is what still is, `passed` what the source has spoken of. */
export function afterFetching(
  { completeness, missing }: Compared,
  absent: readonly Listed[],
  passed: ReadonlySet<string>,
  fetched: number,
): Completeness {
  const left = absent.filter(one => !passed.has(listedKey(one)));
  return {
    ...completeness,
    held: completeness.held + missing.length - absent.length,
    missing: left.length,
    notTaken: completeness.notTaken + absent.length - left.length,
    fetched,
    missingLinks: shownOf(left),
  };
}

function shownOf(listed: readonly Listed[]): string[] {
  return listed.slice(0, SHOWN).map(({ link, sourceId }) => link ?? sourceId ?? '');
}

async function resolveAll(
  listed: readonly Listed[],
  source: string | undefined,
  store: Store,
  site: string,
): Promise<readonly (readonly string[])[]> {
  const keys = listed.map(one => keysOf(one, { name: source ?? '' }));
  const found: (readonly string[])[] = [];
  for (let from = 0; from < keys.length; from += TOGETHER) {
    const some = keys.slice(from, from + TOGETHER);
    found.push(...(await store.transaction(tx => tx.items.resolve(site, some))));
  }
  return found;
}

/** By what something listed is remembered, short because thousands are. */
export function listedKey({ sourceId, link }: Listed): string {
  return createHash('sha256')
    .update(`${sourceId ?? ''}\n${link ?? ''}`)
    .digest('base64url')
    .slice(0, 16);
}
