import { CodedError } from '../../schemas/errors.ts';
import { type IpAddress, type IpRange, inRange, parseIp, parseRange } from './ip.ts';

export interface AddressGuard {
  /** Throws ADDRESS_REFUSED for what may not be asked whatever it resolves to: scheme, port, a literal address. */
  checkUrl(url: URL): void;
  /** May a connection to this name and port go to this address? To be asked of every address, at connect time. */
  permits(hostname: string, port: number, address: string): boolean;
}

/**
 * Ranges that are not the public Internet (IANA special-purpose registries, RFC 6890 and its updates), and the
 * two public addresses where clouds serve their machines' secrets.
 */
const REFUSED_V4 = ranges(
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24',
  '192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24',
  '203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 168.63.129.16/32',
);
/** Inside global unicast: protocol assignments with Teredo and ORCHID, documentation, 6to4, AS112, SRv6. */
const REFUSED_V6 = ranges('2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20 3ffe::/16');
const GLOBAL_UNICAST = ranges('2000::/3');
/** RFC 6052: an IPv4 address behind a translator; as good as the address it carries. */
const TRANSLATED = ranges('64:ff9b::/96');

/** Ports of other protocols that an HTTP request can be smuggled into (Fetch Standard, "bad port"). */
const BAD_PORTS = new Set([
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
  109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
  526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
  3659, 4045, 4190, 5060, 5061, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080, 11211,
]);

/** @throws CodedError CONFIG_INVALID for an entry that is neither CIDR nor host:port. */
export function createAddressGuard(allow: readonly string[]): AddressGuard {
  const entries = allow.map(parseEntry);
  const networks = entries.flatMap(entry => ('range' in entry ? [entry.range] : []));
  const named = new Set(entries.flatMap(entry => ('host' in entry ? [entry.host] : [])));

  function permits(hostname: string, port: number, address: string): boolean {
    const ip = parseIp(address);
    if (!ip) return false;
    if (isPublic(ip) || networks.some(range => inRange(ip, range))) return true;
    return named.has(hostKey(hostname, port)) || named.has(hostKey(address, port));
  }

  function checkUrl(url: URL): void {
    if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refused(url, 'scheme');
    if (url.hostname === '') throw refused(url, 'host');
    const port = portOf(url);
    if (BAD_PORTS.has(port) && !named.has(hostKey(url.hostname, port))) throw refused(url, 'port');
    if (parseIp(url.hostname) && !permits(url.hostname, port, url.hostname)) throw refused(url, 'address');
  }

  return { checkUrl, permits };
}

/** Port of an http(s) address, the scheme's own when none is written. */
export function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
}

export function addressRefused(host: string, reason: keyof typeof REASONS): CodedError {
  const { en, vi } = REASONS[reason](host);
  return new CodedError('ADDRESS_REFUSED', en, { data: { host, reason, vi } });
}

const REASONS = {
  scheme: () => ({
    en: 'Only http and https addresses are asked.',
    vi: 'Chỉ truy cập địa chỉ http và https.',
  }),
  host: () => ({ en: 'The address names no host.', vi: 'Địa chỉ không có tên máy chủ.' }),
  port: (host: string) => ({
    en: `${host}: the port belongs to a protocol other than HTTP.`,
    vi: `${host}: cổng này thuộc giao thức khác, không phải HTTP.`,
  }),
  address: (host: string) => ({
    en: `${host} is not on the public Internet. An operator can allow it by fetch.allowNetworks.`,
    vi: `${host} không thuộc Internet công cộng. Người vận hành có thể cho phép bằng fetch.allowNetworks.`,
  }),
};

function refused(url: URL, reason: keyof typeof REASONS): CodedError {
  return addressRefused(url.host, reason);
}

function isPublic(ip: IpAddress): boolean {
  if (ip.bits === 32) return !REFUSED_V4.some(range => inRange(ip, range));
  if (TRANSLATED.some(range => inRange(ip, range))) {
    return isPublic({ bits: 32, value: ip.value & 0xffffffffn });
  }
  return GLOBAL_UNICAST.some(range => inRange(ip, range)) && !REFUSED_V6.some(range => inRange(ip, range));
}

/** `10.0.0.0/8`, `fd00::/8`, `10.1.2.3`, `cms.intra.gov.vn:8080`, `127.0.0.1:4100`, `[::1]:4100`. */
function parseEntry(entry: string): { range: IpRange } | { host: string } {
  const range = parseRange(entry.trim());
  if (range) return { range };
  const url = URL.parse(`http://${entry.trim()}`);
  const port = /:(\d{1,5})$/.exec(entry.trim())?.[1];
  const plain = url && url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password;
  if (plain && port !== undefined && Number(port) > 0) return { host: hostKey(url.hostname, Number(port)) };
  throw new CodedError(
    'CONFIG_INVALID',
    `fetch.allowNetworks: ${entry} is neither a network nor host:port.`,
    {
      data: { entry, vi: `fetch.allowNetworks: ${entry} không phải dải mạng (CIDR) hay máy:cổng.` },
    },
  );
}

function hostKey(hostname: string, port: number): string {
  const ip = parseIp(hostname);
  return ip ? `${ip.bits}/${ip.value}:${port}` : `${hostname.toLowerCase().replace(/\.$/, '')}:${port}`;
}

function ranges(...lines: string[]): IpRange[] {
  return lines.flatMap(line => line.split(' ')).flatMap(text => parseRange(text) ?? []);
}
