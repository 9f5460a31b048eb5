const OPEN = '<![CDATA[';
const END = ']]>';
/** The end of an entry as a feed has it: followed by the next, or by the end of the list. */
const ENTRY_END =
  /<\/(?:\w{1,20}:)?(?:item|entry)>(?=\s{0,50}<(?:\w{1,20}:)?(?:item|entry|\/channel|\/feed|\/rss|\/rdf)[\s>])/gi;
const TAG_BEFORE = /<([A-Za-z_][\w:.-]{0,60})(?:\s[^<>]{0,200})?>\s{0,20}$/;

/**
 * A CDATA section that reaches over the end of its entry, into the next section or to the end of the document, was
 * never closed: it is made to end where its element does. Every search goes forward only, so that a document of
 * nothing but openings costs one pass.
 */
export function closeCdata(text: string, repaired: string[]): string {
  const parts: string[] = [];
  let copied = 0;
  let entryEnd = -1;
  let at = text.indexOf(OPEN);
  while (at >= 0) {
    const end = indexOr(text, END, at);
    if (entryEnd < at) entryEnd = entryEndAfter(text, at);
    if (entryEnd >= end || (end < text.length && indexOr(text, OPEN, at + OPEN.length) > end)) {
      at = end >= text.length ? -1 : text.indexOf(OPEN, end);
      continue;
    }
    const close = elementEnd(text, at, entryEnd);
    if (close < 0) {
      at = text.indexOf(OPEN, entryEnd);
      continue;
    }
    parts.push(text.slice(copied, close), END);
    copied = close;
    at = text.indexOf(OPEN, close);
  }
  if (parts.length === 0) return text;
  repaired.push('Có khối CDATA không được đóng.');
  return parts.join('') + text.slice(copied);
}

function indexOr(text: string, part: string, from: number): number {
  const at = text.indexOf(part, from);
  return at < 0 ? text.length : at;
}

function entryEndAfter(text: string, from: number): number {
  ENTRY_END.lastIndex = from;
  return ENTRY_END.exec(text)?.index ?? text.length;
}

/** Where the element ends in which the section began; -1 when its entry doesn't tell, and so proves nothing. */
function elementEnd(text: string, open: number, entryEnd: number): number {
  const name = TAG_BEFORE.exec(text.slice(Math.max(0, open - 300), open))?.[1];
  const inEntry = name === undefined ? -1 : text.slice(open, entryEnd).indexOf(`</${name}>`);
  return inEntry < 0 ? -1 : open + inEntry;
}
