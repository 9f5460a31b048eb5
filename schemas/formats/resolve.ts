const ABSOLUTE = /^https?:\/\/[^\s\\]+$/i;
const MAX_ADDRESS = 4_096;

/**
 * A web address as written, made absolute by the base: http and https only, anything else is absent. An address that
 * is absolute already is left as its publisher spells it; normalising is another room's work.
 */
export function resolve(reference: string | undefined, base?: string): string | undefined {
  const written = reference && tidy(reference, base);
  if (!written || written.length > MAX_ADDRESS) return undefined;
  if (ABSOLUTE.test(written)) return URL.canParse(written) ? written : undefined;
  const parsed = URL.parse(written, base);
  return parsed && (parsed.protocol === 'http:' || parsed.protocol === 'https:') ? parsed.href : undefined;
}

/** Escaped once too often, or begun with the site's name: no page is called `www.bao.vn` on its own site. */
function tidy(reference: string, base: string | undefined): string {
  const plain = reference.trim().replaceAll('&amp;', '&');
  const host = base === undefined ? undefined : URL.parse(base)?.host;
  const startsWithHost =
    /^www\.[\w-]+\.[\w.-]+(?:[/?#:]|$)/i.test(plain) || (host && plain.startsWith(`${host}/`));
  return startsWithHost ? `${URL.parse(base ?? '')?.protocol ?? 'https:'}//${plain}` : plain;
}
