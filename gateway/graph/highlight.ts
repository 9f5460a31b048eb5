import { wordForms } from '../../schemas/fold.ts';
import type { Item } from '../../schemas/item.ts';
import { type Html, html, join } from '../http/html.ts';
import type { Phrase } from '../store/search-text.ts';

/** Escaped HTML whose only markup is `<mark>`. */
export interface Highlight {
  readonly title: string;
  readonly summary: string | null;
  readonly content: string | null;
}

/** Characters of a text that are looked through. */
const LOOKED = 20_000;
/** Characters of the passage shown around the first match in the content, and how many of them stand before it. */
const PASSAGE = 240;
const BEFORE = 60;

/**
 * What a search found in an item, marked. Null unless the item is released: nothing else may show its words, not even
 * in pieces. `content` is the passage around the first match there; null where there is none.
 */
export function highlight(item: Item, phrases: readonly Phrase[]): Highlight | null {
  if (item.visibility !== 'RELEASED') return null;
  const content = item.contentText.slice(0, LOOKED);
  const passage = passageOf(content, spansOf(content, phrases));
  return {
    title: mark(item.title, phrases).markup,
    summary: item.summary === '' ? null : mark(item.summary, phrases).markup,
    content: passage === undefined ? null : mark(passage, phrases).markup,
  };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function mark(text: string, phrases: readonly Phrase[]): Html {
  const looked = text.slice(0, LOOKED);
  let shown = 0;
  const pieces: Html[] = [];
  for (const { start, end } of spansOf(looked, phrases)) {
    pieces.push(html`${looked.slice(shown, start)}<mark>${looked.slice(start, end)}</mark>`);
    shown = end;
  }
  return join([...pieces, html`${text.slice(shown)}`]);
}

/** Where phrases stand in a text, in order, none within another. */
function spansOf(text: string, phrases: readonly Phrase[]): Span[] {
  const words = [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].flatMap(({ 0: word, index }) => {
    const [forms] = wordForms(word);
    return forms ? [{ folded: forms.folded, start: index, end: index + word.length }] : [];
  });
  const spans: Span[] = [];
  for (let i = 0; i < words.length; ) {
    const length = Math.max(0, ...phrases.filter(phrase => standsAt(i, phrase, words)).map(lengthOf));
    const [first, last] = [words[i], words[i + length - 1]];
    if (length > 0 && first && last) spans.push({ start: first.start, end: last.end });
    i += Math.max(1, length);
  }
  return spans;
}

function lengthOf({ words }: Phrase): number {
  return words.length;
}

function standsAt(place: number, phrase: Phrase, words: readonly { readonly folded: string }[]): boolean {
  return phrase.words.every((wanted, k) => {
    const word = words[place + k]?.folded;
    const open = phrase.prefix && k === phrase.words.length - 1;
    return word !== undefined && (open ? word.startsWith(wanted) : word === wanted);
  });
}

/** From a little before the first match, cut between words; the ellipses say where. */
function passageOf(text: string, [first]: readonly Span[]): string | undefined {
  if (!first) return undefined;
  const from = first.start <= BEFORE ? 0 : text.indexOf(' ', first.start - BEFORE) + 1;
  // A text without spaces near the match is cut at the match.
  const start = from === 0 && first.start > BEFORE ? first.start : Math.min(from, first.start);
  const whole = start + PASSAGE >= text.length;
  const space = text.lastIndexOf(' ', start + PASSAGE);
  const end = whole ? text.length : space > first.end ? space : Math.max(start + PASSAGE, first.end);
  return `${start > 0 ? '… ' : ''}${text.slice(start, end)}${whole ? '' : ' …'}`;
}
