import type { TokenizerCallbacks } from 'htmlparser2';
import type { RepairedXml } from './repair.ts';
import { resolve } from './resolve.ts';
import type { XmlAttribute, XmlDocument, XmlElement } from './xml.ts';
import { NO_PREFIXES, type Scope, type SplitName, scopeOf, XmlNames, xmlValue } from './xml-names.ts';
import { XmlTextDecoder } from './xml-text.ts';

const MAX_DEPTH = 1_000;
const MAX_NODES = 500_000;
const MAX_ATTRIBUTES = 256;

interface OpenElement extends XmlElement {
  children: (XmlElement | string)[];
  cut: boolean;
}

interface Frame {
  readonly element: OpenElement;
  readonly scope: Scope;
}

/** Builds the tree from the tokenizer's calls; every call costs the same whatever came before it. */
export class TreeBuilder implements TokenizerCallbacks {
  whenFull: () => void = () => {};
  readonly #text: string;
  readonly #decoder: XmlTextDecoder;
  readonly #notes: Set<string>;
  readonly #names: XmlNames;
  readonly #documentBase: string | undefined;
  readonly #stack: Frame[] = [];
  /** How many elements of each written name are open, so that a stray end tag costs nothing. */
  readonly #open = new Map<string, number>();
  #root: OpenElement | undefined;
  #nodes = 0;
  #full = false;
  /** Elements open below the greatest depth: counted, not kept. */
  #tooDeep = 0;
  #tagName = '';
  #tagStart = 0;
  #attributeName = '';
  #attributeValue = '';
  #attributes: [string, string][] = NO_PAIRS;

  constructor(source: RepairedXml, base: string | undefined) {
    this.#text = source.text;
    this.#notes = new Set(source.repaired);
    this.#names = new XmlNames(this.#notes);
    this.#decoder = new XmlTextDecoder(source.entities, this.#notes);
    this.#documentBase = base;
  }

