import { Tokenizer } from 'htmlparser2';
import type { RepairedXml } from './repair.ts';
import { repairXml } from './repair.ts';
import { TreeBuilder } from './xml-tree.ts';

/** An element of a document that need not have been well-formed. */
export interface XmlElement {
  /** Short name of its namespace (namespaces.ts); `rss` or `atom` for a feed's own elements. */
  readonly ns: string;
  /** Local name in lower case. */
  readonly name: string;
  /** Name as written, prefix included. */
  readonly written: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly (XmlElement | string)[];
  /** From `xml:base` here or above, absolute where the document's own address is known. */
  readonly base: string | undefined;
  /** The same, but only where some `xml:base` says it. */
  readonly saidBase: string | undefined;
  /** From `xml:lang` here or above. */
  readonly language: string | undefined;
  /** The document ended before the element did. */
  readonly cut: boolean;
}

export interface XmlAttribute {
  readonly ns: string;
  readonly name: string;
  readonly written: string;
  readonly value: string;
}

export interface XmlDocument {
  readonly root: XmlElement | undefined;
  /** The document ended in the middle. */
  readonly cut: boolean;
  readonly repaired: readonly string[];
}

/** Text → tree. Total: tags that don't match, entities nobody declared and a missing end are repaired and told. */
export function parseXml(text: string, base?: string): XmlDocument {
  const repaired: RepairedXml = repairXml(text);
  const builder = new TreeBuilder(repaired, base);
  const tokenizer = new Tokenizer({ xmlMode: true, decodeEntities: false }, builder);
  builder.whenFull = () => tokenizer.pause();
  tokenizer.write(repaired.text);
  tokenizer.end();
  return builder.finish();
}

/** Value of an attribute by local name, whatever its prefix; one without a prefix wins. */
export function attribute(element: XmlElement, name: string, ns = ''): string | undefined {
  let other: string | undefined;
  for (const entry of element.attributes) {
    if (entry.name !== name) continue;
    if (entry.ns === ns) return entry.value;
    if (ns === '') other ??= entry.value;
  }
  return other;
}

export function elements(parent: XmlElement | undefined): XmlElement[] {
  return parent ? parent.children.filter(child => typeof child !== 'string') : [];
}

export function all(parent: XmlElement | undefined, ns: string, name: string): XmlElement[] {
  const found: XmlElement[] = [];
  for (const child of parent?.children ?? []) {
    if (typeof child !== 'string' && child.name === name && child.ns === ns) found.push(child);
  }
  return found;
}

/** The element without its children of that name: what a feed says of itself stands among thousands of entries. */
export function without(parent: XmlElement, name: string): XmlElement {
  return {
    ...parent,
    children: parent.children.filter(child => typeof child !== 'string' && child.name !== name),
  };
}

export function first(parent: XmlElement | undefined, ns: string, name: string): XmlElement | undefined {
  if (!parent) return undefined;
  for (const child of parent.children) {
    if (typeof child !== 'string' && child.name === name && child.ns === ns) return child;
  }
  return undefined;
}

/** All text in an element, trimmed; absent when there is none. */
export function textOf(element: XmlElement | undefined): string | undefined {
  if (!element) return undefined;
  return rawTextOf(element).trim() || undefined;
}

/** Text of the first child of that name that has any. */
export function childText(parent: XmlElement | undefined, ns: string, name: string): string | undefined {
  if (!parent) return undefined;
  for (const child of parent.children) {
    if (typeof child === 'string' || child.name !== name || child.ns !== ns) continue;
    const text = textOf(child);
    if (text) return text;
  }
  return undefined;
}

/** Text of the last child of that name: where a site repeats what may stand once, the later one corrects the first. */
export function lastText(parent: XmlElement, ns: string, name: string): string | undefined {
  return all(parent, ns, name).map(textOf).findLast(Boolean);
}

export function rawTextOf(element: XmlElement): string {
  const [only] = element.children;
  if (element.children.length === 1 && typeof only === 'string') return only;
  return element.children.map(child => (typeof child === 'string' ? child : rawTextOf(child))).join('');
}
