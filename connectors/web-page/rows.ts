import { createHash } from 'node:crypto';
import type { Known as KnownDate } from '../../schemas/dates/written.ts';
import { isRecord, type Json, JsonPath } from '../../schemas/json-map/json-path.ts';
import { fillTemplate } from '../../schemas/json-map/template.ts';
import { repeatedLinks } from '../../schemas/pages/repeated-links.ts';
import { selectIn } from '../../schemas/pages/select.ts';
import { ancestorsOf, type Element } from '../../schemas/pages/tree.ts';
import { keyOf } from './addresses.ts';
import { automaticRow } from './automatic-row.ts';
import type { WebPageOptions } from './options.ts';
import type { Page } from './page.ts';
import { type Automatic, readOwn, readParts } from './parts.ts';
import { placeOf } from './place.ts';
import type { Input, Row } from './reading.ts';
import { columnsOf, itemRowsOf } from './table.ts';
import { addressAt, nodesAt, type Scope } from './values.ts';
import { isWanted } from './wanted.ts';

export interface Rows {
  readonly rows: readonly Row[];
  readonly broken: number;
  readonly guessed?: string;
  /** Items or links found at all, before any was left out. */
  readonly seen: number;
}

/** An item on the page: what it is read from, and its address. */
interface Spot {
  readonly link: string | undefined;
  readonly scope: Scope;
  readonly automatic: Automatic;
}

/** The items of a list page, each address once; those that the patterns leave out are not among them. */
export function rowsOf(page: Page, input: Input, options: WebPageOptions): Rows {
  const known: KnownDate = { ...input.dates, now: input.now };
  const { spots, guessed } = spotsOf(page, known, options);
  const byKey = new Map<string, Row>();
  let broken = 0;
  for (const spot of spots) {
    const { link } = spot;
    if (link === undefined) broken += 1;
    else if (isWanted(link, page.url, options) && !byKey.has(keyOf(link)))
      byKey.set(keyOf(link), rowOf(link, spot, input, known, options));
  }
  return { rows: [...byKey.values()], broken, seen: spots.length, ...(guessed !== undefined && { guessed }) };
}

function rowOf(
  link: string,
  { scope, automatic }: Spot,
  input: Input,
  dates: KnownDate,
  options: WebPageOptions,
): Row {
  const { parts, missed } = readParts(options.row, scope, automatic, dates);
  const reading = input.own && { fields: input.own.fields, base: scope.base, dates: input.dates };
  const own = reading && options.own && readOwn(options.own, scope, reading);
  return {
    link,
    parts,
    // What a row doesn't say of them, the article's page still may.
    missed: [...missed, ...(options.open ? [] : (own?.missed ?? []))],
    ...(own && Object.keys(own.fields).length > 0 && { own: own.fields }),
    digest: digestOf([
      parts.title,
      parts.summary,
      parts.published?.relative ? '' : parts.published?.written,
      parts.updated?.relative ? '' : parts.updated?.written,
      own?.fields,
    ]),
  };
}

export function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 6);
}

function spotsOf(
  page: Page,
  dates: KnownDate,
  options: WebPageOptions,
): { readonly spots: readonly Spot[]; readonly guessed?: string } {
  if (options.items?.startsWith('$')) return { spots: jsonSpots(page, options.items, options) };
  if (options.items !== undefined) return { spots: itemSpots(page, options.items, dates, options) };
  if (options.link !== undefined) {
    const nodes = nodesAt(
      placeOf(options.link),
      { root: page.tree, base: page.base, data: page.data },
      MOST_LINKS,
    );
    const links = nodes.flatMap(node => ('element' in node ? [node.element] : []));
    return { spots: linkSpots(page, links, dates, element => linkOf(element, options, page.base)) };
  }
  const found = repeatedLinks(page.tree, page.url, page.base);
  const spots = linkSpots(page, found?.links ?? [], dates, element =>
    linkOf(element, { link: undefined }, page.base),
  );
  return { spots, ...(found?.selector !== undefined && { guessed: found.selector }) };
}

const MOST_LINKS = 2_000;

function jsonSpots(page: Page, items: string, { link }: WebPageOptions): Spot[] {
  const data = page.data();
  if (data === undefined) return [];
  const nodes = new JsonPath(items).all(data);
  const list = nodes.length === 1 && Array.isArray(nodes[0]) ? nodes[0] : nodes;
  return list
    .filter(isRecord)
    .slice(0, MOST_LINKS)
    .map(item => ({
      link: linkOfJson(item, link ?? '', page.base),
      scope: { base: page.base, data: () => item },
      automatic: NOTHING,
    }));
}

