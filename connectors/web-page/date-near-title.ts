import type { Known as KnownDate } from '../../schemas/dates/written.ts';
import { type FoundDate, findDate } from '../../schemas/pages/find-date.ts';
import {
  ancestorsOf,
  type Document,
  type Element,
  elementsIn,
  isElement,
  textOf,
} from '../../schemas/pages/tree.ts';

const DATE_CLASS = /(?:^|[\s_-])(?:date|time|ngay|thoi-?gian|publish(?:ed)?|posted|created|meta|byline)/i;
const ELSEWHERE =
  /(?:^|[\s_-])(?:related|lien-?quan|sidebar|comment|binh-?luan|footer|menu|nav|most|xem-?nhieu|tin-?khac|other)/i;
/** Elements before and after the heading that are looked at: a date of the article stands beside its title. */
const BEFORE = 6;
const AFTER = 60;

/** The date that stands beside the article's heading. Undefined where none does: a page's clock is no date of an article. */
export function dateNearTitle(
  page: Document,
  title: string | undefined,
  known: KnownDate,
): FoundDate | undefined {
  if (title === undefined) return undefined;
  const elements = [...elementsIn(page)];
  const heading = elements.findIndex(
    element => /^h[1-3]$/.test(element.name) && alike(textOf(element, 1_000), title),
  );
  if (heading < 0) return undefined;
  const after = elements.slice(heading + 1, heading + 1 + AFTER);
  const end = after.findIndex(({ name }) => /^h[12]$/.test(name));
  const near = [
    ...(end < 0 ? after : after.slice(0, end)),
    ...elements.slice(Math.max(0, heading - BEFORE), heading).toReversed(),
  ];
  for (const element of near.filter(one => !isElsewhere(one))) {
    const found = dateOf(element, known);
    if (found) return found;
  }
  return undefined;
}

function dateOf(element: Element, known: KnownDate): FoundDate | undefined {
  const { name, attribs } = element;
  const exact = name === 'time' && attribs.datetime ? findDate(attribs.datetime, known) : undefined;
  if (exact) return exact;
  const isMarked = name === 'time' || DATE_CLASS.test(`${attribs.class ?? ''} ${attribs.id ?? ''}`);
  const isLeaf = element.children
    .filter(isElement)
    .every(child => /^(?:i|b|em|strong|svg|img|br)$/.test(child.name));
  if (!isMarked && !isLeaf) return undefined;
  const text = textOf(element, 160);
  const found = text.length < 150 ? findDate(text, known) : undefined;
  return found && text.length - found.length <= (isMarked ? 80 : 30) ? found : undefined;
}

function isElsewhere(element: Element): boolean {
  return [element, ...ancestorsOf(element)]
    .slice(0, 6)
    .some(
      ({ name, attribs }) =>
        name === 'a' ||
        name === 'footer' ||
        name === 'nav' ||
        name === 'aside' ||
        ELSEWHERE.test(`${attribs.class ?? ''} ${attribs.id ?? ''}`),
    );
}

function alike(a: string, b: string): boolean {
  const plain = (text: string) => text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
  return plain(a) === plain(b);
}
