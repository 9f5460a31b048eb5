import { resolve } from '../formats/resolve.ts';
import { selectIn } from './select.ts';
import { ancestorsOf, type Document, type Element, elementsIn, textOf } from './tree.ts';

/** The links of a page that repeat in structure: most likely its list of articles. */
export interface RepeatedLinks {
  readonly links: readonly Element[];
  /** A selector that finds them, for people to keep or mend. */
  readonly selector?: string;
}

interface Link {
  readonly element: Element;
  readonly href: string;
  readonly words: number;
  readonly chain: readonly string[];
}

const LEVELS = 6;
const FEWEST = 3;
const LONGEST_WORDS = 100;
/** Parts of a page that lead elsewhere. */
const FRAME =
  /(?:^|[\s_-])(?:menu|nav(?:bar|igation)?|breadcrumbs?|pag(?:er|ing|ination)|footer|topbar|sidebar|tags?|social|share|login|lien-?ket|weblink|banner|quang-?cao|ads?)(?:$|[\s_-])/i;
/** Classes that differ from one item to the next. */
const VARYING =
  /\d|^(?:first|last|odd|even|active|current|hover|selected|show|open|col-|row-|clearfix|w-|mt-|mb-|p-|m-|ng-|js-|is-|has-)/i;

/** Finds the list of articles of a page that nobody described. Undefined where nothing repeats. */
export function repeatedLinks(page: Document, url: string, base: string): RepeatedLinks | undefined {
  const links = candidatesOf(page, url, base);
  const groups = Map.groupBy(links, ({ chain }) => chain.join(' > '));
  const [best] = [...groups.values()]
    .map(group => ({ group, score: scoreOf(group) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score);
  if (!best) return undefined;
  const shapes = new Set(best.group.map(({ href }) => shapeOf(href)));
  const members = new Set(best.group);
  const kin = links.filter(
    link =>
      members.has(link) ||
      (link.words >= 25 && shapes.has(shapeOf(link.href)) && looksLikeArticle(link.href)),
  );
  const selector = selectorFor(best.group, page);
  return { links: kin.map(({ element }) => element), ...(selector !== undefined && { selector }) };
}

function candidatesOf(page: Document, url: string, base: string): Link[] {
  const host = URL.parse(url)?.host.replace(/^www\./, '');
  const links: Link[] = [];
  for (const element of elementsIn(page)) {
    if (element.name !== 'a' || links.length >= 5_000) continue;
    const href = resolve(element.attribs.href, base)?.replace(/#.*$/, '');
    if (href === undefined || URL.parse(href)?.host.replace(/^www\./, '') !== host || isHome(href)) continue;
    const above = [...ancestorsOf(element)].slice(0, 40);
    if (above.some(isFrame)) continue;
    const words = Math.max(textOf(element, 300).length, (element.attribs.title ?? '').trim().length);
    const chain = [element, ...above].slice(0, LEVELS).map(stepOf);
    links.push({ element, href, words, chain });
  }
  return links;
}

function isFrame(element: Element): boolean {
  if (element.name === 'nav' || element.name === 'footer') return true;
  if (element.name === 'body' || element.name === 'html' || element.name === 'form') return false;
  if (element.name === 'header')
    return ![...ancestorsOf(element)].some(({ name }) => /^(?:article|li|main|section)$/.test(name));
  return FRAME.test(`${element.attribs.class ?? ''} ${element.attribs.id ?? ''}`.slice(0, 300));
}

function isHome(href: string): boolean {
  const url = URL.parse(href);
  return (
    url === null || (/^\/(?:index\.\w{2,5}|home|trang-chu)?\/?$/i.test(url.pathname) && url.search === '')
  );
}

function stepOf({ name, attribs }: Element): string {
  const classes = (attribs.class ?? '')
    .split(/\s+/)
    .filter(one => /^[A-Za-z][\w-]{0,60}$/.test(one) && !VARYING.test(one));
  return [name, ...classes.slice(0, 3)].join('.');
}

/** Many different addresses with long words, most of them like articles'. */
function scoreOf(group: readonly Link[]): number {
  const byHref = new Map(group.map(link => [link.href, link]));
  const links = [...byHref.values()];
  if (links.length < FEWEST) return 0;
  const words = links.map(link => Math.min(link.words, LONGEST_WORDS));
  const sum = words.reduce((a, b) => a + b, 0);
  if (sum / links.length < 12) return 0;
  const like = links.filter(({ href }) => looksLikeArticle(href)).length / links.length;
  return sum * (0.2 + like) * (sum / links.length < 25 ? 0.4 : 1);
}

/** A long number, several words, or a page by number. */
function looksLikeArticle(href: string): boolean {
  const url = URL.parse(href);
  if (!url || /\.(?:jpe?g|png|gif|zip|rar|mp[34])$/i.test(url.pathname)) return false;
  const path = decoded(url.pathname);
  return (
    /\d{4,}|(?:[\p{L}\d]+[-_]){3,}/u.test(path) ||
    /[?&](?:id|item|news|bai|tin|p|articleid|itemid|dDocName)\w{0,10}=[\w-]+/i.test(url.search)
  );
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Addresses of one kind of page have one shape: depth, ending, parameters. */
function shapeOf(href: string): string {
  const { pathname = '', searchParams } = URL.parse(href) ?? {};
  const ending = /\.[a-z]{2,5}$/i.exec(pathname)?.[0] ?? '';
  return `${pathname.split('/').length}${ending}?${[...(searchParams?.keys() ?? [])].toSorted().join('&')}`;
}

/** The shortest end of the chain that finds the group and little else. */
function selectorFor(group: readonly Link[], page: Document): string | undefined {
  const [first] = group;
  const elements = new Set(group.map(({ element }) => element));
  for (let steps = 1; first && steps <= first.chain.length; steps++) {
    const chain = first.chain.slice(0, steps);
    if (!chain.some(step => step.includes('.')) && steps < first.chain.length) continue;
    const selector = chain.toReversed().join(' > ');
    const found = selectIn(page, selector);
    if (
      found.filter(one => elements.has(one)).length === elements.size &&
      found.length <= elements.size * 1.25
    )
      return selector;
  }
  return undefined;
}
