import { type AnyNode, type Document, DomHandler, type Element, isTag } from 'domhandler';
import { parseHtml } from './parse-html.ts';

export type { AnyNode, Document, Element } from 'domhandler';

/** Characters of one page; the fetch stops at 16 MiB. */
const LONGEST = 8_000_000;

/** A page as a tree. Total and linear: unclosed, wrongly nested and cut-off mark-up gives a tree too. */
export function parsePage(html: string): Document {
  const builder = new TreeBuilder();
  parseHtml(
    html,
    {
      onopentag: (name, attributes) => builder.open(name, attributes),
      onclosetag: () => builder.close(),
      ontext: text => builder.text(text),
    },
    LONGEST,
  );
  return builder.end();
}

/**
 * What a start tag closes although something unclosed stands inside it (`<tr><td><font>…<tr>`), and what it never reaches
 * beyond: HTML, 13.2.6.4. The parser itself only closes what is innermost.
 */
const CLOSES: Readonly<
  Record<string, { readonly closes: ReadonlySet<string>; readonly within: ReadonlySet<string> }>
> = {
  td: { closes: new Set(['td', 'th']), within: new Set(['table', 'tr']) },
  th: { closes: new Set(['td', 'th']), within: new Set(['table', 'tr']) },
  tr: { closes: new Set(['tr']), within: new Set(['table']) },
  tbody: { closes: new Set(['thead', 'tbody']), within: new Set(['table']) },
  tfoot: { closes: new Set(['thead', 'tbody']), within: new Set(['table']) },
  li: { closes: new Set(['li']), within: new Set(['ul', 'ol', 'table', 'div']) },
  dt: { closes: new Set(['dt', 'dd']), within: new Set(['dl', 'table', 'div']) },
  dd: { closes: new Set(['dt', 'dd']), within: new Set(['dl', 'table', 'div']) },
  a: { closes: new Set(['a']), within: new Set(['table', 'td', 'th', 'div', 'li']) },
};
/** Open elements that are looked at for one start tag. */
const NEAREST = 60;

/** Makes the tree; an element that is closed early here is skipped when the parser closes it. */
class TreeBuilder {
  readonly #handler = new DomHandler();
  readonly #stack: { readonly name: string; open: boolean }[] = [];

  open(name: string, attributes: Record<string, string>): void {
    const rule = CLOSES[name];
    if (rule) this.#closeNearest(rule.closes, rule.within);
    this.#stack.push({ name, open: true });
    this.#handler.onopentag(name, attributes);
  }

  close(): void {
    if (this.#stack.pop()?.open) this.#handler.onclosetag();
  }

  text(text: string): void {
    this.#handler.ontext(text);
  }

  end(): Document {
    this.#handler.onend();
    return this.#handler.root;
  }

  #closeNearest(closes: ReadonlySet<string>, within: ReadonlySet<string>): void {
    const end = Math.max(0, this.#stack.length - NEAREST);
    for (let at = this.#stack.length - 1; at >= end; at--) {
      const { name = '', open = false } = this.#stack[at] ?? {};
      if (!open) continue;
      if (within.has(name)) return;
      if (closes.has(name)) {
        this.#closeFrom(at);
        return;
      }
    }
  }

  #closeFrom(at: number): void {
    for (const one of this.#stack.slice(at).filter(({ open }) => open)) {
      one.open = false;
      this.#handler.onclosetag();
    }
  }
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
