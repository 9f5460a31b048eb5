import type { Known as KnownDate } from '../../schemas/dates/written.ts';
import { type FoundDate, findDate, isDateLine } from '../../schemas/pages/find-date.ts';
import { pictureIn } from '../../schemas/pages/image.ts';
import { type Element, elementsIn, isElement, textOf } from '../../schemas/pages/tree.ts';
import type { Automatic } from './parts.ts';

const DATE_CLASS =
  /(?:^|[\s_-])(?:date|time|ngay|ngày|thoi-?gian|published?|posted|post-?date|created|meta|info)/i;
const SUMMARY_CLASS =
  /(?:^|[\s_-])(?:sapo|summary|desc(?:ription)?|lead|excerpt|intro(?:text)?|trich|tomtat|tom-tat|brief|abstract)/i;
const MOST = 400;

/** What an item on a list tells without anybody saying where: the words of its link, a date on its own, a picture. */
export function automaticRow(
  root: Element,
  links: readonly Element[],
  base: string,
  dates: KnownDate,
): Automatic {
  const inside = elementsOf(root);
  return {
    text(part) {
      if (part === 'title') return titleOf(links);
      return part === 'summary' ? summaryOf(inside, titleOf(links) ?? '') : undefined;
    },
    date: part => (part === 'published' ? dateOf(inside, links, dates) : undefined),
    pictures: () => [pictureIn(root, base)].flatMap(one => one ?? []),
    authors: () => [],
    categories: () => [],
  };
}

function elementsOf(root: Element): Element[] {
  const all: Element[] = [root];
  for (const element of elementsIn(root)) {
    if (all.push(element) > MOST) break;
  }
  return all;
}

/** Of several links to one article the longest words; a `title` attribute where those are cut off. */
function titleOf(links: readonly Element[]): string | undefined {
  const texts = links.flatMap(link => {
    const heading = [...elementsIn(link)].find(({ name }) => /^h[1-6]$/.test(name));
    const text = textOf(heading ?? link, 1_000);
    const told = (link.attribs.title ?? '').replace(/\s+/g, ' ').trim();
    const isCut = /(?:…|\.\.\.)$/.test(text);
    return (isCut || text === '') && told.length > text.length - 3 ? [told] : [text];
  });
  const [longest] = texts
    .filter(text => text !== '' && !/^(?:xem (?:thêm|tiếp)|chi tiết|đọc tiếp|read more|tải về)\b/i.test(text))
    .toSorted((a, b) => b.length - a.length);
  return longest;
}

function dateOf(
  inside: readonly Element[],
  links: readonly Element[],
  dates: KnownDate,
): FoundDate | undefined {
  for (const { name, attribs } of inside) {
    const found = name === 'time' && attribs.datetime ? findDate(attribs.datetime, dates) : undefined;
    if (found) return found;
  }
  const marked = inside.find(
    element =>
      (element.name === 'time' || DATE_CLASS.test(element.attribs.class ?? '')) && isDate(element, dates),
  );
  const leaf =
    marked ??
    inside.find(element => !links.includes(element) && isLeaf(element) && isDate(element, dates, true));
  return leaf ? findDate(textOf(leaf, 300), dates) : looseDate(inside, dates);
}

/** `<li><a>…</a> (23/11/2026)</li>`: words that stand in no element of their own. */
function looseDate(inside: readonly Element[], dates: KnownDate): FoundDate | undefined {
  for (const element of inside) {
    for (const child of element.children) {
      const text = child.type === 'text' && element.name !== 'a' ? child.data.slice(0, 120) : '';
      const found = /\d|qua|nay|xong/.test(text) ? findDate(text, dates) : undefined;
      if (found && isDateLine(text, found)) return found;
    }
  }
  return undefined;
}

/** An element whose words are a date and little else. */
function isDate(element: Element, dates: KnownDate, alone = false): boolean {
  const text = textOf(element, 120);
  const found = text.length < 110 ? findDate(text, dates) : undefined;
  if (found === undefined) return false;
  return isDateLine(text, found) || (!alone && text.length - found.said.length <= 45);
}

function isLeaf(element: Element): boolean {
  return element.children
    .filter(isElement)
    .every(({ name }) => /^(?:i|b|em|strong|svg|span|br|img)$/.test(name));
}

function summaryOf(inside: readonly Element[], title: string): string | undefined {
  const marked = inside.find(
    element => SUMMARY_CLASS.test(element.attribs.class ?? '') && textOf(element, 60).length > 20,
  );
  const text = marked ? textOf(marked, 5_000) : paragraphOf(inside);
  return text === undefined || text === title ? undefined : text;
}

function paragraphOf(inside: readonly Element[]): string | undefined {
  const texts = inside.filter(({ name }) => name === 'p').map(element => textOf(element, 5_000));
  return texts.find(text => text.length >= 50);
}
