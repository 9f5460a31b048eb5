import { getOuterHTML } from 'domutils';
import type { ForeignMedia } from '../../schemas/entry.ts';
import { picturesIn } from '../../schemas/pages/image.ts';
import { selectIn } from '../../schemas/pages/select.ts';
import { ancestorsOf, type Element } from '../../schemas/pages/tree.ts';
import { mainText } from './main-text.ts';
import type { WebPageOptions } from './options.ts';
import type { Page } from './page.ts';
import { placeOf } from './place.ts';
import { nodesAt, textAt } from './values.ts';

export interface Content {
  readonly html?: string;
  /** Pictures of the text, in its order. */
  readonly pictures: readonly ForeignMedia[];
  /** It was wanted and not found. */
  readonly missed: boolean;
}

const NONE: Content = { pictures: [], missed: false };
/** Characters of one text. */
const LONGEST = 2_000_000;

/** The full text, where the options ask for it; what they say to leave out is gone from the page's tree. */
export async function contentOf(page: Page, { content, remove }: WebPageOptions): Promise<Content> {
  if (content === false) return NONE;
  for (const selector of remove) for (const element of selectIn(page.tree, selector)) drop(element);
  const found = content === 'auto' ? await mainText(page.tree, page.base) : chosen(page, content);
  return found === undefined ? { pictures: [], missed: true } : { ...found, missed: false };
}

function chosen(page: Page, content: string): Omit<Content, 'missed'> | undefined {
  const nodes = nodesAt(placeOf(content), { root: page.tree, base: page.base, data: page.data });
  const elements = nodes.flatMap(node => ('element' in node ? [node.element] : []));
  const outer = elements.filter(element => !isInside(element, elements));
  const texts = nodes.flatMap(node => ('json' in node ? (textAt(node) ?? []) : []));
  const html = [...outer.map(element => getOuterHTML(element)), ...texts].join('\n').slice(0, LONGEST);
  if (html.trim() === '') return undefined;
  return { html, pictures: outer.flatMap(element => picturesIn(element, page.base, 20)) };
}

function isInside(element: Element, elements: readonly Element[]): boolean {
  return [...ancestorsOf(element)].some(above => elements.includes(above));
}

function drop(element: Element): void {
  const siblings = element.parent?.children;
  const at = siblings?.indexOf(element) ?? -1;
  if (siblings && at >= 0) siblings.splice(at, 1);
  element.parent = null;
}
