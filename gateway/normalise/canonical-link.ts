import type { Site } from '../../schemas/site.ts';
import { isTracking } from './tracking.ts';

/** The publisher's own page as readers get it: http(s), without tracking, without a password. Undefined: not a web address. */
export function displayLink(raw: string | undefined): string | undefined {
  const url = webAddress(raw);
  if (!url) return undefined;
  const search = parameters(url).filter(one => !isTracking(nameOf(one)));
  const hash = isTracking(nameOf(url.hash.slice(1))) ? '' : url.hash;
  return `${url.origin}${url.pathname}${search.length > 0 ? `?${search.join('&')}` : ''}${hash}`;
}

/**
 * The form in which two addresses of one page are equal: scheme, `www.`, mobile and AMP variants, tracking, default port,
 * index file, last slash, order of parameters and spelling of percent-encoding play no part. What may tell two articles
 * apart stays: the path's case, every other parameter, `#!/` and `#/` routes. A text that is no web address is its own key.
 */
export function canonicalLink(raw: string): string {
  const url = webAddress(raw);
  if (!url) return raw.trim();
  const path = plainPath(withoutAmp(spelt(url.pathname)));
  const query = parameters(url)
    .filter(one => !isTracking(nameOf(one)) && !isAmp(one))
    .map(spelt)
    .toSorted(byName);
  const route = /^#!?\//.test(url.hash) || url.hash.startsWith('#!') ? spelt(url.hash) : '';
  return `${plainHost(url)}${path}${query.length > 0 ? `?${query.join('&')}` : ''}${route}`;
}

/** Does the site publish under this address' host? */
export function isOwnHost(link: string, site: Pick<Site, 'homepage' | 'hosts'>): boolean {
  const url = webAddress(link);
  if (!url) return false;
  const host = plainHost(url);
  const own = [site.homepage, ...site.hosts.map(name => `https://${name}/`)];
  return own.some(address => {
    const one = webAddress(address);
    return one !== undefined && plainHost(one) === host;
  });
}

function webAddress(raw: string | undefined): URL | undefined {
  const written = raw?.trim();
  if (!written || written.length > 4_096) return undefined;
  const url = URL.parse(written);
  return url && (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== ''
    ? url
    : undefined;
}

/** `www.m.bao.vn` → `bao.vn`; never down to a bare `vn`. Names beyond ASCII are in punycode already. */
function plainHost(url: URL): string {
  let host = url.hostname.replace(/\.$/, '');
  for (let prefix = PREFIX.exec(host); prefix; prefix = PREFIX.exec(host))
    host = host.slice(prefix[0].length);
  const port = url.port === '80' || url.port === '443' ? '' : url.port;
  return port ? `${host}:${port}` : host;
}

const PREFIX = /^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.[^.])/;
const INDEX_FILE = /\/(?:index\.(?:html?|php|aspx?|jsp)|default\.(?:html?|aspx?))$/i;

function plainPath(path: string): string {
  const bare = path.replace(INDEX_FILE, '/');
  return bare.endsWith('/') ? bare.slice(0, -1) : bare;
}

/** `/amp/tin-1.html`, `/tin-1/amp`, `/tin-1.amp.html`, `/tin-1.amp` → the page they are a variant of. */
function withoutAmp(path: string): string {
  const bare = path
    .replace(/^\/amp\/(?=.)/, '/')
    .replace(/\/amp\/?$/, '/')
    .replace(/\.amp(\.html?)?$/, (_, extension: string | undefined) => extension ?? '');
  return bare === '' ? '/' : bare;
}

const isAmp = (parameter: string): boolean => /^(?:amp(?:=(?:1|true|)?)?|outputtype=amp)$/i.test(parameter);

/** One spelling for each character: letters that need no encoding bare and composed, the rest with capital digits. */
function spelt(part: string): string {
  if (!part.includes('%')) return part;
  const upper = part.replace(/%[\da-f]{2}/gi, code => code.toUpperCase());
  try {
    return decodeURI(upper).normalize('NFC');
  } catch {
    return upper;
  }
}

function parameters(url: URL): string[] {
  return url.search.length > 1 ? url.search.slice(1).split('&').filter(Boolean) : [];
}

function nameOf(parameter: string): string {
  const end = parameter.indexOf('=');
  return end < 0 ? parameter : parameter.slice(0, end);
}

/** Same names keep their order, because a list's order may count. */
function byName(one: string, other: string): number {
  const [a, b] = [nameOf(one), nameOf(other)];
  return a < b ? -1 : a > b ? 1 : 0;
}
