import { decodeHTML } from 'entities';

/**
 * WordPress gives titles and names as HTML with bare `<` in it: `Lãi suất <5% &#038; giảm`. The tags of HTML go, any other
 * `<` is what the author wrote, and entities are decoded exactly once.
 */
export function plainText(rendered: string): string {
  const short = rendered.slice(0, LONGEST);
  const withoutCode = short.replace(/<(script|style)\b[^<>]{0,500}>[\s\S]{0,4000}?<\/\1\s{0,9}>/gi, '');
  const withoutTags = withoutCode.replace(
    /<\/?([a-z][a-z0-9]{0,10})(?:\s[^<>]{0,1000})?\/?>/gi,
    (tag, name: string) => (ELEMENTS.has(name.toLowerCase()) ? '' : tag),
  );
  return decodeHTML(withoutTags).trim();
}

const LONGEST = 10_000;

/** What people put in a title, and what must not stay in one. */
const ELEMENTS = new Set(
  (
    'a abbr acronym article aside audio b base bdi bdo big blockquote body br button canvas center cite code ' +
    'dd del details dfn div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 ' +
    'h4 h5 h6 head header hr html i iframe img input ins kbd label legend li link main map mark marquee math menu ' +
    'meta nav noscript object ol option p param picture pre q rp rt ruby s samp script section select small ' +
    'source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time ' +
    'title tr track tt u ul var video wbr'
  ).split(' '),
);
