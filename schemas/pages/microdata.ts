import { ancestorsOf, type Document, type Element, elementsIn, textOf } from './tree.ts';

const ARTICLE = /schema\.org\/(?:\w{0,40}NewsArticle|Article|BlogPosting|TechArticle|Report)\s*$/i;
const VALUE: Readonly<Record<string, string>> = {
  meta: 'content',
  time: 'datetime',
  data: 'value',
  a: 'href',
  link: 'href',
  img: 'src',
};
const MOST = 500;

/** An article told by `itemscope`, or the loose `itemprop`s of a page that has no scope around them. */
export interface Microdata {
  /** The element that is the article; undefined for loose properties. */
  readonly scope?: Element;
  /** Elements by property, in the page's order. */
  readonly properties: ReadonlyMap<string, readonly Element[]>;
}

/** Properties belong to their nearest scope (HTML, 5.2.5): a comment's date is not the article's. */
export function microdataOf(page: Document): Microdata[] {
  const scopes = new Map<Element | undefined, Map<string, Element[]>>();
  let count = 0;
  for (const element of elementsIn(page)) {
    const names = element.attribs.itemprop?.trim().split(/\s+/) ?? [];
    if (isArticleScope(element) && !scopes.has(element)) scopes.set(element, new Map());
    if (names.length === 0 || ++count > MOST) continue;
    const scope = scopeOf(element);
    if (scope === 'other') continue;
    const properties = scopes.get(scope) ?? new Map<string, Element[]>();
    scopes.set(scope, properties);
    for (const name of names) properties.set(name, [...(properties.get(name) ?? []), element]);
  }
  return [...scopes].map(([scope, properties]) => ({ ...(scope && { scope }), properties }));
}

/** The value of a property: its attribute where HTML says so, else its text. */
export function propertyValue(element: Element): string | undefined {
  const attribute = VALUE[element.name];
  const value =
    element.attribs.content ??
    (attribute === undefined ? undefined : element.attribs[attribute]) ??
    textOf(element, 5_000);
  return value.trim() === '' ? undefined : value.trim();
}

function isArticleScope({ attribs }: Element): boolean {
  return attribs.itemscope !== undefined && ARTICLE.test(attribs.itemtype ?? '');
}

function scopeOf(element: Element): Element | undefined | 'other' {
  for (const above of ancestorsOf(element)) {
    if (above.attribs.itemscope === undefined) continue;
    if (isArticleScope(above)) return above;
    return /schema\.org\/(?:WebPage|ItemPage|WebSite)\s*$/i.test(above.attribs.itemtype ?? '')
      ? undefined
      : 'other';
  }
  return undefined;
}
