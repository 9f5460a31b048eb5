import type { FetchRequest, Validators } from '../../connectors/connector.ts';
import { CodedError } from '../../schemas/errors.ts';
import type { Hop } from './redirects.ts';

/**
 * What is sent first. A name and password in the address become basic authentication.
 *
 * @throws CodedError BAD_INPUT for what is no address
 */
export function firstHop({
  url: address,
  method = 'GET',
  headers = {},
  body,
  validators,
}: FetchRequest): Hop {
  const url = URL.parse(address);
  if (!url) {
    throw new CodedError('BAD_INPUT', 'This is not an address.', { data: { vi: 'Địa chỉ không hợp lệ.' } });
  }
  const lower = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const known = url.username || url.password ? { authorization: basic(url), ...lower } : lower;
  url.username = '';
  url.password = '';
  url.hash = '';
  return {
    url,
    method,
    headers: { ...known, ...(method === 'POST' ? {} : conditions(validators)) },
    ...(body === undefined ? {} : { body }),
  };
}

function basic({ username, password }: URL): string {
  return `Basic ${Buffer.from(`${unescaped(username)}:${unescaped(password)}`).toString('base64')}`;
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function conditions({ etag, lastModified }: Validators = {}): Record<string, string> {
  return {
    ...(isValidator(etag) ? { 'if-none-match': etag } : {}),
    ...(isValidator(lastModified) ? { 'if-modified-since': lastModified } : {}),
  };
}

/** What can be sent back as it came: printable ASCII of a sane length. */
export function isValidator(value: string | undefined): value is string {
  return value !== undefined && value.length <= 1_024 && /^[\x20-\x7e]+$/.test(value);
}
