import type { IncomingMessage } from 'node:http';
import proxyAddress from 'proxy-addr';

/** Is the proxy at this address trusted to say who stands before it? */
export type Trusts = (address: string, hop: number) => boolean;

/** Who asks, as Express' `req.ip` tells it: X-Forwarded-For counts only from proxies that are trusted. */
export function addressOf(request: IncomingMessage, trusts: Trusts): string {
  if (request.headers['x-forwarded-for'] === undefined) return request.socket.remoteAddress ?? '';
  return proxyAddress(request, trusts) ?? '';
}
