import { registrableDomain } from '../../schemas/rules/addresses.ts';

/** Patterns of addresses with `*`, as operators write them: on the path and what follows, or on the whole address. */
export function fits(address: string, patterns: readonly string[]): boolean {
  const url = URL.parse(address);
  if (!url) return false;
  const path = decoded(url.pathname);
  const paths = [path, path + decoded(url.search)];
  return patterns.some(pattern => {
    const whole = /^https?:/i.test(pattern);
    const texts = whole ? paths.map(one => url.origin + one) : paths;
    return texts.some(text => matches(text, decoded(pattern), whole || pattern.startsWith('/')));
  });
}

/** Linear: each part between the stars is looked for after the one before. */
function matches(text: string, pattern: string, fromStart: boolean): boolean {
  const parts = pattern.split('*');
  const [first = '', ...rest] = parts;
  if (rest.length === 0)
    return fromStart ? text === first || text.startsWith(`${first}?`) : text.includes(first);
  let at = fromStart ? (text.startsWith(first) ? first.length : -1) : endOf(text, first, 0);
  if (at < 0) return false;
  const last = rest.pop() ?? '';
  for (const part of rest) {
    at = endOf(text, part, at);
    if (at < 0) return false;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

function endOf(text: string, part: string, from: number): number {
  const found = text.indexOf(part, from);
  return found < 0 ? -1 : found + part.length;
}

function decoded(text: string): string {
  try {
    return decodeURI(text).normalize('NFC');
  } catch {
    return text;
  }
}

/** One spelling of an address, to know it again by: without scheme, `www.`, tracking, fragment and last slash. */
export function keyOf(address: string): string {
  const url = URL.parse(address);
  if (!url) return address;
  const parameters = url.search
    .slice(1)
    .split('&')
    .filter(one => one !== '' && !/^(?:utm_\w{1,20}|fbclid|gclid|zalo_\w{1,20}|zarsrc|_gl)=/i.test(one));
  const query = parameters.length > 0 ? `?${parameters.join('&')}` : '';
  const route = /^#!?\//.test(url.hash) ? url.hash : '';
  return `${url.host.replace(/^www\./, '')}${url.pathname.replace(/\/$/, '')}${query}${route}`;
}

export function isFrontPage(address: string): boolean {
  const url = URL.parse(address);
  return (
    url !== null &&
    url.search === '' &&
    /^\/(?:(?:index|default)\.[a-z]{3,5}|home|trang-chu|vi|en)?\/?$/i.test(url.pathname)
  );
}

/** One host, or two of one registered domain; another port is another site. */
export function isSameSite(one: string, other: string): boolean {
  const [a, b] = [URL.parse(one), URL.parse(other)];
  if (!a || !b) return false;
  return (
    a.host === b.host ||
    (a.port === b.port && registrableDomain(a.hostname) === registrableDomain(b.hostname))
  );
}
