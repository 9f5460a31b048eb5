import { resolve } from './resolve.ts';
import { all, attribute, textOf, type XmlElement } from './xml.ts';

/** Atom `link` elements, in Atom documents and inside RSS alike. */
export interface AtomLink {
  /** In lower case; `alternate` when not said (RFC 4287, 4.2.7.2). */
  readonly rel: string;
  readonly href: string;
  readonly type: string | undefined;
  readonly element: XmlElement;
}

const MAX_LINKS = 500;

export function atomLinks(parent: XmlElement): AtomLink[] {
  const links: AtomLink[] = [];
  for (const element of all(parent, 'atom', 'link').slice(0, MAX_LINKS)) {
    // Some write the address between the tags, as RSS does.
    const href = resolve(attribute(element, 'href') ?? textOf(element), element.base);
    if (!href) continue;
    links.push({
      rel: relOf(element),
      href,
      type: attribute(element, 'type')?.trim().toLowerCase(),
      element,
    });
  }
  return links;
}

function relOf(element: XmlElement): string {
  const rel = attribute(element, 'rel')?.trim().toLowerCase() || 'alternate';
  return rel.replace(/^http:\/\/www\.iana\.org\/assignments\/relation\//, '');
}

/** The page people read: an HTML alternate before one of another type. */
export function alternate(links: readonly AtomLink[]): string | undefined {
  const candidates = links.filter(link => link.rel === 'alternate');
  return (candidates.find(link => isPage(link.type)) ?? candidates[0])?.href;
}

export function linkTo(links: readonly AtomLink[], rel: string): string | undefined {
  return links.find(link => link.rel === rel)?.href;
}

/** Other addresses of the same page. */
export function otherAddresses(links: readonly AtomLink[], chosen: string | undefined): string[] {
  const others = links.filter(link => OTHER_RELS.has(link.rel)).map(link => link.href);
  const pages = links.filter(link => link.rel === 'alternate' && isPage(link.type)).map(link => link.href);
  return [...new Set([...others, ...pages])].filter(href => href !== chosen);
}

const OTHER_RELS = new Set(['amphtml', 'shorturl', 'shortlink', 'canonical']);

function isPage(type: string | undefined): boolean {
  return !type || type.startsWith('text/html') || type.startsWith('application/xhtml');
}
