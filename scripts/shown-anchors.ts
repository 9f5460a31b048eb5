// Readers differ in what they leave of a link whose address is refused: some keep `<a href="">`, our cleaner keeps the
// words only. So that the two can be compared, this puts the empty element back, and only that.
const REFUSED = 'https://refused.invalid/';
const MISSING = 'https://missing.invalid/';
const ANCHOR = /<a(?=[\s>])([^<>]{0,4000})>/gi;
const ADDRESS = /(\shref\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)/i;

/** Cleaned HTML with the anchors that cleaning unwrapped; the cleaned HTML itself wherever more than those differs. */
export function withEmptyAnchors(html: string, clean: (html: string) => string): string {
  const cleaned = clean(html);
  if (!/<a[\s>]/i.test(html)) return cleaned;
  const marked = clean(html.replace(ANCHOR, (tag, attributes: string) => marking(tag, attributes, clean)));
  const shown = marked.replaceAll(`href="${REFUSED}"`, 'href=""').replaceAll(` href="${MISSING}"`, '');
  return unwrapped(shown) === cleaned ? shown : cleaned;
}

function marking(tag: string, attributes: string, clean: (html: string) => string): string {
  if (clean(`${tag}x</a>`).includes('<a')) return tag;
  const isThere = ADDRESS.test(attributes);
  return isThere
    ? `<a${attributes.replace(ADDRESS, `$1"${REFUSED}"`)}>`
    : `<a href="${MISSING}"${attributes}>`;
}

function unwrapped(html: string): string {
  return html.replace(EMPTY_ANCHOR, '$1');
}

const EMPTY_ANCHOR = /<a(?![^<>]* href="[^"])[^<>]*>((?:(?!<\/a>)[\s\S])*)<\/a>/g;
