import type { Site } from '../site.ts';

/** Lower-case host without its port; undefined for what is no http(s) address. */
export function hostOf(address: string | undefined): string | undefined {
  if (address === undefined || address.length > 8_000 || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.hostname.toLowerCase() : undefined;
}

/** Is the host one the site publishes under? `www.` makes no difference. */
export function isRegistered(host: string, site: Site): boolean {
  const own = [hostOf(site.homepage), ...site.hosts.map(name => name.replace(/:\d+$/, '').toLowerCase())];
  return own.some(name => name !== undefined && bare(name) === bare(host));
}

export function bare(host: string): string {
  return host.toLowerCase().replace(/^www\./, '');
}

/**
 * Which site an address belongs to: its host without `www.`; in a private network, where many sites share one host, with
 * its port.
 */
export function siteKeyOf(address: string | undefined): string | undefined {
  const host = hostOf(address);
  if (host === undefined || address === undefined) return undefined;
  return isPrivateHost(host) ? new URL(address).host.toLowerCase() : bare(host);
}

/** Second-level names under .vn that others register below. */
const PUBLIC_VN = new Set(
  [
    'com',
    'net',
    'org',
    'edu',
    'gov',
    'ac',
    'biz',
    'info',
    'name',
    'pro',
    'health',
    'int',
    'io',
    'id',
    'ai',
  ].map(name => `${name}.vn`),
);

/** `tin.cuc.gov.vn` → `cuc.gov.vn`. Knows .vn's second level; elsewhere the last two labels (our approximation). */
export function registrableDomain(host: string): string {
  if (isIpLiteral(host)) return host;
  const labels = host.replace(/\.$/, '').split('.');
  const two = labels.slice(-2).join('.');
  return PUBLIC_VN.has(two) ? labels.slice(-3).join('.') : two;
}

export function isIpLiteral(host: string): boolean {
  return host.startsWith('[') || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host);
}

/** Loopback, private, link-local and names that only mean something inside a network. */
export function isPrivateHost(host: string): boolean {
  if (host === 'localhost' || /\.(?:localhost|local|internal|lan)$/.test(host)) return true;
  if (host.startsWith('[')) return /^\[(?:::1?\]|f[cd]|fe[89ab]|::ffff:)/i.test(host);
  if (!isIpLiteral(host)) return !host.includes('.');
  const [a = 0, b = 0] = host.split('.').map(Number);
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    (a === 169 && b === 254) ||
    (a === 192 && b === 168) ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 100 && b >= 64 && b <= 127)
  );
}

const TRACKING = /^(?:utm_\w{1,30}|fbclid|gclid|zarsrc|_ga|ref|dclid|mc_[ce]id)$/i;

/** The same page is the same key: no scheme, `www.`, fragment, tracking, last slash. */
export function pageKey(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  const query = [...url.searchParams]
    .filter(([name]) => !TRACKING.test(name))
    .map(pair => pair.join('='))
    .toSorted()
    .join('&');
  return `${bare(url.host)}${url.pathname.replace(/\/+$/, '')}${query && `?${query}`}`;
}