  finish(): XmlDocument {
    const unfinished = this.#stack.length > 0 || this.#full;
    for (const { element } of this.#stack) element.cut = true;
    if (unfinished) this.#notes.add('Tài liệu bị cắt giữa chừng: bỏ phần dở dang ở cuối.');
    return { root: this.#root, cut: unfinished, repaired: [...this.#notes] };
  }

  onopentagname(start: number, end: number): void {
    this.#tagName = this.#text.slice(start, end);
    this.#tagStart = start - 1;
    this.#attributes = NO_PAIRS;
  }

  onattribname(start: number, end: number): void {
    this.#attributeName = this.#text.slice(start, end);
    this.#attributeValue = '';
  }

  onattribdata(start: number, end: number): void {
    this.#attributeValue += this.#text.slice(start, end);
  }

  onattribentity(): void {}

  onattribend(quote: number): void {
    if (quote < QUOTED) this.#notes.add('Có thuộc tính không đặt trong dấu nháy.');
    if (this.#attributes.length >= MAX_ATTRIBUTES) return;
    if (this.#attributes === NO_PAIRS) this.#attributes = [];
    this.#attributes.push([this.#attributeName, this.#decoder.decode(this.#attributeValue)]);
  }

  onopentagend(end: number): void {
    this.#openTag(end, false);
  }

  onselfclosingtag(end: number): void {
    this.#openTag(end, true);
  }

  onclosetag(start: number, end: number): void {
    const name = this.#text.slice(start, end);
    if (this.#tooDeep > 0) {
      this.#tooDeep--;
      return;
    }
    if (!this.#open.get(name)) {
      this.#notes.add('Có thẻ đóng không khớp với thẻ mở.');
      return;
    }
    while (this.#stack.length > 0) {
      const written = this.#pop();
      if (written === name) return;
      this.#notes.add('Có thẻ đóng không khớp với thẻ mở.');
    }
  }

  ontext(start: number, end: number): void {
    if (this.#stack.length === 0) return;
    if (this.#text.startsWith('<', start)) this.#notes.add(BARE_LESS_THAN);
    this.#append(this.#decoder.decode(this.#text.slice(start, end)));
  }

  ontextentity(): void {}

  oncdata(start: number, end: number, endOffset: number): void {
    if (endOffset === 0) this.#notes.add('Có khối CDATA không được đóng.');
    this.#append(this.#text.slice(start, end - endOffset));
  }

  oncomment(): void {}
  ondeclaration(): void {}
  onend(): void {}

  onprocessinginstruction(start: number, end: number): void {
    const isDeclaration = this.#text.startsWith('?xml ', start) && end - start < 200;
    if (isDeclaration && this.#root) this.#notes.add('Bỏ khai báo XML viết hai lần.');
  }

  #openTag(end: number, selfClosing: boolean): void {
    if (this.#full) return;
    if (!NAME_START.test(this.#tagName)) {
      this.#notes.add(BARE_LESS_THAN);
      this.#append(this.#text.slice(this.#tagStart, end + 1));
      return;
    }
    // Nothing after the document's end belongs to it.
    if (this.#stack.length === 0 && this.#root) return;
    if (this.#tooDeep > 0 || this.#stack.length >= MAX_DEPTH) {
      this.#notes.add('Tài liệu lồng quá sâu: bỏ các phần nằm dưới 1.000 tầng.');
      if (!selfClosing) this.#tooDeep++;
      return;
    }
    this.#push(selfClosing);
  }

  #push(selfClosing: boolean): void {
    const name = this.#names.split(this.#tagName);
    this.#endForgotten(name);
    const top = this.#stack.at(-1);
    const scope = scopeOf(this.#attributes, top?.scope ?? NO_PREFIXES);
    if (!this.#root) this.#names.beginWith(name, scope);
    const parent = top?.element;
    const attributes = this.#names.attributesOf(this.#attributes, scope);
    const base = baseOf(attributes, parent ? parent.base : this.#documentBase);
    const isSaid = xmlValue(attributes, 'base') !== undefined;
    const element: OpenElement = {
      ns: this.#names.namespaceOf(name.prefix, scope),
      name: name.lower,
      written: this.#tagName,
      attributes,
      children: [],
      base,
      saidBase: isSaid ? base : parent?.saidBase,
      language: xmlValue(attributes, 'lang')?.trim() || parent?.language,
      cut: false,
    };
    if (parent) parent.children.push(element);
    this.#root ??= element;
    this.#count();
    if (selfClosing) return;
    this.#stack.push({ element, scope });
    this.#open.set(this.#tagName, (this.#open.get(this.#tagName) ?? 0) + 1);
  }

  /** An `<item>` right inside an `<item>`, a `<link>` inside a `<title>`: the first was never closed. */
  #endForgotten({ prefix, lower }: Pick<SplitName, 'prefix' | 'lower'>): void {
    const top = this.#stack.at(-1)?.element;
    if (!top) return;
    const isSame = top.written === this.#tagName && ENTRIES.has(top.name);
    const isNextField = LEAVES.has(top.name) && FIELDS.has(lower) && prefixOf(top.written) === prefix;
    if (!isSame && !(isNextField && ENTRIES_AND_FEEDS.has(this.#stack.at(-2)?.element.name ?? ''))) return;
    this.#notes.add('Có phần tử không được đóng trước khi phần tử sau bắt đầu.');
    this.#pop();
    this.#endForgotten({ prefix, lower });
  }

  #pop(): string {
    const written = this.#stack.pop()?.element.written ?? '';
    const open = this.#open.get(written) ?? 0;
    if (open <= 1) this.#open.delete(written);
    else this.#open.set(written, open - 1);
    return written;
  }

  #append(text: string): void {
    if (this.#tooDeep > 0 || text === '') return;
    const element = this.#stack.at(-1)?.element;
    if (!element) return;
    element.children.push(text);
    this.#count();
  }

  #count(): void {
    this.#nodes++;
    if (this.#nodes < MAX_NODES || this.#full) return;
    this.#full = true;
    this.#notes.add('Tài liệu có quá nhiều phần tử: chỉ đọc 500.000 phần tử đầu.');
    this.whenFull();
  }
}

/** The tokenizer's `QuoteType`: 0 no value, 1 unquoted, from 2 on quoted. */
const QUOTED = 2;

const BARE_LESS_THAN = 'Có dấu < viết thẳng trong văn bản.';
const NAME_START = /^[A-Za-z_:\u0080-\uffff]/;

const ENTRIES: ReadonlySet<string> = new Set(['item', 'entry']);
const ENTRIES_AND_FEEDS: ReadonlySet<string> = new Set(['item', 'entry', 'channel', 'feed']);
/** Elements that hold no other elements of the feed, and those that may follow them. */
const LEAVES: ReadonlySet<string> = new Set([
  'title',
  'link',
  'guid',
  'pubdate',
  'id',
  'updated',
  'published',
]);
const FIELDS: ReadonlySet<string> = new Set(
  'title link guid pubdate id updated published description summary content category enclosure item entry'.split(
    ' ',
  ),
);

function prefixOf(written: string): string {
  const colon = written.indexOf(':');
  return colon < 0 ? '' : written.slice(0, colon);
}

const NO_PAIRS: [string, string][] = [];

function baseOf(attributes: readonly XmlAttribute[], inherited: string | undefined): string | undefined {
  const own = xmlValue(attributes, 'base');
  return own === undefined ? inherited : (resolve(own, inherited) ?? inherited);
}
