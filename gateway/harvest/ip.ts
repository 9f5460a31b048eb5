import { isIP } from 'node:net';

/** An address as a number, so that a range is a comparison. IPv4 inside IPv6 (`::ffff:a.b.c.d`) is IPv4. */
export interface IpAddress {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

export interface IpRange extends IpAddress {
  /** Bits of the prefix. */
  readonly prefix: number;
}

const MAPPED = 0xffffn << 32n;

/** Reads `10.0.0.1`, `::1`, `[::1]`, `fe80::1%eth0`; undefined for anything that is not a literal address. */
export function parseIp(text: string): IpAddress | undefined {
  const bare = text.replace(/^\[|\]$/g, '').split('%', 1)[0] ?? '';
  const kind = isIP(bare);
  if (kind === 4) return { bits: 32, value: parseIpv4(bare) };
  if (kind !== 6) return undefined;
  const value = parseIpv6(bare);
  return value >> 32n === MAPPED >> 32n ? { bits: 32, value: value & 0xffffffffn } : { bits: 128, value };
}

/** Reads `10.0.0.0/8` and `fd00::/8`; an address alone is a range of one. */
export function parseRange(text: string): IpRange | undefined {
  const [address = '', size, ...rest] = text.split('/');
  const ip = parseIp(address);
  if (!ip || rest.length > 0) return undefined;
  if (size === undefined) return { ...ip, prefix: ip.bits };
  if (!/^\d{1,3}$/.test(size)) return undefined;
  // `::ffff:10.0.0.0/104` became IPv4, and its prefix with it.
  const prefix = ip.bits === 32 && address.includes(':') ? Number(size) - 96 : Number(size);
  return prefix >= 0 && prefix <= ip.bits ? { ...ip, prefix } : undefined;
}

export function inRange(ip: IpAddress, { bits, value, prefix }: IpRange): boolean {
  const shift = BigInt(bits - prefix);
  return ip.bits === bits && ip.value >> shift === value >> shift;
}

function parseIpv4(text: string): bigint {
  return text.split('.').reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

function parseIpv6(text: string): bigint {
  const [head = '', tail] = text.split('::');
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const zeros = tail === undefined ? [] : new Array<bigint>(8 - left.length - right.length).fill(0n);
  return [...left, ...zeros, ...right].reduce((value, group) => (value << 16n) | group, 0n);
}

function groups(text: string): bigint[] {
  if (text === '') return [];
  return text.split(':').flatMap(part => {
    if (!part.includes('.')) return [BigInt(`0x${part}`)];
    const ipv4 = parseIpv4(part);
    return [ipv4 >> 16n, ipv4 & 0xffffn];
  });
}
