import { type AnyNode, type Document, DomHandler, type Element, isTag } from 'domhandler';
import { parseHtml } from './parse-html.ts';

export type { AnyNode, Document, Element } from 'domhandler';

/** Characters of one page; the fetch stops at 16 MiB. */
const LONGEST = 8_000_000;

/** A page as a tree. Total and linear: unclosed, wrongly nested and cut-off mark-up gives a tree too. */
export function parsePage(html: string): Document {
  const handler = new DomHandler();
  parseHtml(
    html,
    {
      onopentag: (name, attributes) => handler.onopentag(name, attributes),
      onclosetag: () => handler.onclosetag(),
      ontext: text => handler.ontext(text),
    },
    LONGEST,
  );
  handler.onend();
  return handler.root;
}

export function isElement(node: AnyNode | null | undefined): node is Element {
  return node !== null && node !== undefined && isTag(node);
}

/** The node's elements in the page's order, itself not among them. No recursion: pages nest as deep as they like. */
export function* elementsIn(root: AnyNode): Iterable<Element> {
  const waiting: AnyNode[] = 'children' in root ? root.children.toReversed() : [];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if ('children' in node) for (const child of node.children.toReversed()) waiting.push(child);
    if (isElement(node)) yield node;
  }
}

/** The element's ancestors, nearest first. */
export function* ancestorsOf(node: AnyNode): Iterable<Element> {
  for (let above = node.parent; above; above = above.parent) if (isElement(above)) yield above;
}

const UNSEEN = new Set(['script', 'style', 'template', 'noscript', 'svg', 'iframe', 'object', 'head']);
const INLINE = new Set(
  'a abbr b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strong sub sup tt u var wbr'.split(
    ' ',
  ),
);

/** What people read of a node, white space folded, at most so many characters. */
export function textOf(root: AnyNode, most = 20_000): string {
  let text = '';
  const waiting: (AnyNode | ' ')[] = [root];
  for (let node = waiting.pop(); node !== undefined && text.length < most * 2; node = waiting.pop()) {
    if (node === ' ') text += ' ';
    else if (node.type === 'text') text += node.data;
    else if (node === root || !isElement(node) || !UNSEEN.has(node.name)) waiting.push(...partsOf(node));
  }
  return text.replace(/\s+/g, ' ').trim().slice(0, most);
}

/** Last first; what stands on a line of its own, between blanks. */
function partsOf(node: AnyNode): readonly (AnyNode | ' ')[] {
  if (!('children' in node)) return [];
  const inside = node.children.toReversed();
  return isElement(node) && !INLINE.has(node.name) ? [' ', ...inside, ' '] : inside;
}

/** Everything between the tags of a script, as it stands. */
export function rawTextOf(element: Element): string {
  return element.children.map(child => (child.type === 'text' ? child.data : '')).join('');
}

/** The address that relative references of the page start from: `<base href>`, once. */
export function baseOf(page: Document, url: string): string {
  for (const element of elementsIn(page)) {
    if (element.name === 'base' && element.attribs.href !== undefined)
      return URL.parse(element.attribs.href.trim(), url)?.href ?? url;
    if (element.name === 'body') break;
  }
  return url;
}
