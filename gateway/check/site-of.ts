import type { Federation } from '../../schemas/federation.ts';
import { bare, isPrivateHost, registrableDomain, siteKeyOf } from '../../schemas/rules/addresses.ts';
import type { Site, SiteKind } from '../../schemas/site.ts';
import { sameSite } from './discover.ts';
import type { PageSummary } from './read-links.ts';

export interface CheckedSite {
  readonly site: Site;
  readonly kindFrom: 'asked' | 'federation' | 'guessed';
  /** Absent where it is not known which portal the site belongs to. */
  readonly portalHost?: string;
}

/**
 * Which site an address belongs to: one of the federation, else one made of what its home page says. Its hand-kept
 * record goes along only to whoever may see it.
 */
export function siteOf(
  home: URL,
  page: PageSummary | undefined,
  federation: Pick<Federation, 'sites'>,
  asked: {
    readonly kind?: SiteKind;
    readonly withRecord: boolean;
    readonly sandbox: boolean;
    readonly links: readonly string[];
  },
): CheckedSite {
  const known = federation.sites.find(
    site => new URL(site.homepage).host === home.host || site.hosts.includes(home.host),
  );
  const kind = asked.kind ?? known?.kind ?? guessKind(home, page);
  const kindFrom = asked.kind ? 'asked' : known ? 'federation' : 'guessed';
  const portal = federation.sites.find(site => site.kind === 'portal');
  const site: Site = known
    ? { ...known, kind, registry: asked.withRecord ? known.registry : {} }
    : {
        id: 'check',
        name: page?.siteName ?? (page?.title.split(/\s[-|–]\s/)[0] || home.hostname),
        kind,
        homepage: home.href,
        // Whose site it is nobody declared yet: names below the same registered one count as its own.
        hosts: [
          ...new Set(asked.links.filter(link => sameSite(link, home)).map(link => new URL(link).hostname)),
        ],
        registry: {},
      };
  const portalHost = portalOf(
    home,
    kind,
    kindFrom,
    portal && !asked.sandbox ? siteKeyOf(portal.homepage) : undefined,
  );
  return { site, kindFrom, ...(portalHost !== undefined && { portalHost }) };
}

/** A name in a private network follows no pattern of public ones; and a guess makes nobody a unit of our portal. */
function portalOf(
  home: URL,
  kind: SiteKind,
  from: CheckedSite['kindFrom'],
  portal: string | undefined,
): string | undefined {
  const host = home.hostname.toLowerCase();
  if (isPrivateHost(host)) return from === 'guessed' ? undefined : portal;
  if (kind === 'portal') return host;
  if (portal === undefined) return undefined;
  return from !== 'guessed' || registrableDomain(host) === registrableDomain(portal) ? portal : undefined;
}

function guessKind(home: URL, page: PageSummary | undefined): SiteKind {
  const host = bare(home.hostname);
  if (page?.pressWords && !host.endsWith('.gov.vn')) return 'press';
  return /^[a-z0-9-]+\.gov\.vn$/.test(host) ? 'portal' : 'unit';
}
