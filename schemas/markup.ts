/**
 * Text for XML and HTML that others must be able to read: whatever comes in, what goes out is well-formed.
 * XML 1.0, production 2: Char ::= #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF].
 */

// C1 controls are allowed by XML, but the W3C feed validator calls them bad characters.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the very characters to take out
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff]/g;

/** Only characters XML allows; lone surrogates become U+FFFD, line ends become LF. */
export function toXmlText(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, '\n').replace(FORBIDDEN, '');
}

/** For element content. `>` too, so that `]]>` never stands in it. */
export function escapeText(text: string): string {
  return toXmlText(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** For double-quoted attributes; white space as references, so that reading doesn't fold it. */
export function escapeAttribute(text: string): string {
  return escapeText(text)
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;')
    .replace(/\t/g, '&#9;')
    .replace(/\n/g, '&#10;');
}

/** RFC 3986's characters; the rest is percent-encoded on the way out. */
const NOT_URI = /[^A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]/g;
const STRAY_PERCENT = /%(?![0-9A-Fa-f]{2})/g;

/** An http(s) address as a strict reader takes it, undefined when it is none. */
export function toWebAddress(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  // The origin has no userinfo: addresses that carry a password are not for publishing.
  const rest = `${url.pathname}${url.search}${url.hash}`.replace(STRAY_PERCENT, '%25');
  return url.origin + rest.replace(NOT_URI, encodeURIComponent);
}

/** Media types as RFC 6838 writes them, lower case, without parameters. */
export function toMediaType(type: string | undefined): string | undefined {
  const bare = type?.split(';', 1)[0]?.trim().toLowerCase();
  return bare !== undefined &&
    /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/.test(bare)
    ? bare
    : undefined;
}

/** A language tag as Atom's schema takes it (RFC 4287's atomLanguageTag), undefined when it is none. */
export function toLanguageTag(language: string | undefined): string | undefined {
  return language !== undefined && /^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,9}$/.test(language)
    ? language
    : undefined;
}
