import { readPage } from '../../schemas/rules/page-facts.ts';

/**
 * Our own cleaned HTML without some of its pictures: by their number in the text, or by their address. A figure that
 * held nothing else goes with its caption. Works on the cleaner's output only, whose tags are written in one way.
 */
export function withoutImages(
  html: string,
  { indexes, urls }: { readonly indexes: readonly number[]; readonly urls: ReadonlySet<string> },
): { readonly html: string; readonly urls: readonly string[] } {
  if (indexes.length === 0 && urls.size === 0) return { html, urls: [] };
  const addresses = readPage(html, 'https://invalid.example/').images.map(({ src }) => src);
  const lost: string[] = [];
  let index = -1;
  const gone = (tag: string): boolean => {
    index += 1;
    const src = addresses[index];
    const out = indexes.includes(index) || (src !== undefined && urls.has(src));
    if (out && src !== undefined) lost.push(src);
    return out || [...urls].some(url => tag.includes(`"${escaped(url)}"`));
  };
  const without = html.replace(/<img\b[^>]*>/g, tag => (gone(tag) ? GONE : tag));
  return { html: withoutEmptyFigures(without).replaceAll(GONE, ''), urls: lost };
}

/** No element of the cleaner's. */
const GONE = '<gone>';

export function withoutAllImages(html: string): string {
  return withoutEmptyFigures(html.replace(/<img\b[^>]*>/g, GONE)).replaceAll(GONE, '');
}

function withoutEmptyFigures(html: string): string {
  return html.replace(/<figure\b[^>]*>(?:(?!<\/figure>)[\s\S])*<\/figure>/g, figure =>
    figure.includes(GONE) && !/<(?:img|video|audio|table|iframe)\b/.test(figure) ? '' : figure,
  );
}

function escaped(url: string): string {
  return url.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}
