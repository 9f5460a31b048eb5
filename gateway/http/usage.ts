import type { IncomingMessage } from 'node:http';
import { compile } from 'proxy-addr';
import { CodedError, toCoded } from '../../schemas/errors.ts';
import type { ApiKey, Quota } from '../store/keys.ts';
import { type Bearer, bearerOf } from './access.ts';
import type { Buckets } from './buckets.ts';
import { addressOf } from './client-address.ts';
import type { Services } from './services.ts';
import { Tallies } from './tallies.ts';

/** Who asks, once it was counted. */
export interface Charged {
  /** Nobody's rights where the token isn't good. */
  readonly bearer?: Bearer;
  readonly badToken?: CodedError;
}

/** Who uses us, and how much more they may. */
export interface Usage {
  /**
   * Who asks, counted to the key or the address: once a request, however many layers ask. Throws RATE_LIMITED. A token
   * that isn't good counts to the address, so that it is no way around the limit.
   */
  charge(request: IncomingMessage): Promise<Charged>;
  /** True where requests without a key are limited at all. */
  readonly limitsAddresses: boolean;
  /** Scope → requests made with it; and who was refused how often. Scopes, never ids: metrics name no key. */
  counts(): { readonly scopes: ReadonlyMap<string, number>; readonly refused: ReadonlyMap<string, number> };
}

/** Milliseconds between two writings of one key's last use. */
const NOTED = 60_000;
/** Addresses and keys that are counted; about 20 MB. */
const MOST = 100_000;

export function createUsage({
  store,
  federation,
  adminToken,
  now,
  log,
  tallies = new Tallies(),
}: Pick<Services, 'store' | 'federation' | 'adminToken' | 'now' | 'log' | 'tallies'>): Usage {
  const trusts = compile([...federation.http.trustedProxies]);
  const charged = new WeakMap<IncomingMessage, Promise<Charged>>();
  const addresses = tallies.buckets('address', MOST);
  const keys = tallies.buckets('key', MOST);
  const noted = new Map<string, number>();
  const scopes = tallies.counts('requests by scope');
  const refused = tallies.counts('requests refused');
  const anonymous = federation.limits?.anonymous;

  const take = (buckets: Buckets, name: string, quota: Quota, who: 'key' | 'address') => {
    const wait = buckets.take(name, quota, now());
    if (wait === 0) return;
    refused.set(who, (refused.get(who) ?? 0) + 1);
    throw tooMany(quota, wait);
  };
  /** After the answer's own work, and never waited for: a key is not refused because its use can't be written. */
  const note = (id: string) => {
    const at = now();
    if (at - (noted.get(id) ?? Number.NEGATIVE_INFINITY) < NOTED) return;
    noted.set(id, at);
    setImmediate(() => {
      store.keys
        .touch(id, at)
        .catch((err: unknown) => log.warn({ err }, 'The last use of a key was not written.'));
    });
  };
  const ofKey = (key: ApiKey) => {
    for (const scope of key.scopes) scopes.set(scope, (scopes.get(scope) ?? 0) + 1);
    note(key.id);
    if (key.quota) take(keys, key.id, key.quota, 'key');
  };
  const ofAddress = (request: IncomingMessage) => {
    if (anonymous) take(addresses, networkOf(addressOf(request, trusts)), anonymous, 'address');
  };
  const chargeOnce = async (request: IncomingMessage): Promise<Charged> => {
    let bearer: Bearer;
    try {
      bearer = await bearerOf(request.headers.authorization, { adminToken, keys: store.keys, now });
    } catch (error) {
      ofAddress(request);
      return { badToken: toCoded(error) };
    }
    if (bearer.key) ofKey(bearer.key);
    else if (!bearer.rights.known) ofAddress(request);
    return { bearer };
  };
  return {
    limitsAddresses: anonymous !== undefined,
    charge(request) {
      const known = charged.get(request) ?? chargeOnce(request);
      charged.set(request, known);
      return known;
    },
    counts: () => ({ scopes, refused }),
  };
}

function tooMany({ requests, per }: Quota, wait: number): CodedError {
  const retryAfter = Math.max(1, Math.ceil(wait / 1000));
  return new CodedError(
    'RATE_LIMITED',
    `${requests} requests in ${per / 1000} s are allowed; the next one in ${retryAfter} s.`,
    { data: { retryAfter, allowed: requests, seconds: per / 1000 } },
  );
}

/** IPv4 as it is; of IPv6 the first 64 bits, which one household or server has to itself. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.toLowerCase().split('::', 2);
  const left = head.split(':').filter(group => group !== '');
  const right = tail?.split(':').filter(group => group !== '') ?? [];
  const gap = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(gap).fill('0'), ...right];
  return `${groups
    .slice(0, 4)
    .map(group => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