function linkOfJson(item: Json, link: string, base: string): string | undefined {
  if (link.startsWith('http')) return fillTemplate(link, item);
  const [node] = nodesAt(placeOf(link), { base, data: () => item });
  return node && addressAt(node, base);
}

const NOTHING: Automatic = {
  text: () => undefined,
  date: () => undefined,
  pictures: () => [],
  authors: () => [],
  categories: () => [],
};

/** Items by the operator's selector; a table stands for its rows. */
function itemSpots(page: Page, items: string, dates: KnownDate, options: WebPageOptions): Spot[] {
  const found = selectIn(page.tree, items).slice(0, MOST_LINKS);
  const roots = found.flatMap(element => (element.name === 'table' ? itemRowsOf(element) : [element]));
  return roots
    .filter(root => !isHeadingRow(root))
    .map(root => {
      const links = linksIn(root, options, page.base);
      const [first] = links;
      const cells = columnsOf(root);
      return {
        link: first?.href,
        scope: { root, base: page.base, data: page.data, ...(cells && { cells }) },
        automatic: automaticRow(
          root,
          links.filter(({ href }) => href === first?.href).map(({ element }) => element),
          page.base,
          dates,
        ),
      };
    });
}

function isHeadingRow(root: Element): boolean {
  return root.name === 'tr' && !root.children.some(child => 'name' in child && child.name === 'td');
}

interface Href {
  readonly element: Element;
  readonly href: string;
}

/** The links of an item to its article: by the operator's selector, else those in headings first. */
function linksIn(root: Element, { link }: WebPageOptions, base: string): Href[] {
  if (link !== undefined) {
    return nodesAt(placeOf(link), { root, base }).flatMap(node => {
      const href = addressAt(node, base);
      return href === undefined || !('element' in node) ? [] : [{ element: node.element, href }];
    });
  }
  const anchors =
    root.name === 'a' ? [root] : [...selectIn(root, 'h1 a, h2 a, h3 a, h4 a, h5 a'), ...selectIn(root, 'a')];
  return [...new Set(anchors)].flatMap(element => {
    const href = linkOf(element, { link: undefined }, base);
    return href === undefined ? [] : [{ element, href }];
  });
}

function linkOf(element: Element, { link }: Pick<WebPageOptions, 'link'>, base: string): string | undefined {
  const place = placeOf(link ?? ':scope');
  const href = addressAt({ element, place }, base);
  const url = href === undefined ? null : URL.parse(href);
  // `#` and `#top` lead nowhere; `#/tin/1` is a page of a single-page site.
  if (url && url.hash !== '' && !/^#!?\//.test(url.hash)) return url.href.slice(0, -url.hash.length);
  return href;
}

/** Each link with as much around it as holds no other article's link: that is its item. */
function linkSpots(
  page: Page,
  links: readonly Element[],
  dates: KnownDate,
  hrefOf: (element: Element) => string | undefined,
): Spot[] {
  const hrefs = links.flatMap(element => {
    const href = hrefOf(element);
    return href === undefined ? [] : [{ element, href }];
  });
  const around = new Map<Element, Set<string>>();
  for (const { element, href } of hrefs) {
    for (const above of ancestorsOf(element)) {
      const inside = around.get(above) ?? new Set();
      if (inside.size < 2) inside.add(href);
      around.set(above, inside);
    }
  }
  const byHref = Map.groupBy(hrefs, ({ href }) => href);
  const broken = links.length - hrefs.length;
  const spots = [...byHref].map(([href, same]) => {
    const [first] = same;
    const root = first ? itemAround(first.element, around) : undefined;
    const elements = same.map(({ element }) => element);
    return {
      link: href,
      scope: { ...(root && { root }), base: page.base, data: page.data, ...cellsOf(root) },
      automatic: root ? automaticRow(root, elements, page.base, dates) : NOTHING,
    };
  });
  return [
    ...spots,
    ...Array.from({ length: broken }, () => ({
      link: undefined,
      scope: { base: page.base },
      automatic: NOTHING,
    })),
  ];
}

function cellsOf(root: Element | undefined): Pick<Scope, 'cells'> {
  const row =
    root &&
    (root.name === 'tr' ? root : [...ancestorsOf(root)].slice(0, 6).find(({ name }) => name === 'tr'));
  const cells = row && columnsOf(row);
  return cells ? { cells } : {};
}

function itemAround(link: Element, around: ReadonlyMap<Element, ReadonlySet<string>>): Element {
  let root = link;
  for (const above of ancestorsOf(link)) {
    if ((around.get(above)?.size ?? 0) > 1 || /^(?:body|html|main|form)$/.test(above.name)) break;
    root = above;
  }
  return root;
}
