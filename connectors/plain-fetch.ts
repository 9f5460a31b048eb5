import { CodedError } from '../schemas/errors.ts';
import type { FetchRequest, FetchResponse } from './connector.ts';

/** For tests of connectors: a request as the harvester answers it, without its manners, so that a real little site is asked at once. */
export async function plainFetch(request: FetchRequest, signal?: AbortSignal): Promise<FetchResponse> {
  signal?.throwIfAborted();
  const { url, method = 'GET', headers = {}, body, validators = {}, answers = [] } = request;
  const { etag, lastModified } = validators;
  const response = await fetch(url, {
    method,
    headers: {
      ...headers,
      ...(etag !== undefined && { 'if-none-match': etag }),
      ...(lastModified !== undefined && { 'if-modified-since': lastModified }),
    },
    ...(body !== undefined && { body }),
    ...(signal && { signal }),
  });
  const { status } = response;
  if (!response.ok && status !== 304 && !answers.includes(status)) {
    await response.body?.cancel();
    throw new CodedError(codeOf(status), `The site answered ${status}.`, { data: { status } });
  }
  const received = Object.fromEntries(response.headers);
  return {
    url: response.url,
    status,
    notModified: status === 304,
    headers: received,
    body: new Uint8Array(await response.arrayBuffer()),
    validators: {
      ...(received.etag !== undefined && { etag: received.etag }),
      ...(received['last-modified'] !== undefined && { lastModified: received['last-modified'] }),
    },
  };
}

function codeOf(status: number): 'SITE_NOT_FOUND' | 'SITE_GONE' | 'SITE_FAILED' | 'SITE_UNEXPECTED' {
  if (status === 404) return 'SITE_NOT_FOUND';
  if (status === 410) return 'SITE_GONE';
  return status >= 500 ? 'SITE_FAILED' : 'SITE_UNEXPECTED';
}
