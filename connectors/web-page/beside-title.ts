import type { Known as KnownDate } from '../../schemas/dates/written.ts';
import type { ForeignMedia } from '../../schemas/entry.ts';
import { type FoundDate, findDate, isDateLine } from '../../schemas/pages/find-date.ts';
import { pictureOf } from '../../schemas/pages/image.ts';
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
  /(?:^|[\s_-])(?:related|lien-?quan|sidebar|comment|binh-?luan|footer|menu|nav|most|xem-?nhieu|tin-?khac|other|share|social|banner|quang-?cao|ads?)(?:$|[\s_-])/i;
/** Elements before and after the title that are looked at: what is the article's stands beside it. */
const DATES = { before: 6, after: 60 } as const;
const PICTURES = { before: 10, after: 200 } as const;

/** What stands around an article's title, for pages that declare nothing. */
export class BesideTitle {
  readonly #elements: readonly Element[];
  readonly #title: number;

  constructor(page: Document, title: string | undefined) {
    this.#elements = title === undefined ? [] : [...elementsIn(page)];
    this.#title = title === undefined ? -1 : titleIn(this.#elements, alike(title));
  }

  /** The date beside the title. Undefined where none stands: a page's clock is no date of an article. */
  date(known: KnownDate): FoundDate | undefined {
    for (const element of this.#around(DATES, /^h[12]$/)) {
      const found = dateOf(element, known);
      if (found) return found;
    }
    return undefined;
  }

  /** The first picture of the text under the title, not of what is beside or below the text. */
  pictures(base: string): readonly ForeignMedia[] {
    return this.#around(PICTURES, /^(?:h1|footer|aside)$/)
      .flatMap(element => (element.name === 'img' ? (pictureOf(element, base) ?? []) : []))
      .slice(0, 3);
  }

  #around({ before, after }: { readonly before: number; readonly after: number }, end: RegExp): Element[] {
    if (this.#title < 0) return [];
    const next = this.#elements.slice(this.#title + 1, this.#title + 1 + after);
    const stop = next.findIndex(({ name }) => end.test(name));
    const earlier = this.#elements.slice(Math.max(0, this.#title - before), this.#title).toReversed();
    return [...(stop < 0 ? next : next.slice(0, stop)), ...earlier].filter(one => !isElsewhere(one));
  }
}

/** A heading with these words, or whatever else holds them and nothing more. */
function titleIn(elements: readonly Element[], title: string): number {
  const says = (element: Element) => alike(textOf(element, 1_000)) === title;
  const heading = elements.findIndex(element => /^h[1-4]$/.test(element.name) && says(element));
  if (heading >= 0) return heading;
  return elements.findIndex(
    element =>
      !/^(?:title|a|option|script|style)$/.test(element.name) && hasOwnWords(element) && says(element),
  );
}

/** Only these are looked into: of elements around elements, thousands deep, the innermost one speaks. */
function hasOwnWords({ children }: Element): boolean {
  return children.some(child => child.type === 'text' && child.data.trim() !== '');
}

function dateOf(element: Element, known: KnownDate): FoundDate | undefined {
  const { name, attribs } = element;
  const exact = name === 'time' && attribs.datetime ? findDate(attribs.datetime, known) : undefined;
  if (exact) return exact;
  const isMarked = name === 'time' || DATE_CLASS.test(`${attribs.class ?? ''} ${attribs.id ?? ''}`);
  if (!isMarked && !isLeaf(element)) return undefined;
  const text = textOf(element, 160);
  const found = text.length < 150 ? findDate(text, known) : undefined;
  if (!found) return undefined;
  return isDateLine(text, found) || (isMarked && text.length - found.said.length <= 80) ? found : undefined;
}

function isLeaf(element: Element): boolean {
  return element.children
    .filter(isElement)
    .every(({ name }) => /^(?:i|b|em|strong|svg|img|br|font)$/.test(name));
}

function isElsewhere(element: Element): boolean {
  return [element, ...ancestorsOf(element)]
    .slice(0, 8)
    .some(
      ({ name, attribs }) =>
        /^(?:a|footer|nav|aside|header)$/.test(name) ||
        ELSEWHERE.test(`${attribs.class ?? ''} ${attribs.id ?? ''}`),
    );
}

function alike(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
}
