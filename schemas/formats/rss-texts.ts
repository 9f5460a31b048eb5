import type { ForeignText } from '../text.ts';
import { htmlOf, titleOf, xhtmlOf } from './markup.ts';
import { optional } from './media.ts';
import { first, type XmlElement } from './xml.ts';

const RSS = 'rss';

/** The item's own title before those that modules give it. */
export function itemTitle(item: XmlElement): ForeignText | undefined {
  const own = titleOf(first(item, RSS, 'title')) ?? titleOf(first(item, 'dc', 'title'));
  return own ?? titleOf(first(item, 'media', 'title')) ?? titleOf(first(item, 'itunes', 'title'));
}

export interface Bodies {
  readonly summary?: ForeignText;
  readonly content?: ForeignText;
}

/** `description` is the summary, unless the item has a `summary` beside it: then it is the content. */
export function bodies(item: XmlElement): Bodies {
  const short = htmlOf(first(item, RSS, 'summary') ?? first(item, 'atom', 'summary'));
  const described = htmlOf(first(item, RSS, 'description') ?? first(item, 'dc', 'description'));
  const full = fullText(item);
  const summary = short ?? described ?? htmlOf(first(item, 'itunes', 'summary')) ?? mediaDescription(item);
  const content = full ?? (short ? described : undefined);
  return { ...optional('summary', summary), ...optional('content', content) };
}

function fullText(item: XmlElement): ForeignText | undefined {
  const encoded =
    first(item, 'content', 'encoded') ?? first(item, RSS, 'encoded') ?? first(item, RSS, 'fullitem');
  const atom = first(item, 'atom', 'content') ?? first(item, RSS, 'content');
  const xhtml = first(item, 'xhtml', 'body') ?? first(item, 'xhtml', 'div') ?? first(item, RSS, 'body');
  return htmlOf(encoded) ?? htmlOf(atom) ?? (xhtml && bodyOf(xhtml));
}

function bodyOf(element: XmlElement): ForeignText | undefined {
  return element.ns === 'xhtml' ? xhtmlOf(element) : htmlOf(element);
}

function mediaDescription(item: XmlElement): ForeignText | undefined {
  const group = first(item, 'media', 'group');
  return htmlOf(first(item, 'media', 'description') ?? first(group, 'media', 'description'));
}
