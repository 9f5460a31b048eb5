import { decodeHTMLAttribute } from 'entities/decode';

const MAX_ADDRESS = 4_096;
/** An address that parsing would give back as it stands; most are, and parsing each costs more than all the rest. */
const PLAIN =
  /^https?:\/\/[a-z0-9](?:[a-z0-9-]{0,62}\.){1,8}[a-z]{2,24}(?:\/[A-Za-z0-9\-._~/+=,;:@]*(?:\?[A-Za-z0-9\-._~/+=,;:@&?%]*)?(?:#[A-Za-z0-9\-._~/+=,;:@!]*)?)?$/;

const READ: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:', 'tel:']);
const SHOWN: ReadonlySet<string> = new Set(['http:', 'https:']);

/** Where a reader may go: absolute, without a password in it; undefined for any other scheme, however disguised. */
export function linkAddress(raw: string, base: string | undefined): string | undefined {
  return address(raw, base, READ);
}

/** What a page may show by itself: http and https only. */
export function mediaAddress(raw: string, base: string | undefined): string | undefined {
  return address(raw, base, SHOWN);
}

function address(raw: string, base: string | undefined, schemes: ReadonlySet<string>): string | undefined {
  const written = raw.trim();
  if (written === '' || written.length > MAX_ADDRESS) return undefined;
  if (PLAIN.test(written) && !written.includes('/.')) return written;
  // The URL standard's parser reads it as a browser would: control characters, blanks and case are its business.
  const url = URL.parse(written, base);
  if (!url || !schemes.has(url.protocol)) return undefined;
  if (url.username !== '' || url.password !== '') {
    url.username = '';
    url.password = '';
  }
  return url.href.length > MAX_ADDRESS ? undefined : url.href;
}

/** The value of an attribute as a browser reads it. */
export function attributeValue(written: string): string {
  return written.includes('&') ? decodeHTMLAttribute(written) : written;
}
