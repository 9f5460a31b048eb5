import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { type AddressGuard, addressRefused } from './addresses.ts';

/** Asks the system's resolver, or in tests a resolver of the test's own. */
export type Resolve = (
  hostname: string,
  done: (error: Error | null, addresses: readonly LookupAddress[]) => void,
) => void;

export const resolveBySystem: Resolve = (hostname, done) => {
  systemLookup(hostname, { all: true, order: 'verbatim' }, (error, addresses) =>
    done(error, addresses ?? []),
  );
};

export interface ConnectOptions {
  readonly guard: AddressGuard;
  readonly resolve: Resolve;
  /** Milliseconds until a connection must stand, TLS included. */
  readonly timeout: number;
  /** Certificates to trust instead of the system's, PEM. Operators add theirs by NODE_EXTRA_CA_CERTS. */
  readonly ca?: string;
}

/**
 * undici's connector, which goes only where the guard permits. The addresses that were checked are the addresses
 * that are connected to: a name that answers differently the next time (DNS rebinding) gains nothing.
 */
export function guardedConnector({ guard, resolve, timeout, ca }: ConnectOptions): buildConnector.connector {
  const dials = new Map<number, buildConnector.connector>();

  /** One for each usual port, because it remembers TLS sessions; the port is not known to a lookup otherwise. */
  function dialOf(port: number): buildConnector.connector {
    const known = dials.get(port);
    if (known) return known;
    const lookup = guardedLookup(guard, resolve, port);
    const dial = buildConnector({ timeout, allowH2: false, lookup, ...(ca === undefined ? {} : { ca }) });
    if (dials.size < MOST_DIALS) dials.set(port, dial);
    return dial;
  }

  return function connect(target, callback) {
    const port = Number(target.port) || (target.protocol === 'https:' ? 443 : 80);
    const hostname = target.hostname.replace(/^\[|\]$/g, '');
    // A literal address is connected to without a lookup, so it is checked here.
    if (isIP(hostname) !== 0 && !guard.permits(hostname, port, hostname)) {
      callback(addressRefused(`${target.hostname}:${port}`, 'address'), null);
      return;
    }
    dialOf(port)(target, callback);
  };
}

const MOST_DIALS = 100;

function guardedLookup(guard: AddressGuard, resolve: Resolve, port: number): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const open = addresses.filter(({ address }) => guard.permits(hostname, port, address));
      const [first] = open;
      if (!first) return callback(addressRefused(`${hostname}:${port}`, 'address'), '', 0);
      if (options.all) return callback(null, open);
      callback(null, first.address, first.family);
    });
  };
}
