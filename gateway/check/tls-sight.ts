import { connect as connectTcp, isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { isPrivateHost } from '../../schemas/rules/addresses.ts';
import type { Facts, TlsSight } from '../../schemas/rules/facts.ts';
import type { Outing } from './outing.ts';

const TIMEOUT = 5_000;

type Reach = Pick<Outing, 'guard' | 'resolve' | 'ca' | 'deadline'>;

/**
 * The certificate and protocol that `https://host/` shows. Undefined where nothing can be told: the address may not
 * be asked, the name doesn't resolve, or nobody answers in time. A refused connection is a site without https.
 */
export async function seeTls(home: URL, reach: Reach): Promise<Omit<TlsSight, 'httpLeadsTo'> | undefined> {
  const host = plainHost(home);
  // In a private network there are no public certificates: what is served over http there is nobody's fault.
  if (home.protocol === 'http:' && isPrivateHost(home.hostname)) return undefined;
  const port = home.protocol === 'https:' && home.port !== '' ? Number(home.port) : 443;
  const [address] = await permitted(host, port, reach);
  if (address === undefined) return undefined;
  return new Promise(resolve => {
    const socket = connectTls({
      host: address,
      port,
      // An address has no name to ask for (RFC 6066, 3).
      ...(isIP(host) === 0 && { servername: host }),
      rejectUnauthorized: false,
      minVersion: 'TLSv1',
      ...(reach.ca !== undefined && { ca: reach.ca }),
    });
    const end = (sight: Omit<TlsSight, 'httpLeadsTo'> | undefined) => {
      socket.destroy();
      resolve(sight);
    };
    socket.setTimeout(TIMEOUT, () => end(undefined));
    reach.deadline.addEventListener('abort', () => end(undefined), { once: true });
    socket.once('error', (error: NodeJS.ErrnoException) =>
      end(NO_HTTPS.test(error.code ?? '') ? { valid: false, fault: error.code ?? 'refused' } : undefined),
    );
    socket.once('secureConnect', () => {
      const { valid_to: validTo } = socket.getPeerCertificate();
      const fault = socket.authorizationError as Error | string | undefined | null;
      const until = Date.parse(validTo ?? '');
      const protocol = socket.getProtocol();
      end({
        valid: socket.authorized,
        ...(!socket.authorized && { fault: nameOf(fault) }),
        ...(protocol && { protocol }),
        ...(Number.isFinite(until) && { validTo: until }),
      });
    });
  });
}

/** What is there but doesn't speak TLS, or refuses to be connected to. */
const NO_HTTPS = /^(?:ECONNREFUSED|EPROTO|ERR_SSL)/;

function nameOf(fault: Error | string | undefined | null): string {
  if (fault instanceof Error) return 'code' in fault ? String(fault.code) : fault.message.slice(0, 100);
  return fault ?? 'unauthorised';
}

/**
 * AAAA records, and whether 443 answers there. A machine without IPv6 of its own leaves the second untold. Undefined
 * for addresses without a name and where the resolver doesn't answer.
 */
export async function seeDns(home: URL, reach: Reach): Promise<Facts['dns'] | undefined> {
  const host = plainHost(home);
  if (isIP(host) !== 0 || isPrivateHost(host)) return undefined;
  const all = await addressesOf(host, reach);
  if (all === undefined) return undefined;
  const aaaa = all.filter(address => isIP(address) === 6);
  const port = home.protocol === 'https:' && home.port !== '' ? Number(home.port) : 443;
  const [first] = aaaa.filter(address => reach.guard.permits(host, port, address));
  if (first === undefined) return { aaaa };
  const answers = await answersOn(first, port, reach.deadline);
  return { aaaa, ...(answers !== undefined && { answersOnV6: answers }) };
}

function answersOn(address: string, port: number, signal: AbortSignal): Promise<boolean | undefined> {
  return new Promise(resolve => {
    const socket = connectTcp({ host: address, port, family: 6 });
    const end = (answers: boolean | undefined) => {
      socket.destroy();
      resolve(answers);
    };
    socket.setTimeout(TIMEOUT, () => end(undefined));
    signal.addEventListener('abort', () => end(undefined), { once: true });
    socket.once('connect', () => end(true));
    // Only the other side's own refusal says something of it; no route says something of us.
    socket.once('error', (error: NodeJS.ErrnoException) =>
      end(error.code === 'ECONNREFUSED' ? false : undefined),
    );
  });
}

async function permitted(host: string, port: number, reach: Reach): Promise<string[]> {
  if (isIP(host) !== 0) return reach.guard.permits(host, port, host) ? [host] : [];
  const addresses = (await addressesOf(host, reach)) ?? [];
  const open = addresses.filter(address => reach.guard.permits(host, port, address));
  // IPv4 first: whether IPv6 works is another rule's question.
  return open.toSorted((a, b) => isIP(a) - isIP(b));
}

function addressesOf(host: string, { resolve }: Reach): Promise<string[] | undefined> {
  return new Promise(done => {
    resolve(host, (error, addresses) => done(error ? undefined : addresses.map(({ address }) => address)));
  });
}

function plainHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}
