import type { Entry } from '../../schemas/entry.ts';
import type { Site } from '../../schemas/site.ts';
import { canonicalLink, displayLink, isOwnHost } from './canonical-link.ts';

export interface EntryLinks {
  /** The publisher's page, cleaned of tracking. */
  readonly link: string;
  /** Its comparison key. */
  readonly key: string;
  /** Every other address that was named. */
  readonly otherLinks: readonly string[];
}

/**
 * Which of its addresses an item is read under: the canonical one when it is on the site's own hosts and this entry's alone,
 * else the link, else whatever the entry has that can be opened. Undefined without any: a republished item must
 * lead to its original.
 */
export function linksOf(entry: Entry, site: Site, shared: ReadonlySet<string>): EntryLinks | undefined {
  const canonical = trustedCanonical(entry, site, shared);
  const guid = /^https?:\/\//i.test(entry.sourceId ?? '') ? entry.sourceId : undefined;
  const written = [canonical, entry.link, guid, ...(entry.otherLinks ?? []), enclosureOf(entry)];
  const addresses = written.flatMap(one => displayLink(one) ?? []);
  const [link] = addresses;
  if (link === undefined) return undefined;
  const others = [entry.link, ...(entry.otherLinks ?? [])].flatMap(one => displayLink(one) ?? []);
  return { link, key: canonicalLink(link), otherLinks: others.filter(one => one !== link).slice(0, 20) };
}

function trustedCanonical(
  { canonical, link }: Entry,
  site: Site,
  shared: ReadonlySet<string>,
): string | undefined {
  if (canonical === undefined || !isOwnHost(canonical, site)) return undefined;
  const key = canonicalLink(canonical);
  if (shared.has(key) || key === canonicalLink(site.homepage)) return undefined;
  // Equal but for spelling: the one that the site links to is the one that works.
  return link !== undefined && canonicalLink(link) === key && isPlain(link) ? link : canonical;
}

/** Not an AMP or mobile variant, nor without its `https`. */
function isPlain(link: string): boolean {
  return (
    /^https:\/\/(?!m\.|mobile\.|amp\.)/i.test(link) &&
    !/\/amp(?:\/|$|\?)|\.amp(?:$|\?|\.html)|[?&]amp(?:=|&|$)/i.test(link)
  );
}

const enclosureOf = ({ media }: Entry): string | undefined =>
  media.find(({ role }) => role === 'enclosure')?.url;
