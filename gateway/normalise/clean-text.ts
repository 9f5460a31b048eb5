/** What has no place in a text: controls, halves of characters, invisible marks and marks that turn the direction. */
const UNWANTED =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the very characters to take out
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff]/;
const UNWANTED_ALL = new RegExp(UNWANTED.source, 'g');
const MARKUP = /[&<>]/;
/** Most text by far: ASCII, composed letters, the signs of print. One look instead of four. */
const QUIET = /^[\t\n -~\u00a0\u00ab\u00bb\u00c0-\u02ff\u1ea0-\u1ef9\u2013\u2014\u2018-\u201d\u2026]*$/;

/** Is this text its own NFC, well-formed, and free of all that `wanted` takes out? */
export function isQuiet(text: string): boolean {
  return QUIET.test(text);
}

/** XML's characters only, well-formed, line ends as LF, nothing invisible. */
export function wanted(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  if (!UNWANTED.test(whole)) return whole;
  return whole.replace(/\r\n?|\f|\v/g, '\n').replace(UNWANTED_ALL, '');
}

/** More marks on one letter than any language writes. */
const PILED = /(\p{M}{8})\p{M}+/gu;

/** NFC. Piles of marks are cut first: composing takes the square of their height, minutes for a hostile page. */
export function composed(text: string): string {
  return isQuiet(text) ? text : text.replace(PILED, '$1').normalize('NFC');
}

/**
 * Text as element content. A combining stroke that NFC leaves alone is written as a reference, because whoever composes the
 * page later would make one character of it and the `>` of a tag before it, and what follows would be attributes.
 */
export function toMarkup(text: string): string {
  return escaped(composed(text)).replaceAll('\u0338', '&#824;');
}

/** Quiet text as element content. */
export function escaped(text: string): string {
  if (!MARKUP.test(text)) return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Text as the value of an attribute in double quotes. */
export function toAttribute(text: string): string {
  return escaped(composed(text)).replaceAll('"', '&quot;');
}

/** The first `length` code units of a text, never half a character. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}
